"""A flow on the pages of generators: noise as code, encoding by running backwards, directions instead of dimensions."""

import dataclasses

import numpy as np
import pytest

import checkpoints
import data
from tests.apptest import address, opened, press
from tests.toy_flow import NAME, network
from ui import networks
from ui.evaluate import model_tiles
from ui.explore import bases, paths, session

pytestmark = pytest.mark.usefixtures("small_flow")


def position(app):
    return app.session_state[session.KEY].position


def test_the_explorer_starts_at_a_sample_with_sliders_along_directions():
    app = opened("explore/latent_space", model=NAME, plain="true")
    assert not app.warning
    assert np.array_equal(position(app).code, checkpoints.preview(NAME)["codes"][0])
    assert list(app.selectbox(key="basis").options) == list(bases.OF_NOISE.values())
    assert len(position(app).groups) == 2
    assert "noise" in app.markdown[0].value


def test_a_slider_moves_the_noise_only_along_its_direction():
    app = opened("explore/latent_space", model=NAME, plain="true")
    before, direction = position(app).code, checkpoints.preview(NAME)["basis"][3]
    app.slider(key="plain 3").set_value(2.5).run()
    assert not app.exception
    moved = position(app).code - before
    assert moved == pytest.approx((2.5 - direction @ before) * direction, abs=1e-4)
    again = opened("explore/latent_space", model=NAME, z=address(app)["z"])
    assert np.array_equal(position(again).code, position(app).code)


def test_a_test_image_gets_its_code_with_the_error_of_the_round_trip():
    app = opened("explore/latent_space", model=NAME, plain="true")
    app.number_input(key="number").set_value(2).run()
    press(app, "Go to its code")
    picture = data.sample("mnist").images[2]
    model = network()
    code = networks.code(checkpoints.read(NAME), picture[None])[0]
    assert np.array_equal(position(app).code, code)
    assert "encoded by running the flow backwards; the round trip is off by" in position(app).origin
    error = np.abs(networks.decode(checkpoints.read(NAME), code[None])[0].astype(float) - picture).mean()
    assert f"{error:.1f} grey levels" in position(app).origin
    assert model.latent == 784


def test_a_damaged_code_and_a_plane_of_single_numbers_are_reported():
    app = opened("explore/latent_space", model=NAME, z="AACAPw", basis="dims")
    words = " ".join(warning.value for warning in app.warning)
    assert "has 1 numbers, but this model has 784 dimensions" in words
    assert "sliders along “dims”" in words
    assert np.array_equal(position(app).code, checkpoints.preview(NAME)["codes"][0])


def test_interpolation_follows_great_circles_between_encoded_pictures():
    app = opened("explore/interpolation", model=NAME)
    assert not app.exception
    captions = " ".join(caption.value for caption in app.caption)
    assert captions.count("Encoded by running the flow backwards") == 2
    assert "evenly spaced codes on the great circle" in " ".join(markdown.value for markdown in app.markdown)
    assert paths.way(checkpoints.read(NAME)) == "slerp"
    assert paths.way(checkpoints.read("mnist_vae")) == paths.way(checkpoints.read("mnist_gan")) == "lerp"


def test_rows_of_random_noise_keep_its_length():
    drawn = paths.of_random_codes(checkpoints.read(NAME), seed=0)
    assert drawn.keys() == {"slerp", "blend"}
    assert drawn["slerp"].shape == (90, 1, 28, 28)


def test_a_flow_can_be_compared_and_its_tile_links_to_it():
    app = opened("explore/compare", models=f"{NAME}.mnist_gan", count="16")
    assert not app.exception
    assert not app.warning
    assert model_tiles.explored_on(checkpoints.read(NAME)) == ("explore/latent_space.py", {"model": NAME})
    assert not opened("evaluate/models", model=NAME).exception


def test_metrics_generate_samples_of_a_flow_in_small_batches(monkeypatch):
    """A picture takes twenty passes; the time between two checks of the clock may be half a second."""
    from evaluate import references
    from evaluate.measurement import CHUNK, Measurement
    from evaluate.results import Results

    real = references.needed("mnist")
    few = dataclasses.replace(real, images=real.images[:200])
    monkeypatch.setattr(references, "needed", lambda likeness: few)
    asked = []

    def samples(start, count):
        asked.append(count)
        return np.zeros((count, 1, 28, 28), np.uint8)

    card = checkpoints.read(NAME)
    for _ in Measurement(Results(), card, ("kid",), 60, samples=samples).steps():
        pass
    assert max(asked) == CHUNK // card.kind.passes
    assert sum(asked) == 60
