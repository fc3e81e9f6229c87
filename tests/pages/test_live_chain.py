"""The live chain through app.py: what its component gets, links good and bad, and what the server computes.

What moves under the hand is tested in tests/components/test_chain.py and tests/browser/test_live_chain.py.
"""

import base64

import numpy as np
import pytest
import torch

import checkpoints
from models.probability import kl_to_standard_normal, reparameterise
from tests import apptest
from ui import gallery, url
from ui.explore.chain import vaes
from ui.explore.chain.answer import answer
from ui.explore.chain.visit import KEY, LONGEST, START

CARDS = vaes.cards()
CARD = checkpoints.read(gallery.FIRST)


def opened(**query):
    return apptest.opened("explore/live_chain", **query)


def visit(app):
    return app.session_state[KEY]


def pixels(text):
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(vaes.SHAPE)


@pytest.mark.slow
def test_first_paint_does_not_import_torch():
    apptest.run_without_torch(
        "app = AppTest.from_file('pages/menu.py', default_timeout=60).run()",
        "app.switch_page('explore/live_chain.py').run()",
        "assert not app.exception",
        "assert app.title[0].value == 'Live chain'",
    )


@pytest.mark.parametrize(
    ("name", "what"), [("mnist_vae", "digit"), ("kmnist_vae", "character"), ("fashion_vae", "piece of clothing")]
)
def test_the_page_asks_for_pictures_like_the_training_data(name, what):
    card = checkpoints.read(name)
    assert vaes.invitation(card).startswith(f"Draw a {what}:")
    assert vaes.look(card).endswith(f"becomes another {what}.")


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_the_recorded_pass_matches_the_network(card):
    first, model = vaes.first_pass(card), checkpoints.load(card.name)
    x = torch.from_numpy(pixels(first["image"]).copy())[None].float() / 255
    with torch.no_grad():
        mean, log_var = model.encode(x)
        picture, likelihood = model.picture(mean), model.shown_log_likelihood(x, mean)
    assert first["mean"] == pytest.approx(mean[0].tolist(), abs=1e-4)
    assert first["log_var"] == pytest.approx(log_var[0].tolist(), abs=1e-4)
    assert np.abs(pixels(first["picture"]) / 255 - picture[0].numpy()).max() <= 0.5 / 255 + 1e-4
    assert first["log_likelihood"] == pytest.approx(likelihood.item(), rel=1e-4)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_the_browser_gets_all_networks(card):
    message, code_map = vaes.described(card), vaes.code_map(card)
    assert all(message["networks"].values())
    assert sorted(message["order"]) == list(range(card.latent))
    rows = len(base64.b64decode(code_map["labels"]))
    halves = np.frombuffer(base64.b64decode(code_map["codes"]), "<f2").reshape(rows, card.latent)
    # Not approx, which compares number by number: 14 s for these
    np.testing.assert_allclose(halves, checkpoints.preview(card.name)["codes"], rtol=1e-3, atol=1e-3)
    for points in code_map["points"].values():
        assert len(base64.b64decode(points)) == rows * 2 * 4
    assert len(code_map["colours"]) == len(code_map["classes"]) == 10


def test_a_link_restores_the_state():
    wanted = {"ink": "P0a0a1b1b", "noise": "7", "scale": "0.5", "means": "3_1.5_0_-2", "view": "pca"}
    app = opened(**wanted)
    assert not app.warning
    assert visit(app).state == {
        "ink": "P0a0a1b1b",
        "test": None,
        "own": False,
        "noise": 7,
        "scale": 0.5,
        "means": [[3, 1.5], [0, -2]],
        "view": "pca",
    }
    assert apptest.address(app) == {**wanted, "model": CARD.name}
    before = visit(app).token
    app.run()
    assert visit(app).token == before  # an address that the app itself wrote is not a new link


def test_a_link_opens_a_test_image():
    app = opened(test="fashion_mnist.12")
    message = visit(app).message(CARD, None)
    assert np.array_equal(pixels(message["image"]), gallery.sample("fashion_mnist").images[12])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ink", "P0a"),
        ("ink", "<b>"),
        ("noise", "-1"),
        ("scale", "nan"),
        ("scale", "3"),
        ("means", "99_1"),
        ("means", "1_nan"),
        ("means", "1"),
        ("test", "mnist.99999"),
        ("test", "../app.1"),
        ("view", "x"),
    ],
)
def test_nonsense_in_a_link_is_reported_in_one_sentence_and_ignored(name, text):
    app = opened(**{name: text}, noise="5") if name != "noise" else opened(noise=text)
    assert [warning.value for warning in app.warning] == [
        f"This link holds something for {name} that cannot be shown, so it is left out."
    ]
    assert visit(app).state[name] == START[name]
    assert name not in apptest.address(app)
    assert name == "noise" or visit(app).state["noise"] == 5


