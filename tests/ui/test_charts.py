"""Plotly figures of ui/charts.py: when an axis is logarithmic, what its marks say, and the colours of two kinds."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from tests.ui.colours import SEEN, ciede2000, contrast, lab, mixed
from ui import charts
from ui.distances import pairs
from ui.explore import pair_pictures, path_curves
from ui.learn import clipping, elbo, gan_divergences, losses, reparameterise
from ui.training import control_loop, control_vae, histories, ssgan

ROOT = Path(__file__).parents[2]
GROUNDS = {
    theme: values["secondaryBackgroundColor"]
    for theme, values in tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"].items()
}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([95.0, 4.0, 0.1], True),
        ([95.0, None, float("nan"), 0.1], True),
        ([30.0, 1.0], False),
        ([30.1, 1.0], True),
        ([95.0, 0.0], False),
        ([95.0, -1.0], False),
        ([None], False),
        ([], False),
    ],
)
def test_only_positive_values_of_very_different_sizes_need_a_logarithmic_axis(values, expected):
    assert charts.steep(values) is expected


def test_a_steep_logarithmic_axis_has_powers_of_ten_only():
    steep = charts.lines({"a": [1.0, 2.0], "b": [100.0, 50.0]}, log=True)
    flat = charts.lines({"a": [1.0, 2.0]}, log=True)
    assert (steep.layout.yaxis.type, steep.layout.yaxis.dtick) == ("log", 1)
    assert (flat.layout.yaxis.type, flat.layout.yaxis.dtick) == ("log", None)
    marks = dict(zip(flat.layout.yaxis.tickvals, flat.layout.yaxis.ticktext, strict=True))
    assert all(float(text) == value for value, text in marks.items())
    assert [marks[value] for value in (0.002, 0.5, 1, 20)] == ["0.002", "0.5", "1", "20"]
    assert steep.layout.yaxis.exponentformat == flat.layout.yaxis.exponentformat == "none"
    assert charts.lines({"a": [1.0, 2.0]}).layout.yaxis.exponentformat is None


def test_a_band_ends_where_the_spread_is_not_known():
    figure = charts.band([1.0, 2.0, 3.0], [0.5, 0.25, float("nan")], x=[1, 10, 100])
    high, low, line = figure.data
    assert (list(high.x), list(high.y)) == ([1, 10], [1.5, 2.25])
    assert (list(low.x), list(low.y)) == ([1, 10], [0.5, 1.75])
    assert list(line.y) == [1.0, 2.0, 3.0]


def test_charts_and_components_have_one_blue_and_one_orange():
    theme = (Path(charts.__file__).parent / "components" / "lib" / "theme.js").read_text()
    for name, colour in (("real", charts.REAL), ("generated", charts.GENERATED)):
        rgb = ", ".join(str(part) for part in bytes.fromhex(colour[1:]))
        assert f"{name}: [{rgb}]" in theme.partition("INK")[0]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_matches_its_paper(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("seen", SEEN)
def test_colours_of_classes_can_be_distinguished(seen):
    labs = [lab(colour, seen) for colour in charts.PALETTE]
    assert min(ciede2000(*pair) for pair in itertools.combinations(labs, 2)) >= 10.8


@pytest.mark.parametrize("theme", GROUNDS)
def test_colours_stand_out_from_both_themes(theme):
    faint = {colour for colour in charts.PALETTE if contrast(colour, GROUNDS[theme]) < 3}
    assert faint == (set(charts.PALE) if theme == "light" else set())
    drawn = [*gan_divergences.COLOURS.values(), *losses.COLOURS, *control_vae.COLOURS, *control_loop.COLOURS.values()]
    drawn += [clipping.CLIPPED, clipping.PENALISED, clipping.BEST, pairs.JSD, pairs.WASSERSTEIN]
    drawn += [pairs.RAW, pairs.OBJECTIVE, pairs.EXTRAPOLATED, *elbo.COLOURS.values(), *reparameterise.COLOURS]
    drawn += [*histories.COLOURS.values(), histories.colour("another"), *pair_pictures.COLOURS.values()]
    drawn += [*path_curves.COLOURS.values(), *(colour for _, colour in ssgan.ANSWERS), *charts.LINES]
    assert [colour for colour in drawn if contrast(colour, GROUNDS[theme]) < 3] == []


@pytest.mark.parametrize("ground", ["#ffffff", "#0f1220"])
def test_dots_of_a_cloud_stand_out_from_both_themes(ground):
    colours = (charts.REAL, charts.PALETTE[2])  # of ui/evaluate/likelihoods.py
    groups = {name: ([1, 2], [1, 2]) for name in ("a", "b")}
    figure = charts.beside_histogram(groups, x_title="", y_title="", colours=colours)
    dots = [trace.marker for trace in figure.data if trace.type == "scatter"]
    assert [dot.color for dot in dots] == list(colours)
    assert all(contrast(mixed(dot.color, ground, dot.opacity), ground) >= 3 for dot in dots)


def test_curves_in_a_pale_colour_have_an_outline():
    text = (ROOT / "ui" / "components" / "lib" / "curves.js").read_text()
    pale = re.search(r"const PALE = new Set\(\[(.*?)\]\)", text)
    assert pale
    assert re.findall("#[0-9a-f]{6}", pale[1]) == list(charts.PALE)


def test_lines_beyond_the_number_of_colours_are_dashed():
    figure = charts.lines({str(k): [k, k] for k in range(9)})
    assert [trace.line.dash for trace in figure.data] == ["solid"] * 7 + ["dash"] * 2
    assert len({(trace.line.color, trace.line.dash) for trace in figure.data}) == 9


def test_the_toys_have_the_pink_of_the_charts():
    pink = next(colour for colour, name in charts.COLOUR_NAMES.items() if name == "pink")
    for toy in ("toy_vae", "toy_flow"):
        for file in ("style.css", "picture.js"):
            text = (ROOT / "ui" / "components" / toy / file).read_text()
            assert re.search(f'(--second: |--heun: |heun: "|, "){pink}', text)


@pytest.mark.parametrize("samples", [[100, 150, 225, 337], [100, 1000], [250, 600, 10_000]])
def test_numbers_of_samples_are_on_their_axis(samples):
    axis = charts.trail(samples, samples).layout.xaxis
    marks = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert axis.type == "log"
    assert any(samples[0] <= at <= samples[-1] for at in marks)
    assert all(text == f"{at:,}" for at, text in marks.items())


def test_numbers_can_be_read_on_every_cell_of_a_heat_map():
    (trace,) = charts.heat([[0, 1]], texts=[["0", "1"]], x="ab", y="c", limits=(0, 1)).data
    cells = [colour for _, colour in trace.colorscale]
    assert [contrast(cell, trace.textfont.color) > 7 for cell in cells] == [True, True]
