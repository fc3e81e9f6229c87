"""The Metrics page through app.py: numbers match the metrics, are kept and compared; bad input."""

import dataclasses
import functools
import math
import re

import numpy as np
import pytest
import torch

import checkpoints
import data
from checkpoints import floors
from evaluate import catalogue, inception, inception_cache, measurement, references
from evaluate.features import features, halves
from evaluate.results import Score
from metrics.frechet import frechet_of_features
from metrics.likelihood import importance_log_px
from models.gan import MLPGAN
from models.vae import MLPVAE
from tests import apptest, shipped, slow
from ui import charts, inception_weights, networks
from ui.evaluate import comparisons, counterexamples, job

opened = functools.partial(apptest.opened, "evaluate/metrics", about="mse")  # whose example takes no time


def button(app, label):
    return next(b for b in app.button if b.label == label)


def compute(app, *metrics):
    app.multiselect(key="metrics").set_value(list(metrics)).run()
    button(app, "Compute").click().run()
    assert not app.exception
    return app.session_state["metrics run"]


@pytest.mark.usefixtures("no_sets")  # 1,000 shipped pictures say as much as 10,000
def test_frechet_matches_a_computation_on_the_same_samples(monkeypatch):
    monkeypatch.setattr(measurement, "CHUNK", 100)
    run = compute(opened(model="mnist_vae", samples="150", samples_seed="4"), "frechet")
    (score,) = run.scores
    card, network = checkpoints.read("mnist_vae"), checkpoints.load("mnist_classifier")
    noise = [
        np.random.default_rng([4, done]).standard_normal((count, card.latent)).astype(np.float32)
        for done, count in ((0, 100), (100, 50))
    ]
    ours = features(network, np.concatenate([networks.decode(card, part) for part in noise]))
    assert score.value == pytest.approx(frechet_of_features(ours, shipped.features_of("mnist")), rel=1e-3)
    assert score.floor < score.value
    assert score.spread > 0
    assert "150 samples against 1,000" in score.protocol


QUICK = [name for name in catalogue.METRICS if name not in ("fid", "log_px")]


@pytest.mark.usefixtures("no_sets")
def test_every_metric_is_shown_with_its_protocol_and_kept_for_comparison():
    app = opened(model="mnist_vae", samples="200")
    run = compute(app, *QUICK)
    assert [s.metric for s in run.scores] == QUICK
    assert run.seen == run.total
    values = {s.metric: s for s in run.scores}
    assert 1 <= values["inception_score"].value <= 10
    assert 0 <= values["coverage"].value <= 1
    recorded = checkpoints.read("mnist_vae").metrics
    assert values["mse"].value == pytest.approx(recorded["sample_mse"], rel=0.2)
    assert values["cosine"].value == pytest.approx(recorded["sample_cosine"], rel=0.05)
    assert values["elbo"].value == pytest.approx(recorded["sample_elbo"], rel=0.1)
    assert values["psnr"].value > -10 * np.log10(values["mse"].value)  # the mean of a convex function
    assert len(app.dataframe[0].value) == len(QUICK)
    again = compute(app, "frechet")
    assert again.scores[0].value == values["frechet"].value
    assert len(app.dataframe[0].value) == len(QUICK)
    app.number_input(key="samples_seed").set_value(9).run()
    button(app, "Forget the results").click().run()
    assert not app.exception
    assert not app.dataframe


@pytest.mark.parametrize("samples", ["0", "1", "1000000"])
def test_impossible_numbers_of_samples_are_reported_in_one_sentence(samples):
    app = opened(model="mnist_vae", samples=samples)
    button(app, "Compute").click().run()
    assert not app.exception
    assert len(app.error) == 1
    assert "between 10 and 10,000" in app.error[0].value


