"""Inside a network through app.py: its layers, what raises a unit, what the server computes, links and damage."""

import base64
import functools

import numpy as np
import pytest
import torch

import checkpoints
import data
from models import layers
from tests import apptest
from ui import url
from ui.components import inside as component
from ui.explore.inside import known

opened = functools.partial(apptest.opened, "explore/inside")
CARD = checkpoints.read("kmnist_vae")


@functools.cache
def network(name):
    return checkpoints.load(name)


sent = apptest.sent_to(component)


def seen_by_hooks(name, part, x):
    """Outputs of all layers of a part for x, by forward hooks."""
    model, kept = network(name), {}
    modules = [layer.module for layer in layers.layers(model, part)]
    hooks = [
        model.get_submodule(each).register_forward_hook(lambda _m, _i, out, each=each: kept.update({each: out}))
        for each in modules
    ]
    with torch.no_grad():
        (model.picture if part == "decoder" else model.encode)(x)
    for hook in hooks:
        hook.remove()
    return [kept[each] for each in modules]


def served(message):
    return [np.frombuffer(base64.b64decode(text), np.float32) for text in message["served"]]


def test_the_page_says_what_to_look_for_and_sends_all_layers(sent):
    app = opened()
    assert not app.error
    assert not app.warning
    assert "Look for" in app.markdown[0].value
    message = sent[-1][0]
    assert [row["title"] for row in message["layers"]] == [
        layer.title for layer in layers.layers(network("mnist_vae"), "decoder")
    ]
    assert message["networks"]["decoder"]["outputs"] == [row["tensor"] for row in message["layers"]]
    assert message["served"] is None
    assert message["found"] is None
    assert len(message["strip"]["pictures"]) == 10


def test_a_unit_shows_the_codes_with_the_highest_activation_and_an_optimised_one(sent):
    app = opened(model=CARD.name)
    message, on = sent[-1]
    report = {"code": message["view"]["code"], "unit": [1, 3], "number": None, "server": False}
    on["on_view"](report)
    app.run()
    found = sent[-1][0]["found"]
    codes = checkpoints.preview(CARD.name)["codes"][: known.MOST]
    unit = seen_by_hooks(CARD.name, "decoder", torch.from_numpy(codes.copy()))[1][:, 3].mean((1, 2)).numpy()
    assert [item["value"] for item in found["best"]] == pytest.approx(np.sort(unit)[::-1][:8], rel=1e-4)
    assert found["best"][0]["code"] == pytest.approx(codes[unit.argmax()])
    assert found["best"][0]["words"].startswith(f"test code {unit.argmax()} (")
    assert apptest.address(app)["unit"] == "2.3"
    assert found["climbed"] is None
    on["on_climb"]({"unit": [1, 3]})
    app.run()
    climbed = sent[-1][0]["found"]["climbed"]
    limit = layers.longest(CARD.latent)
    assert np.linalg.norm(climbed["code"]) <= limit * 1.0001
    again = seen_by_hooks(CARD.name, "decoder", torch.tensor([climbed["code"]]))[1][0, 3].mean().item()
    assert climbed["value"] == pytest.approx(again, rel=1e-4)
    assert climbed["value"] > found["best"][-1]["value"]


@pytest.mark.parametrize("name", ["fashion_vae", "emoji_dcgan"])
def test_a_browser_without_a_network_gets_the_outputs_of_forward_hooks(sent, name):
    app = opened(model=name)
    code = np.linspace(-1, 1, checkpoints.read(name).code_length).astype(np.float32)
    sent[-1][1]["on_view"]({"code": code.tolist(), "unit": None, "number": None, "server": True})
    app.run()
    for got, wanted in zip(
        served(sent[-1][0]), seen_by_hooks(name, "decoder", torch.from_numpy(code)[None]), strict=True
    ):
        assert np.abs(got - wanted.numpy().ravel()).max() < 1e-4


