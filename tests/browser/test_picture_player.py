"""The film in a real browser: its rows follow the slider before release, and it plays."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

PATH = "/interpolation?model=fashion_vae&a=0&b=1"
BIG = ".picture-player .rows canvas"


@pytest.fixture
def film(new_page):
    page = new_page(PATH)
    page.locator(BIG).nth(2).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def pictures(page):
    return page.locator(BIG).evaluate_all("all => all.map(canvas => canvas.toDataURL())")


def frame(page):
    return int(page.locator(".picture-player .time").input_value())


def test_three_rows_follow_the_hand_before_it_lets_go(film):
    box = film.locator(".picture-player .time").bounding_box()
    height = box["y"] + box["height"] / 2
    seen = [pictures(film)]
    film.mouse.move(box["x"] + box["width"] / 2, height)
    film.mouse.down()
    for share in (0.65, 0.8, 0.95):
        film.mouse.move(box["x"] + share * box["width"], height)
        seen.append(pictures(film))
    held = parse_qs(urlparse(film.url).query).get("frame")
    assert held is None  # the server has heard of nothing yet
    for row in range(3):
        assert len({step[row] for step in seen}) == 4
    film.mouse.up()
    film.wait_for_url("**frame=*")
    assert parse_qs(urlparse(film.url).query)["frame"] == [str(frame(film))]


def test_a_link_restores_the_frame_bit_for_bit(film, new_page):
    film.locator(".picture-player .time").focus()
    for _ in range(5):
        film.keyboard.press("ArrowRight")
    film.wait_for_url("**frame=21*")
    other = new_page("/" + film.url.split("/", 3)[3])
    other.locator(BIG).nth(2).wait_for()
    other.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert frame(other) == 21
    assert pictures(other) == pictures(film)


def test_play_moves_and_pause_holds(film):
    before = frame(film)
    film.locator(".picture-player .play").click()
    film.wait_for_function(f"() => {FRAME} !== '{before}'")
    film.locator(".picture-player .play").click()
    film.wait_for_url("**frame=*")
    assert film.locator(".picture-player .play").get_attribute("aria-label") == "Play"


def test_space_plays_and_the_hand_stops_it(film):
    film.locator(".picture-player .time").focus()
    film.keyboard.press(" ")
    assert film.locator(".picture-player .play").get_attribute("aria-label") == "Pause"
    film.keyboard.press("Home")
    assert film.locator(".picture-player .play").get_attribute("aria-label") == "Play"
    film.wait_for_url("**frame=0*")
    film.wait_for_timeout(500)
    assert frame(film) == 0


def test_strips_lie_under_the_slider_and_follow_the_hand(film):
    """The thumb stands over the picture of its frame, and dragging over the strips moves all three rows."""
    strips = film.locator(".picture-player .strips canvas")
    assert strips.count() == 3
    box = strips.first.bounding_box()
    mark = film.locator(".picture-player .mark")
    for share, expected in [(1.5 / 9, 4), (4.5 / 9, 16), (8.5 / 9, 32)]:
        film.mouse.move(box["x"] + share * box["width"], box["y"] + 10)
        film.mouse.down()
        assert frame(film) == expected
        drawn = mark.bounding_box()
        assert abs(drawn["x"] + 1 - box["x"] - share * box["width"]) < 1.5
        film.mouse.up()
        film.wait_for_url(f"**frame={expected}*")
    slider = film.locator(".picture-player .time").bounding_box()
    assert abs(slider["x"] + 8 - box["x"] - box["width"] / 18) < 1.5
    # The first of nine pictures in a strip is the first frame.
    film.locator(".picture-player .time").focus()
    film.keyboard.press("Home")
    first = strips.first.evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width / 9, canvas.height).data].join()"
    )
    shown = film.locator(BIG).first.evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data].join()"
    )
    assert first == shown


def test_letting_go_does_not_send_the_film_again(film):
    """The pictures are there already: only the link changes."""
    received = []
    other = film.context.new_page()
    other.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    other.goto(film.url)
    other.locator(BIG).nth(2).wait_for()
    other.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    other.wait_for_timeout(1000)
    whole = sum(received)
    for press in range(2):
        received.clear()
        other.locator(".picture-player .time").focus()
        other.keyboard.press("ArrowRight")
        other.wait_for_url(f"**frame={17 + press}*")
        other.wait_for_timeout(1000)
    assert sum(received) < whole / 4


def test_a_tap_on_a_strip_of_a_phone(new_page):
    page = new_page(PATH, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.locator(BIG).nth(2).wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    box = page.locator(".picture-player .strips canvas").first.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 8.5 / 9, box["y"] + 10)
    page.wait_for_url("**frame=32*")


# The slider's value, through the component's shadow root.
FRAME = """(() => {
  const find = (node) => {
    for (const element of node.querySelectorAll('*')) {
      if (element.matches('.picture-player .time')) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
  };
  return find(document).value;
})()"""


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WebP"])
def test_downloads(film, kind):
    with film.expect_download() as download:
        film.get_by_role("button", name=kind, exact=True).first.click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith({"PNG": b"\x89PNG", "GIF": b"GIF8", "WebP": b"RIFF"}[kind])
    assert len(raw) > 1000
