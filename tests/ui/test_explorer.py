"""What the explorer sends to the browser: sheets, planes, links and words, against brute force."""

import base64
import dataclasses
import io
import re

import numpy as np
import pytest
from PIL import Image

import checkpoints
from checkpoints.codes import pack, unpack
from data.images import Images
from evaluate import code_metrics
from ui import tiles
from ui.explore import bases, codes, endpoints, images, path_words, plane, position, traversals

RNG = np.random.default_rng(0)
LATENT = 7


def preview(latent=LATENT):
    axes = np.linalg.qr(RNG.normal(size=(latent, 2)))[0].T.astype(np.float32)
    return {
        "components": axes,
        "scale": np.array([2.0, 0.5], np.float32),
        "centre": RNG.normal(size=latent).astype(np.float32),
        "codes": RNG.normal(size=(50, latent)).astype(np.float32),
        "labels": np.arange(50) % 10,
        "effect": np.linspace(0.3, 0.1, latent, dtype=np.float32),
        "kl": np.full(latent, 0.25, np.float32),
    }


def test_pictures_of_a_visitor_are_called_theirs():
    card = checkpoints.read("fashion_vae")
    own = dataclasses.replace(card, dataset=card.dataset | {"name": "own_grey_1"})
    assert position.Position.at_first(card).origin == "The first test code"
    assert position.Position.at_first(own).origin == "The first picture code"
    ends = [endpoints.End(np.full(20, number, np.float32), np.zeros((1, 28, 28), np.uint8), "") for number in (1, 2)]
    assert "The codes of its test images (means" in path_words.about_lengths(card, *ends)
    assert "The codes of your pictures (means" in path_words.about_lengths(own, *ends)


def test_steps_are_the_short_decimals_that_the_browser_counts_in():
    assert codes.plain_floats(codes.STEPS) == [round(-3 + 0.2 * k, 1) for k in range(31)]


def test_sweep_moves_one_dimension_at_a_time():
    code = RNG.normal(size=LATENT).astype(np.float32)
    swept = codes.sweep(code, [4, 1])
    assert swept.dtype == np.float32
    for row, dimension in enumerate([4, 1]):
        for step in range(31):
            expected = code.copy()
            expected[dimension] = codes.STEPS[step]
            assert np.array_equal(swept[row * 31 + step], expected)


def test_numbers_survive_the_round_trip_to_the_browser():
    code = np.concatenate([RNG.normal(size=1000) * 3, [0, -0.0, 1e-30, 0.1, 5.999999]]).astype(np.float32)
    sent = codes.plain_floats(code)
    assert np.array_equal(codes.checked(sent, len(code)), code)


@pytest.mark.parametrize(
    "values",
    [None, "z", [], [0.0] * 6, [0.0] * 8, [[0.0]] * 7, {"a": 1}]
    + [[0.0] * 6 + [last] for last in (None, "x", np.nan, np.inf, 1e6)],
)
def test_invalid_codes_are_refused(values):
    assert codes.checked(values, LATENT) is None


def test_encoded_pictures_are_lossless():
    images = RNG.integers(0, 256, (6, 3, 5, 4), dtype=np.uint8)
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(tiles.sheet(images, 3).partition(",")[2]))))
    assert sheet.shape == (10, 12, 3)
    assert np.array_equal(sheet[5:10, 8:12], images[5].transpose(1, 2, 0))


@pytest.mark.parametrize("axes", [("p1", "p2"), ("p2", "p1"), ("3", "0")])
def test_the_cell_at_the_codes_coordinates_is_the_code(axes):
    view = plane.through(axes, preview(), LATENT)
    rest = view.rest(RNG.normal(size=LATENT))
    codes = view.codes(rest).reshape(plane.CELLS, plane.CELLS, LATENT)
    for row, column in [(0, 0), (10, 10), (20, 3), (7, 20)]:
        u = np.array([-3 + 0.3 * column, 3 - 0.3 * row])  # rows go down, the second coordinate goes up
        assert view.coordinates(codes[row, column]) == pytest.approx(u, abs=1e-5)
        assert view.rest(codes[row, column]) == pytest.approx(rest, abs=1e-5)


def test_moving_in_a_plane_of_two_dimensions_changes_no_other():
    view = plane.through(("3", "0"), preview(), LATENT)
    code = RNG.normal(size=LATENT)
    assert view.coordinates(code) == pytest.approx(code[[3, 0]])
    others = [1, 2, 4, 5, 6]
    assert view.codes(view.rest(code))[:, others] == pytest.approx(np.tile(code[others], (plane.CELLS**2, 1)))