def test_a_number_typed_just_before_the_click_is_used():
    """A field that loses the focus by the press: the browser sends the number and the press together."""
    app = opened(model="mnist_vae", samples="20")
    app.multiselect(key="metrics").set_value(["inception_score"])
    app.number_input(key="samples").set_value(12)
    button(app, "Compute").click().run()
    assert not app.exception
    run = app.session_state["metrics run"]
    assert (run.n, run.metrics, run.finished) == (12, ("inception_score",), True)


def test_choosing_no_metric_is_reported_in_one_sentence():
    app = opened(model="mnist_vae")
    app.multiselect(key="metrics").set_value([]).run()
    button(app, "Compute").click().run()
    assert "at least one" in app.error[0].value


def test_cancelling_keeps_earlier_results():
    run = job.Run(checkpoints.read("mnist_vae"), ("frechet",), 10_000, 0)
    run.advance(0.01)
    run.stop()
    assert not run.going
    assert 0 < run.seen < 10_000
    assert run.scores == []


@pytest.mark.parametrize(
    ("total", "doing", "done", "words"),
    [
        (0, "", 0, "waiting for its turn"),
        (1000, "", 0, "loading"),
        (2000, "real pictures", 500, "real pictures 500 of 1,000"),
        (2000, "samples", 750, "samples 750 of 1,000"),
    ],
)
def test_a_computation_says_which_pictures_it_counts(total, doing, done, words):
    run = job.Run(checkpoints.read("mnist_vae"), ("frechet",), 1000, 0)
    run.total = total
    run.begin(doing, 1000, done)
    assert run.words == words


@pytest.mark.slow
def test_two_visitors_compute_at_the_same_time():
    def fresh(seed):
        return job.Run(checkpoints.read("mnist_vae"), ("frechet",), 200, seed)

    runs = [fresh(1), fresh(2)]
    while any(run.going for run in runs):
        for run in (run for run in runs if run.going):
            run.advance(0.001)
    one, two = (run.scores[0].value for run in runs)
    assert one != two
    del runs, run  # whoever asks while the answer is on a screen gets the same work
    alone = fresh(1)
    assert not alone.finished
    alone.advance(60)
    assert alone.scores[0].value == one


def sample(name):
    try:
        return data.sample(name)
    except data.DataError:
        return None


@pytest.fixture
def small(monkeypatch):
    """The shipped pictures, whatever full sets this machine has."""
    monkeypatch.setattr(references, "real", sample)


def finish(card, *metrics, n=50, seed=0):
    run = job.Run(card, metrics, n, seed)
    while run.going:
        run.advance(60)
    return run


@pytest.fixture
def saved(tmp_path):
    """Save a network under a name beside all checkpoints, in a copy of their folder; returns its card."""
    for file in checkpoints.FOLDER.glob("*.*"):
        if file.suffix in (".json", ".safetensors"):
            (tmp_path / file.name).symlink_to(file)

    def save(name, network, family, **arguments):
        card = dataclasses.replace(
            checkpoints.read("mnist_vae"),
            name=name,
            title=name,
            family=family,
            model=f"models.{family}.{type(network).__name__}",
            arguments=arguments,
            latent=network.latent,
        )
        return checkpoints.save(network, card)

    with apptest.with_checkpoints(tmp_path):
        yield save


def test_log_px_matches_the_metric(small, monkeypatch):
    monkeypatch.setattr(measurement, "CODES", 50)
    run = finish(checkpoints.read("binarized_mnist_vae"), "log_px", n=12)
    images = torch.from_numpy(references.some(data.sample("binarized_mnist").images, 12)).float() / 255
    expected = importance_log_px(checkpoints.load("binarized_mnist_vae"), images, 50)
    (score,) = run.scores
    assert score.value == pytest.approx(expected.mean().item(), rel=1e-5)
    assert score.spread == pytest.approx((expected.std() / 12**0.5).item(), rel=1e-3)
    assert "K = 50" in score.protocol


