"""The rendered dSprites: geometry with known values, a brute-force twin, and the real files if available."""

import hashlib
from fractions import Fraction

import numpy as np
import pytest

from data import dsprites
from data.folders import folder
from tests import unchecked


@pytest.fixture(scope="module")
def loaded():
    """The set as it is read: all pictures of orientation 0."""
    return dsprites.read("dsprites", "orientation0")


@pytest.fixture(scope="module")
def upright(loaded):
    """Factors (18432, 5) and pictures (18432, 64, 64), 0 or 1, of orientation 0."""
    assert set(np.unique(loaded.images)) == {0, 255}
    return dsprites.orientation0(), loaded.images[:, 0] // 255


def draw(shape=0, scale=5, orientation=0, x=16, y=16):
    return dsprites.render([(shape, scale, orientation, x, y)])[0]


def factors_of(rows):
    """Classes (N, 5) of the five factors of rows (N,) of the original file."""
    return np.stack(np.unravel_index(rows, dsprites.SIZES), axis=-1)


def test_the_last_factor_varies_fastest():
    rows = np.random.RandomState(0).randint(0, 737_280, 1_000)
    assert np.array_equal(dsprites.index_of(factors_of(rows)), rows)
    assert dsprites.index_of(np.array([[0] * 5, [0, 0, 0, 0, 1], [2, 5, 39, 31, 31]])).tolist() == [0, 1, 737_279]


def test_classes_outside_the_factors_are_refused():
    for factors in ([3, 0, 0, 0, 0], [0, 0, 40, 0, 0], [0, 0, 0, 0, -1]):
        with pytest.raises(ValueError, match="classes"):
            dsprites.render([factors])
    assert dsprites.render(np.zeros((0, 5))).shape == (0, 64, 64)


def inside(corners, column, row):
    """Even-odd rule for one pixel centre, in exact fractions."""
    px, py = column * 256 + 128, row * 256 + 128
    result = False
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if (y0 >= py) != (y1 >= py) and x0 + Fraction(int((x1 - x0) * (py - y0)), int(y1 - y0)) <= px:
            result = not result
    return result


@pytest.mark.parametrize("vertices", [3, 4, 7, 20])
def test_filling_agrees_with_a_point_in_polygon_test(vertices):
    """Any polygon, also one that crosses itself; a third of the corners lie exactly on pixel centres."""
    random = np.random.RandomState(vertices)
    corners = random.randint(2 * 256, 30 * 256, (3, vertices, 2))
    corners[:, ::3] = corners[:, ::3] // 256 * 256 + 128
    pictures = dsprites.fill(corners)
    for polygon, picture in zip(corners, pictures, strict=True):
        twin = [[inside(polygon, column, row) for column in range(32)] for row in range(32)]
        assert np.array_equal(picture[:32, :32], twin)
        assert picture.sum() == np.sum(twin)


@pytest.mark.parametrize("scale", range(6))
def test_the_upright_square_has_the_right_side_length(upright, scale):
    """19.2 px · scale: so many pixels fit, rounded down or up by the place, and their mean is the exact area."""
    factors, pictures = upright
    squares = pictures[(factors[:, 0] == 0) & (factors[:, 1] == scale)]
    side = 19.2 * (0.5 + 0.1 * scale)
    across, along = squares.any(axis=1).sum(axis=1), squares.any(axis=2).sum(axis=1)
    assert set(across) | set(along) <= {int(side), int(side) + 1}
    assert np.array_equal(squares.sum(axis=(1, 2)), across * along)
    assert squares.sum(axis=(1, 2)).mean() == pytest.approx(side**2, rel=0.01)


AREAS = (  # px² at scale 1
    19.2**2,
    np.pi / 4 * 19.2**2,  # half axes 1.33·9.6 and 9.6/1.33
    # The integral of x dy along the heart: ∫ 9.6·sin³t · 19.2/29·(13 sin t − 10 sin 2t − 6 sin 3t − 4 sin 4t) dt.
    9.6 * 19.2 / 29 * np.pi * (13 * 3 / 4 + 6 * 1 / 4),
)


@pytest.mark.parametrize(("shape", "area"), list(enumerate(AREAS)))
def test_areas_grow_with_the_square_of_the_scale(upright, shape, area):
    """Averaged over all places the number of pixels is the area, which grows with the square of the scale."""
    factors, pictures = upright
    for scale in range(6):
        chosen = pictures[(factors[:, 0] == shape) & (factors[:, 1] == scale)]
        expected = area * (0.5 + 0.1 * scale) ** 2
        assert chosen.sum(axis=(1, 2)).mean() == pytest.approx(expected, rel=0.012)


