"""Pages to take home: the contents and size of the file, and that nothing in it becomes markup.

Whether a page works from a disk is tested in a browser: tests/browser/test_standalone.py.
"""

import base64
import functools
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import checkpoints
from checkpoints import commands, floors, parts, recorded, seeds, table
from checkpoints.recorded import toy_settings
from tests import slow
from ui import browser_networks, classifiers, gallery, networks, standalone
from ui.components import grey
from ui.distances import pairs
from ui.distances import saved as saved_distances
from ui.explore import saved, saved_chain, saved_paths
from ui.explore.chain import vaes
from ui.explore.chain import visit as chain_visit
from ui.explore.endpoints import End
from ui.explore.position import Position
from ui.images import denoising
from ui.images import saved as saved_images
from ui.images.classify import saved as saved_classify
from ui.images.classify import sets, visit
from ui.images.intake import Input
from ui.training import saved as saved_training
from ui.training import toy_flow, toy_vae

GENERATORS = checkpoints.gallery("vae", "gan")
LARGEST = sorted(GENERATORS, key=lambda card: parts.file(card.name, "decoder").stat().st_size)[-4:]
generators = pytest.mark.parametrize("card", slow.all_but(LARGEST, GENERATORS), ids=lambda card: card.name)
DENOISER = checkpoints.read("mnist_patch_denoiser")
SETTINGS, SNAPSHOTS = recorded.theta_sweep()
SEGMENTS = pairs.Pair("line", "line")
# What makes a browser load something from an address.
LOADS = re.compile(
    r"""(?:src|href|action|data|poster)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)


class Page(HTMLParser):
    """The elements of a page: text by id, by data-file, and of all elements of a tag."""

    def __init__(self, raw):
        super().__init__(convert_charrefs=True)
        self.pieces, self.open, self.tags = {}, [], []
        self.feed(raw.decode())
        self.texts = {name: "".join(pieces) for name, pieces in self.pieces.items()}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag not in ("meta", "img", "br"):
            self.open.append([tag, attributes.get("id"), attributes.get("data-file")])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for names in self.open:
            for name in filter(None, names):
                self.pieces.setdefault(name, []).append(data)


@functools.lru_cache(2)  # the runtime is the same in all pages
def unpacked(text):
    return gzip.decompress(base64.b64decode(text))


def sweep_page():
    return saved_distances.page(SEGMENTS, SNAPSHOTS[-1], SETTINGS, 0.4, recorded=True)


def toy_page(name="parabola_gan"):
    run = recorded.toy_gan(name)
    card = next((card for card in checkpoints.gallery("toy_gan") if card.name == name), None)
    return saved_training.page(run.settings, run=run, card=card)


def denoiser_page():
    noise = denoising.Noise("gaussian", 0.5, 10, 10, 0)
    given = Input(gallery.test_images(DENOISER).images[0], (), "a test image")
    single = denoising.results(DENOISER, given.image[None], noise)
    return saved_images.page(DENOISER, denoising.content(DENOISER, given, noise, single, drawn=False), single)


def paths_page(card, alpha=0.5):
    preview = networks.preview(card)
    ends = [End(code, networks.decode(card, code[None])[0], f"code {k}") for k, code in enumerate(preview["codes"][:2])]
    return saved_paths.page(card, *ends, alpha)


def chain_page(card, image=None, **state):
    return saved_chain.page(card, chain_visit.Visit("v", card.name, {**chain_visit.START, **state}), image)


@generators
def test_every_model_fits_and_its_network_is_complete(card):
    raw = saved.page(Position.at_first(card))
    page = Page(raw)
    data = json.loads(page.texts["data"])["data"]
    network = data["network"]
    part = unpacked(page.texts[network["url"]])
    assert hashlib.sha256(part).hexdigest() == card.parts["decoder"]["sha256"]
    assert part == parts.read(card, "decoder")
    wasm = unpacked(page.texts[network["runtime"]["wasm"]["url"]])
    assert hashlib.sha256(wasm).hexdigest() == network["runtime"]["wasm"]["sha256"]
    assert len(raw) <= standalone.LIMIT
    assert saved.too_large(card) is None
    assert len(raw) <= standalone.expected_size(card, "decoder", besides=saved.besides(card))


@pytest.mark.parametrize("card", vaes.cards(), ids=lambda card: card.name)
def test_the_live_chain_fits(card):
    raw = chain_page(card)
    assert len(raw) <= standalone.expected_size(card, *saved_chain.PARTS, besides=saved_chain.besides(card))
    assert len(raw) <= standalone.LIMIT
    assert saved_chain.too_large(card) is None
    assert commands.of_card(card) in Page(raw).texts["section"]


@generators
def test_the_interpolation_fits(card):
    raw = paths_page(card)
    assert len(raw) <= standalone.expected_size(card, "decoder", besides=classifiers.size(card))
    assert saved_paths.too_large(card) is None
    assert Page(raw).texts["h1"] == "Interpolation"


def test_an_upload_is_in_the_page_only_if_it_is_shown():
    card, own = checkpoints.read("mnist_vae"), np.full((1, 28, 28), 7, np.uint8)
    for shown in (False, True):
        raw = chain_page(card, own, own=shown)
        assert (grey.text(own).encode() in raw) is shown


def test_the_denoiser_fits():
    raw = denoiser_page()
    assert len(raw) <= standalone.expected_size(DENOISER, *denoising.PARTS) <= standalone.LIMIT
    assert standalone.too_large(DENOISER, *denoising.PARTS) is None
    assert commands.of_card(DENOISER) in Page(raw).texts["section"]


@pytest.mark.parametrize("name", sets.SETS)
def test_the_page_of_classify_has_the_networks_that_fit(name):
    one = sets.SETS[name]
    cards = one.cards()
    raw = saved_classify.page(one, cards, visit.Visit(one.dataset))
    page, kept = Page(raw), saved_classify.fitting(cards)
    assert len(raw) <= standalone.LIMIT
    data = json.loads(page.texts["data"])["data"]["set"]
    assert [network["name"] for network in data["networks"]] == [card.name for card in kept]
    for card, network in zip(kept, data["networks"], strict=True):
        part = unpacked(page.texts[network["network"]["url"]])
        assert hashlib.sha256(part).hexdigest() == card.parts["classifier"]["sha256"]
        assert commands.of_card(card) in page.texts["section"]
        assert f"{seeds.mean(card, 'test_accuracy'):.2%}" in page.texts["section"]
    words = page.texts["p"]
    for card in cards:
        assert (one.short(card) in words.partition("Look for")[0]) is (card not in kept)
    assert saved_classify.too_large(one, cards) is None


def test_classify_without_networks_for_browsers_cannot_be_saved():
    one = sets.SETS["hands"]
    cards = [card for card in one.cards() if card.family == "pretrained"]
    assert "none of its networks runs in a browser" in saved_classify.too_large(one, cards)


def test_the_page_has_figures_commands_and_licences():
    card = checkpoints.read("mnist_gan")
    words = Page(saved.page(Position.at_first(card))).texts["section"]
    for figure in table.figures(card):
        for cell in figure:
            assert cell.replace("-", "−") in words or cell in words
    assert f"{floors.of_card(card, 'frechet_mnist_10k').value:.3g}" in words
    assert "10,000 samples against 10,000 real pictures, features of mnist_classifier" in words
    assert commands.of_card(card) == "python -m train mnist_gan --bf16\npython -m evaluate.fid mnist_gan"
    assert commands.of_card(card) in words
    for file in ("LICENSE", "ui/components/vendor/onnxruntime-web/LICENSE", "data/samples/LICENSES.md"):
        assert (standalone.ROOT / file).read_text().strip() in words
    assert "onnxruntime-web 1.30.0 (MIT)" in words


@pytest.mark.parametrize(
    "make",
    [
        lambda: saved.page(Position.at_first(GENERATORS[0])),
        sweep_page,
        toy_page,
        denoiser_page,
        lambda: chain_page(GENERATORS[0]),
    ],
)
def test_the_page_has_no_external_resources_and_no_local_paths(make):
    raw = make()
    text = raw.decode()
    assert not LOADS.search(text)
    assert str(standalone.ROOT) not in text
    assert str(Path.home()) + "/" not in text
    assert "localhost" not in re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    policy = next(attributes["content"] for tag, attributes in Page(raw).tags if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy


def test_a_page_without_networks_is_small():
    raw = sweep_page()
    page = Page(raw)
    assert len(raw) < 500_000
    assert not [attributes for _, attributes in page.tags if "data-file" in attributes]
    assert "onnxruntime" not in page.texts["section"]
    assert "python -m train.recordings.theta_sweep" in page.texts["section"]
    assert f"{pairs.errors(SEGMENTS, SNAPSHOTS[-1])['corrected']:.4f} units of x" in page.texts["section"]


def test_the_toy_gan_names_its_figure_with_its_floor():
    card, words = checkpoints.read("parabola_gan"), Page(toy_page()).texts["section"]
    for figure in (card.metrics["energy_distance"], card.metrics["energy_floor_95"]):
        assert f"{figure:.4f}" in words
    assert "python -m train mode_collapse" in Page(toy_page("mode_collapse")).texts["section"]


def test_points_of_a_visitor_are_stored_as_fixed_numbers():
    points = [[x / 10, x / 20] for x in range(-5, 6)]
    page = Page(saved_training.page(toy_settings.Settings(data="own"), points=points, card=None))
    data = json.loads(page.texts["data"])["data"]
    assert data["points"] == points
    assert data["draw"] is False


@pytest.mark.parametrize("name", toy_vae.PRESETS)
def test_the_toy_vae_is_small_and_says_what_to_look_for(name):
    preset = toy_vae.PRESETS[name]
    raw = saved_training.vae_page(preset.settings, kind=name, shows=preset.shows)
    page = Page(raw)
    assert len(raw) < 500_000
    assert json.loads(page.texts["data"])["data"]["settings"]["sigma"] == preset.settings.sigma
    assert preset.title in page.texts["title"]
    assert ("CC BY 4.0" in page.texts["section"]) == (preset.settings.data == "digits")


def test_the_toy_flow_is_small_and_has_the_current_settings():
    view = toy_flow.View(t=0.25, solver="heun", steps=8)
    raw = saved_training.flow_page(toy_flow.Settings(data="moons", seed=3), view)
    page = Page(raw)
    assert len(raw) < 500_000
    assert json.loads(page.texts["data"])["data"]["view"] == {"t": 0.25, "solver": "heun", "steps": 8}
    assert "seed = 3" in page.texts["section"]


NASTY = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> & \" ' \u2028"


def test_nothing_becomes_markup():
    about = standalone.About(
        NASTY,
        NASTY,
        NASTY,
        details=((NASTY, NASTY),),
        picture="data:," + NASTY,
        alt=NASTY,
        figures=(table.Figure(NASTY, NASTY, NASTY, NASTY),),
    )
    plain = Page(standalone.page("shift", {}, standalone.About("t", "l", "w", details=(("h", "m"),), picture="data:,")))
    raw = standalone.page("shift", {"label": NASTY}, about, stored=[NASTY])
    page = Page(raw)
    assert [tag for tag, _ in page.tags if tag in ("script", "img")] == [
        tag for tag, _ in plain.tags if tag in ("script", "img")
    ]
    assert json.loads(page.texts["data"]) == {"data": {"label": NASTY}, "stored": [NASTY]}
    assert page.texts["h1"] == NASTY
    assert not [attributes for _, attributes in page.tags if "onerror" in attributes]


def test_code_with_a_closing_tag_in_a_string_stays_code():
    assert standalone._script('x = "</SCRIPT>" + `<!--` + "<script>"; a < script') == (
        'x = "\\x3c/SCRIPT>" + `\\x3c!--` + "\\x3cscript>"; a < script'
    )


def test_a_page_that_is_too_large_is_reported_in_one_sentence(monkeypatch):
    card = checkpoints.read("mnist_gan")
    monkeypatch.setattr(standalone, "LIMIT", 8_000_000)
    sentence = standalone.too_large(card, "decoder")
    assert sentence == (
        f"{card.title} is too large to be saved as a page: with its network the file would have 10 MB, and 8 MB is the "
        "most. Choose another model."
    )
    assert standalone.too_large(checkpoints.read("kmnist_vae"), "decoder") is None


def test_a_damaged_network_is_not_saved(tmp_path, monkeypatch):
    card = checkpoints.read("kmnist_vae")
    for suffix in (".json", ".safetensors", ".atlas.safetensors"):
        (tmp_path / f"kmnist_vae{suffix}").write_bytes((checkpoints.FOLDER / f"kmnist_vae{suffix}").read_bytes())
    browser_networks._compressed.cache_clear()
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    with pytest.raises(checkpoints.CheckpointError, match=r"kmnist_vae\.decoder\.onnx is missing"):
        saved.page(Position.at_first(card))
    browser_networks._compressed.cache_clear()


def test_figures_of_a_card_match_the_results_table():
    for card in checkpoints.gallery():
        cells = [cell.strip() for cell in table.table([card]).splitlines()[2].strip("|").split("|")]
        figures = table.figures(card)
        assert [figure.value for figure in figures if figure.value not in cells] == []
        assert [figure.floor for figure in figures if figure.floor and figure.floor not in cells] == []