def test_a_number_above_the_available_pictures_is_reported(small):
    (score,) = finish(checkpoints.read("mnist_vae"), "mse", n=5000).scores
    assert "1,000 shipped MNIST pictures, all that are here instead of 5,000" in score.protocol


def test_few_pictures_of_a_sorted_set_are_of_all_classes(small, monkeypatch):
    """The shipped sprites come shape by shape, and the published test digits in black and white digit by digit."""
    sprites = data.sample("dsprites")
    assert len(set(sprites.labels[:100])) == 1
    known = {picture.tobytes(): label for picture, label in zip(sprites.images, sprites.labels, strict=True)}
    labels = np.array([known[picture.tobytes()] for picture in references.some(sprites.images, 100)])
    assert np.bincount(labels) / 100 == pytest.approx(np.full(3, 1 / 3), abs=0.15)
    assert references.some(sprites.images, 1000) is sprites.images
    seen = []
    monkeypatch.setattr(measurement, "reconstruct", lambda network, x: seen.append(x) or x)
    finish(checkpoints.read("dsprites_vae"), "mse", n=100)
    shown = torch.cat(seen).mul(255).round().byte().numpy()
    assert np.array_equal(shown, references.some(sprites.images, 100))


def test_a_gan_is_scored_and_has_no_reconstruction(saved, small):
    torch.manual_seed(0)
    saved("tiny_gan", MLPGAN(8, widths=(16,)), "gan", latent=8, widths=[16])
    app = opened(model="tiny_gan", samples="50")
    assert app.selectbox(key="model").value == "tiny_gan"
    run = compute(app, "frechet", "mse", "elbo")
    assert [s.metric for s in run.scores] == ["frechet"]
    told = [c.value for c in app.caption]
    assert "Not for this model: MSE, ELBO, since only a VAE has an encoder and a likelihood." in told
    app.multiselect(key="metrics").set_value(["mse"]).run()
    button(app, "Compute").click().run()
    assert "only a VAE" in app.error[0].value


def test_log_px_of_a_gaussian_likelihood_is_omitted_with_a_sentence(saved, small):
    card = saved("tiny_vae", MLPVAE(4, 8, variance=0.1), "vae", latent=4, hidden=8, variance=0.1)
    run = finish(card, "mse", "log_px")
    assert [s.metric for s in run.scores] == ["mse"]
    assert "likelihood is a Gaussian" in run.notes[0]
    assert run.problem is None


@pytest.mark.parametrize(("value", "words"), [(math.nan, "NaN"), (0.0, None)])
def test_a_broken_network_is_an_error_and_a_constant_one_has_numbers(saved, small, value, words):
    network = MLPGAN(8, widths=(16,))
    for parameter in network.parameters():
        parameter.data.fill_(value)
    names = ("frechet", "frechet_infinite", "kid", "inception_score", "density", "coverage")
    run = finish(saved("broken_gan", network, "gan", latent=8, widths=[16]), *names)
    if words:
        assert run.scores == []
        assert words in run.problem
    else:
        values = {s.metric: s.value for s in run.scores}
        assert run.problem is None
        assert tuple(values) == names
        assert values["frechet"] > 1
        assert values["inception_score"] == pytest.approx(1, abs=1e-6)
        assert values["density"] == values["coverage"] == 0


def test_missing_fid_weights_are_reported_and_other_metrics_are_computed(monkeypatch):
    monkeypatch.setattr(inception, "available", lambda: False)
    app = opened(model="mnist_vae", samples="50")
    run = compute(app, "frechet", "fid")
    assert [s.metric for s in run.scores] == ["frechet"]
    assert any("FID needs Inception's weights" in info.value for info in app.info)
    assert button(app, "Download the weights")
    app.multiselect(key="metrics").set_value(["fid"]).run()
    button(app, "Compute").click().run()
    assert "Inception's weights are not on this machine" in app.error[0].value


class TwoByTwo:
    """Replaces Inception: features that can be checked."""

    def features(self, x):
        return torch.nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)


