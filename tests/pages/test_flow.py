"""The Flow page through app.py: released controls, the server's answers, bad links, recorded curves, encoding."""

import base64
import functools
import json

import numpy as np
import pytest
import torch

import checkpoints
import data
import models.flow
from checkpoints import recorded
from models.ode import evaluations
from tests import apptest
from ui.components import flow as component
from ui.components import round_trip as backwards
from ui.explore import families, flow, guidance, round_trip

opened = functools.partial(apptest.opened, "explore/flow")
CARD = checkpoints.read("mnist_flow")
FIRST = {"t": 1, "chosen": 2, "label": "each", "solver": "midpoint", "steps": 10, "guidance": 1}
GOOD = {"t": 0.5, "chosen": 3, "label": "7", "solver": "euler", "steps": 2, "guidance": -1.5, "server": True}


sent = apptest.sent_to(component)


def pictures(answer):
    """(moments, PICTURES, 1, 28, 28) uint8"""
    raw = base64.b64decode(answer["pictures"])
    return np.frombuffer(raw, np.uint8).reshape(-1, flow.PICTURES, 1, 28, 28)


def test_the_first_paint_shows_recorded_pictures_without_waiting():
    apptest.expect_paint_before_torch(
        "explore/flow", "flow", "assert mounted[0]['stored']['pictures']", "assert mounted[0]['answer'] is None"
    )


def test_the_page_says_what_to_look_for_and_sends_the_recording(sent):
    app = opened()
    assert not app.warning
    assert not app.error
    assert "Look for" in app.markdown[0].value
    message = sent[-1][0]
    assert message["network"]["part"] == "velocity"
    assert pictures(message["stored"]).shape == (11, 10, 1, 28, 28)
    noise = np.frombuffer(base64.b64decode(message["noise"]), np.float32).reshape(10, 784)
    assert np.array_equal(noise, checkpoints.preview(CARD.name)["codes"][:10])
    assert message["view"] == FIRST


def test_the_mean_of_a_class_matches_its_shipped_pictures():
    shipped, means = data.sample("mnist"), flow.means("mnist")
    assert means.keys() == set(range(11))
    for digit in (0, 7):
        own = shipped.images[shipped.labels == digit].astype(float)
        assert np.abs(means[digit][0] - own.mean(0)).max() <= 0.5
        assert means[digit][1] == f"{len(own)} real pictures of class {digit}"
    assert np.abs(means[10][0] - shipped.images.astype(float).mean(0)).max() <= 0.5


def test_released_controls_are_restored_by_the_link(sent):
    app = opened()
    sent[-1][1]["on_view"](GOOD | {"server": False})
    kept = {"time": 0.5, "picture": 3, "class": "7", "method": "euler", "flow_steps": 2, "guidance": -1.5}
    app.session_state[flow.url.reported.KEPT] = {key: (None, value) for key, value in kept.items()}
    app.run()
    address = apptest.address(app)
    wanted = {"time": "0.5", "picture": "3", "class": "7", "method": "euler", "flow_steps": "2", "guidance": "-1.5"}
    assert wanted.items() <= address.items()
    again = opened(**wanted)
    assert not again.warning
    assert sent[-1][0]["view"] == {name: value for name, value in GOOD.items() if name != "server"}
    assert sent[-1][0]["answer"] is None  # the browser draws


def test_a_browser_without_the_network_gets_pictures_from_the_server(sent):
    app = opened(noise="5", **{"class": "7"}, method="euler", flow_steps="2", guidance="-1.5")
    assert sent[-1][0]["stored"] is None  # recorded are those of one noise
    app.session_state[flow.SERVER] = True
    app.run()
    message = sent[-1][0]
    assert message["answer"]["view"] == {"label": "7", "solver": "euler", "steps": 2, "guidance": -1.5}
    z = torch.from_numpy(np.frombuffer(base64.b64decode(message["noise"]), np.float32).reshape(10, 784).copy())
    with torch.no_grad():
        wanted = checkpoints.load(CARD.name).generate(z, torch.full((10,), 7), -1.5, 2, "euler")
    off = np.abs(pictures(message["answer"])[-1] - 255 * (wanted * 0.5 + 0.5).clamp(0, 1).numpy())
    assert off.max() <= 1


