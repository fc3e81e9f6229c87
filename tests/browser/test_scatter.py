"""The map in a real browser: pictures on hover, a click chooses, the choice goes to the explorer."""

import pytest

import checkpoints
from ui.links import unpack
from ui.scatter import whole

ATLAS = checkpoints.atlas("fashion_vae")
PLACES = whole(ATLAS["pca"]) / 10000  # the unit square, y upwards
LONELY = int(PLACES[:, 0].argmax())  # the outermost point, which no other one hides


@pytest.fixture
def scatter(new_page):
    page = new_page("/latent_map?model=fashion_vae&map=pca")
    page.locator("canvas.points").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def place(page, row):
    """Where a point is in the window, as scatter.js places it."""
    box = page.locator("canvas.points").bounding_box()
    side = min(box["width"], box["height"]) - 30
    x, y = PLACES[row] - 0.5
    return box["x"] + box["width"] / 2 + x * side, box["y"] + box["height"] / 2 - y * side


def test_hover_shows_the_picture_and_leaving_hides_it(scatter):
    scatter.mouse.move(*place(scatter, LONELY))
    tip = scatter.locator(".tip")
    tip.wait_for()
    assert f"number {LONELY}" in tip.inner_text()
    pixels = tip.locator("canvas").evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(0, 0, 28, 28).data].filter((v, i) => i % 4 === 0)"
    )
    assert max(pixels) > 100
    scatter.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_a_click_chooses_and_its_code_goes_to_the_explorer(scatter):
    scatter.mouse.click(*place(scatter, LONELY))
    scatter.wait_for_url(f"**point={LONELY}*")
    scatter.get_by_role("button", name="Carry it to the explorer").click()
    scatter.wait_for_url("**z=*")
    code = scatter.url.partition("z=")[2].partition("&")[0]
    assert (unpack(code, 20) == ATLAS["codes"][LONELY]).all()


def test_keyboard_goes_from_point_to_point(scatter):
    scatter.locator("canvas.points").focus()
    scatter.keyboard.press("ArrowRight")
    first = scatter.locator(".tip").inner_text()
    scatter.keyboard.press("ArrowDown")
    assert scatter.locator(".tip").inner_text() != first
    scatter.keyboard.press("Enter")
    scatter.wait_for_url("**point=*")


def test_legend_hides_a_class(scatter):
    def drawn():
        return scatter.locator("canvas.points").evaluate("canvas => canvas.toDataURL()")

    before = drawn()
    entry = scatter.locator(".legend button").first
    entry.click()
    assert entry.get_attribute("aria-pressed") == "false"
    assert drawn() != before
    entry.click()
    assert drawn() == before
