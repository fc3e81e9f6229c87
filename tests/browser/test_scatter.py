"""The map in a real browser: pictures on hover, a click chooses, the choice goes to the explorer."""

import pytest

import checkpoints
from ui.components.scatter import whole
from ui.url import unpack

PREVIEW = checkpoints.preview("fashion_vae")
PLACES = whole(PREVIEW["pca"]) / 10000  # the unit square, y upwards
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
    assert (unpack(code, 20) == PREVIEW["codes"][LONELY]).all()


def test_a_click_sends_the_points_only_once(scatter):
    received = []
    page = scatter.context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(scatter.url)
    page.locator("canvas.points").wait_for()
    page.wait_for_timeout(1500)
    whole_map = sum(received)
    received.clear()
    page.mouse.click(*place(page, LONELY))
    page.wait_for_url(f"**point={LONELY}*")
    page.wait_for_timeout(1000)
    assert sum(received) < whole_map / 10


def test_wheel_zooms_around_the_hand_once_the_map_was_clicked(scatter):
    x, y = place(scatter, LONELY)
    scatter.mouse.move(x, y)
    before = drawn(scatter)
    scatter.mouse.wheel(0, 1)
    scatter.mouse.wheel(0, -1)
    scatter.wait_for_timeout(300)
    assert drawn(scatter) == before
    scatter.mouse.click(x, y)
    scatter.wait_for_url(f"**point={LONELY}*")
    scatter.mouse.wheel(0, -300)
    scatter.wait_for_timeout(300)
    assert drawn(scatter) != before
    scatter.mouse.move(x + 40, y)
    scatter.mouse.move(x, y)  # still the point under the hand
    assert f"number {LONELY}" in scatter.locator(".tip").inner_text()


def test_two_fingers_zoom_and_a_tap_shows_the_picture(new_page):
    page = new_page(
        "/latent_map?model=fashion_vae&map=pca", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page.locator("canvas.points").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.locator("canvas.points").scroll_into_view_if_needed()
    x, y = place(page, LONELY)
    page.touchscreen.tap(x, y)
    page.locator(".tip").wait_for()
    page.wait_for_url("**point=*")
    chosen = page.url
    whole_map = page.get_by_role("button", name="Show all")
    whole_map.click()  # the tip goes
    before = drawn(page)
    box = page.locator("canvas.points").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, spread in [("touchStart", 20), ("touchMove", 40), ("touchMove", 80), ("touchEnd", None)]:
        points = [{"x": x - spread, "y": y, "id": 0}, {"x": x + spread, "y": y, "id": 1}] if spread else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_timeout(300)
    assert drawn(page) != before
    assert page.url == chosen  # two fingers choose nothing
    assert page.evaluate("() => visualViewport.scale") == 1
    whole_map.click()
    page.wait_for_timeout(100)
    assert drawn(page) == before


def drawn(page):
    """The points, without the ring around what is met."""
    page.mouse.move(2, 2)
    return page.locator("canvas.points").evaluate("canvas => canvas.toDataURL()")


def test_keyboard_goes_from_point_to_point(scatter):
    scatter.locator("canvas.points").focus()
    scatter.keyboard.press("ArrowRight")
    first = scatter.locator(".tip").inner_text()
    scatter.keyboard.press("ArrowDown")
    assert scatter.locator(".tip").inner_text() != first
    scatter.keyboard.press("Enter")
    scatter.wait_for_url("**point=*")


def test_legend_hides_a_class(scatter):
    before = drawn(scatter)
    entry = scatter.locator(".legend button").first
    entry.click()
    assert entry.get_attribute("aria-pressed") == "false"
    assert drawn(scatter) != before
    entry.click()
    assert drawn(scatter) == before
    entry.dblclick()
    pressed = scatter.locator(".legend button").evaluate_all("all => all.map((b) => b.getAttribute('aria-pressed'))")
    assert pressed == ["true"] + ["false"] * 9
    entry.dblclick()
    assert drawn(scatter) == before
