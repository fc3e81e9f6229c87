"""Toy sets of points: their shapes, their geometry, and a visitor's own points."""

import numpy as np
import pytest

from data import planar


@pytest.mark.parametrize("name", planar.SETS)
def test_shape_and_seed(name):
    sample = planar.SETS[name].sample
    points = sample(300, np.random.default_rng(0))
    assert points.shape == (300, 2)
    assert np.isfinite(points).all()
    assert np.array_equal(points, sample(300, np.random.default_rng(0)))
    assert not np.array_equal(points, sample(300, np.random.default_rng(1)))


def test_the_parabola_of_the_assignment_is_exact():
    x, y = planar.SETS["parabola"].sample(5000, np.random.default_rng(0)).T
    assert y == pytest.approx(10 + x**2, abs=1e-12)
    assert (x.min(), x.max()) == (pytest.approx(-5, abs=0.01), pytest.approx(5, abs=0.01))


def test_the_modes_of_the_ring_have_equal_shares():
    points = planar.SETS["ring"].sample(8000, np.random.default_rng(0))
    distance = np.linalg.norm(points[:, None] - planar.CENTRES, axis=2)
    assert np.bincount(distance.argmin(1)) / 8000 == pytest.approx(np.full(8, 1 / 8), abs=0.02)
    assert (distance.min(1) ** 2).mean() == pytest.approx(2 * planar.SPREAD**2, rel=0.05)


def test_moons_and_spiral_are_at_the_right_positions():
    moons = planar.SETS["moons"].sample(2000, np.random.default_rng(0))
    arcs = [abs(np.linalg.norm(moons - centre, axis=1) - 1) for centre in ([0, 0], [1, 0.5])]
    assert np.minimum(*arcs).max() < 0.3
    spiral = planar.SETS["spiral"].sample(4000, np.random.default_rng(0))
    angle, radius = np.arctan2(*spiral.T[::-1]), np.linalg.norm(spiral, axis=1)
    turns = (10 * radius - angle) / (2 * np.pi)  # the radius of an arm is a tenth of its angle
    off = np.abs(turns - turns.round())[radius > 0.3]
    assert off.mean() < 0.1


def test_own_points():
    own = planar.around([[k, k % 3] for k in range(12)])
    points = own.sample(500, np.random.default_rng(0))
    nearest = np.linalg.norm(points[:, None] - np.array([[k, k % 3] for k in range(12)]), axis=2).min(1)
    assert nearest.max() < 1
    assert points.std() > 1


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], "Draw 8"),
        ([[0, 1]] * 3, "Draw 8"),
        (np.zeros((5000, 2)), "Draw 8"),
        (np.zeros((20, 2)), "one place"),
        ([[np.nan, 0]] * 9, "finite"),
        ([[1, 2, 3]] * 9, "Draw 8"),
    ],
)
def test_unusable_points_are_refused(points, reason):
    with pytest.raises(ValueError, match=reason):
        planar.around(points)