@pytest.fixture
def eyes(own_caches, monkeypatch, tmp_path):
    monkeypatch.setattr(inception, "available", lambda: True)
    monkeypatch.setattr(inception_weights, "network", TwoByTwo)
    monkeypatch.setattr(inception_weights, "loaded", lambda: True)
    monkeypatch.setattr(inception_cache, "cache", lambda: tmp_path)
    monkeypatch.setattr(measurement, "known_features", functools.cache(measurement.known_features.__wrapped__))


def test_fid_is_the_distance_of_inception_features(eyes, small):
    card = checkpoints.read("mnist_vae")
    (score,) = finish(card, "fid").scores
    noise = np.random.default_rng([0, 0]).standard_normal((50, card.latent)).astype(np.float32)
    real = references.some(data.sample("mnist").images, 50)
    tables = [features(TwoByTwo(), part) for part in (networks.decode(card, noise), real)]
    assert score.value == pytest.approx(frechet_of_features(*tables), rel=1e-4)
    assert "50 samples against 50 MNIST pictures, features of Inception" in score.protocol


def test_damaged_weights_are_reported_and_other_results_are_kept(own_caches, small, monkeypatch, tmp_path):
    (tmp_path / "weights.pth").write_bytes(b"cut")
    monkeypatch.setenv("LATENT_LAB_INCEPTION", str(tmp_path / "weights.pth"))
    run = finish(checkpoints.read("mnist_vae"), "frechet", "fid")
    assert [s.metric for s in run.scores] == ["frechet"]
    assert "its sha256 differs" in run.problem


def test_a_cancelled_fid_has_no_value_and_earlier_results_are_kept(eyes, small):
    card = checkpoints.read("mnist_vae")
    run = job.Run(card, ("fid",), 100, 0)
    for _ in range(30):
        run.advance(0)  # one step each
    run.stop()
    assert 0 < run.seen < run.total
    assert run.scores == []
    again = job.Run(card, ("fid",), 100, 1)
    again.advance(0)
    assert 100 < again.total < 200  # samples, and real pictures without cached features


def test_running_estimates_end_at_the_result(small):
    run = finish(checkpoints.read("mnist_vae"), "frechet", "kid", n=300)
    counts, values = zip(*run.trail["frechet"], strict=True)
    assert list(counts) == sorted(set(counts))
    assert counts[-1] == 300
    assert values[0] > values[-1] == run.scores[0].value


@pytest.mark.slow
def test_the_spread_of_kid_matches_that_of_new_samples(small):
    runs = [finish(checkpoints.read("mnist_vae"), "kid", n=200, seed=seed) for seed in range(8)]
    values, spreads = zip(*((run.scores[0].value, run.scores[0].spread) for run in runs), strict=True)
    assert np.mean(spreads) / np.std(values, ddof=1) == pytest.approx(1, abs=0.6)


@pytest.mark.parametrize(("n", "name"), [(200, "frechet"), (200, "coverage"), (500, "inception_score")])
def test_real_pictures_that_replace_samples_have_the_same_number(small, n, name):
    (score,) = finish(checkpoints.read("mnist_vae"), name, n=n).scores
    floor = floors.at("mnist", 1000, n, name)
    assert score.floor == floor.value
    assert score.floor_words == floor.words
    assert f"{n:,} others in place of the samples, against the same 1,000" in score.floor_words


def test_floors_for_other_numbers_are_measured_on_other_real_pictures(small, monkeypatch):
    shipped_digits = data.sample("mnist").images
    others = np.ascontiguousarray(shipped_digits[::-1, :, ::-1])
    monkeypatch.setattr(references, "others", lambda name, count: others[:count])
    kept = measurement.known_features
    monkeypatch.setattr(measurement, "known_features", lambda *key: [] if "others" in key[1] else kept(*key))
    (score,) = finish(checkpoints.read("mnist_vae"), "frechet", n=130).scores
    network = checkpoints.load("mnist_classifier")
    expected = frechet_of_features(features(network, others[:130]), shipped.features_of("mnist"))
    assert score.floor == pytest.approx(expected, rel=1e-4)
    assert "130 others" in score.floor_words