@pytest.mark.parametrize("axes", [("p1",), ("p1", "p1"), ("2", "2"), ("p1", "3"), ("7", "0"), ("-1", "0"), ("²", "0")])
@pytest.mark.parametrize("wrong", [False, True])
def test_missing_planes_are_refused(axes, wrong):
    with pytest.raises(plane.PlaneError, match="dimensions are 0 to 6"):
        plane.through((*axes, "x") if wrong else axes, preview(), LATENT)


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [
        (("4", "p2"), ("p1", "p2"), ("4", "5")),
        (("p1", "5"), ("p1", "p2"), ("4", "5")),
        (("5", "p2"), ("p1", "p2"), ("5", "4")),
        (("4", "2"), ("4", "5"), ("4", "2")),
        (("4", "4"), ("4", "5"), ("5", "4")),
        (("p2", "5"), ("4", "5"), ("p2", "p1")),
        (("4", "p1"), ("4", "5"), ("p2", "p1")),
        (("p2", "p2"), ("p1", "p2"), ("p2", "p1")),
    ],
)
def test_choosing_one_axis_gives_a_valid_plane(chosen, before, after):
    axes = plane.after_choice(chosen, before, order=[5, 4, 3, 2, 1, 0, 6])
    assert axes == after
    plane.through(axes, preview(), LATENT)


def test_nearest_code_by_brute_force():
    arrays, code = preview(), RNG.normal(size=LATENT)
    row, distance, label = code_metrics.nearest(arrays, code)
    distances = [sum((a - b) ** 2 for a, b in zip(c, code, strict=True)) ** 0.5 for c in arrays["codes"]]
    assert row == distances.index(min(distances))
    assert distance == pytest.approx(min(distances))
    assert label == row % 10


def pictures(labels):
    images = np.zeros((len(labels), 1, 2, 2), np.uint8)
    return Images("toy", "test", images, np.array(labels), ("a", "b", "c"), "sample", "")


def test_the_strip_offers_one_picture_of_each_class():
    sample = pictures([2, 0, 0, 1, 2, 0])
    assert images.strip_numbers(sample, 0).tolist() == [1, 3, 0]
    assert images.strip_numbers(sample, 1).tolist() == [2, 3, 4]
    assert images.strip_numbers(sample, 2).tolist() == [5, 3, 0]


def test_the_csv_file_has_the_code():
    arrays, code = preview(), RNG.normal(size=LATENT).astype(np.float32)
    lines = code_metrics.table(code, arrays).to_csv(index=False).splitlines()
    assert lines[0] == "dimension,value,effect,nats"
    values = [line.split(",") for line in lines[1:]]
    assert [int(v[0]) for v in values] == list(range(LATENT))
    assert np.array_equal(np.array([float(v[1]) for v in values], np.float32), code)


def test_traversals_are_pictures_with_their_names_and_values_as_text():
    images = RNG.integers(0, 256, (18, 1, 4, 5), dtype=np.uint8)
    grid = traversals.grid(images, ["1. z3", "2. <z0> dead"])
    page = traversals.markup(grid, "Two dimensions")
    texts = re.findall("<span[^>]*>([^<]*)</span>", page)
    assert [text for text in texts if text] == [*grid.across, "1. z3", "2. &lt;z0&gt; dead"]
    assert grid.across[0] == "−3"
    assert not re.search("[^-]color:", page)  # that of the theme
    sources = re.findall('src="data:image/png;base64,([^"]+)"', page)
    for row, source in enumerate(sources):
        strip = np.asarray(Image.open(io.BytesIO(base64.b64decode(source))))
        assert np.array_equal(strip[:, -5:], images[9 * row + 8, 0])
    assert len(sources) == 2


def test_reflections_map_the_first_axes_to_the_rows_of_a_basis():
    """Also where a row is an axis itself, or its opposite."""
    rows = np.linalg.qr(RNG.normal(size=(40, 6)))[0].T
    for vectors in (rows, np.eye(40)[[0, 5, 1]], -np.eye(40)[[0, 1]]):
        basis = bases.Basis("v", "Direction", vectors, np.zeros(len(vectors)), list(range(len(vectors))))
        code = RNG.normal(size=(3, 40)).astype(np.float32)
        coordinates = basis.coordinates(code)
        assert coordinates[:, : len(vectors)] == pytest.approx(code @ vectors.T, abs=1e-5)
        assert np.linalg.norm(coordinates, axis=1) == pytest.approx(np.linalg.norm(code, axis=1), rel=1e-6)
        assert basis.codes(coordinates) == pytest.approx(code, abs=1e-6)
        coordinates[:, 1] += 2  # a slider
        assert basis.codes(coordinates) - code == pytest.approx(np.tile(2 * vectors[1], (3, 1)), abs=1e-5)


def test_a_link_has_the_noise_of_a_flow():
    noise = RNG.normal(size=784).astype(np.float32)
    packed = pack(noise)
    assert len(packed) == 4182  # letters; browsers and servers take addresses of at least 8,000
    assert np.array_equal(unpack(packed, 784), noise)