@pytest.mark.parametrize("shape", range(3))
def test_shapes_are_at_the_right_positions(shape):
    """Centre of mass of square and ellipse, 16 + 32·k/31 px; all shapes move by the same."""
    grid = np.arange(64) + 0.5
    for x, y in ((0, 0), (31, 0), (7, 22), (31, 31)):
        picture = draw(shape, 5, 0, x, y)
        centre = (picture * grid).sum() / picture.sum(), (picture * grid[:, None]).sum() / picture.sum()
        if shape < 2:
            assert centre == pytest.approx((16 + 32 * x / 31, 16 + 32 * y / 31), abs=0.51)
        else:
            assert centre[0] == pytest.approx(16 + 32 * x / 31, abs=0.51)


def test_a_full_turn_changes_nothing():
    for shape in range(3):
        for scale in range(6):
            assert np.array_equal(draw(shape, scale, 39, 5, 9), draw(shape, scale, 0, 5, 9))


def test_the_heart_points_down_and_turns_counter_clockwise():
    rows, columns = np.nonzero(draw(2))
    lowest = columns[rows == rows.max()].mean()
    assert abs(lowest - (16 + 32 * 16 / 31)) < 1
    assert len(columns[rows == rows.min()]) >= 2, "two lobes at the top"
    turned = draw(2, orientation=10)  # 92 degrees: the tip has moved from below to the right
    rows, columns = np.nonzero(turned)
    assert abs(rows[columns == columns.max()].mean() - (16 + 32 * 16 / 31)) < 1.5


def test_the_batch_size_does_not_matter(monkeypatch):
    rows = np.random.RandomState(0).randint(0, 737_280, 50)
    pictures = dsprites.render(factors_of(rows))
    monkeypatch.setattr(dsprites, "BATCH", 7)
    assert np.array_equal(dsprites.render(factors_of(rows)), pictures)
    assert np.array_equal(dsprites.render(factors_of(rows[::-1]))[::-1], pictures)


def test_all_upright_pictures_have_the_recorded_digest(upright):
    """Recorded after comparison with the real files: (18432, 64, 64) bytes 0 and 1."""
    _, pictures = upright
    assert (
        hashlib.sha256(pictures.tobytes()).hexdigest()
        == "fd1dd3f9a86e991b1d6cee09861e5feebabbc18c307abf0280520b0fbddce537"
    )


def test_pictures_of_all_orientations_have_the_recorded_digest():
    """Recorded after comparison with the real files: 2,000 rows of all 737,280, (2000, 64, 64) bytes 0 and 1."""
    pictures = dsprites.render(factors_of(np.random.RandomState(0).randint(0, 737_280, 2_000)))
    assert (
        hashlib.sha256(pictures.tobytes()).hexdigest()
        == "61dde765587ae3fd9d0a087521e74a137999b8909157bdbffa9280799f14d208"
    )


@pytest.mark.parametrize("orientation", [3, 11, 25, 38])
def test_rotation_preserves_the_area(orientation):
    for shape, area in enumerate(AREAS):
        mean = np.mean([draw(shape, 5, orientation, x, y).sum() for x in range(6) for y in range(6)])
        assert mean == pytest.approx(area, rel=0.015)


def test_loaded_images(loaded):
    assert loaded.images.shape == (18_432, 1, 64, 64)
    assert np.array_equal(loaded.factors, factors_of(loaded.indices))
    assert np.array_equal(loaded.labels, loaded.factors[:, 0])
    assert loaded.source == "rendered"


@pytest.mark.parametrize(("name", "count", "ties"), [("subset", 20_000, 3), ("downsampled", 46_080, 6)])
def test_drawn_and_real_pictures_are_equal(name, count, ties):
    """Except for known rounding ties: nine pictures, which differ in one pixel each."""
    file = folder("dsprites") / f"dsprites_{name}.npz"
    if not file.exists():
        unchecked.without_full_data()
    with np.load(file) as arrays:
        rows, pictures = arrays["original_dataset_indices"], arrays["imgs"]
    different = (dsprites.render(factors_of(rows)) != pictures).sum(axis=(1, 2))
    assert len(rows) == count
    assert sorted(different[different > 0]) == [1] * ties
    assert not different[factors_of(rows)[:, 2] == 0].any()


def test_all_upright_pictures_are_equal_to_the_file(upright):
    file = folder("dsprites") / "dsprites_or0_sh3_sc6_x32_y32.npz"
    if not file.exists():
        unchecked.without_full_data()
    with np.load(file) as arrays:
        assert np.array_equal(upright[1], arrays["imgs"])
