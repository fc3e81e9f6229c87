"""Latent space, Interpolation and Directions with generators, with and without an encoder."""

import numpy as np
import pytest
import torch

import checkpoints
from tests.apptest import address, opened, press
from tests.toy_gan import MODELS
from ui import networks, url
from ui.explore import bases, codes, paths, pictures, session
from ui.explore.position import Position

pytestmark = pytest.mark.usefixtures("toy_gans")


def code(app):
    return app.session_state[session.KEY].position.code


@pytest.mark.parametrize("name", MODELS)
def test_every_generator_starts_at_a_sample_and_offers_more(name):
    app = opened("explore/latent_space", model=name, plain="true")
    assert not app.warning
    preview = checkpoints.preview(name)
    assert np.array_equal(code(app), preview["codes"][0])
    assert len(app.metric) == 2  # no test code is near, since no picture has one
    app.number_input(key="number").set_value(5).run()
    press(app, "Go to its code")
    assert np.array_equal(code(app), preview["codes"][5])
    assert app.session_state[session.KEY].position.origin == "The code of sample 5"


def test_a_truncated_draw_is_shorter():
    app = opened("explore/latent_space", model="toy_gan", psi="0.5")
    app.number_input(key="latent space: seed").set_value(3).run()
    press(app, "Draw")
    assert code(app) == pytest.approx(0.5 * np.random.default_rng(3).standard_normal(20), rel=1e-6)
    assert "ψ = 0.5" in app.session_state[session.KEY].position.origin


@pytest.mark.parametrize("name", ["toy_gan", "toy_colour", "fashion_vae"])
def test_sliders_along_the_directions_move_one_coordinate(name):
    app = opened("explore/latent_space", model=name, basis="features", plain="true")
    card = checkpoints.read(name)
    basis = bases.basis(card, "features")
    assert basis.vectors @ basis.vectors.T == pytest.approx(np.eye(card.latent), abs=1e-5)
    before = basis.coordinates(code(app))
    app.slider(key="plain 2").set_value(-2.5).run()
    assert not app.exception
    after = basis.coordinates(code(app))
    before[2] = -2.5
    assert after == pytest.approx(before, abs=1e-5)
    assert address(app)["basis"] == "features"
    assert app.slider(key="plain 2").label.startswith("3. v3")


def test_changing_the_basis_keeps_the_code_exactly():
    app = opened("explore/latent_space", model="toy_gan", plain="true")
    before = code(app)
    app.selectbox(key="basis").select("features").run()
    assert not app.exception
    assert np.array_equal(code(app), before)
    app.selectbox(key="basis").select("dims").run()
    assert "basis" not in app.query_params


def test_directions_and_effects_of_a_vae_match_its_decoder():
    from models import directions

    card = checkpoints.read("fashion_vae")
    model, basis = checkpoints.load("fashion_vae"), bases.basis(card, "features")
    assert basis.vectors == pytest.approx(directions.basis(model).numpy(), abs=1e-6)
    assert basis.effect[0] > basis.effect[-1]


def test_changing_the_length_keeps_the_direction():
    app = opened("explore/latent_space", model="toy_gan", plain="true")
    before = code(app)
    app.slider(key="plain length").set_value(0.5).run()
    assert np.linalg.norm(code(app)) == pytest.approx(0.5 * 20**0.5, rel=1e-5)
    assert code(app) / np.linalg.norm(code(app)) == pytest.approx(before / np.linalg.norm(before), abs=1e-6)
    press(app, "Reset")
    app.slider(key="plain length").set_value(1.0).run()
    assert not np.any(code(app))  # the origin has no direction


@pytest.mark.parametrize("basis", bases.NAMES)
def test_a_sheet_has_the_pictures_of_every_slider_and_of_the_lengths(basis, monkeypatch):
    import base64
    import io

    from PIL import Image

    card = checkpoints.read("toy_colour")
    here = Position(card, np.linspace(-1, 1, 9, dtype=np.float32), "", basis)
    monkeypatch.setattr(Position, "rows", [4, 1])
    raw = base64.b64decode(pictures.sheet(here, loading=False).partition(",")[2])
    sheet = np.asarray(Image.open(io.BytesIO(raw))).reshape(3, 32, 31, 32, 3).transpose(0, 2, 4, 1, 3)
    along = bases.basis(card, basis)
    for row, dimension in enumerate([4, 1]):
        coordinates = along.coordinates(here.code).astype(float)
        coordinates[dimension] = codes.STEPS[9]
        expected = networks.decode(card, along.codes(coordinates)[None])[0]
        assert np.abs(sheet[row, 9].astype(int) - expected).max() <= 1
    scaled = here.code * bases.LENGTHS[20] / bases.length(here.code)
    assert np.abs(sheet[2, 20].astype(int) - networks.decode(card, scaled[None])[0]).max() <= 1


def test_a_link_to_another_basis_is_reported_in_one_sentence():
    app = opened("explore/latent_space", model="toy_gan", basis="<b>")
    assert len(app.warning) == 1
    assert r"“\<b\>”" in app.warning[0].value  # the text of a link is no markup


def test_a_link_restores_the_code_of_a_generator():
    z = np.random.default_rng(1).standard_normal(9).astype(np.float32)
    app = opened("explore/latent_space", model="toy_colour", z=url.pack(z), basis="features", plain="true")
    assert not app.warning
    assert np.array_equal(code(app), z)


@pytest.mark.parametrize("name", ["toy_gan", "toy_colour"])
def test_interpolation_of_random_codes(name):
    app = opened("explore/interpolation", model=name, a_seed="5", pairs="3")
    assert not app.warning
    assert any("random code of seed 5" in caption.value for caption in app.caption)
    card = checkpoints.read(name)
    made = paths.of_random_codes(card, 3)
    ends = np.random.default_rng(3).standard_normal((10, 2, card.latent), np.float32)
    with torch.no_grad():
        middle = checkpoints.load(name).picture(torch.from_numpy(ends.mean(1))) * 255
    rows = {way: pictures.reshape(10, 9, *card.shape).astype(int) for way, pictures in made.items()}
    assert np.abs(rows["lerp"][:, 4] - middle.numpy()).max() < 1.5
    assert np.array_equal(rows["lerp"][:, [0, 8]], rows["blend"][:, [0, 8]])
    assert np.abs(rows["blend"][:, 4] - rows["lerp"][:, [0, 8]].mean(1)).max() <= 0.5


def test_groups_can_be_selected_by_hand_without_a_classifier():
    app = opened("explore/directions", model="toy_colour")
    assert not app.error
    assert not app.warning
    assert app.segmented_control(key="groups").options == ["By hand"]
    app.session_state["directions: chosen of toy_colour"].update({"from": [1, 2], "to": [3]})
    app.run()
    assert not app.exception
    assert not app.metric  # side effects cannot be measured
    assert not app.info
    press(app, "Keep as a slider")
    assert app.query_params["directions"]
