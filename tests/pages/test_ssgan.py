"""The page about the self-supervised GAN: user actions, the recorded ablation, and bad input."""

import base64
import functools
import json

import numpy as np
import pytest

import checkpoints
import data
from checkpoints import recorded
from tests import apptest
from ui.components import turning
from ui.training import ablation, ssgan

opened = functools.partial(apptest.opened, "training/ssgan")


NETWORKS = ("mnist_ssgan", "mnist_ssgan_shortcut")


@pytest.mark.parametrize(("name", "lesson"), list(zip(NETWORKS, ("the shape of the digit", "shortcut**"), strict=True)))
def test_a_test_image_is_classified_next_to_the_other_network(name, lesson):
    app = opened(model=name, beside="mnist_gan")
    text = apptest.texts(app)
    assert "quarter turns of this picture the discriminator recognises" in text
    card = checkpoints.read(name)
    assert f"{card.metrics['rotation_accuracy']:.1%}" in text
    assert f"{card.metrics['rotation_accuracy_moved']:.1%}" in text
    assert lesson in text
    assert "; lower is better." in text
    for model in (name, "mnist_gan"):
        assert f"{checkpoints.read(model).metrics['frechet_mnist_10k']:.2f}" in text


def test_another_number_shows_another_picture(monkeypatch):
    turned, rotated = [], ssgan.rotated

    def watched(card, image, moved):
        turned.append(image)
        return rotated(card, image, moved)

    monkeypatch.setattr(ssgan, "rotated", watched)
    opened().number_input(key="image").set_value(61).run()
    sample = data.sample("mnist").images
    assert np.array_equal(turned[0], sample[7])
    assert np.array_equal(turned[-1], sample[61])


@pytest.mark.parametrize("name", ["angle", "moved"])
@pytest.mark.parametrize("text", ["north", "-5", "1000", "nan"])
def test_an_invalid_number_in_the_link_is_reported_in_one_sentence(name, text):
    app = opened(**{name: text})
    assert len(app.warning) == 1
    assert f"{name} in this link" in app.warning[0].value


mounted = apptest.last_sent_to(turning)


def test_a_link_has_the_angle_and_the_shift(mounted):
    opened(angle="37.5", moved="0.75", image="61")
    card = checkpoints.read("mnist_ssgan")
    image = data.sample("mnist").images[61]
    assert (mounted["angle"], mounted["moved"]) == (37.5, 0.75)
    assert base64.b64decode(mounted["pixels"]) == image.tobytes()
    assert np.array(mounted["chances"]) == pytest.approx(ssgan.rotated(card, image, 0.75), abs=1e-4)
    assert mounted["network"]["sha256"] == card.parts["rotation"]["sha256"]


REPORT = {"angle": 12.5, "moved": 0.5, "pixels": None}
FORGED = [
    None,
    {},
    {**REPORT, "angle": 361},
    {**REPORT, "angle": "1"},
    {**REPORT, "angle": float("nan")},
    {**REPORT, "moved": -0.1},
    {**REPORT, "pixels": "AAAA"},
    {**REPORT, "pixels": "é"},
    {**REPORT, "pixels": [1]},
]


@pytest.mark.parametrize("report", FORGED)
def test_a_forged_report_changes_nothing(mounted, report):
    reports = []
    image = data.sample("mnist").images[7]
    turning.turning(
        "t",
        "",
        image,
        0,
        0,
        [],
        [0.0],
        np.ones((1, 4)),
        None,
        drawn=False,
        save={},
        on_moved=lambda *one: reports.append(one),
    )
    mounted["on_moved"](report)
    assert reports == []
    mounted["on_moved"](REPORT)
    mounted["on_moved"]({**REPORT, "pixels": mounted["pixels"]})
    assert [one[:2] for one in reports] == [(12.5, 0.5)] * 2
    assert reports[0][2] is None
    assert np.array_equal(reports[1][2], image)


def test_the_rotation_goes_through_the_quarter_turns_of_the_picture():
    card = checkpoints.read("mnist_ssgan")
    picture = np.random.default_rng(0).integers(256, size=(1, 28, 28), dtype=np.uint8)
    chances = ssgan.rotated(card, picture)
    assert chances.sum(1) == pytest.approx(np.ones(73), abs=1e-5)
    for quarter in range(5):
        there = ssgan.rotated(card, np.ascontiguousarray(np.rot90(picture, quarter, (1, 2))))[0]
        assert chances[18 * quarter] == pytest.approx(there, abs=1e-5)
    assert len(ssgan.table(chances)) == 73


@pytest.fixture
def upright(own_caches, monkeypatch):
    """By how many quarter turns a discriminator takes each of 40 upright shipped digits to have been turned."""
    monkeypatch.setattr(ssgan, "DEGREES", ssgan.DEGREES[:1])  # none of the others is asked for here

    def guesses(name, moved):
        card, images = checkpoints.read(name), data.sample("mnist").images[:40]
        return np.concatenate([ssgan.rotated(card, image, moved).argmax(1) for image in images])

    return guesses


