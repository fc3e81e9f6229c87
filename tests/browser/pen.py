"""The pen on the page to draw on, of Classify and of Live chain, and what the server would make of a drawing."""

import base64
import io

from PIL import Image

from data import prepare
from tests.browser import screens

SEVEN = [(70, 70), (210, 70), (150, 160), (120, 235)]  # corners of a 7


def move(page, *points):
    """Move from point to point, in pixels of the page to draw on; one is reached whenever the generator yields."""
    box = screens.box(page.locator(".paper canvas"))
    for x, y in points:
        yield page.mouse.move(box["x"] + x * box["width"] / 280, box["y"] + y * box["height"] / 280, steps=5)


def prepared(page, card):
    """The drawing as the server would prepare it for a network: (1, 28, 28) uint8."""
    text = page.locator(".paper canvas").evaluate("canvas => canvas.toDataURL()").partition(",")[2]
    picture = Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")
    return prepare.prepare(picture, card.shape, prepare.preset(card.dataset["name"]))[-1].image
