"""The page about the self-supervised GAN: what a person does there, the recorded ablation, and bad input."""

import json

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import checkpoints
import data
from checkpoints import recorded
from ui import ablation, rotation

PAGE = "views/training/ssgan.py"


def opened(**query):
    app = AppTest.from_file("../app.py", default_timeout=120).switch_page(PAGE)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def words(app):
    return " ".join(m.value for m in app.markdown) + " ".join(c.value for c in app.caption)


def test_a_test_image_is_guessed_and_the_rival_painted_beside_it():
    app = opened(beside="mnist_gan")
    told = words(app)
    assert "quarter turns the discriminator names" in told
    card = checkpoints.read("mnist_ssgan")
    assert f"{card.metrics['rotation_accuracy']:.1%}" in told
    assert f"{card.metrics['rotation_accuracy_moved']:.1%}" in told
    for name in ("mnist_ssgan", "mnist_gan"):
        assert f"{checkpoints.read(name).metrics['frechet_mnist_10k']:.2f}" in told


def test_another_number_is_another_picture(monkeypatch):
    turned, circle = [], rotation.circle

    def watched(card, image, moved):
        turned.append(image)
        return circle(card, image, moved)

    monkeypatch.setattr(rotation, "circle", watched)
    opened().number_input(key="image").set_value(61).run()
    sample = data.sample("mnist").images
    assert np.array_equal(turned[0], sample[0])
    assert np.array_equal(turned[-1], sample[61])


@pytest.mark.parametrize("angle", ["north", "-5", "1000", "nan"])
def test_an_odd_angle_in_the_link_is_one_sentence(angle):
    app = opened(angle=angle)
    assert "angle in this link" in app.warning[0].value


def test_the_circle_begins_and_ends_with_the_picture():
    card = checkpoints.read("mnist_ssgan")
    picture = np.random.default_rng(0).integers(256, size=(1, 28, 28), dtype=np.uint8)
    frames, chances = rotation.circle(card, picture)
    assert len(frames) == len(chances) == len(rotation.captions(chances)) == 73
    assert np.array_equal(frames[0], picture)
    assert np.array_equal(frames[-1], picture)
    assert np.array_equal(frames[18], np.rot90(picture, 1, (1, 2)))
    assert chances.sum(1) == pytest.approx(np.ones(73), abs=1e-5)
    assert rotation.csv(chances).count("\n") == 74


def test_moved_by_a_pixel_the_guess_is_the_turn_on_the_other_side():
    """The shortcut that the page tells of, on the shipped digits: mostly wrong by half a turn."""
    card, sample = checkpoints.read("mnist_ssgan"), data.sample("mnist")
    still, moved = (
        np.stack([rotation.circle(card, image, by)[1][0].argmax() for image in sample.images[:40]]) for by in (0, 1)
    )
    assert (still == 0).mean() > 0.8
    assert (moved == 2).mean() > 0.8


def test_a_verdict_counts_quarter_turns():
    chances = np.full((73, 4), 0.1)
    chances[0, 0] = chances[18, 1] = chances[36, 0] = chances[54, 3] = 0.7
    assert rotation.verdict(chances) == (3, "Of its quarter turns the discriminator names 3 of four rightly.")


def trial(on, off):
    runs = [
        {"rotation": rotation, "seed": seed, "frechet": [9.0, value]}
        for rotation, values in ((True, on), (False, off))
        for seed, value in enumerate(values)
    ]
    return {"interval": 150, "runs": runs}


@pytest.mark.parametrize(
    ("on", "off", "words"),
    [
        ((1.0, 1.1, 1.2), (2.0, 2.1, 2.2), "helps here"),
        ((2.0, 2.1, 2.2), (1.0, 1.1, 1.2), "harms here"),
        ((1.0, 1.5, 2.0), (1.2, 1.7, 2.2), "do not show"),
    ],
)
def test_the_ablation_speaks_of_its_spread(on, off, words):
    difference, spread, told = ablation.outcome(trial(on, off))
    assert difference == pytest.approx(np.mean(off) - np.mean(on))
    assert spread == pytest.approx(max(np.std(on, ddof=1), np.std(off, ddof=1)))
    assert words in told
    assert ablation.csv(trial(on, off)).count("\n") == 13


def test_the_recorded_ablation_is_whole():
    found = ablation.read()
    on, off = ablation.columns(found).values()
    assert on.shape == off.shape
    assert len(on) >= 3
    seeds = [{run["seed"] for run in found["runs"] if run["rotation"] is side} for side in (True, False)]
    assert seeds[0] == seeds[1]


@pytest.mark.parametrize("broken", [False, True])
def test_a_damaged_or_missing_ablation_costs_its_section_only(monkeypatch, tmp_path, broken):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    if broken:
        (tmp_path / "ssgan_ablation.json").write_text(json.dumps(trial([1.0], [1.0]))[:30])
    st.cache_resource.clear()
    app = opened()
    assert any("cannot be read" in w.value for w in app.warning) is broken
    assert "Does the second task help?" not in [s.value for s in app.subheader]
    st.cache_resource.clear()


def test_without_a_trained_one_the_page_says_how(monkeypatch):
    monkeypatch.setattr(rotation, "cards", list)
    assert "train.ssgan" in opened().info[0].value
