"""The camera of a chart saves a PNG for a slide: wide, on the theme's colour, with title, axes and legend in it.

What is written in the picture is read from the figure that Plotly draws, and the ink of its title is looked for in the
file: without a font that both draw with, no letters can be compared.
"""

import numpy as np
from PIL import Image
from playwright.sync_api import expect

import checkpoints
from tests.conftest import WAKING

CARD = checkpoints.read("mnist_ssgan")
INK = "getComputedStyle(document.querySelector('.js-plotly-plot .gtitle')).fill"


def test_a_saved_chart_has_title_axes_and_legend(new_page):
    page = new_page(f"/models?model={CARD.name}", viewport={"width": 390, "height": 844})
    chart = page.locator(".js-plotly-plot").first
    expect(chart.locator(".gtitle")).to_have_text("Training curves", timeout=WAKING)
    expect(chart.locator(".gtitle-subtitle")).to_have_text(CARD.title)
    expect(chart.locator(".xtitle")).to_have_text("generator step")
    expect(chart.locator(".ytitle")).to_contain_text("losses and logits")
    expect(chart.locator(".legendtext")).to_have_text(
        ["discriminator", "real pictures", "generated pictures", "generator"]
    )

    expect_on_slide(chart, paper=255)
    black = page.evaluate(INK)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"(black) => {INK} !== black", arg=black)
    expect_on_slide(chart, paper=19)


def expect_on_slide(chart, paper):
    """The saved picture is on this grey level, with the chart's title in its first line."""
    chart.hover()
    with chart.page.expect_download() as download:
        chart.locator("[data-title^='Download plot']").click()
    assert download.value.suggested_filename.startswith("training_curves_")
    image = Image.open(download.value.path())
    assert image.size == (1920, 840)
    assert np.asarray(image.convert("RGBA"))[..., 3].min() == 255  # nothing of it is transparent
    grey = np.asarray(image.convert("L")).astype(int)
    assert grey[0, -1] == paper

    ink = np.argwhere(abs(grey[:38] - paper) > 120)  # the first line, in the strip above the second one
    assert len(ink) > 300
    left, right = ink[:, 1].min(), ink[:, 1].max()
    width = chart.locator(".gtitle").evaluate("(title) => title.getComputedTextLength()")
    assert left < 40
    assert 1.6 * width < right - left < 2.5 * width  # another font, at twice the size


def test_the_name_of_a_hidden_curve_is_struck_through_and_hardly_paler(new_page):
    page = new_page(f"/models?model={CARD.name}")
    entry = page.locator(".js-plotly-plot").first.locator(".traces").first
    entry.locator(".legendtoggle").click(timeout=WAKING)
    expect(entry.locator(".legendtext")).to_have_css("text-decoration-line", "line-through")
    expect(entry.locator(".legendtext")).to_have_css("opacity", "0.75")
    expect(entry).to_have_css("opacity", "1")
