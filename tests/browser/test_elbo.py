"""The ELBO page in a browser: JavaScript's numbers are those of Python, pictures follow the hand, links keep it."""

import pytest

from metrics.linear_gaussian import kl
from ui.learn import elbo, reparameterise, trade_off


def opened(new_page, query="", **options):
    page = new_page("/elbo" + query, **options)
    page.locator(".trade-off .panels svg").nth(2).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def link(numbers):
    return "_".join(f"{n:g}" for n in numbers)


def as_number(text):
    return float(text.replace("−", "-").replace("±", "").replace("×", "").replace(",", ""))


def sums(page):
    """Numbers of the five bars."""
    texts = page.locator(".elbo .panels svg").nth(1).locator("text[text-anchor=end]").all_text_contents()
    return [as_number(text) for text in texts]


def totals(page):
    """Both sides below the picture."""
    return [as_number(part.split("= ")[-1]) for part in page.locator(".elbo output").inner_text().split(" · ")]


def drag(page, place, *ways):
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for right, down in ways:
        page.mouse.move(x + right, y + down)
        yield
    page.mouse.up()


@pytest.mark.parametrize("numbers", [[-6, 3, 3, 0.3, 0.5, -1], [1.5, 0.2, -1.2, 0.9, 2, 0.4]])
def test_the_browsers_sums_are_those_of_the_server(new_page, numbers):
    page = opened(new_page, f"?elbo={link(numbers)}")
    found = {name: formula for name, (formula, _) in elbo.sides([float(n) for n in numbers]).items()}
    expected = [found["reconstruction"], -found["kl_prior"], found["elbo"], found["kl_posterior"], found["log_px"]]
    assert sums(page) == pytest.approx(expected, abs=6e-5)
    assert totals(page) == pytest.approx([found["log_px"]] * 2, abs=6e-7)


def test_q_follows_the_hand_and_the_gap_closes_at_the_posterior(new_page):
    page = opened(new_page)
    seen = [sums(page)]
    for _ in drag(page, page.locator(".elbo .stage .handle"), (10, 2), (20, 4), (30, 4)):
        seen.append(sums(page))
    gaps = [row[3] for row in seen]
    assert gaps == sorted(set(gaps), reverse=True)  # towards the posterior
    for row in seen:
        assert row[2] + row[3] == pytest.approx(row[4], abs=2e-4)
        assert row[4] == seen[0][4]  # q does not move log p(x)
    page.wait_for_url("**elbo=*")
    other = opened(new_page, "?" + page.url.split("?")[1])
    assert sums(other) == pytest.approx(sums(page), abs=1e-4)
    page.get_by_role("button", name="Climb the ELBO").click()
    model, x = elbo.model(elbo.START)
    page.wait_for_url(f"**elbo={link([*model.posterior(x), *elbo.START[2:]])}")
    assert sums(page)[3] == 0
    page.get_by_label("observed x").focus()
    page.keyboard.press("End")
    assert sums(page)[4] != seen[0][4]
    assert sums(page)[3] > 0


@pytest.mark.parametrize("name", ["sine", "likelihood"])
def test_the_browsers_estimates_are_those_of_the_server(new_page, name):
    numbers = [-0.7, 0.6, 1.5]
    page = opened(new_page, f"?draw={link(numbers)}&f={name}&draws_seed=5")
    cells = page.locator(".reparameterise tbody td").all_inner_texts()
    found = [[as_number(text) for text in cells[k : k + 2]] for k in range(1, len(cells), 3)]
    f = reparameterise.function(name, elbo.START)
    own, score = reparameterise.estimates(f, numbers, reparameterise.draws(5)).values()
    assert found[0] == pytest.approx(f.gradient(*numbers[:2]), abs=6e-4)
    for row, expected in enumerate([own.mean(1), own.std(1), score.mean(1), score.std(1)], 1):
        assert found[row] == pytest.approx(expected, abs=6e-4)
    assert found[5] == pytest.approx((score.std(1) / own.std(1)) ** 2, rel=0.05)


def test_a_picked_draw_and_q_follow_the_hand(new_page):
    page = opened(new_page)
    handles = page.locator(".reparameterise .stage .handle")
    texts = page.locator(".reparameterise .stage text")
    for _ in drag(page, handles.nth(0), (-60, 0)):
        told = dict(text.split(" = ", 1) for text in texts.all_text_contents() if " = " in text)
        epsilon = as_number(told["ε"])
        assert epsilon < 0
        mean, sd, _ = reparameterise.START
        assert as_number(told["z"]) == pytest.approx(mean + sd * epsilon, abs=0.011)
        assert told["∂z/∂σ"] == f"ε = {told['ε']}"
    page.wait_for_url("**draw=1.5_1_-*")
    spread = page.locator(".reparameterise tbody td").nth(7)
    before = spread.inner_text()
    for _ in drag(page, handles.nth(1), (0, 30)):
        assert as_number(spread.inner_text()) < as_number(before)  # narrower: f' = 2z varies less
    page.wait_for_url(lambda url: "draw=1.5_1_" not in url)


def test_beta_is_the_slope_and_meets_the_set_point(new_page):
    page = opened(new_page, "?trade_off=1_0.5")
    output = page.locator(".trade-off output")
    model, x = elbo.model(elbo.START)
    assert f"KL = {kl(*model.posterior(x)):.3f}" in output.inner_text()
    assert "has to rise" in output.inner_text()
    page.get_by_role("button", name="β that meets C").click()
    assert "met" in output.inner_text()
    page.wait_for_url(f"**trade_off={link([model.multiplier(x, 0.5), 0.5])}")
    for _ in drag(page, page.locator(".trade-off .stage .handle").nth(1), (40, 0), (80, 0)):
        pass  # the point, to a larger KL
    assert "has to rise" in output.inner_text()
    page.get_by_label("set point C").focus()
    page.keyboard.press("End")
    assert "has to fall" in output.inner_text()
    page.wait_for_url(f"**_{trade_off.LIMITS[1]:g}")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = opened(new_page, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
