"""The Latent space page through app.py: what a person does with Streamlit's own widgets, and links good and bad.

The live component itself only shows up in a real browser: tests/browser/test_explorer.py.
"""

import functools

import numpy as np
import pytest
import torch

import checkpoints
from tests import apptest
from ui import gallery, tiles, url
from ui.explore import images, pictures, session

CARD = checkpoints.read("fashion_vae")  # more dimensions than one group
PREVIEW = checkpoints.preview(CARD.name)
START = PREVIEW["codes"][0]


opened = functools.partial(apptest.opened, "explore/latent_space", model=CARD.name)


def code(app):
    return app.session_state[session.KEY].position.code


def official(z):
    """The picture (C, H, W) of a code, straight from the checkpoint."""
    with torch.no_grad():
        picture = checkpoints.load(CARD.name).picture(torch.from_numpy(np.asarray(z, np.float32)[None]))
    return (picture * 255).round().to(torch.uint8).numpy()[0]


def shows(app, picture):
    return any(tiles.data_url(tiles.png(picture)) in element.proto.body for element in app.get("html"))


def slider(app, dimension):
    return app.slider(key=f"plain {dimension}")


def test_first_paint_shows_the_start_code_without_importing_torch():
    apptest.run_without_torch(
        "app = AppTest.from_file('pages/menu.py', default_timeout=60)",
        "app = app.switch_page('explore/latent_space.py').run()",
        "assert not app.exception",
        "assert app.title[0].value == 'Latent space'",
        "assert not app.metric",  # numbers change while dragging, in the component
        "assert 'torch' not in sys.modules, 'torch was imported'",
        "app = AppTest.from_file('pages/menu.py', default_timeout=60)",
        "app.query_params['plain'] = 'true'",
        "app.run()",
        "assert app.metric[2].value == '0.00'",
        "assert 'torch' not in sys.modules, 'torch was imported by the plain sliders'",
    )


def test_the_default_code_is_shown_with_its_figures():
    app = opened(plain="true")
    assert np.array_equal(code(app), START)
    assert "z" not in apptest.address(app)
    norm, density = float(np.linalg.norm(START)), -0.5 * (START @ START + CARD.latent * np.log(2 * np.pi))
    assert float(app.metric[0].value) == pytest.approx(norm, abs=0.005)
    assert float(app.metric[1].value.split()[0].replace("−", "-")) == pytest.approx(density, abs=0.005)


def test_plain_sliders_change_the_picture_and_the_link():
    app = opened(plain="true")
    assert shows(app, PREVIEW["start_picture"])
    strongest = int(PREVIEW["order"][0])
    assert slider(app, strongest).value == pytest.approx(float(START[strongest]))
    slider(app, strongest).set_value(-2.5).run()
    expected = START.copy()
    expected[strongest] = -2.5
    assert np.array_equal(code(app), expected)
    assert np.array_equal(url.unpack(apptest.address(app)["z"], CARD.latent), expected)
    assert shows(app, official(expected))
    assert not shows(app, PREVIEW["start_picture"])


def test_switching_between_live_and_plain_keeps_the_code():
    app = opened()
    assert not app.slider
    apptest.press(app, "Reset")
    app.toggle(key="plain").set_value(True).run()
    assert len(app.slider) == min(16, CARD.latent) + 1  # and the length of the code
    assert not np.any(code(app))


def test_reset_goes_to_the_origin():
    app = opened(plain="true")
    apptest.press(app, "Reset")
    assert not np.any(code(app))
    assert shows(app, official(np.zeros(CARD.latent)))
    assert float(app.metric[0].value) == 0


def test_a_seed_is_reproducible_and_the_next_click_draws_another_code():
    app = opened()
    app.number_input(key="latent space: seed").set_value(5).run()
    apptest.press(app, "Draw")
    first = code(app)
    assert np.array_equal(first, np.random.default_rng(5).standard_normal(CARD.latent).astype(np.float32))
    assert app.number_input(key="latent space: seed").value == 6
    apptest.press(app, "Draw")
    assert not np.array_equal(code(app), first)
    app.number_input(key="latent space: seed").set_value(5).run()
    apptest.press(app, "Draw")
    assert np.array_equal(code(app), first)


def test_snap_uses_the_code_of_the_encoder():
    sample = gallery.test_images(CARD)
    app = opened()
    app.number_input(key="number").set_value(7).run()
    apptest.press(app, "Go to its code")
    with torch.no_grad():
        mean, _ = checkpoints.load(CARD.name).encode(torch.from_numpy(sample.images[7:8]).float() / 255)
    assert code(app) == pytest.approx(mean[0].numpy(), abs=1e-5)
    assert app.session_state[session.KEY].position.original == 7