@pytest.mark.slow
def test_with_the_shortcut_a_shift_by_one_pixel_changes_the_answer_by_half_a_turn(upright):
    """A shift by one pixel up and left moves the centre of mass to the same place as half a turn."""
    assert (upright("mnist_ssgan_shortcut", 0) == 0).mean() > 0.8
    assert (upright("mnist_ssgan_shortcut", 1) == 2).mean() > 0.8


def test_without_the_shortcut_a_shift_by_one_pixel_changes_little(upright):
    still, moved = upright("mnist_ssgan", 0), upright("mnist_ssgan", 1)
    assert (still == moved).mean() > 0.65
    for guesses in (still, moved):
        assert np.isin(guesses, (0, 2)).mean() > 0.9  # what it takes for upright is upright or upside down


def test_only_the_shortcut_recognises_rotations_of_symmetric_digits():
    honest, short = (checkpoints.read(name).metrics["rotation_accuracy_per_class"] for name in NETWORKS)
    assert min(short) > 0.9
    assert honest[0] < 0.75 < min(honest[2], honest[4], honest[7])


def test_a_verdict_counts_quarter_turns():
    chances = np.full((73, 4), 0.1)
    chances[0, 0] = chances[18, 1] = chances[36, 0] = chances[54, 3] = 0.7
    assert ssgan.correct_quarters(chances) == (
        3,
        "Of the quarter turns of this picture the discriminator recognises 3 of four.",
    )


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
        ((1.0, 1.1, 1.2), (2.0, 2.2, 2.1), "helps here"),
        ((2.0, 2.2, 2.1), (1.0, 1.1, 1.2), "harms here"),
        ((1.0, 2.0, 3.0), (1.1, 2.12, 3.1), "helps here"),  # a tenth of a standard deviation, but at every seed
        ((1.0, 1.1, 1.2), (2.5, 1.2, 1.6), "do not show"),  # more than one, but not at every seed
    ],
)
def test_the_text_on_the_ablation_has_the_paired_interval(on, off, words):
    """Student's interval of three pairs: mean ± 4.303 standard deviations / √3."""
    found, text = ablation.outcome(trial(on, off))
    each = np.subtract(on, off)
    half = 4.30265 * each.std(ddof=1) / 3**0.5
    assert found == pytest.approx((each.mean(), each.mean() - half, each.mean() + half), rel=1e-5)
    assert words in text
    assert f"{found.low:+.2f} to {found.high:+.2f}".replace("-", "−") in text
    assert ablation.csv(trial(on, off)).count("\n") == 13


def test_runs_are_paired_by_their_seed_and_not_by_their_order():
    one = trial((1.0, 2.0, 3.0), (1.1, 2.2, 3.1))
    assert ablation.outcome(one | {"runs": one["runs"][:3] + one["runs"][:2:-1]}) == ablation.outcome(one)


def test_the_page_has_the_paired_interval_of_the_recorded_ablation():
    text = apptest.texts(opened())
    assert ablation.outcome(ablation.read())[1] in text
    assert "larger than the spread" not in text


def test_the_recorded_ablation_is_complete():
    found = ablation.read()
    on, off = ablation.distances(found).values()
    assert on.shape == off.shape
    assert len(on) >= 3
    seeds = [{run["seed"] for run in found["runs"] if run["rotation"] is side} for side in (True, False)]
    assert seeds[0] == seeds[1]


@pytest.mark.parametrize("broken", [False, True])
def test_a_damaged_or_missing_ablation_removes_only_its_section(own_caches, monkeypatch, tmp_path, broken):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    if broken:
        (tmp_path / "ssgan_ablation.json").write_text(json.dumps(trial([1.0], [1.0]))[:30])
    app = opened()
    assert any("cannot be read" in w.value for w in app.warning) is broken
    assert not {"Does the second task help?", "The task, a penalty, or both?"} & {s.value for s in app.subheader}


def test_the_comparison_with_a_penalty_names_what_collapsed():
    app = opened()
    runs = recorded.read("compare_rotation")["runs"]
    collapsed = [run for run in runs if run["metrics"]["effective_classes"] < 1.5]
    said = next(text.value for text in app.markdown if "flat at real digits" in text.value)
    assert said.count("seed") == len(collapsed)
    assert "The task, a penalty, or both?" in [heading.value for heading in app.subheader]
    assert any("of every variant. Lower is better." in text.value for text in app.markdown)
    assert all(f"“{run['words']}”, seed {run['seed']}" in said for run in collapsed)
    assert app.table[-1].value["variant"].tolist() == list({run["variant"]: run["words"] for run in runs}.values())


def test_a_missing_model_is_reported_with_the_way_to_train_it(monkeypatch):
    monkeypatch.setattr(ssgan, "cards", list)
    assert "python -m train mnist_ssgan" in opened().info[0].value


@pytest.mark.slow
def test_the_first_paint_does_not_import_torch():
    apptest.expect_paint_before_torch(
        "training/ssgan",
        "turning",
        "assert mounted[0]['pixels']",
        "assert mounted[0]['chances'] is None",
    )


def test_results_appear_once_torch_is_imported(mounted, torch_to_come):
    opened()
    assert mounted["chances"] is not None
