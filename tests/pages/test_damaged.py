"""Every page with missing or damaged checkpoints: a sentence, and everything else works."""

import json

import pytest

import checkpoints
from pages import contents
from tests import apptest, slow
from ui import networks
from ui.components import inside

SHIPPED = checkpoints.FOLDER
PAGES = [file.removesuffix(".py") for file in contents.files().values()]
NONE = "There are no trained models for this page"


@pytest.fixture
def folder(tmp_path):
    """The shipped checkpoints in a folder that a test may damage, and the app with them."""
    for file in SHIPPED.iterdir():
        if file.is_file() and file.suffix != ".py":
            (tmp_path / file.name).symlink_to(file)
    with apptest.with_checkpoints(tmp_path):
        networks._preview.cache_clear()  # a key of it is the digest that a damaged file should have
        yield tmp_path
        networks._preview.cache_clear()


def damage(folder, file, content):
    """Replace the content of a file."""
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)


def changed(folder, name, **fields):
    """Other fields of a card."""
    card = json.loads((SHIPPED / f"{name}.json").read_text())
    damage(folder, f"{name}.json", json.dumps(card | fields).encode())


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_without_any_checkpoint(page, tmp_path):
    with apptest.with_checkpoints(tmp_path):
        app = apptest.opened(page)
    for error in app.error:
        assert error.value.startswith(NONE) or "There is no model called" in error.value


@pytest.mark.parametrize("page", ["explore/latent_space", "explore/latent_map", "explore/inside", "evaluate/models"])
@pytest.mark.parametrize(
    "content", slow.all_but([b"nonsense" * 1000], [None, b"", b"nonsense" * 1000]), ids=["missing", "empty", "other"]
)
def test_a_damaged_preview_is_named_and_another_model_can_be_chosen(folder, page, content):
    damage(folder, "mnist_vae.atlas.safetensors", content)
    app = apptest.opened(page)
    assert "The preview of mnist_vae is" in app.error[0].value
    app.selectbox(key="model").select("fashion_vae").run()
    assert not app.exception
    assert not app.error


def test_damaged_weights_are_reported_inside_a_network_and_another_model_can_be_chosen(folder):
    damage(folder, "mnist_vae.safetensors", b"nonsense")
    app = apptest.opened("explore/inside")
    assert len(app.error) == 1
    assert "The weights of mnist_vae are not those its card describes" in app.error[0].value
    app.selectbox(key="model").select("fashion_vae").run()
    assert not app.exception
    assert not app.error


def test_a_damaged_browser_network_is_replaced_by_the_server(folder, monkeypatch):
    damage(folder, "mnist_vae.decoder.onnx", b"nonsense")
    mounted = apptest.mountings(monkeypatch, inside)
    apptest.without_error("explore/inside")
    message = mounted[-1][0]
    assert message["networks"] == {"decoder": None, "encoder": None}
    assert len(message["served"]) == len(message["layers"]) == 4


def test_one_damaged_preview_does_not_affect_the_tiles_of_other_models(folder):
    damage(folder, "mnist_gan.atlas.safetensors", b"nonsense")
    app = apptest.without_error("evaluate/models")
    assert [warning.value for warning in app.warning] == [
        "The preview of mnist_gan is not the one that its card describes; restore mnist_gan.atlas.safetensors from the "
        "repository or train the model again."
    ]


def test_a_damaged_card_is_omitted_and_named_on_models(folder):
    changed(folder, "mnist_gan", dataset="mnist", metrics=[])
    app = apptest.without_error("evaluate/models")
    assert ["mnist_gan.json cannot be read" in warning.value for warning in app.warning] == [True]
    assert "mnist_gan" not in app.selectbox(key="model").options
    apptest.without_error("explore/latent_space")


def test_a_card_without_figures_shows_what_it_has(folder):
    """Missing figures are replaced by a sentence."""
    changed(folder, "mnist_vae", metrics={}, protocol={}, run={}, aim={})
    app = apptest.opened("evaluate/models", model="mnist_vae")
    assert app.error[0].value.startswith("The card of mnist_vae has no ")


@pytest.mark.parametrize("fields", [{"model": "models.vae.Nothing"}, {"arguments": {"nonsense": 1}}], ids=str)
def test_a_network_that_cannot_be_built_is_reported(folder, fields):
    changed(folder, "mnist_vae", **fields)
    app = apptest.opened("explore/compare", models="mnist_vae")
    assert app.error[0].value.startswith("The card of mnist_vae ")


def test_denoise_works_without_its_vae(folder):
    damage(folder, "mnist_vae.safetensors", None)
    app = apptest.opened("images/denoise")
    assert "The weights of mnist_vae are missing" in app.error[0].value
    assert "How such a network learns, line by line" in [heading.value for heading in app.subheader]


SEVERAL = [  # a page of several networks, what its link asks for, and one of them
    ("images/reconstruct", {"model": "mnist_vae"}, "fashion_vae"),
    ("explore/compare", {"models": "mnist_vae.mnist_gan"}, "mnist_gan"),
    ("explore/vae_gan", {"data": "mnist", "vae": "mnist_vae", "gan": "mnist_gan"}, "mnist_gan"),
    ("explore/vae_gan", {"data": "mnist", "vae": "mnist_vae", "gan": "mnist_gan"}, "mnist_vae"),
]


@pytest.mark.parametrize(("page", "query", "broken"), SEVERAL, ids=lambda value: str(value)[-12:])
def test_one_damaged_network_of_several_is_named_and_the_others_work(folder, page, query, broken):
    whole = apptest.without_error(page, **query)
    damage(folder, f"{broken}.safetensors", b"nonsense")
    networks.forget([checkpoints.read(broken)])
    app = apptest.without_error(page, **query)
    words = [warning.value for warning in app.warning]
    assert len(words) == 1
    assert words[0].startswith(f"The weights of {broken} are not those its card describes")
    assert [heading.value for heading in app.subheader] == [heading.value for heading in whole.subheader]
    assert 0 < len(app.get("download_button")) <= len(whole.get("download_button"))


def test_reconstruct_shows_the_other_models_if_the_selected_one_is_damaged(folder):
    damage(folder, "mnist_vae.safetensors", b"nonsense")
    app = apptest.without_error("images/reconstruct", model="mnist_vae")
    assert [info.value for info in app.info] == [
        "Choose another model to look into; the pictures above are those of the others."
    ]
    app.selectbox(key="model").select("fashion_vae").run()
    assert not app.exception
    assert len(app.warning) == 1
    assert [heading.value for heading in app.subheader] == ["Other codes of the same picture"]
