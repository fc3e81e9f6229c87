"""The rendered street numbers: exact fields of the pen strokes, the same pictures on every machine, and hard enough."""

import ast
import hashlib
from pathlib import Path

import numpy as np
import pytest

import data
from data import street_digits, street_glyphs
from data.street_glyphs import COLUMNS, FACES, LEFT, ROWS, STEP, TOP

FACE = {face.name: face for face in FACES}


@pytest.fixture(scope="module")
def pictures():
    """2,000 pictures (2000, 3, 32, 32) and labels, of no split's seed."""
    return street_digits.render(7, 2_000)


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


# glyphs


@pytest.mark.parametrize("name", ["rounded", "written", "nib", "ironwork"])
def test_fields_are_distances_to_the_stroke(name):
    """Against the nearest of 60 points on each piece, for pens without flat ends, in the pen's own measure."""
    face = FACE[name]
    pen = np.array(face.pen).reshape(2, 2)
    grid = np.stack(np.meshgrid(LEFT + STEP * np.arange(COLUMNS), TOP + STEP * np.arange(ROWS)), axis=-1)[::9, ::7]
    for digit in (2, 8):
        ends, _ = street_glyphs.pieces(face.skeleton[digit], face)
        share = np.linspace(0, 1, 60)[:, None, None]
        points = (ends[:, :2] + share * (ends[:, 2:] - ends[:, :2])).reshape(-1, 2)
        steps = (grid.reshape(-1, 1, 2) - points) @ pen.T
        nearest = np.sqrt((steps**2).sum(axis=-1)).min(axis=1).reshape(grid.shape[:2])
        assert street_glyphs.field(digit, face)[::9, ::7] == pytest.approx(nearest, abs=0.15)


def test_pens_that_are_not_round_have_the_right_widths():
    """A stem of weight w reaches w / 0.8 to the side, a hairline w / 1.6 up and down."""
    field, column, row = street_glyphs.field(1, FACE["didone"]), int((40 - LEFT) / STEP), int((50 - TOP) / STEP)
    assert field[row, column] == pytest.approx(0.8 * 8)  # 8 right of the stem at x = 32
    assert field[int((110 - TOP) / STEP), column] == pytest.approx(1.6 * 10)  # 10 below the foot at y = 100


def test_flat_ends_are_square():
    """The stem of the 1 ends at y = 100: a square end reaches as far down at its corners as in the middle."""
    below = [int((u - LEFT) / STEP) for u in (25, 30, 35)], int((105 - TOP) / STEP)
    assert street_glyphs.field(1, FACE["geometric"])[below[1], below[0]] == pytest.approx(5)


def test_bends_are_round_square_or_cut():
    """A quarter turn is round within 0.3 % of its radius, stays in the corner's box, or cuts it."""
    radius = {}
    for fullness in (0.5523, 0, 0.9):
        face = street_glyphs.Face("test", (), fullness=fullness)
        ends, lines = street_glyphs.pieces("M 0 0 h 100 100", face)
        assert not lines.any()
        assert np.array_equal(ends[1:, :2], ends[:-1, 2:])
        assert (ends >= 0).all()
        assert (ends <= 100).all()
        radius[fullness] = np.sqrt(ends[:-1, 2] ** 2 + (100 - ends[:-1, 3]) ** 2)
    assert radius[0.5523] == pytest.approx(100, rel=0.003)
    assert radius[0].min() == pytest.approx(100 / np.sqrt(2))
    assert radius[0.9].max() > 110
    _, lines = street_glyphs.pieces("M 0 0 h 100 100", street_glyphs.Face("test", (), bend=0.5))
    assert lines.tolist() == [True] + [False] * street_glyphs.PIECES + [True]


def test_typefaces_differ_clearly():
    """Of the ink of two faces' digits at equal weight, on average at least a tenth is not shared."""
    fields, _ = street_glyphs.atlas()
    ink = (fields < 8).reshape(len(FACES), 10, -1)
    assert len(FACES) >= 10
    for one in range(len(FACES)):
        for other in range(one):
            shared = (ink[one] & ink[other]).sum(axis=1) / (ink[one] | ink[other]).sum(axis=1)
            assert shared.mean() < 0.9, (FACES[one].name, FACES[other].name)


# pictures


def test_pictures_are_the_same_on_every_machine(pictures):
    """Recorded with and without the processor's AVX2 and fused multiply-add: the same bytes."""
    assert digest(pictures[0][:500]) == "cdab17ebbbe14c38ec62208db4d3b62a4d88a3020faaddb6694c7445dbb17112"
    assert digest(street_glyphs.atlas()[0]) == "1175e9275288fcf11b41feae7199c635edccf64021c3318d4ceaa540880bb1e2"


EXACT = {  # of NumPy: indexing, integers, and what IEEE 754 rounds in one way
    *("abs", "arange", "array", "clip", "concatenate", "empty", "flatnonzero", "float32", "floor", "frombuffer"),
    *("int32", "int64", "maximum", "meshgrid", "minimum", "ndarray", "random", "sqrt", "stack", "uint8", "where"),
    "zeros",
}