@pytest.mark.parametrize(("label", "classes"), [("each", range(10)), ("any", None), ("3", [3] * 10)])
def test_the_requested_classes_are_generated(label, classes):
    way = flow.Way(label=label, solver="euler", steps=1)
    z = torch.from_numpy(flow.noise(CARD, 2))
    asked = None if classes is None else torch.tensor(list(classes))
    with torch.no_grad():
        wanted = checkpoints.load(CARD.name).generate(z, asked, steps=1, solver="euler")
    off = flow.paths(CARD, way, 2)[-1] - 255 * (wanted * 0.5 + 0.5).clamp(0, 1).numpy()
    assert np.abs(off).max() <= 1


@pytest.mark.parametrize(
    "report",
    [
        None,
        {},
        GOOD | {"t": 1.5},
        GOOD | {"t": float("nan")},
        GOOD | {"label": "10"},
        GOOD | {"label": 7},
        GOOD | {"label": ["7"]},
        GOOD | {"solver": "rk45"},
        GOOD | {"steps": 1000},
        GOOD | {"steps": 0},
        GOOD | {"steps": [2]},
        GOOD | {"guidance": 50},
        GOOD | {"guidance": "x"},
        GOOD | {"chosen": 10},
        GOOD | {"chosen": None},
    ],
)
def test_impossible_reports_are_ignored(report, sent, monkeypatch):
    opened()
    kept = []
    monkeypatch.setattr(flow.url, "keep", lambda *what: kept.append(what))
    sent[-1][1]["on_view"](report)
    assert kept == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("guidance", "50"),
        ("guidance", "nan"),
        ("flow_steps", "1000"),
        ("flow_steps", "0"),
        ("time", "2"),
        ("class", "17"),
        ("method", "rk4"),
        ("picture", "99"),
        ("noise", "-1"),
        ("model", "mars"),
    ],
)
def test_invalid_links_are_reported_in_one_sentence(key, value, sent):
    app = opened(**{key: value})
    assert not app.error
    assert len(app.warning) == 1
    assert "his link" in app.warning[0].value
    assert sent[-1][0]["view"] == FIRST


@pytest.mark.parametrize(("asked", "given"), [("1", 1), ("7", 6), ("20", 20), ("0.2e1", 2)])
def test_numbers_of_steps_match_the_slider(asked, given, sent):
    assert not opened(flow_steps=asked).warning
    assert sent[-1][0]["view"]["steps"] == given


@pytest.mark.parametrize("guidance", ["0", "-2", "10"])
def test_guidance_at_both_ends_gives_pictures(guidance, sent):
    app = opened(guidance=guidance, flow_steps="1", **{"class": "0"})
    assert not app.warning
    app.session_state[flow.SERVER] = True
    app.run()
    assert not app.exception
    assert pictures(sent[-1][0]["answer"])[-1].std() > 1


def rows(app):
    return app.table[0].value


def test_passes_without_a_recording_come_from_the_card():
    model = checkpoints.load(CARD.name)
    assert CARD.kind.passes == evaluations("midpoint", models.flow.STEPS, limited=model.limit is not None)