def test_an_encoder_sees_a_test_picture_or_the_picture_of_the_code(sent):
    app = opened(model="fashion_vae", part="encoder", input="7")
    message, on = sent[-1]
    picture = data.sample("fashion_mnist").images[7]
    assert base64.b64decode(message["given"]["pixels"]) == picture.tobytes()
    on["on_view"](message["view"] | {"number": 7, "server": True})
    app.run()
    x = torch.from_numpy(picture[None].astype(np.float32)) / 255
    with torch.no_grad():
        assert message["view"]["code"] == pytest.approx(network("fashion_vae").code(x)[0].tolist(), abs=1e-5)
    for got, wanted in zip(served(sent[-1][0]), seen_by_hooks("fashion_vae", "encoder", x), strict=True):
        assert np.abs(got - wanted.numpy().ravel()).max() < 1e-4
    on["on_start"]({"number": 3})
    app.run()
    message = sent[-1][0]
    with torch.no_grad():
        code = network("fashion_vae").code(torch.from_numpy(data.sample("fashion_mnist").images[3:4] / np.float32(255)))
    assert message["view"]["code"] == pytest.approx(code[0].tolist(), abs=1e-5)
    assert apptest.address(app)["input"] == "3"
    on["on_view"](message["view"] | {"unit": [0, 5], "number": None, "server": True})
    app.run()
    with torch.no_grad():
        x = network("fashion_vae").picture(code)
    message = sent[-1][0]
    assert message["given"] is None
    assert np.abs(served(message)[0] - seen_by_hooks("fashion_vae", "encoder", x)[0].numpy().ravel()).max() < 1e-4
    assert message["found"]["best"][0]["number"] is not None  # real pictures


def test_the_link_keeps_model_code_part_and_unit(sent):
    code = np.full(20, 0.25, np.float32)
    app = opened(model="fashion_vae", z=url.pack(code), part="encoder", unit="2.17")
    assert not app.warning
    message = sent[-1][0]
    assert message["view"] == {"code": [0.25] * 20, "unit": [1, 17]}
    assert message["part"] == "encoder"
    assert message["found"]["unit"] == [1, 17]
    link = apptest.address(app)
    assert (link["unit"], link["part"], link["z"]) == ("2.17", "encoder", url.pack(code))


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (
            {"unit": "9.3"},
            "This link asks for a unit that does not exist: the decoder of this model has 2 layers of 200 and",
        ),
        ({"unit": "1.200"}, "a unit that does not exist"),
        ({"unit": "0.3"}, "a unit that does not exist"),
        ({"unit": "<b>.x"}, "a unit that does not exist"),
        ({"input": "99999"}, "The input in this link is not a test picture of this model"),
        ({"part": "discriminator"}, "Network in this link is not one of decoder, encoder"),
        ({"model": "mnist_classifier"}, "does not make a picture from a code in one pass"),
        ({"model": "mnist_flow"}, "does not make a picture from a code in one pass"),
        ({"model": "emoji_dcgan", "part": "encoder"}, "Network in this link is not one of decoder"),
        ({"z": "nonsense"}, "the start picture is shown instead"),
    ],
)
def test_a_bad_link_is_reported_in_one_sentence(sent, link, words):
    app = opened(**({"model": "fashion_vae"} | link))
    assert len(app.warning) == 1
    assert words in app.warning[0].value
    assert not app.error
    assert sent[-1][0]["layers"]


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"code": [0.0] * 3, "unit": [0, 1]},
        {"code": ["x"] * 20, "unit": [0, 1]},
        {"code": [0.0] * 20, "unit": [0, 10**9], "number": True},
        {"code": [0.0] * 20, "unit": "1.2", "number": -1},
        {"code": [0.0] * 20, "unit": [True, None], "number": 10**9},
    ],
)
def test_invalid_reports_select_nothing(sent, report):
    app = opened(model="fashion_vae")
    for name in ("on_view", "on_climb", "on_start", "on_axes"):
        sent[-1][1][name](report | {"axes": report.get("unit"), "page": "x"})
    app.run()
    assert not app.exception
    message = sent[-1][0]
    assert message["view"]["unit"] is None
    assert message["given"] is None
    assert message["found"] is None
