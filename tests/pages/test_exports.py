"""Every picture that a page offers as a download is fit for a slide: wide enough, with its title, text in the file."""

import ast
import io
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw

from tests import apptest, slow
from ui import slides

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted({f.relative_to(ROOT / "pages").with_suffix("").as_posix() for f in ROOT.glob("pages/*/*.py")})
PICTURES = (".png", ".gif", ".webp")
# Expanders and parts that hold a download.
OPEN = {"explore/latent_space": {"traversals": True}, "training/control_vae": {"control": "models"}}
WITH_PICTURES = {
    "evaluate/models",
    "explore/compare",
    "explore/interpolation",
    "explore/latent_space",
    "explore/vae_gan",
    "images/classify",
    "images/denoise",
    "images/reconstruct",
    "learn/pixel_shuffle",
    "training/control_vae",
    "training/playback",
    "training/ssgan",
}

QUICK = {"distances/jsd_wasserstein", "explore/latent_space", "images/reconstruct", "learn/pixel_shuffle", "learn/wgan"}
WITH_CHARTS = {
    "distances/density",
    "evaluate/likelihood",
    "evaluate/models",
    "explore/flow",
    "learn/wgan",
    "training/control_vae",
    "training/ssgan",
}


@pytest.fixture
def charts(monkeypatch):
    """(figure, what its camera saves) of every chart that a page draws."""
    drawn, draw = [], st.plotly_chart

    def noted(figure, **options):
        drawn.append((figure, options["config"]["toImageButtonOptions"]))
        return draw(figure, **options)

    monkeypatch.setattr(st, "plotly_chart", noted)
    return drawn


@pytest.mark.parametrize("page", slow.all_but(QUICK, PAGES))
def test_pages_offer_the_listed_pictures(page, downloads, charts):
    app = apptest.opened(page)
    if page in OPEN:
        for key, value in OPEN[page].items():
            app.session_state[key] = value
        app.run()
        assert not app.exception
    pictures = {name: data for name, data in downloads.items() if name.endswith(PICTURES)}
    assert bool(pictures) == (page in WITH_PICTURES)
    for name, data in pictures.items():
        raw = data() if callable(data) else data
        image = Image.open(io.BytesIO(raw))
        assert image.width >= 800, name
        assert image.format == Path(name).suffix[1:].upper()
        assert len(raw) < 12 * 2**20, name
        expect_title(image)
        if image.format != "PNG":
            expect_labels(image)
    assert bool(charts) == (page in WITH_CHARTS)
    for figure, camera in charts:
        assert camera["width"] * camera["scale"] >= 800
        assert camera["filename"]
        layout = figure.layout
        assert layout.title.text
        assert layout.title.subtitle.text
        assert layout.paper_bgcolor is None  # the theme's, which is opaque; tests/browser/test_charts.py saves one
        assert layout.xaxis.title.text


def expect_title(image):
    """The title of its text stands at the top, in the ink of slides, and the project's version is in the file."""
    text = str(image.info)
    assert slides.software() in text
    if image.format == "PNG":
        twin = Image.new("L", (image.width, 100), "white")
        first = image.text["Title"].split()[0]
        ImageDraw.Draw(twin).text((slides.MARGIN, slides.MARGIN), first, 0, slides.font(*slides.TITLE))
        wanted = np.asarray(twin) < 64
        assert wanted.sum() > 100
        assert (np.asarray(image.convert("L"))[:100][wanted] < 128).all()


def expect_labels(image):
    """Something above the pictures, a label, differs from frame to frame."""
    heads = set()
    for k in range(5):
        image.seek(k)
        heads.add(np.asarray(image.convert("L"))[60:200].tobytes())
    assert len(heads) == 5


CALLS = "plotly_chart", "download_button"


def calls(file):
    """(name, strings in it) of every call of CALLS, as a method, in a file."""
    text = file.read_text()
    if not any(name in text for name in CALLS):
        return
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in CALLS:
            constants = (node.value for node in ast.walk(call) if isinstance(node, ast.Constant))
            yield call.func.attr, [value for value in constants if isinstance(value, str)]


def test_pictures_are_offered_by_one_module():
    """A button for a picture is made by ui/downloads.py, from a slide; a chart is drawn by ui/charts.py."""
    files = [*ROOT.glob("pages/*/*.py"), *ROOT.glob("ui/**/*.py")]
    found = [(file.name, *call) for file in files for call in calls(file)]
    assert {file for file, name, _ in found if name == "plotly_chart"} == {"charts.py"}
    buttons = [(file, texts) for file, name, texts in found if name == "download_button" and file != "downloads.py"]
    assert buttons
    assert [(file, text) for file, texts in buttons for text in texts if text.endswith(PICTURES)] == []