def test_families_are_shown_side_by_side_with_the_figures_of_their_cards(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    app = opened()
    table = rows(app)
    assert table[""].tolist() == ["VAE", "GAN", "Flow"]
    assert any(caption.value.startswith("A lower distance is better.") for caption in app.caption)
    assert table["passes of the network"].tolist() == [1, 1, 19]
    for place, name in ((1, "mnist_gan"), (2, "mnist_flow")):
        value = float(table["Fréchet distance"][place].split()[0])
        assert value == pytest.approx(checkpoints.read(name).metrics["frechet_mnist_10k"], rel=0.01)
    assert "How many steps are enough" not in [heading.value for heading in app.subheader]


def recording(sha256=CARD.sha256, **more):
    """As train.recordings.flow_steps stores it."""
    ways = [
        {
            "solver": solver,
            "steps": steps,
            "evaluations": count,
            "frechet": 15 / count,
            "frechet_spread": 0.1,
            "milliseconds": 4.0 * count,
        }
        for solver, steps, count in [("euler", 1, 1), ("euler", 5, 5), ("midpoint", 2, 3), ("midpoint", 8, 15)]
    ]
    other = checkpoints.read("mnist_vae")
    beside = {"mnist_vae": {"sha256": other.sha256, "milliseconds": 1.5, "frechet": 3.25, "frechet_spread": 0.2}}
    beside["mnist_gan"] = beside["mnist_vae"] | {"sha256": "of other weights"}
    row = {"sha256": sha256, "network": "mnist_classifier", "against": 10_000}
    return {"samples": 2000, "seeds": 5, "flows": {CARD.name: row | {"ways": ways, "beside": beside} | more}}


def recorded_in(folder, monkeypatch, values, name="flow_steps"):
    text = values if isinstance(values, str) else json.dumps(values)
    (folder / f"{name}.json").write_text(text)
    monkeypatch.setattr(recorded, "FOLDER", folder)


def test_recorded_curves_are_drawn_and_their_figures_replace_those_of_the_cards(monkeypatch, tmp_path):
    recorded_in(tmp_path, monkeypatch, recording())
    app = opened()
    assert "How many steps are enough" in [heading.value for heading in app.subheader]
    table = rows(app)
    assert table["Fréchet distance"].tolist()[::2] == ["3.25\u00a0±\u00a00.20", "1.00\u00a0±\u00a00.10"]
    assert table["time of a picture"].tolist()[::2] == ["1.5 ms", "60 ms"]
    assert table["passes of the network"].tolist() == [1, 1, 15]  # those of the path with this distance and this time
    assert "0.06" in table["Fréchet distance"][1]  # of other weights, so that the card says it
    figure, curves = families.curves(CARD, families.steps_of(CARD))
    euler, midpoint = figure.data[:2]
    assert [trace.name for trace in figure.data] == ["Euler", "midpoint"]  # and no empty one of Heun
    assert list(euler.x) == [1, 3, 5, 15]
    assert list(euler.y) == [15, None, 3, None]
    assert list(midpoint.y) == [None, 5, None, 1]
    assert len(curves) == 4


@pytest.mark.parametrize("values", [recording(sha256="of other weights"), {"samples": 1, "seeds": 1, "flows": {}}])
def test_a_recording_of_other_weights_is_not_shown(values, monkeypatch, tmp_path):
    recorded_in(tmp_path, monkeypatch, values)
    app = opened()
    assert not app.warning
    assert "How many steps are enough" not in [heading.value for heading in app.subheader]


def guided(sha256=CARD.sha256):
    """As train.recordings.guidance stores it."""
    figures = [(0.0, 0.9, 1.0, 0.1), (1.0, 0.4, 0.9, 0.9), (3.0, 0.6, 0.5, 1.0)]
    names = ("guidance", "frechet", "variety", "asked")
    rows = [dict(zip(names, values, strict=True)) for values in figures]
    row = {"sha256": sha256, "network": "mnist_classifier", "against": 10_000, "rows": rows}
    return {"samples": 1000, "seeds": 5, "flows": {CARD.name: row}}


def test_distance_class_and_variety_are_drawn_against_guidance(monkeypatch, tmp_path):
    recorded_in(tmp_path, monkeypatch, guided(), "guidance")
    app = opened()
    assert "What guidance gives and takes" in [heading.value for heading in app.subheader]
    recording = guidance.of(CARD)
    assert recording is not None
    (samples,) = guidance.distances(CARD, recording).data  # without a recorded floor no line of real pictures
    assert list(samples.x) == [0, 1, 3]
    assert list(samples.y) == [0.9, 0.4, 0.6]
    assert [list(trace.y) for trace in guidance.shares(recording).data] == [[0.1, 0.9, 1.0], [1.0, 0.9, 0.5]]


def test_guidance_of_other_weights_is_not_shown(monkeypatch, tmp_path):
    recorded_in(tmp_path, monkeypatch, guided("of other weights"), "guidance")
    assert "What guidance gives and takes" not in [heading.value for heading in opened().subheader]


@pytest.mark.parametrize("name", ["flow_steps", "guidance"])
@pytest.mark.parametrize("values", ["{", "[]", "{}"])
def test_a_damaged_recording_is_reported_in_one_sentence(name, values, monkeypatch, tmp_path):
    recorded_in(tmp_path, monkeypatch, values, name)
    app = opened()
    assert len(app.warning) == 1
    assert "restore" in app.warning[0].value


def test_a_picture_is_encoded_as_noise_and_reconstructed(monkeypatch):
    mounted = apptest.mountings(monkeypatch, backwards)
    opened(image="4")
    message = mounted[-1][0]
    code = np.frombuffer(base64.b64decode(message["official"]["code"]), np.float32)
    image = data.sample("mnist").images[4]
    with torch.no_grad():
        wanted = checkpoints.load(CARD.name).code(torch.from_numpy(image[None]).float() / 255)
    assert code == pytest.approx(wanted[0].numpy(), abs=1e-3)
    again = np.frombuffer(base64.b64decode(message["official"]["picture"]), np.uint8).reshape(image.shape)
    assert np.abs(again.astype(int) - image).mean() < 3
    assert message["usual"] == CARD.metrics["code_length"]


def test_a_drawing_is_encoded_and_invalid_input_is_ignored(monkeypatch):
    mounted = apptest.mountings(monkeypatch, backwards)
    app = opened(image="4")
    before, drawn = mounted[-1], np.zeros((1, 28, 28), np.uint8)
    drawn[0, 10:20, 14] = 255
    for nonsense in ("no base64!", base64.b64encode(b"short").decode(), None, 7):
        before[1]["on_drawn"](nonsense)
    key = "round trip: what was drawn, and on which picture"
    digest = app.session_state[key][0]
    app.session_state[key] = (digest, drawn)
    app.run()
    assert mounted[-1][0]["pixels"] == base64.b64encode(drawn.tobytes()).decode()
    assert mounted[-1][0]["official"]["code"] != before[0]["official"]["code"]


def odd_pictures():
    random = np.random.default_rng(0)
    return {
        "white noise": random.integers(256, size=(1, 28, 28), dtype=np.uint8),
        "a white page": np.full((1, 28, 28), 255, np.uint8),
        "a garment, as a photograph becomes": data.sample("fashion_mnist").images[1],
    }


@pytest.mark.parametrize("name", odd_pictures())
def test_a_picture_unlike_a_digit_has_a_longer_code_or_a_large_error(name):
    image, digit = odd_pictures()[name], data.sample("mnist").images[4]
    code, again = round_trip.back(CARD, image)
    assert np.isfinite(code).all()
    errors = [
        np.square(x.astype(float) - y).mean() for x, y in ((again, image), (round_trip.back(CARD, digit)[1], digit))
    ]
    assert np.linalg.norm(code) / 28 > 1.2 * CARD.metrics["code_length"] or errors[0] > 25 * errors[1]


def test_the_page_asks_for_a_picture_if_there_is_none():
    app = opened(image_from="upload")
    assert "its noise appears here" in app.info[0].value


def test_a_missing_flow_is_reported_with_the_way_to_get_one(toy_gans):
    assert "python -m train mnist_flow" in opened().info[0].value


@pytest.mark.slow
def test_another_flow_is_shown_with_its_own_paths(small_flow, sent):
    opened(model="small_flow")
    message = sent[-1][0]
    assert message["network"] is None  # it was not exported, so the browser asks the server
    assert message["identity"].startswith(checkpoints.read("small_flow").sha256)
