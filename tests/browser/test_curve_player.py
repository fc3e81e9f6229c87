"""Curves over a training in a real browser: they follow the slider and play."""

import pytest


@pytest.fixture
def film(new_page):
    page = new_page("/density")
    page.locator(".curves .panels svg path").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def drawn(page):
    return page.locator(".curves .panels svg").first.inner_html(), page.locator(".curves output").inner_text()


def test_curves_follow_the_hand(film):
    box = film.locator(".curves input[type=range]").bounding_box()
    height = box["y"] + box["height"] / 2
    seen = [drawn(film)]
    film.mouse.move(box["x"] + box["width"] - 8, height)
    film.mouse.down()
    for share in (0.7, 0.4, 0.1):
        film.mouse.move(box["x"] + share * box["width"], height)
        seen.append(drawn(film))
    film.mouse.up()
    assert len({picture for picture, _ in seen}) == 4
    assert "step 1,000" in seen[0][1]


def test_play_goes_from_the_first_step_to_the_last(film):
    slider = film.locator(".curves input[type=range]")
    last = slider.input_value()
    film.locator(".curves .play").click()
    film.wait_for_function("last => document.querySelector('.curves input')?.value !== last", arg=last)
    assert int(slider.input_value()) < int(last)
    assert film.locator(".curves .play").get_attribute("aria-label") == "Pause"
    film.locator(".curves .play[aria-label=Play]").wait_for(timeout=15_000)
    assert slider.input_value() == last


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = new_page("/density", viewport={"width": size[0], "height": size[1]})
    page.locator(".curves .panels svg path").first.wait_for()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]


def test_a_clip_value_is_kept_in_the_link(new_page):
    page = new_page("/wgan?clip=3")
    slider = page.locator(".curves input[type=range]")
    slider.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert slider.input_value() == "3"
    slider.focus()
    before = drawn(page)
    page.keyboard.press("ArrowRight")
    assert drawn(page)[1] != before[1]
    page.wait_for_url("**clip=4*")
    assert "c = 0.3" in page.locator(".curves output").inner_text()
