"""The figures of the ELBO page: sums, the climb, β and its set point, draws."""

import pytest
from playwright.sync_api import expect

from metrics.linear_gaussian import kl
from tests import slow
from tests.components import samples
from ui.learn import elbo, reparameterise, trade_off

SUMS = """[...root.querySelectorAll('.panels svg')[1].querySelectorAll('text[text-anchor=end]')].map(
  (one) => Number(one.textContent.replace('−', '-').replace(/,/g, '')))"""


def sums(component):
    """Numbers of the five bars."""
    component.watch(SUMS)
    return component.drawn()[-1]


@pytest.mark.parametrize("numbers", [[-6, 3, 3, 0.3, 0.5, -1], [1.5, 0.2, -1.2, 0.9, 2, 0.4]])
def test_the_sums_are_those_of_the_server(mounted, numbers):
    component = mounted("elbo", samples.elbo_numbers(numbers))
    sides = {name: formula for name, (formula, _) in elbo.sides([float(n) for n in numbers]).items()}
    expected = [sides["reconstruction"], -sides["kl_prior"], sides["elbo"], sides["kl_posterior"], sides["log_px"]]
    assert sums(component) == pytest.approx(expected, abs=6e-5)
    bound, gap, truth = (f"{sides[name]:.4f}".replace("-", "−") for name in ("elbo", "kl_posterior", "log_px"))
    expect(component.page.locator("output")).to_have_text(f"ELBO {bound} + gap {gap} = log p(x) = {truth} nats")


def test_the_gap_closes_on_the_way_to_the_posterior(mounted):
    component = mounted("elbo", samples.elbo_numbers())
    component.watch(SUMS)
    component.grab(component.page.locator(".stage .handle"), (10, 2), (20, 4), (30, 4))
    drawn = component.drawn()
    component.page.mouse.up()
    assert len(drawn) > 1
    gaps = [row[3] for row in drawn]
    assert gaps == sorted(gaps, reverse=True)
    for row in drawn:
        assert row[2] + row[3] == pytest.approx(row[4], abs=2e-4)
        assert row[4] == drawn[0][4]  # q does not move log p(x)


@pytest.mark.parametrize("motion", slow.all_but(["reduce"], ["reduce", "no-preference"]))
def test_the_climb_ends_at_the_posterior_and_is_reported(mounted, motion):
    component = mounted("elbo", samples.elbo_numbers(), reduced_motion=motion)
    component.page.get_by_role("button", name="Climb the ELBO").click()
    model, x = elbo.model(elbo.START)
    name, numbers = component.last_report()
    assert name == "moved"
    assert numbers == pytest.approx([*model.posterior(x), *elbo.START[2:]])
    assert sums(component)[3] == 0


@pytest.mark.slow
def test_a_hand_stops_the_climb(mounted):
    component = mounted("elbo", samples.elbo_numbers())
    component.page.get_by_role("button", name="Climb the ELBO").click()
    slider = component.page.get_by_label("mean of q")
    slider.press("Home")
    component.page.wait_for_function("() => reports.at(-1)?.[1][0] === -6")
    component.watch("root.querySelector('input').value")
    assert component.drawn() == ["-6"]


def test_beta_is_the_slope_and_meets_the_set_point(mounted):
    component = mounted("trade_off", samples.trade_off_numbers())
    output = component.page.locator("output")
    model, x = elbo.model(elbo.START)
    expect(output).to_contain_text(f"KL = {kl(*model.posterior(x)):.3f}")
    expect(output).to_contain_text("has to rise")
    component.page.get_by_role("button", name="Set β so that KL = C").click()
    expect(output).to_contain_text("met")
    component.page.wait_for_function("() => reports.length")
    _, numbers = component.last_report()
    assert kl(*model.best(x, numbers[0])) == pytest.approx(numbers[1]) == 0.5
    component.drag(component.page.locator(".stage .handle").nth(1), (40, 0), (80, 0))  # the point, to a larger KL
    expect(output).to_contain_text("has to rise")
    component.page.get_by_label("set point C").press("End")
    expect(output).to_contain_text("has to fall")
    component.page.wait_for_function("() => reports.length === 3")
    assert component.last_report()[1][1] == trade_off.LIMITS[1]


def test_the_curve_follows_the_model_above(mounted):
    component = mounted("trade_off", samples.trade_off_numbers())
    before = component.page.locator("output").inner_text()
    component.send(samples.trade_off_numbers(model=[0.5, 1, -2, 0.5, 1.5, 0]))
    expect(component.page.locator("output")).not_to_have_text(before)


TEXTS = "Object.fromEntries([...root.querySelectorAll('.stage text')].map((one) => one.textContent.split(/ = (.*)/)))"


@pytest.mark.slow
def test_a_picked_draw_follows_the_hand(mounted):
    component = mounted("reparameterise", samples.draws())
    component.watch(TEXTS)
    component.grab(component.page.locator(".stage .handle").nth(0), (-40, 0), (-60, 0))
    drawn = component.drawn()
    component.page.mouse.up()
    mean, sd, _ = reparameterise.START
    for texts in drawn:
        epsilon, z = (float(texts[name].replace("−", "-")) for name in ("ε", "z"))
        assert z == pytest.approx(mean + sd * epsilon, abs=0.011)
        assert texts["∂z/∂σ"] == f"ε = {texts['ε']}"
    assert drawn[-1]["ε"] < drawn[0]["ε"] or drawn[-1]["ε"].startswith("−")
    assert component.last_report()[1][:2] == [mean, sd]


def test_a_narrower_q_has_a_narrower_gradient(mounted):
    component = mounted("reparameterise", samples.draws())
    spread = component.page.locator("tbody td").nth(7)
    before = spread.inner_text()
    component.drag(component.page.locator(".stage .handle").nth(1), (0, 30))  # the density hangs down
    expect(spread).not_to_have_text(before)
    assert float(spread.inner_text()) < float(before)


def test_means_have_their_standard_errors(mounted):
    component = mounted("reparameterise", samples.draws())
    f, noise = reparameterise.function("square", elbo.START), reparameterise.draws(5)
    each = reparameterise.estimates(f, reparameterise.START, noise)
    cells = component.page.locator("tbody td")
    for row, values in ((1, each["reparameterised"]), (3, each["score function"])):
        expect(cells.nth(3 * row)).to_contain_text("mean of 1,000 draws ± standard error")
        for column in range(2):
            mean, error = values[column].mean(), values[column].std() / len(noise) ** 0.5
            expect(cells.nth(3 * row + 1 + column)).to_have_text(f"{mean:.3f} ± {error:.3f}".replace("-", "−"))


def test_a_drag_over_a_picture_selects_no_words(mounted):
    component = mounted("elbo", samples.elbo_numbers())
    component.drag(component.page.locator(".stage .handle"), (40, 60), (60, 300))
    component.last_report()
    assert component.page.evaluate("getSelection().toString()") == ""
    assert component.page.evaluate("getComputedStyle(root.querySelector('.stage text')).userSelect") == "none"