def test_snap_uses_a_stored_code_without_the_data_set(monkeypatch):
    monkeypatch.setattr(gallery, "test_images", lambda card: None)
    app = opened()
    app.number_input(key="number").set_value(7).run()
    apptest.press(app, "Go to its code")
    assert np.array_equal(code(app), PREVIEW["codes"][7])
    starts = images.start_pictures(CARD)
    assert not starts.real
    restored = official(PREVIEW["codes"][7]).astype(float)
    assert np.abs(restored - starts.pictures.images[7]).mean() < 8  # recorded with a little loss, of 255


def test_a_link_restores_everything_exactly():
    z = np.random.default_rng(1).standard_normal(CARD.latent).astype(np.float32)
    app = opened(model=CARD.name, z=url.pack(z), dims="2", plane="3.1", plain="true")
    assert not app.warning
    assert np.array_equal(code(app), z)
    assert shows(app, official(z))
    assert app.selectbox(key="group").value == 2
    assert {s.key for s in app.slider} == {f"plain {d}" for d in PREVIEW["order"][16:32]} | {"plain length"}
    assert app.session_state[session.KEY].position.axes == ("3", "1")
    assert apptest.address(app).items() >= {"z": url.pack(z), "dims": "2", "plane": "3.1"}.items()


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"z": url.pack(np.zeros(3))}, "has 3 numbers"),
        ({"z": url.pack(np.full(CARD.latent, np.nan))}, "not finite"),
        ({"z": "%%%"}, "damaged"),
        ({"z": "ä" * 40}, "damaged"),
        ({"dims": "99"}, "“99”"),
        ({"dims": "-1"}, r"“\-1”"),  # Markdown: the text of a link is no markup
        ({"dims": "<b>"}, r"“\<b\>”"),
        ({"plane": "3.400"}, "does not have"),
        ({"plane": "3"}, "does not have"),
        ({"plane": "p1.p1"}, "does not have"),
    ],
    ids=str,
)
def test_a_bad_link_is_reported_in_one_sentence_and_the_page_works(bad, sentence):
    app = opened(**bad, plain="true")
    assert len(app.warning) == 1
    assert sentence in app.warning[0].value
    assert np.array_equal(code(app), START)
    assert shows(app, PREVIEW["start_picture"])
    apptest.press(app, "Reset")
    assert not np.any(code(app))
    assert not {"dims", "plane"} & bad.keys() & apptest.address(app).keys()


def test_another_model_starts_at_its_own_code():
    others = checkpoints.gallery("vae")[1:]
    app = opened()
    apptest.press(app, "Reset")
    app.selectbox(key="model").select(others[-1].name).run()
    assert not app.exception
    assert not app.warning
    assert np.array_equal(code(app), checkpoints.preview(others[-1].name)["codes"][0])
    assert "z" not in apptest.address(app)


def test_the_code_is_kept_while_another_page_is_open():
    app = opened()
    apptest.press(app, "Reset")
    app.switch_page("evaluate/models.py").run()
    app.switch_page("explore/latent_space.py").run()
    assert not app.exception
    assert not np.any(code(app))


def test_all_traversals_are_drawn_only_when_opened(monkeypatch):
    calls = []
    drawn = pictures.all_traversals
    monkeypatch.setattr(pictures, "all_traversals", lambda *given: calls.append(1) or drawn(*given))
    app = opened()
    apptest.press(app, "Reset")
    assert not calls
    app.session_state["traversals"] = True
    app.run()
    assert not app.exception
    assert len(calls) == 1


def test_traversals_are_shown_sixteen_at_a_time(monkeypatch):
    drawn, counts = pictures.all_traversals, []

    def counted(position, dimensions):
        counts.append(len(dimensions))
        return drawn(position, dimensions)

    monkeypatch.setattr(pictures, "all_traversals", counted)
    app = opened()
    app.session_state["traversals"] = True
    app.run()
    apptest.press(app, f"Show {CARD.latent - 16} more")
    assert counts == [16, CARD.latent]
    assert not any("more of" in button.label for button in app.button)


def test_a_stored_code_is_not_called_by_the_number_of_another_test_image():
    """The stored codes of MNIST are of its test set, and its numbered images are others."""
    app = opened(model="mnist_vae", plain="true")
    captions = [caption.value for caption in app.caption]
    assert "The first test code" in captions
    (nearest,) = [metric for metric in app.metric if metric.label.startswith("Nearest")]
    assert nearest.label == "Nearest test code (7)"
    assert nearest.value == "0.00"
    assert "distance to test code 0," in nearest.help
    next(button for button in app.button if button.label == "Go to its code").click().run()
    assert "The code of test image 0 (5)" in [caption.value for caption in app.caption]


def test_a_link_to_a_missing_model_is_reported_and_the_first_model_is_shown():
    app = opened(model="no_such_model")
    assert len(app.warning) == 1
    assert "not here" in app.warning[0].value
    assert app.selectbox(key="model").value == gallery.FIRST
