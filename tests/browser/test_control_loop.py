"""The controller in a real browser: JavaScript's numbers are those of models/control.py, and what a hand can do."""

import math

import numpy as np
import pytest
import torch

from models.control import GUARDS, PIController
from ui.components.control_loop import CONTROLLER, STARTS

ANSWERS = """
  let state = [0, given.betaMin];
  return given.fed.map(([kl, setPoint]) => {
    const answer = respond(given, kl ?? NaN, state, setPoint);
    state = answer.state;
    return [answer.beta, ...state];
  });
"""


@pytest.fixture(scope="module")
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("guard", GUARDS)
@pytest.mark.parametrize(
    ("set_point", "kp", "ki", "beta_min", "beta_max"),
    [(8.0, 0.01, 0.001, 1.0, 100.0), (14.0, 0.5, 0.05, 0.0, 2.0), (0.0, 0.0, 0.3, 1.0, 1.0), (1000.0, 1, 1e-3, 0, 5)],
)
def test_the_browsers_controller_is_the_one_that_trains(blank, guard, set_point, kp, ki, beta_min, beta_max):
    """KLs that swing, huge ones and ones that are no number; the set point on a ramp."""
    pi = PIController(set_point, kp, ki, beta_min, beta_max, guard)
    random = np.random.default_rng(1)
    fed = [float(v) for v in np.abs(10 + 9 * np.sin(np.arange(300) / 20) + random.normal(size=300))]
    fed[50], fed[120], fed[200] = math.nan, 1e6, -1e6
    goals = [set_point * min(1.0, k / 100) for k in range(300)]
    state, expected = tuple(part.double() for part in pi.start()), []
    for kl, goal in zip(fed, goals, strict=True):
        beta, state = pi.respond(torch.tensor(kl, dtype=torch.float64), state, goal)
        expected.append([beta.item(), *(part.item() for part in state)])
    given = {"kp": kp, "ki": ki, "betaMin": beta_min, "betaMax": beta_max, "guard": guard}
    given["fed"] = [[None if math.isnan(kl) else kl, goal] for kl, goal in zip(fed, goals, strict=True)]
    found = blank.evaluate(f"given => {{ {CONTROLLER} {ANSWERS} }}", given)
    assert np.allclose(found, expected, rtol=1e-12, atol=1e-12)


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