def test_floors_from_halves_are_labelled_as_halves(small, monkeypatch):
    monkeypatch.setattr(references, "others", lambda name, count: None)
    (score,) = finish(checkpoints.read("mnist_vae"), "frechet", n=130).scores
    assert "only 500 against 500 others" in score.floor_words
    assert score.floor == pytest.approx(frechet_of_features(*halves(shipped.features_of("mnist"))), rel=1e-4)


def test_pictures_of_a_sorted_split_are_drawn_from_the_whole_split(monkeypatch):
    """Emojis come in the order of their names, the first thousand of which are alike."""
    ordered = np.repeat(np.arange(250, dtype=np.uint8), 12 * 3 * 32 * 32).reshape(3000, 3, 32, 32)
    full = data.Images("emoji", "train", ordered, None, (), "full", "", sorted=True)
    monkeypatch.setattr(data, "load", lambda name, split: full)
    monkeypatch.setattr(data, "state", lambda name, split: "full")
    references._pictures.cache_clear()
    references._others.cache_clear()
    real, others = references.real("emoji"), references.others("emoji", 2000)
    assert len(real) == 1000
    assert real.images.mean() == pytest.approx(ordered.mean(), rel=0.05)
    assert others is not None
    assert np.array_equal(np.sort(np.concatenate([real.images, others]), 0), ordered)
    assert references.others("emoji", 2001) is None
    references._pictures.cache_clear()
    references._others.cache_clear()


def test_other_real_pictures_are_not_in_the_comparison_set(monkeypatch):
    """A train set of the shipped digits and of as many upside down."""
    sample = data.sample("mnist")
    upside_down = np.ascontiguousarray(sample.images[:, :, ::-1])
    both = np.concatenate([sample.images, upside_down])
    full = dataclasses.replace(sample, images=both, labels=None, source="full", indices=None)
    monkeypatch.setattr(references, "real", lambda name: dataclasses.replace(sample, indices=np.arange(1000)))
    monkeypatch.setattr(data, "load", lambda name, split: full)
    monkeypatch.setattr(data, "state", lambda name, split: "full")
    references._others.cache_clear()
    others = references.others("mnist", 900)
    assert len({picture.tobytes() for picture in others}) == 900
    assert {picture.tobytes() for picture in others} <= {picture.tobytes() for picture in upside_down}
    assert references.others("mnist", 1001) is None
    references._others.cache_clear()


