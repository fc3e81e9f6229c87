"""The Directions page through app.py: groups, methods, purity, names, files, links, and mismatches."""

import functools
import json

import numpy as np
import pytest
import streamlit as st

import checkpoints
from checkpoints.directions import from_json, from_link, to_link
from evaluate.features import probabilities
from metrics import directions
from tests import apptest
from tests.apptest import address, rendered
from ui import networks
from ui.components import live_pictures, pick_pictures, scatter
from ui.explore.directions import analogies, groups, making, population, purity
from ui.url import LinkError

opened = functools.partial(apptest.opened, "explore/directions")
CARD = checkpoints.read("mnist_vae")


@pytest.fixture(scope="module")
def digits():
    return population.of(CARD)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Fewer codes than the page measures."""
    monkeypatch.setattr(purity, "MEASURED", 16)


def of_class(people, label):
    return groups.Group(people.rows_of(label), people.classes[label], label)


def named(app, text):
    box = next(each for each in app.text_input if each.label == "Name")
    box.set_value(text).run()
    apptest.press(app, "Keep as a slider")


def test_the_opening_direction_is_pure_on_held_out_codes():
    app = opened()
    assert not app.error
    assert not app.warning
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures.keys() == {"Purity", "Seen as “to”", "Separates"}
    assert int(figures["Purity"].strip("%>")) >= 90
    assert any("did not make the direction" in caption.value for caption in app.caption)
    before = figures["Purity"]
    app.segmented_control(key="to").set_value("5").run()
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric}["Purity"] != before


def test_the_direction_named_on_the_screen_is_kept(monkeypatch):
    """The button is pressed while a new run has only reached the name."""
    button, title, pressed = st.button, st.title, []

    def stopping(label, **options):
        if label == "Keep as a slider":
            if pressed:
                st.stop()
            pressed.append(options["on_click"])
        return button(label, **options)

    def pressing(words):  # Streamlit calls it where a run begins
        monkeypatch.setattr(st, "title", title)
        pressed[0]()
        title(words)

    monkeypatch.setattr(st, "button", stopping)
    app = opened()
    app.segmented_control(key="to").set_value("5").run()
    assert next(each for each in app.text_input if each.label == "Name").value == "8 → 5"
    monkeypatch.setattr(st, "button", button)
    monkeypatch.setattr(st, "title", pressing)
    app.run()
    assert not app.exception
    assert [(one.name, one.origin) for one in app.session_state["directions: kept"]["mnist_vae"]] == [
        ("8 → 5", "difference of means, from 8 to 5")
    ]


def test_purity_matches_pictures_classified_one_by_one(digits):
    contrast = making.make(digits, of_class(digits, 8), of_class(digits, 3), "means")
    assert not set(contrast.start) & set(making._halves(digits.rows_of(8))[0])
    measured = purity.measure(digits, contrast, purity.ENDS)
    shares = []
    for steps in (0, 1):
        codes = digits.codes[contrast.start[: purity.MEASURED]] + np.float32(steps) * contrast.direction.vector
        classifier = checkpoints.load("mnist_classifier")
        each = [probabilities(classifier, networks.decode(CARD, code[None])).double().numpy()[0] for code in codes]
        shares.append(np.mean(each, 0))
    assert measured.shares == pytest.approx(np.array(shares), abs=0.01)  # other sums of float32 round pixels otherwise
    assert measured.value == directions.purity(measured.before, measured.after, measured.wanted)
    assert list(np.flatnonzero(measured.wanted)) == [3]
    assert list(np.flatnonzero(measured.left)) == [8]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ([0.1, 0.88, 0.01, 0.01], "98% become b. No single other class gains 1.5% of the codes."),
        ([0.1, 0.8, 0.1, 0], "89% become b. What else appears: c (10%)."),
        ([0.1, 0.9, 0, 0], "100% become b. Nothing else appears."),
    ],
)
def test_the_sentence_agrees_with_the_share_that_it_names(after, words):
    wanted, left = np.array([False, True, False, False]), np.array([True, False, False, False])
    shares = np.array([[1.0, 0, 0, 0], after])
    seen = purity.Purity(("a", "b", "c", "d"), purity.ENDS, shares, wanted, left, 64, True, "classifier")
    assert purity.sentence(seen).endswith(words)


def test_no_change_has_no_sign():
    assert [purity.signed(change) for change in (-0.001, 0.004, -0.006, 0.07)] == ["0%", "0%", "−1%", "+7%"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"from": "3", "to": "3"}, "Both groups are the same"),
        ({"groups": "hand"}, "“from” first"),
        ({"groups": "lasso"}, "“from” first"),
        ({"groups": "hand", "from_rows": groups.pack_rows(CARD, [3], 5000)}, "“to” is empty"),
    ],
)
def test_groups_without_a_direction_are_reported_in_one_sentence(query, words):
    app = opened(**query)
    assert not app.error
    assert [words in info.value for info in app.info] == [True]
    assert not app.metric


def test_groups_are_filled_by_lasso_and_by_clicks(monkeypatch, digits):
    """Reports come from a browser: nonsense is ignored."""
    kept = []
    monkeypatch.setattr(groups, "_keep", lambda people, rows: kept.append(rows))
    maps, pictures = (apptest.mountings(monkeypatch, module) for module in (scatter, pick_pictures))
    opened(groups="lasso")
    lassoed = maps[-1][1]["on_lassoed"]
    for nonsense in (None, {"group": "x", "rows": [1]}, {"group": "to", "rows": [-1]}, {"group": "to", "rows": [1.5]}):
        lassoed(nonsense)
    lassoed({"group": "to", "rows": [3, 1, 3]})
    opened(groups="hand")
    picked = next(on["on_picked"] for data, on in pictures if data["slots"][0]["name"] == "from")
    for nonsense in (None, {"x": [1]}, {"from": [], "to": [len(digits)]}, {"to": [1]}):
        picked(nonsense)
    picked({"from": [5, 4], "to": [1]})
    assert kept == [{"to": [1, 3]}, {"from": [5, 4], "to": [1]}]


def test_a_link_opens_the_same_groups(digits):
    chosen = {"from": digits.rows_of(0).tolist(), "to": digits.rows_of(6)[:3].tolist()}
    link = {f"{end}_rows": groups.pack_rows(CARD, rows, len(digits)) for end, rows in chosen.items()}
    app = opened(model="mnist_vae", groups="hand", **link)
    assert not app.warning
    texts = [text.value for text in app.markdown]
    assert r"**From** · 460 chosen\, all 0" in texts
    assert r"**To** · 3 chosen\, all 6" in texts
    assert any("too few to hold some out" in caption.value for caption in app.caption)
    assert app.metric
    seen = next(metric for metric in app.metric if metric.delta)
    assert seen.delta.endswith(" before")
    assert seen.proto.direction == seen.proto.MetricDirection.NONE  # an arrow would call it an increase
    assert {end: address(app)[end] for end in link} == link


def test_rows_in_a_link_are_exact_and_mismatches_are_reported():
    rows = [0, 7, 4999, 123]
    text = groups.pack_rows(CARD, rows, 5000)
    assert groups.unpack_rows(text, CARD, 5000) == sorted(rows)
    other = checkpoints.read("fashion_vae")
    for card, given, words in ((other, text, "another model"), (CARD, text[:-9], "damaged"), (CARD, "", "another")):
        with pytest.raises(LinkError, match=words):
            groups.unpack_rows(given, card, 5000)
    with pytest.raises(LinkError, match="damaged"):
        groups.unpack_rows(text, CARD, 9000)


def test_a_named_direction_becomes_a_slider_and_can_be_saved_and_loaded(monkeypatch, downloads):
    sliders = apptest.mountings(monkeypatch, live_pictures)
    app = opened()
    named(app, "  ")
    assert ["type one" in error.value for error in app.error] == [True]
    named(app, "<b>*open*</b>")
    assert not app.error
    shown = next(text.value for text in app.markdown if "open" in text.value)
    assert "<b>*open*</b>" in rendered(shown.replace("**", ""))
    data = next(data for data, _ in reversed(sliders) if data["key"] == "directions")
    assert [slider["label"] for slider in data["sliders"]][1:] == ["<b>*open*</b>"]
    assert data["panels"][1]["way"]["names"] == ["t", "k1"]

    raw = downloads["mnist_vae_directions.json"]
    (kept,) = from_json(raw.encode(), CARD)
    assert kept.vector == pytest.approx(
        making.make(population.of(CARD), *(of_class(population.of(CARD), k) for k in (8, 3)), "means").direction.vector
    )
    other = opened()
    other.file_uploader[0].upload("d.json", raw.encode(), "application/json").run()
    assert not other.error
    assert address(other)["directions"] == address(app)["directions"]
    other.file_uploader[0].upload("d.json", raw.encode(), "application/json").run()  # the name is taken
    assert [one.name for one in from_link(address(other)["directions"], CARD)] == [kept.name, f"{kept.name} 2"]
    apptest.press(other, "Remove")
    assert [one.name for one in from_link(address(other)["directions"], CARD)] == [f"{kept.name} 2"]
    wrong = json.dumps(json.loads(raw) | {"model": "fashion_vae", "weights": "0" * 64})
    other.file_uploader[0].upload("d.json", wrong.encode(), "application/json").run()
    assert ["choose that model" in error.value for error in other.error] == [True]
    assert address(other)["directions"]  # nothing is lost
    other.selectbox(key="model").set_value("fashion_vae").run()  # the model that it says
    assert not other.error


def test_a_link_opens_the_same_directions_and_places():
    text = to_link(CARD, [making.Direction("one", np.arange(16, dtype=np.float32) / 10)])
    app = opened(**{"model": "mnist_vae", "groups": "hand", "t": "0.5_-1", "directions": text})
    assert not app.warning
    assert address(app)["t"] == "0.5_-1"
    assert address(app)["directions"] == text
    with_other = opened(model="fashion_vae", directions=text)
    assert ["another model" in warning.value for warning in with_other.warning] == [True]


@pytest.mark.parametrize(
    "query",
    [
        {"from": "77"},
        {"to": "<b>"},
        {"groups": "hand", "from_rows": "x"},
        {"groups": "lasso", "to_rows": f"{CARD.sha256[:8]}!!"},
        {"directions": f"{CARD.sha256[:8]}~a.b"},
        {"t": "9"},
        {"t": "nan"},
        {"analogy": "1_2"},
        {"analogy": "1_2_99999"},
        {"analogy": "1_2_0.5"},
        {"s": "7"},
        {"method": "magic"},
        {"start": "moon"},
    ],
)
def test_bad_links_are_reported_in_one_sentence(query):
    app = opened(**query)
    assert len(app.warning) == 1, query
    assert not app.error


def test_the_nearest_real_picture_matches_a_plain_search(digits):
    chosen = list(analogies.OPENING["mnist"])
    code = directions.analogy(*digits.codes[chosen]).astype(np.float32)
    row, _ = analogies.nearest_real(digits, chosen, code)
    import data

    real = data.sample("mnist").images
    codes = networks.code(CARD, real)
    assert row == np.square(codes - code).sum(1).argmin()


def test_draws_of_a_gan_are_named_by_the_classifier(monkeypatch):
    card = checkpoints.read("fashion_wgan")
    codes = networks.preview(card)["codes"][:60]
    monkeypatch.setattr(networks, "preview", lambda card: {"codes": codes})
    people = population._samples.__wrapped__(card.name, card.sha256, card)
    chances = probabilities(checkpoints.load("fashion_classifier"), networks.decode(card, codes)).numpy()
    sure = chances.max(1) >= population.SURE
    assert 0 < sure.sum() < len(sure)
    assert (people.labels == np.where(sure, chances.argmax(1), -1)).all()
    assert list(groups.ways(people)) == ["class", "hand"]


def test_side_effects_of_moving_sprites_are_small():
    """From squares on the left to squares on the right: the position changes, and scale and height hardly do."""
    people = population.of(checkpoints.read("dsprites_control_vae_14"))
    squares = people.rows_of(0)
    across = (people.pictures(squares)[:, 0] > 127).mean(1) @ np.arange(64)
    across = across / (people.pictures(squares)[:, 0] > 127).mean(1).sum(1)  # mean column of the white pixels
    left, right = squares[across < 24], squares[across > 40]
    contrast = making.make(people, groups.Group(left, "left"), groups.Group(right, "right"), "means")
    measured = purity.measure(people, contrast, purity.ENDS)
    assert not measured.wanted.any()
    scale, place, height = (change for _, change in measured.others)
    assert place > 0.3
    assert abs(scale) < 0.15
    assert abs(height) < 0.15
    assert "keep theirs" in purity.sentence(measured)


def test_neighbours_vote_if_there_is_no_classifier(digits):
    rows, few = (
        np.arange(0, 40),
        population.Population(CARD, digits.codes[:300], digits.labels[:300], digits.classes, {}),
    )
    moved = digits.codes[1000:1030]
    votes = purity._of_neighbours(few, rows, moved)
    for code, vote in zip(moved, votes, strict=True):
        nearest = np.square(few.codes[40:] - code).sum(1).argsort()[:5]
        assert vote == pytest.approx(np.bincount(few.labels[40:][nearest], minlength=10) / 5)


def test_flows_are_not_offered():
    assert "mnist_flow" not in [card.name for card in population.cards()]
