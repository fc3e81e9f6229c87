"""Two densities under the hand: both columns of the table agree wherever they are."""

import pytest

from tests.components import samples

TABLE = (
    "[...root.querySelectorAll('tbody td:nth-child(even)')].map((cell) => Number(cell.textContent.replace('−', '-')))"
)


def test_both_sides_agree_while_the_hand_moves(mounted):
    component = mounted("gaussians", samples.gaussians())
    component.watch(TABLE)
    component.grab(component.page.locator(".stage .handle").nth(1), (20, 2), (40, 5), (80, 10))
    drawn = component.drawn()
    component.expect_reports()
    component.page.mouse.up()
    assert len(drawn) > 1
    wasserstein = [values[7] for values in drawn]
    assert wasserstein == sorted(wasserstein)  # away from the data
    for values in drawn:
        assert values[::2] == pytest.approx(values[1::2], abs=2e-6)


def test_up_is_narrower(mounted):
    component = mounted("gaussians", samples.gaussians())
    component.drag(component.page.locator(".stage .handle").nth(1), (0, -40))
    _, numbers = component.last_report()
    assert numbers[3] < samples.gaussians()["numbers"][3]
    assert numbers[:2] == samples.gaussians()["numbers"][:2]


def test_another_kind_has_three_densities(mounted):
    component = mounted("gaussians", samples.gaussians())
    component.send(samples.gaussians("two"))
    component.page.get_by_label("mean of p₂").wait_for()
    assert component.page.locator(".stage .handle").count() == 3
