"""The graph of codes against networkx or a plain Floyd-Warshall, and the known path around a ring."""

import math

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from metrics.code_graph import NEAREST, NEIGHBOURS, CodeGraph


def cheapest(codes, a, b):
    """The least sum of squared steps from a to b in the same graph, by Floyd and Warshall's three loops."""
    points = np.concatenate([codes, [a, b]])
    lengths, count, last = cdist(points, points), len(codes), len(codes) + 1
    costs = np.full_like(lengths, np.inf)
    for point in range(count + 2):
        others = [k for k in np.argsort(lengths[point], kind="stable") if k not in (point, count, last)][:NEIGHBOURS]
        costs[point, others] = costs[others, point] = lengths[point, others] ** 2
    if lengths[count, last] <= max(np.sort(lengths[end, :count])[NEIGHBOURS - 1] for end in (count, last)):
        costs[count, last] = costs[last, count] = lengths[count, last] ** 2
    for k in range(count + 2):
        costs = np.minimum(costs, costs[:, [k]] + costs[[k]])
    return costs[count, last]


def cost(points):
    return (np.diff(points, axis=0) ** 2).sum()


@pytest.mark.parametrize("latent", [2, 5])
def test_the_path_is_the_cheapest_in_the_graph(latent):
    random = np.random.default_rng(latent)
    codes = random.standard_normal((80, latent))
    graph = CodeGraph(codes)
    for a, b in random.standard_normal((6, 2, latent)) * [[[0.5], [1.0]]]:
        way = graph.way(a, b)
        assert np.array_equal(way.points[[0, -1]], [a, b])
        assert np.array_equal(way.points[1:-1], codes[list(way.rows)])
        assert cost(way.points) == pytest.approx(cheapest(codes, a, b), rel=1e-9)


def ring(count=200):
    angles = 2 * np.pi * np.arange(count) / count
    return np.stack([np.cos(angles), np.sin(angles)], 1)


def test_the_path_follows_a_ring_and_the_straight_line_crosses_its_hole():
    codes = ring()
    graph = CodeGraph(codes)
    way = graph.way(codes[0], codes[90])
    assert np.linalg.norm(way.points, axis=1) == pytest.approx(1)
    assert np.linalg.norm(np.diff(way.points, axis=0), axis=1).sum() == pytest.approx(0.9 * math.pi, rel=1e-3)
    assert graph.distance(way.points).max() <= graph.typical.max()
    middle = (codes[0] + codes[90]) / 2
    hole = 1 - np.linalg.norm(middle)
    assert graph.distance(middle[None]) == pytest.approx(hole, rel=2e-3)
    assert hole > 10 * graph.typical.max()


def test_distances_are_means_over_the_nearest_codes_without_excluded_ones():
    codes = np.arange(40.0)[:, None]
    graph = CodeGraph(codes)
    assert graph.distance(np.array([[20.0]])) == pytest.approx((0 + 1 + 1 + 2 + 2) / NEAREST)
    assert graph.distance(np.array([[20.0]]), without=[20, 21]) == pytest.approx((1 + 2 + 2 + 3 + 3) / NEAREST)
    assert graph.typical[20] == pytest.approx((1 + 1 + 2 + 2 + 3) / NEAREST)
    assert graph.typical[0] == pytest.approx((1 + 2 + 3 + 4 + 5) / NEAREST)
    assert graph.at(np.array([20.0])) == [20]
    assert graph.at(np.array([20.5])) == []


def test_unused_dimensions_do_not_count():
    random = np.random.default_rng(0)
    codes = random.standard_normal((50, 3))
    noisy = np.concatenate([codes, 100 * random.standard_normal((50, 2))], 1)
    graph, plain = CodeGraph(noisy, np.array([True, True, True, False, False])), CodeGraph(codes)
    assert graph.typical == pytest.approx(plain.typical)
    assert graph.way(noisy[0], noisy[1]).rows == plain.way(codes[0], codes[1]).rows
    assert graph.way(noisy[0], noisy[1]).points.shape[1] == 5


def test_disconnected_groups_have_no_path():
    random = np.random.default_rng(0)
    codes = np.concatenate([random.standard_normal((30, 2)), random.standard_normal((30, 2)) + 1000])
    graph = CodeGraph(codes)
    assert graph.pieces == 2
    assert graph.way(codes[0], codes[40]) is None
    assert graph.way(codes[0], codes[20]) is not None


def test_ends_can_be_equal_far_outside_or_codes_themselves():
    random = np.random.default_rng(0)
    codes = random.standard_normal((60, 4)).astype(np.float32)
    codes[7] = codes[3]  # two pictures may have one code
    graph = CodeGraph(codes)
    same = graph.way(codes[3], codes[3])
    assert cost(same.points) == 0
    far = np.full(4, 1e4, np.float32)
    way = graph.way(far, codes[5])
    assert np.array_equal(way.points[0], far)
    assert len(way.rows) >= 1
    assert np.isfinite(graph.distance(far[None])).all()
    assert CodeGraph(codes[:3]).way(codes[0], codes[1]) is not None
