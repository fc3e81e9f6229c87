"""What a page passes on to the next one: a visitor's picture and points, and no settings."""

import base64

import pytest

from tests import apptest
from tests.pages.test_reconstruct import photograph
from ui.components import denoiser, drawing, reconstructor, toy_flow, toy_gan, toy_vae
from ui.components.drawing import HEAD
from ui.training import points
from ui.url.reported import KEPT

OTHERS = {"batch": 100, "steps": 1000, "toy_seed": 5}  # no page's defaults
TOYS = {"toy_gan": {"toy": "own"}, "toy_flow": {}, "toy_vae": {"vae": "own"}}


def goes_to(app, page, **query):
    """Through the navigation, which leaves the address empty, or through a link with a query."""
    app.query_params.clear()
    app.query_params.update(query)
    app.switch_page(f"{page}.py").run()
    assert not app.exception


@pytest.fixture
def settings(monkeypatch):
    """Settings of the training that a toy page sent last, by the name of the page."""
    sent = {}
    for module in (toy_gan, toy_flow, toy_vae):
        name = module.__name__.rpartition(".")[2]
        keep = lambda key, data, name=name, **on: sent.update({name: data["settings"]})  # noqa: E731
        monkeypatch.setattr(module, "_component", keep)
    return sent


def shown(settings):
    """Of settings, what OTHERS changes."""
    return [settings[name] for name in ("batch", "steps", "seed")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("toy_gan", "toy_flow"), ("toy_flow", "toy_gan"), ("toy_vae", "toy_flow"), ("toy_gan", "toy_vae")],
)
def test_a_toy_opens_with_its_own_settings_after_another_toy(settings, first, second):
    apptest.opened(f"training/{second}", **TOYS[second])
    own = settings[second]
    app = apptest.opened(f"training/{first}", **TOYS[first])
    for key, value in OTHERS.items():
        app.number_input(key=key).set_value(value)
    app.selectbox(key="set").select_index(1).run()
    assert shown(settings[first]) == list(OTHERS.values())
    goes_to(app, f"training/{second}", **TOYS[second])
    assert settings[second] == own
    assert apptest.address(app) == TOYS[second]


def test_a_link_opens_a_toy_with_its_settings_after_another_toy(settings):
    app = apptest.opened("training/toy_gan", toy="own")
    app.number_input(key="steps").set_value(1000).run()
    query = {"batch": "7", "steps": "77", "toy_seed": "8", "set": "moons"}
    goes_to(app, "training/toy_flow", **query)
    assert (*shown(settings["toy_flow"]), settings["toy_flow"]["data"]) == (7, 77, 8, "moons")
    assert apptest.address(app) == query
    assert not app.warning


def test_settings_copied_from_a_recording_stay_after_a_toy_with_the_same_keys(settings):
    app = apptest.opened("training/toy_flow", steps="123")
    goes_to(app, "training/toy_gan")
    recorded = shown(settings["toy_gan"])
    apptest.press(app, "Train with these settings")
    assert app.selectbox(key="toy").value == "own"
    assert shown(settings["toy_gan"]) == recorded


def test_drawn_points_are_shared_between_toys_and_settings_are_kept(monkeypatch):
    sent = apptest.mountings(monkeypatch, toy_flow)
    app = apptest.opened("training/toy_flow")
    app.session_state[KEPT] = {"t": (None, 0.5)}
    app.session_state[points._DRAWN] = drawn = [[k / 100, 0.5] for k in range(20)]
    app.run()
    goes_to(app, "training/toy_gan", toy="own")
    goes_to(app, "training/toy_flow", set="own")
    assert sent[-1][0]["view"]["t"] == 0.5
    assert sent[-1][0]["points"] == drawn


def test_a_drawing_is_shared_by_reconstruct_and_denoise(monkeypatch):
    strokes = [HEAD + base64.b64encode(photograph(3)).decode()]
    monkeypatch.setattr(drawing, "_component", lambda key, data, on_drawn: strokes and on_drawn(strokes.pop()))
    reconstructed = apptest.mountings(monkeypatch, reconstructor)
    denoised = apptest.mountings(monkeypatch, denoiser)
    app = apptest.opened("images/reconstruct", image_from="draw").run()  # the page runs again after a stroke
    drawn = reconstructed[-1][0]["pixels"]
    goes_to(app, "images/denoise")
    assert app.button_group(key="image_from").value == "draw"
    assert apptest.address(app)["image_from"] == "draw"
    assert denoised[-1][0]["pixels"] == drawn
    goes_to(app, "images/reconstruct")
    assert reconstructed[-1][0]["pixels"] == drawn


def test_every_page_opens_with_a_suitable_test_image():
    app = apptest.opened("images/reconstruct")
    first = app.number_input(key="image").value
    goes_to(app, "training/ssgan")
    assert app.number_input(key="image").value == 7
    goes_to(app, "images/reconstruct")
    assert app.number_input(key="image").value == first


@pytest.mark.parametrize(("page", "key"), [("latent_space", "latent space: seed"), ("inside", "inside: seed")])
def test_drawing_from_the_prior_does_not_change_the_seed_of_compare(page, key):
    app = apptest.opened(f"explore/{page}")
    apptest.press(app, "Draw from the prior")
    assert app.number_input(key=key).value == 1
    goes_to(app, "explore/compare")
    assert app.number_input(key="seed").value == 0
    assert "seed" not in apptest.address(app)