@pytest.mark.parametrize(
    "asked",
    [{"z": url.pack(np.ones(20))}, {"basis": "features"}, {"plane": "0.1"}, {"model": "mnist_gan"}, {"plain": "true"}],
    ids=str,
)
def test_an_older_link_without_a_page_opens_latent_space(asked):
    app = opened(**{"model": "fashion_vae", **asked})
    assert app.title[0].value == "Latent space"
    assert app.selectbox(key="model").value == asked.get("model", "fashion_vae")
    if "z" in asked:
        assert app.session_state["explorer session"].position.code == pytest.approx(np.ones(20))


def test_another_model_keeps_the_drawing_and_forgets_the_bars():
    app = opened(ink="P0a0a1b1b", means="3_1.5")
    app.selectbox(key="model").select("fashion_vae").run()
    assert visit(app).state["ink"] == "P0a0a1b1b"
    assert visit(app).state["means"] == []
    assert "means" not in apptest.address(app)


STATE = {**START, "model": CARD.sha256, "scale": 1, "noise": 4, "means": [[2, 1.25]]}


def test_a_report_is_stored_in_the_link():
    app = opened()
    visit(app).on_moved({**STATE, "ink": "P0a0a"})
    app.run()
    assert apptest.address(app) == {"model": CARD.name, "ink": "P0a0a", "noise": "4", "scale": "1", "means": "2_1.25"}
    visit(app).on_moved({**STATE, "ink": "P" + "0a0a" * 6000})
    app.run()
    visit(app).on_moved({**STATE, "model": "that before"})
    assert visit(app).state["means"] == []
    visit(app).on_moved({**STATE, "ink": "P" + "0a0a" * 6000})
    app.run()
    assert "ink" not in apptest.address(app)  # too long for an address
    assert len(visit(app).state["ink"]) > LONGEST


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {**STATE, "ink": None},
        {**STATE, "ink": "javascript:"},
        {**STATE, "noise": True},
        {**STATE, "scale": float("nan")},
        {**STATE, "means": [[16, 0]]},
        {**STATE, "means": [[0, 1e9]]},
        {**STATE, "test": ["mnist", "1"]},
        {**STATE, "view": []},
    ],
)
def test_forged_reports_are_ignored(forged):
    app = opened(noise="9")
    visit(app).on_moved(forged)
    assert visit(app).state == {**START, "noise": 9}


@pytest.mark.parametrize("name", ["mnist_vae", "kmnist_vae", "binarized_mnist_vae"])
def test_the_server_computes_for_a_browser_without_networks(name):
    card, model = checkpoints.read(name), checkpoints.load(name)
    random = np.random.default_rng(3)
    image, noise = gallery.sample("mnist").images[3], random.normal(size=card.latent)
    report = {**STATE, "input": image.ravel().tolist(), "epsilon": noise.tolist(), "number": 8}
    found = answer(card, report)
    x = torch.from_numpy(image)[None].float() / 255
    with torch.no_grad():
        mean, log_var = model.encode(x)
        moved = mean.clone()
        moved[0, 2] = 1.25
        z = reparameterise(moved, log_var, torch.tensor(noise[None], dtype=torch.float32))
        picture, likelihood = model.picture(z), model.shown_log_likelihood(x, z)
    assert found["number"] == 8
    assert found["mean"] == pytest.approx(mean[0].tolist(), abs=1e-4)
    assert kl_to_standard_normal(
        torch.tensor(found["mean"]), torch.tensor(found["log_var"])
    ).sum().item() == pytest.approx(kl_to_standard_normal(mean, log_var).sum().item(), rel=1e-4)
    assert np.abs(pixels(found["picture"]) / 255 - picture[0].numpy()).max() <= 0.5 / 255 + 1e-4
    assert found["log_likelihood"] == pytest.approx(likelihood.item(), rel=1e-4)
    of_input, of_picture = found["logits"]
    assert len(of_input) == len(of_picture) == 10
    if name == "mnist_vae":
        assert np.argmax(of_input) == gallery.sample("mnist").labels[3]


@pytest.mark.parametrize(
    "wrong", [{"input": [0] * 783}, {"input": [256] + [0] * 783}, {"epsilon": [0] * 15}, {"number": None}], ids=str
)
def test_the_server_ignores_forged_input(wrong):
    whole = {**STATE, "input": [0] * 784, "epsilon": [0] * 16, "number": 1}
    assert answer(CARD, {**whole, **wrong}) is None


def test_the_map_is_sent_on_request():
    app = opened()
    assert visit(app).message(CARD, None)["map"] is None
    visit(app).on_rest({"have": None, "page": 2})
    message = visit(app).message(CARD, None)
    assert message["map"]["identity"] == CARD.sha256
    assert message["strip"]["page"] == 2
    visit(app).on_rest({"have": CARD.sha256, "page": "x"})
    assert visit(app).message(CARD, None)["map"] is None
    assert visit(app).page == 2
