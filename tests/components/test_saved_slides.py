"""What components save: at least 1600 pixels wide, with title, legend and text. Every component with such a button."""

import re

import numpy as np
import pytest
from PIL import Image

from tests import slow
from tests.components import (
    samples,
    test_live_pictures,
    test_pixel_shuffle,
    test_scatter,
    test_shift,
    test_toy_flow,
    test_toy_gan,
    test_toy_vae,
    test_turning,
)
from tests.components.conftest import FOLDER
from ui import slides

QUICK = {"picture_player", "scatter", "toy_gan", "trade_off"}
DATA = {
    "control_loop": samples.controller,
    "curve_player": samples.frames_of_curves,
    "elbo": samples.elbo_numbers,
    "gaussians": samples.gaussians,
    "live_pictures": test_live_pictures.moved,
    "picture_player": samples.frames_of_pictures,
    "pixel_shuffle": test_pixel_shuffle.data,
    "reparameterise": samples.draws,
    "scatter": test_scatter.data,
    "shift": test_shift.segments,
    "toy_flow": test_toy_flow.data,
    "toy_gan": lambda: test_toy_gan.data(recorded=True),
    "toy_vae": test_toy_vae.data,
    "turning": lambda: test_turning.data(save=slides.words("turned", "By how much?", "a digit")),
    "trade_off": samples.trade_off_numbers,
}
SAVES = re.compile(r"\bsave\(|\bsaveSlide\(")  # calls of lib/curves.js and lib/slide.js
BY_ITSELF = re.compile(r"\bdownload\(|\.toBlob\(|\.toDataURL\(")
PAPER = (255, 255, 255)
ON_THE_MAP = {"scatter"}  # its button is one of several on the canvas, which can be moved under them
COVERED = """() => {
  const { left, right, top, bottom } = [...root.querySelectorAll("button")]
    .find((button) => button.textContent === "PNG").getBoundingClientRect();
  return [...root.querySelectorAll("svg, canvas, .legend button, input, output")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < right && box.right > left && box.top < bottom && box.bottom > top;
  }).map((one) => one.outerHTML.slice(0, 80));
}"""


def component_code(name):
    return "".join(file.read_text() for file in (FOLDER / name).glob("*.js"))


def test_every_component_that_saves_is_among_them():
    folders = [folder.name for folder in FOLDER.iterdir() if (folder / "index.js").exists()]
    figures = {name for name in folders if re.search("extends (Figure|LiveTraining)", component_code(name))}
    assert {name for name in folders if SAVES.search(component_code(name))} | figures == set(DATA)


def test_nothing_else_saves_pictures():
    """A picture that a component saves goes through lib/slide.js."""
    files = [file for file in FOLDER.rglob("*.js") if "vendor" not in file.parts]
    found = {file.relative_to(FOLDER).as_posix() for file in files if BY_ITSELF.search(file.read_text())}
    other = {
        "drawing/index.js",  # sends the drawing to the server
        "lib/download.js",
        "lib/live_training.js",  # a table
    }
    assert found == {"lib/slide.js"} | other


def saved(component):
    """(the Pillow image, its RGB array) of what the component's button saves."""
    with component.page.expect_download() as download:
        component.page.get_by_role("button", name="PNG").click()
    image = Image.open(download.value.path())
    return image, np.asarray(image.convert("RGB"))


@pytest.mark.parametrize("name", slow.all_but(QUICK, DATA))
@pytest.mark.parametrize("width", slow.all_but([1200], [390, 1200]))
def test_a_saved_slide(mounted, name, width):
    data = DATA[name]()
    component = mounted(name, data, viewport={"width": width, "height": 900})
    image, pixels = saved(component)
    words = data["save"] if "save" in data else data["curves"]["save"]
    assert image.format == "PNG"
    assert image.width >= 1600
    expected = {"Title": words["title"], "Software": slides.software()}
    description = image.text.pop("Description", "")
    assert description.startswith(words["subtitle"])
    assert image.text == expected
    margin = round(40 * image.width / 1600)
    assert (pixels[:, : margin - 4] == PAPER).all()
    assert (pixels[:, -margin // 2 :] == PAPER).all()
    title = pixels[margin : margin + round(60 * image.width / 1600)]
    assert (title < 128).all(-1).sum() > 1000  # its letters
    legend = component.page.evaluate(
        "[...root.querySelectorAll('.legend button[aria-pressed=true] i')].map((i) => getComputedStyle(i).color)"
    )
    foot = pixels[-round(160 * image.width / 1600) :].reshape(-1, 3)
    for colour in {tuple(map(int, re.findall(r"\d+", one)[:3])) for one in legend}:
        assert (foot == colour).all(-1).any()


@pytest.mark.parametrize("name", slow.all_but({"gaussians", "live_pictures"}, sorted(DATA.keys() - ON_THE_MAP)))
@pytest.mark.parametrize("width", slow.all_but([1200], [390, 1200]))
def test_the_button_covers_no_curve_and_no_name(mounted, name, width):
    component = mounted(name, DATA[name](), viewport={"width": width, "height": 900})
    component.page.get_by_role("button", name="PNG").wait_for()
    assert component.page.evaluate(COVERED) == []
