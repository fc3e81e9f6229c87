"""The film in a real browser: its rows follow the slider before release, and it plays."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

PATH = "/interpolation?model=fashion_vae&a=0&b=1"


@pytest.fixture
def film(new_page):
    page = new_page(PATH)
    page.locator(".film canvas").nth(2).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def pictures(page):
    return page.locator(".film canvas").evaluate_all("all => all.map(canvas => canvas.toDataURL())")


def frame(page):
    return int(page.locator(".film .time").input_value())


def test_three_rows_follow_the_hand_before_it_lets_go(film):
    box = film.locator(".film .time").bounding_box()
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
    film.locator(".film .time").focus()
    for _ in range(5):
        film.keyboard.press("ArrowRight")
    film.wait_for_url("**frame=21*")
    other = new_page("/" + film.url.split("/", 3)[3])
    other.locator(".film canvas").nth(2).wait_for()
    other.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert frame(other) == 21
    assert pictures(other) == pictures(film)


def test_play_moves_and_pause_holds(film):
    before = frame(film)
    film.locator(".film .play").click()
    film.wait_for_function(f"() => {FRAME} !== '{before}'")
    film.locator(".film .play").click()
    film.wait_for_url("**frame=*")
    assert film.locator(".film .play").get_attribute("aria-label") == "Play"


# The slider's value, through the component's shadow root.
FRAME = """(() => {
  const find = (node) => {
    for (const element of node.querySelectorAll('*')) {
      if (element.matches('.film .time')) return element;
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
