"""The Metrics page through app.py: numbers as the metrics give them, kept and compared, and bad input."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import checkpoints
from metrics.features import features
from metrics.frechet import frechet_of_features
from ui import fooled, measures, pick, scores, weights


def opened(**query):
    app = AppTest.from_file("../app.py", default_timeout=120).switch_page("views/evaluate/metrics.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def button(app, label):
    return next(b for b in app.button if b.label == label)


def compute(app, *metrics):
    app.multiselect(key="metrics").set_value(list(metrics)).run()
    button(app, "Compute").click().run()
    assert not app.exception
    return app.session_state["metrics run"]


def test_frechet_is_that_of_the_same_samples():
    run = compute(opened(model="mnist_vae", samples="300", samples_seed="4"), "frechet")
    (score,) = run.scores
    card, network = checkpoints.read("mnist_vae"), checkpoints.load("mnist_classifier")
    noise = [
        np.random.default_rng([4, done]).standard_normal((count, card.latent), np.float32)
        for done, count in ((0, 250), (250, 50))
    ]
    ours = features(network, np.concatenate([pick.decode(card, part) for part in noise]))
    truth = features(network, measures.real("mnist").images)
    assert score.value == pytest.approx(frechet_of_features(ours, truth), rel=1e-3)
    assert score.floor < score.value
    assert score.spread > 0
    assert "300 samples" in score.protocol


QUICK = [name for name in measures.METRICS if name not in ("fid", "log_px")]


def test_every_metric_comes_with_its_protocol_and_stays_for_comparison():
    app = opened(model="mnist_vae", samples="200")
    run = compute(app, *QUICK)
    assert [s.metric for s in run.scores] == QUICK
    assert run.done == run.total
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
def test_numbers_of_samples_that_cannot_be_are_one_sentence(samples):
    app = opened(model="mnist_vae", samples=samples)
    button(app, "Compute").click().run()
    assert not app.exception
    assert len(app.error) == 1
    assert "between 10 and 10,000" in app.error[0].value


def test_no_metric_is_one_sentence():
    app = opened(model="mnist_vae")
    app.multiselect(key="metrics").set_value([]).run()
    button(app, "Compute").click().run()
    assert "at least one" in app.error[0].value


def test_cancel_keeps_what_was_there():
    run = scores.Run(checkpoints.read("mnist_vae"), ("frechet",), 10_000, 0)
    run.advance(0.01)
    run.stop()
    assert not run.going
    assert 0 < run.done < 10_000
    assert run.scores == []


def test_two_people_compute_side_by_side():
    def fresh(seed):
        return scores.Run(checkpoints.read("mnist_vae"), ("frechet",), 500, seed)

    runs = [fresh(1), fresh(2)]
    while any(run.going for run in runs):
        for run in (run for run in runs if run.going):
            run.advance(0.001)
    one, two = (run.scores[0].value for run in runs)
    assert one != two
    alone = fresh(1)
    alone.advance(60)
    assert alone.scores[0].value == one
