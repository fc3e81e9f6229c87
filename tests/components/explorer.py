"""The explorer on a blank page: what the server sends it, and hands without and with a network in the browser."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from tests.components.networks import TURN, WORKER, load, network
from ui import tiles

SIDE = 4  # pixels of a picture
BLUE = {"picture": 10, "sheet": 100, "map": 200}  # what a picture is taken from; red and green say which one it is
PIXEL = "[...root.querySelector('.view').getContext('2d').getImageData(1, 1, 1, 1).data].slice(0, 3)"


def pictures(*colours):
    return np.stack([np.full((SIDE, SIDE, 3), colour, np.uint8).transpose(2, 0, 1) for colour in colours])


def sheet(rows, blue=BLUE["sheet"]):
    """One row after another, so many steps each."""
    return tiles.sheet(pictures(*[(50 * row, 8 * step, blue) for row in range(rows) for step in range(31)]), 31)


def row(dimension, name, low=-3.0, step=0.2, exact=(-6.0, 6.0), dead=False):
    label = "Length of the code" if dimension == "length" else f"Dimension {dimension}"
    rank = None if dimension == "length" else dimension + 1
    return {"dimension": dimension, "name": name, "label": label, "rank": rank, "note": "", "dead": dead} | {
        "words": "what it does",
        "low": low,
        "step": step,
        "exact": list(exact),
    }


def data(serial=0, code=(0.0, 0.0, 0.0), *, whole=True, session="a", **more):
    """What the server sends. whole: with sheet and map, as the second answer to a movement has them."""
    tiled = pictures(*[(10 * i, 10 * j, BLUE["map"]) for i in range(21) for j in range(21)])
    strip = pictures(*[(20 * k, 0, 0) for k in range(5)])
    return {
        "session": session,
        "serial": serial,
        "code": list(code),
        "size": [SIDE, SIDE],
        "picture": tiles.sheet(pictures((serial, 0, BLUE["picture"])), 1),
        "sheet": sheet(4) if whole else None,
        "sheet_name": f"sheet {serial}",
        "rows": [*(row(d, f"z{d}") for d in range(3)), row("length", "length", 0.05, 0.05, (0.0, 3.0))],
        "bases": [["dims", "Dimensions"], ["features", "Directions"]],
        "basis": "dims",
        "pages": [["1", "first"], ["2", "second"]],
        "page": "1",
        "plane": {
            "axes": ["0", "1"],
            "choices": [[str(d), f"z{d}"] for d in range(3)],
            "names": ["z0", "z1"],
            "vectors": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            "scale": [1.0, 1.0],
            "centre": [0.0, 0.0, 0.0],
            "map": tiles.sheet(tiled, 21) if whole else None,
        },
        "asked": serial,
        "waking": False,
        "strip": {
            "page": 0,
            "sheet": tiles.sheet(strip, 5),
            "pictures": [{"number": 10 + k, "words": f"image {k}"} for k in range(5)],
        },
        "original": None,
        "classifier": None,
        "codes": None,
        "origin": f"code {serial}",
    } | more


def code(*values):
    return pytest.approx(values, abs=1e-6)


class Hand(hands.Hand):
    def slider(self, row):
        return self.page.locator(".row input[type=range]").nth(row)

    def number(self, row):
        return self.page.locator(".row input[type=number]").nth(row)

    def place(self, row, step):
        """Where the thumb of a row's slider is for a step, in pixels of the window."""
        box, thumb = screens.box(self.slider(row)), 16
        return box["x"] + thumb / 2 + step / 30 * (box["width"] - thumb), box["y"] + box["height"] / 2

    def on_pad(self, right, up):
        """Where cell (right, up) of the plane is."""
        box = screens.box(self.page.locator(".pad"))
        return box["x"] + (right + 0.5) / 21 * box["width"], box["y"] + (20.5 - up) / 21 * box["height"]

    def expect_pixel(self, *colour):
        self.page.wait_for_function(f"wanted => String({PIXEL}) === wanted", arg=",".join(map(str, colour)))


def without_network(mounted, kind=Hand, **options):
    """A hand on its first data, whose pictures have been decoded."""
    hand = kind(mounted("explorer", data(), **options))
    expect(hand.page.locator(".origin")).to_have_text("code 0")
    return hand


# ---- with a network in the browser: a worker whose answers the test gives ----

# Pictures of one colour (32·z0 + 128, 32·z1 + 128, 32·z2 + 128) / 255; a classifier's three logits are four times that.
OUTPUTS = f"""
  const outputs = ({{ z, x }}) => {{
    const side = {SIDE}, size = side * side;
    if (x) return {{ logits: {{ data: Float32Array.from([0, 1, 2], (k) => 4 * x.data[k * size]), dims: [1, 3] }} }};
    const grey = z.data.map((value) => (32 * value + 128) / 255);
    const data = Float32Array.from({{ length: 3 * size }}, (_, k) => grey[Math.floor(k / size)]);
    return {{ picture: {{ data, dims: [1, 3, side, side] }} }};
  }};
"""
# For the oldest request that waits; the code that it has.
ANSWER = f"""() => {{
  {OUTPUTS}
  const request = asked.find(({{ run, answered }}) => run && !answered);
  if (!request) return false;
  request.answered = true;
  request.resolve({{ outputs: outputs(request.inputs) }});
  return Array.from(request.inputs.z.data);
}}"""
# All requests, from now on.
ANSWER_ALL = f"""() => {{
  {OUTPUTS}
  const answer = ({{ load, inputs, resolve }}) =>
    setTimeout(() => resolve(load ? {{}} : {{ outputs: outputs(inputs) }}));
  asked.filter(({{ answered }}) => !answered).forEach(answer);
  asked.push = answer;
}}"""


class Live(Hand):
    """A hand with a network, and what its worker is asked."""

    def load(self, answer="resolve({})"):
        load(self.page, answer)

    def expect_colour(self, *colour):
        """Wait for a picture of the network in this colour, within a grey level."""
        near = f"wanted => {PIXEL}.every((grey, k) => Math.abs(grey - wanted[k]) <= 1)"
        self.page.wait_for_function(near, arg=colour)

    def answer(self):
        """Answer the oldest request; the code that it has."""
        self.page.wait_for_function("() => asked.some(({ run, answered }) => run && !answered)")
        return self.page.evaluate(ANSWER)

    def answer_all(self):
        """Answer requests until no more come."""
        count = 0
        while self.page.evaluate(TURN) and self.page.evaluate(ANSWER):
            count += 1
        return count


def with_network(mounted, options=None, **more):
    """A hand whose network has been loaded. options: of the page; more: of the first data that have the network."""
    hand = without_network(mounted, Live, **(options or {}))
    hand.page.evaluate(WORKER)
    hand.component.send(data(network=network(), whole=False, **more))
    hand.load()
    hand.page.locator(".explorer[data-pictures=network]").wait_for()
    return hand


def answered(mounted, options=None, **more):
    """The same with a worker that answers by itself."""
    hand = with_network(mounted, options, **more)
    hand.page.evaluate(ANSWER_ALL)
    return hand
