"""Plotly figures of ui/charts.py: when an axis is logarithmic, what its marks say, and the colours of two kinds."""

from pathlib import Path

import pytest

from ui import charts


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
def test_only_positive_values_of_very_different_size_are_steep(values, expected):
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


def test_charts_and_components_have_one_blue_and_one_orange():
    theme = (Path(charts.__file__).parent / "components" / "lib" / "theme.js").read_text()
    for name, colour in (("real", charts.REAL), ("generated", charts.GENERATED)):
        rgb = ", ".join(str(part) for part in bytes.fromhex(colour[1:]))
        assert f"{name}: [{rgb}]" in theme.partition("INK")[0]


@pytest.mark.parametrize("samples", [[100, 150, 225, 337], [100, 1000], [250, 600, 10_000]])
def test_numbers_of_samples_stand_on_their_axis(samples):
    axis = charts.trail(samples, samples).layout.xaxis
    marks = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert axis.type == "log"
    assert any(samples[0] <= at <= samples[-1] for at in marks)
    assert all(text == f"{at:,}" for at, text in marks.items())
