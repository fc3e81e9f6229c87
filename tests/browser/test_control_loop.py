"""The controller in a real browser: what a hand can do."""

import pytest

from ui.training.control_loop import STARTS


def opened(new_page, path="/control_vae", **options):
    page = new_page(path, **options)
    page.locator(".loop .stage path").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def told(page):
    return page.locator(".loop .told").inner_text()


def test_the_picture_follows_the_hand_and_the_link_keeps_it(new_page):
    page = opened(new_page)
    box = page.locator(".loop .stage").bounding_box()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    seen = []
    for share in (0.5, 0.6, 0.7):
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + share * box["height"])
        seen.append((told(page), page.locator(".loop .panels svg").nth(1).inner_html()))
    assert len(set(seen)) == 3
    assert "loop=" not in page.url
    page.mouse.up()
    page.wait_for_url("**loop=*")
    words = told(page)
    other = opened(new_page, "/" + page.url.split("/", 3)[3])
    assert told(other) == words


def test_windup_and_its_guard(new_page):
    """Out of reach first, then 8 nats: guarded the KL gets there, unguarded β is still at its bound."""
    page = opened(new_page)
    page.get_by_role("button", name="Windup").click()
    assert "at β_min" in told(page).split("Second half")[1]
    page.get_by_label("Guard").select_option("as published")
    second = told(page).split("Second half: KL ")[1]
    assert float(second.split()[0]) == pytest.approx(8.0, abs=0.5)
    assert "at β_min" not in second
    page.wait_for_url(f"**loop={'_'.join(f'{v:g}' for v in STARTS['The same, guarded'])}*")


def test_typed_numbers(new_page):
    page = opened(new_page)
    field = page.get_by_label("Set point C, typed", exact=True)
    before = field.input_value()
    field.fill("-3")
    field.press("Enter")
    assert "never negative" in told(page)
    assert field.input_value() == before
    field.fill("1000")
    field.press("Enter")
    assert "for C = 1,000" in told(page)
    assert "at β_min" in told(page).split("Second half")[0]


def test_a_redraw_leaves_half_a_number_alone(new_page):
    page = opened(new_page)
    field = page.get_by_label("Set point C, typed", exact=True)
    before = told(page)
    field.fill("9")
    stage = page.locator(".loop .stage")
    wide = stage.bounding_box()["width"]
    page.set_viewport_size({"width": 1000, "height": 900})
    for _ in range(250):
        if stage.bounding_box()["width"] < wide - 50:
            break
        page.wait_for_timeout(20)
    assert stage.bounding_box()["width"] < wide - 50
    assert field.input_value() == "9"
    assert told(page) == before
    field.press("Enter")
    assert "for C = 9" in told(page)


def test_a_phone_shows_it_without_scrolling_sideways(new_page):
    page = opened(new_page, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