@pytest.mark.parametrize("module", [street_digits, street_glyphs], ids=lambda m: m.__name__)
def test_no_fonts_and_no_functions_with_platform_dependent_rounding_are_used(module):
    """No font, no imaging library, no sine or exponential: those differ between versions and processors."""
    tree = list(ast.walk(ast.parse(Path(module.__file__).read_text())))
    imported = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {
        *("numpy", "dataclasses", "functools"),
        *("data", "data.download", "data.images", "data.street_glyphs"),
    }
    attributes = [node for node in tree if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    assert {node.attr for node in attributes if node.value.id == "np"} <= EXACT
    assert not [node for node in tree if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow | ast.MatMult)]


def test_everything_is_computed_in_single_precision(monkeypatch):
    """Where a double occurs depends on NumPy's version, and doubles halve the speed."""
    seen = []
    for name in ("_number", "_paint", "_blur"):
        original = getattr(street_digits, name)

        def watched(*arguments, original=original):
            result = original(*arguments)
            seen.extend(part.dtype for part in (result if isinstance(result, tuple) else (result,)))
            return result

        monkeypatch.setattr(street_digits, name, watched)
    street_digits.render(7, 1)
    assert seen == [np.float32] * 4


def test_pictures_depend_only_on_seed_and_row(pictures):
    images, labels = street_digits.render(7, 150)
    assert np.array_equal(images, pictures[0][:150])
    assert np.array_equal(labels, pictures[1][:150])
    assert not (street_digits.render(8, 1)[0] == images[:1]).all()
    assert street_digits.render(7, 0)[0].shape == (0, 3, 32, 32)


def test_shapes_and_balance(pictures):
    images, labels = pictures
    assert (images.shape, images.dtype, labels.dtype) == ((2_000, 3, 32, 32), np.uint8, np.int64)
    for start in range(0, 2_000, street_digits.BLOCK):
        assert np.bincount(labels[start : start + street_digits.BLOCK]).tolist() == [street_digits.BLOCK // 10] * 10
    assert len(np.unique(images.reshape(2_000, -1), axis=0)) == 2_000


def test_contrast_and_colour_are_like_those_of_photographs(pictures):
    """Within the range of the 1,569 real SVHN digits at hand: their mean is 120, deviation of a picture's mean grey 43,
    median deviation within a picture 28; dark digits on light walls and light ones on dark walls."""
    grey = pictures[0].mean(axis=1)
    assert grey.mean() == pytest.approx(120, abs=8)
    assert grey.mean(axis=(1, 2)).std() == pytest.approx(43, abs=8)
    assert np.median(grey.std(axis=(1, 2))) == pytest.approx(28, abs=6)
    saturation = np.abs(pictures[0] - grey[:, None]).mean(axis=(1, 2, 3))
    assert np.percentile(saturation, [5, 95]) == pytest.approx([2.7, 18.6], abs=4)


def test_neighbouring_digits_are_cut_off_by_the_edge(monkeypatch):
    """Ink on the left or right edge of the picture belongs to the neighbours: without them there is almost none."""

    def touching():
        draw = street_digits.Draw(7, 0)
        field, _ = street_digits._number(draw, draw.random.permutation(street_digits.BLOCK) % 10)
        inside = field[:, :, street_digits.MARGIN : -street_digits.MARGIN] < 0
        return inside[:, :, [0, -1]].any(axis=(1, 2)).mean(), inside.any(axis=(1, 2)).mean()

    assert touching()[0] > 0.5
    monkeypatch.setattr(street_digits.Draw, "happens", lambda draw, share: draw.uniform(0, 1) < 0)
    assert touching() == pytest.approx((0, 1), abs=0.05)


@pytest.mark.slow
def test_a_linear_classifier_is_not_sufficient():
    """Ridge regression on grey levels, standardised per picture, 2,500 pictures: chance is 10 %, and the card of
    street_classifier says what a convolution reaches."""
    images, labels = street_digits.render(7, 3_000)
    grey = images.mean(axis=1).reshape(len(images), -1)
    grey = (grey - grey.mean(axis=1, keepdims=True)) / grey.std(axis=1, keepdims=True)
    train, test = slice(0, 2_500), slice(2_500, None)
    gram = grey[train].T @ grey[train] + 3_000 * np.eye(1_024)
    weights = np.linalg.solve(gram, grey[train].T @ np.eye(10)[labels[train]])
    accuracy = ((grey[test] @ weights).argmax(axis=1) == labels[test]).mean()
    assert 0.05 < accuracy < 0.35


# the set


def test_street_digits_are_loaded_like_other_sets(monkeypatch, tmp_path):
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    monkeypatch.setitem(street_digits.COUNTS, "train", 130)
    train, sample = data.load("street_digits"), data.sample("street_digits")
    assert (train.split, train.source, len(train)) == ("train", "rendered", 130)
    assert (sample.split, sample.source, len(sample)) == ("test", "sample", 1_000)
    assert data.state("street_digits", "test") == "rendered"
    for images in (train, sample):
        assert "Synthetic" in images.note
        assert images.classes == tuple("0123456789")
    assert not (train.images[:100] == sample.images[:100]).all(axis=(1, 2, 3)).any()
    data.download_split("street_digits", "train")
    assert not list(tmp_path.iterdir())


def test_the_sample_is_the_first_part_of_the_test_set(monkeypatch):
    monkeypatch.setitem(street_digits.COUNTS, "test", 1_100)
    test, sample = data.load("street_digits", "test"), data.sample("street_digits")
    assert np.array_equal(test.images[sample.indices], sample.images)
    assert np.array_equal(test.labels[sample.indices], sample.labels)
