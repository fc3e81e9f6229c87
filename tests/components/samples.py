"""Data of components as their pages send it, for tests."""

import base64
import io

import numpy as np
from PIL import Image

from ui import slides
from ui.components import curves
from ui.components.live_pictures import Panel, Slider, described
from ui.learn import elbo, gan_divergences, losses, reparameterise, trade_off
from ui.slides import words
from ui.training import control_loop


def gaussians(kind="one", numbers=None):
    return {**gan_divergences.data(kind), "numbers": numbers or gan_divergences.START[kind]}


def elbo_numbers(numbers=elbo.START):
    return {**elbo.data(), "numbers": numbers}


def trade_off_numbers(numbers=trade_off.START, model=elbo.START):
    return {**trade_off.data(model), "numbers": numbers}


def draws(numbers=reparameterise.START, function="square", seed=5):
    f = reparameterise.function(function, elbo.START)
    return {**reparameterise.data(f, reparameterise.draws(seed)), "numbers": numbers}


def controller(numbers=control_loop.STARTS["Paper"]):
    return {**control_loop.data(), "numbers": numbers}


def shifted(value=-4.0, role="generator"):
    """The GAN losses."""
    return {
        "identity": role,
        "label": "a",
        "value": value,
        "low": losses.LOW,
        "high": losses.HIGH,
        "step": losses.STEP,
        "axis": [losses.LOW, losses.HIGH],
        "stage": losses.stage(),
        "panels": losses.panels(role),
        "save": words("gan_losses", "GAN losses", "Generator"),
    }


def frames_of_curves(count=30, start=2, **more):
    """`count` frames of a line that rises with the frame, and a second one that is still."""
    x = np.linspace(0, 1, 11)
    rising = curves.series("rising", "line", "#0072b2", x, [k * x for k in range(count)])
    still = curves.series("still", "line", "#d55e00", x, x)
    return {
        "identity": "one",
        "captions": [f"step {k}" for k in range(count)],
        "label": "step",
        "axis": [0, 1],
        "panels": [{"title": "Curves", "range": [0, count], "log": False, "series": [rising, still]}],
        "save": words("curves", "Curves", "A network"),
        "start": start,
        "reports": True,
    } | more


def text(array):
    """An array as base64 of its bytes, as it is sent."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def floats(numbers):
    """Numbers as base64 of float32."""
    return text(np.asarray(numbers, "<f4"))


def sheet(count=30, size=8):
    """A data URL of `count` grey pictures side by side, brighter from one to the next."""
    greys = np.repeat(np.linspace(0, 255, count).astype(np.uint8), size)
    file = io.BytesIO()
    Image.fromarray(np.tile(greys, (size, 1))).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def still(grey, size=8):
    """A data URL of one grey picture."""
    file = io.BytesIO()
    Image.new("L", (size, size), grey).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def frames_of_pictures(count=30, frame=2, **more):
    """Two rows of `count` grey pictures and a curve beside them."""
    row = {"title": "A row", "note": "", "alt": "grey", "sheet": sheet(count), "columns": count, "size": [8, 8]}
    x = list(range(count))
    series = [curves.series("loss", "line", "#0072b2", x, x), curves.series("other", "line", "#d55e00", x, x)]
    return {
        "identity": "one",
        "rows": [row, {**row, "title": "Another"}],
        "captions": [f"step {k}" for k in range(count)],
        "label": "step",
        "milliseconds": 60,
        "panels": [{"title": "Losses", "range": [0, count], "log": False, "series": series}],
        "x": x,
        "axis": [0, count - 1],
        "save": words("curves", "Curves", "A network"),
        "frame": frame,
    } | more


SIDE = 4  # pixels of a picture of `paths`
ENDS = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]], np.float32)  # codes of A and B


def plain(*colours):
    """Pictures of one colour each: (N, 3, 4, 4) uint8."""
    return np.stack([np.full((SIDE, SIDE, 3), colour, np.uint8).transpose(2, 0, 1) for colour in colours])


def paths(alpha=0.5, scene="one", strip=5):
    """Straight line, great circle and blend between two codes, with five stored pictures, and their lengths."""
    shares = np.linspace(0, 1, strip)
    a, b = ENDS
    # What is stored is red: which picture it is shows in green, which panel in blue.
    stored = [{(share,): plain((200, 20 * k, blue)) for k, share in enumerate(shares)} for blue in (0, 100)]
    common = {"note": "", "shape": (3, SIDE, SIDE), "card": None}
    panels = [
        Panel("Straight line", alt="straight", way={"kind": "line", "a": a, "b": b}, stored=stored[0], **common),
        Panel("Great circle", alt="circle", way={"kind": "circle", "a": a, "b": b}, stored=stored[1], **common),
        Panel("Blend", alt="blend", way={"kind": "blend"}, ends=plain((10, 20, 30), (110, 220, 130)), **common),
    ]
    lengths = [curves.series(name, "line", "#0072b2", shares, shares) for name in ("Straight line", "Great circle")]
    panel = {"title": "Lengths", "range": [0, 1], "log": False, "series": lengths}
    return {
        **described(
            panels,
            [Slider("alpha", "α", "from A (0) to B (1)", 0.0, 1.0)],
            {"alpha": alpha},
            scene=scene,
            columns=3,
            without="The pictures move in steps",
            play="alpha",
            strip=strip,
            curves={"panels": [panel], "axis": [0, 1], "marked": True, "save": slides.words("lengths", "Lengths")},
        ),
        "key": "paths",
        "more": False,
    }