class TestComparisons:
    @pytest.mark.parametrize("metric", comparisons.RECORDED)
    def test_every_recorded_figure_has_a_line_and_a_group_has_one_protocol(self, metric):
        cards, pattern = comparisons.with_figures(), comparisons.RECORDED[metric]
        groups = comparisons.of_recorded(cards, metric)
        expected = [card.metrics[key] for card in cards for key in card.metrics if re.fullmatch(pattern, key)]
        lines = [line for group in groups for line in group.lines if not line.real]
        assert sorted(line.value for line in lines) == sorted(expected)
        assert len({(group.title, group.words) for group in groups}) == len(groups)
        for group in groups:
            assert sum(line.real for line in group.lines) <= 1
            others = [line for line in group.lines if not line.real]
            without = {line.title for line in others if line.pictures is None}  # no samples with classes are recorded
            assert without == {line.title for line in others} & {"Flow on the codes of the VAE, every class asked for"}
            assert list(group.lines[-len(others) :]) == others  # real pictures stand first
            best_first = sorted([line.value for line in others], reverse=catalogue.METRICS[metric].better == "higher")
            assert [line.value for line in others] == best_first

    def test_every_fid_of_a_card_has_a_line_for_any_number_of_samples(self):
        cards = comparisons.with_figures()
        own = [{key: card.metrics[key] for key in card.metrics if key.startswith("fid_")} for card in cards]
        expected = [value for fids in own for key, value in fids.items() if not re.search("floor|spread", key)]
        lines = [line for group in comparisons.of_recorded(cards, "fid") for line in group.lines if not line.real]
        assert sorted(line.value for line in lines) == sorted(expected)

    def test_prior_mixture_and_flow_with_one_protocol_are_in_one_group(self):
        groups = comparisons.of_recorded(comparisons.with_figures(), "frechet")
        (kana,) = [group for group in groups if group.title == "Kuzushiji-MNIST"]
        vae, flow = (checkpoints.read(name).metrics for name in ("kmnist_vae", "kmnist_latent_flow"))
        expected = {vae[f"frechet_kmnist_{codes}_10k"] for codes in ("prior", "mixture")}
        expected |= {flow[f"frechet_kmnist_10k{ending}"] for ending in ("", "_classes")}
        assert {line.value for line in kana.lines if not line.real} == expected
        assert kana.words.startswith("10,000 samples against 10,000 real pictures, 9,000 of which")
        (sprites,) = [group for group in groups if group.title == "dSprites"]
        assert "(means of p(x|z), as the app shows them)" in sprites.words  # of all of them

    @pytest.mark.parametrize(
        ("other", "count"),
        [
            ("codes from a mixture: 100 decoded codes against 50 real pictures, features of a", 1),
            ("100 samples (means of p(x|z)) against 50 real pictures, features of a", 1),
            ("200 samples against 50 real pictures, features of a", 2),
            ("100 samples against 60 real pictures, features of a", 2),
            ("100 samples against 50 real pictures, features of b", 2),
            ("100 samples against 50 random real pictures, features of a", 2),
        ],
    )
    def test_groups_depend_on_network_numbers_and_real_pictures_only(self, other, count):
        card, key = checkpoints.read("mnist_gan"), "frechet_mnist_10k"
        how = ("100 samples against 50 real pictures, features of a", other)
        cards = [dataclasses.replace(card, metrics={key: 1.0}, protocol={key: words}) for words in how]
        assert len(comparisons.of_recorded(cards, "frechet")) == count

    @pytest.mark.parametrize("metric", ["frechet", "fid", "kid"])
    def test_a_group_says_if_its_floor_uses_fewer_pictures(self, metric):
        """Of the first number of the protocol and that of the floor: as many, or fewer."""
        groups = comparisons.of_recorded(comparisons.with_figures(), metric)
        notes = [(group, line.note) for group in groups for line in group.lines if line.real]
        assert len(notes) == len(groups)
        for group, note in notes:
            samples, real = (int(words.split(" ")[0].replace(",", "")) for words in (group.words, note))
            assert ("of half the number" in note) == (real < samples)
            assert ("too high" in note) == (real < samples and metric != "kid")
        halves = {group.title for group, note in notes if "of half the number" in note}
        assert halves == ({"Emojis"} if metric == "fid" else {"Kuzushiji-MNIST", "Emojis"})

    @pytest.mark.parametrize("values", [[-0.4], [-0.4, -0.1], [0.0], [-0.4, 0.3], [0.2, 0.3]])
    def test_a_linear_axis_has_zero_and_every_value(self, values):
        lines = tuple(comparisons.Line("a", value) for value in values)  # an estimate of KID may be negative
        place, words = comparisons._axis(comparisons.Group("set", "how", "kid", lines))
        low, high = min(0, *values), max(0, *values)
        assert place(low) == 0
        assert 0 <= place(high) < 100
        assert [place(value) for value in sorted({0, *values})] == sorted({place(value) for value in (0, *values)})
        assert words.startswith(f"Axis: {low:g} to ".replace("-", "−"))

    def test_no_axis_has_an_exponent(self):
        app = opened()
        app.button_group(key="compared").set_value("fid").run()
        page = "".join(element.proto.body for element in app.get("html"))
        assert re.findall(r"Axis: logarithmic, (\S+) to (\S+)\.<", page)
        assert not re.search(r"\de[+-]\d", page)

    def test_the_page_opens_with_recorded_figures_without_measuring(self):
        app = opened()
        page = "".join(element.proto.body for element in app.get("html"))
        assert "PixelShuffle GAN" in page
        assert "features of the MNIST classifier" in page
        assert "mnist_classifier" not in page
        assert f"background:{charts.REAL}" in page
        assert f"background:{charts.GENERATED}" in page
        assert app.session_state["scores"] == {}
        line = re.search(r"\.track s \{(.*?)\}", page, re.DOTALL)[1]  # of real pictures, in an unmixed colour: it has
        assert f"background: {charts.REAL}" in line  # enough contrast in both themes (tests/ui/test_charts.py)
        assert "opacity" not in line

    def test_models_measured_differently_are_in_separate_groups(self):
        cards = {name: checkpoints.read(name) for name in ("mnist_gan", "mnist_vae", "fashion_wgan")}

        def score(model, n, network, value):
            return Score(model, "frechet", value, 0.1, 0.05, f"{n} samples against 1,000 pictures, {network}", "others")

        scores = [
            score("mnist_vae", "100", "a", 2.0),
            score("mnist_gan", "100", "a", 1.0),
            score("mnist_vae", "200", "a", 3.0),
            score("fashion_wgan", "100", "b", 4.0),
        ]
        groups = comparisons.of_scores(scores, {}, cards)
        values = [[line.value for line in group.lines] for group in groups]
        assert values == [[0.05, 1.0, 2.0], [0.05, 3.0], [0.05, 4.0]]

    def test_a_dot_is_at_its_value_on_the_axis(self, monkeypatch):
        drawn = []
        monkeypatch.setattr(comparisons.st, "html", drawn.append)
        lines = comparisons.Line("real", 0.0, real=True), comparisons.Line("<script>", 0.5), comparisons.Line("c", 1.0)
        comparisons.show([comparisons.Group("a", "b", "coverage", lines)])
        places = [float(place) for place in re.findall(r"<i style='left:([\d.]+)%", drawn[0])]
        assert places == pytest.approx([0, 100 * 0.5 / 1.05, 100 / 1.05], abs=0.06)
        assert "<script>" not in drawn[0]
        assert "&lt;script&gt;" in drawn[0]


def test_presets_set_the_number_of_samples():
    app = opened(model="mnist_vae")
    button(app, "Full: 10,000").click().run()
    assert app.number_input(key="samples").value == 10_000
    button(app, "Quick: 1,000").click().run()
    assert app.number_input(key="samples").value == 1000


@pytest.mark.parametrize("name", slow.all_but({"kid", "mse"}, [name for name in catalogue.METRICS if name != "fid"]))
def test_every_metric_prefers_the_worse_pictures(name):
    good, worse = counterexamples.value(name, "good"), counterexamples.value(name, "worse")
    assert (worse < good) == (catalogue.METRICS[name].better == "lower")
    assert worse != good
    app = opened(about=name)
    told = [m.value for m in app.markdown]
    assert any(f"**{catalogue.METRICS[name].title} {worse:.3g}**".replace("-", "−") in text for text in told)


def test_failures_of_fid_are_measured_only_on_request(own_caches, monkeypatch):
    monkeypatch.setattr(inception, "available", lambda: True)
    monkeypatch.setattr(inception_weights, "network", TwoByTwo)
    app = opened(about="fid")
    assert not any("**FID " in m.value for m in app.markdown)
    button(app, "Measure both").click().run()
    assert not app.exception
    assert sum("**FID " in m.value for m in app.markdown) == 2
