"""Invalid cards, damaged previews and unknown networks: one sentence each, and nothing else is affected."""

import dataclasses
import json
import pickle
import re

import numpy as np
import pytest

import checkpoints
from checkpoints import form, parts, recorded
from models.vae import MLPVAE
from tests.toy_card import toy_card

PREVIEW = {"codes": np.arange(6.0, dtype=np.float32).reshape(2, 3)}


@pytest.fixture
def toy(folder):
    """A folder with a stored toy and its preview."""
    card = toy_card(metrics={"test_elbo": -3.5, "kl_per_dimension": [1.0, 0.0, 2.0]}, history={"loss": [2.0, 1.0]})
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), card, PREVIEW)
    return folder


def rewrite(folder, **changes):
    """Change fields of the stored card; ... leaves one out."""
    file = folder / "toy.json"
    fields = json.loads(file.read_text()) | changes
    file.write_text(json.dumps({key: value for key, value in fields.items() if value is not ...}))


@pytest.mark.parametrize("field", form.KINDS)
@pytest.mark.parametrize("value", [3.5, None, "x", [1], {"x": [None]}, True], ids=str)
def test_a_field_of_the_wrong_type_is_named(toy, field, value):
    """Unless the value is valid for the field; then the card is read as it was written."""
    rewrite(toy, **{field: value})
    if problems := checkpoints.unreadable():
        (problem,) = problems
        assert re.match(rf"The card toy\.json cannot be read \(.*(“{field}”|“x”|family|another model)", problem)
        assert checkpoints.gallery() == []
        with pytest.raises(checkpoints.CheckpointError, match=re.escape(problem)):
            checkpoints.read("toy")
    else:
        found = getattr(checkpoints.read("toy"), field)
        assert (list(found) if field == "shape" else found) == value


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"metrics": ...}, "no field “metrics”"),
        ({"history": {"loss": [1.0], "kl": [1.0, 2.0]}}, "field “history”"),
        ({"metrics": {"test_elbo": [1.0]}}, "figure “test_elbo”"),
        ({"metrics": {"kl_per_dimension": 1.0}}, "figure “kl_per_dimension”"),
        ({"metrics": {"test_elbo": float("nan")}}, "figure “test_elbo”"),
        ({"metrics": {"test_elbo": 10**400}}, "figure “test_elbo”"),
        ({"history": {"loss": [10**400]}}, "field “history”"),
        ({"dataset": {}}, "field “dataset”"),
        ({"shape": [4, 4]}, "field “shape”"),
        ({"latent": 0}, "field “latent”"),
        ({"aim": {"words": "more", "figure": "test_elbo"}}, "field “aim”"),
        ({"aim": {"words": "more", "figure": "test_elbo", "least": 1.0, "most": 2.0}}, "field “aim”"),
        ({"aim": {"words": "more", "figure": "kl_per_dimension", "least": 1.0}}, "field “aim”"),
        ({"aim": {"words": "more", "figure": "mig", "least": 1.0, "of": "mnist_vae.kl_per_dimension"}}, "field “aim”"),
        ({"parts": {"decoder": {"sha256": "ab"}}}, "field “parts”"),
        ({"colour": "blue"}, "no field “colour”"),
        ({"name": "other"}, "card of another model"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_unusable_values_are_refused(toy, changes, reason):
    rewrite(toy, **changes)
    with pytest.raises(checkpoints.CheckpointError, match=f"toy.json cannot be read .*{reason}"):
        checkpoints.read("toy")


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"[" * 100_000, b"\xff\xfe{}", b'{"name": "toy"'], ids=repr)
def test_a_file_that_is_not_a_card_is_refused(toy, content):
    (toy / "toy.json").write_bytes(content)
    with pytest.raises(checkpoints.CheckpointError, match=r"toy\.json cannot be read"):
        checkpoints.read("toy")


def test_a_missing_entry_raises_a_key_error_with_a_sentence(toy):
    card = checkpoints.read("toy")
    assert "mse" not in card.metrics
    with pytest.raises(checkpoints.CheckpointError, match=r"^The card of toy has no mse in its metrics; restore"):
        card.metrics["mse"]
    with pytest.raises(KeyError):
        card.run["seconds"]


def test_sections_keep_their_type_when_a_card_is_copied(toy):
    card = checkpoints.read("toy")
    for copy in (pickle.loads(pickle.dumps(card)), dataclasses.replace(card, title="other")):
        with pytest.raises(checkpoints.CheckpointError, match="The card of toy has no mse"):
            copy.metrics["mse"]
    assert json.loads(checkpoints.to_json(card))["metrics"] == dict(card.metrics)


@pytest.mark.parametrize("model", ["models.vae.Nothing", "models.nothing.MLPVAE", "models.vae.nn", "models.vae.Tensor"])
def test_an_unknown_network_is_refused(toy, model):
    rewrite(toy, model=model)
    with pytest.raises(checkpoints.CheckpointError, match=f"names {model}, and there is no such network"):
        checkpoints.load("toy")


@pytest.mark.parametrize(
    "arguments", [{"nonsense": 1}, {"latent": "x", "hidden": 8, "shape": [1, 4, 4]}, {"shape": []}]
)
def test_unknown_arguments_of_a_network_are_refused(toy, arguments):
    rewrite(toy, arguments=arguments)
    with pytest.raises(checkpoints.CheckpointError, match=r"arguments that models\.vae\.MLPVAE does not take"):
        checkpoints.load("toy")


@pytest.mark.parametrize("fields", [{"latent": 4}, {"shape": [1, 2, 8]}], ids=str)
def test_a_card_whose_sizes_differ_from_its_network_is_refused(toy, fields):
    rewrite(toy, **fields)
    with pytest.raises(checkpoints.CheckpointError, match="card of toy has another size of code or picture"):
        checkpoints.load("toy")


def test_a_card_whose_code_length_differs_from_its_preview_is_refused(toy):
    rewrite(toy, latent=4)
    with pytest.raises(checkpoints.CheckpointError, match="preview of toy is not the one that its card describes"):
        checkpoints.preview("toy")


def test_every_changed_byte_of_a_preview_is_detected(toy):
    file = toy / "toy.atlas.safetensors"
    raw = file.read_bytes()
    for place in range(len(raw)):
        file.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with pytest.raises(checkpoints.CheckpointError, match="preview of toy is not the one that its card describes"):
            checkpoints.preview("toy")
    file.write_bytes(raw)
    assert np.array_equal(checkpoints.preview("toy")["codes"], PREVIEW["codes"])


def test_a_missing_preview_is_reported_if_the_card_names_one(toy):
    (toy / "toy.atlas.safetensors").unlink()
    with pytest.raises(checkpoints.CheckpointError, match="preview of toy is missing; restore"):
        checkpoints.preview("toy")
    rewrite(toy, preview="")
    assert checkpoints.preview("toy") == {}
    with pytest.raises(checkpoints.CheckpointError, match="preview of toy has no codes"):
        checkpoints.preview("toy")["codes"]


@pytest.mark.parametrize("where", [0, 7, 20, -1])
def test_a_truncated_preview_of_a_card_without_a_digest_is_reported(toy, where):
    rewrite(toy, preview=...)
    file = toy / "toy.atlas.safetensors"
    assert np.array_equal(checkpoints.preview("toy")["codes"], PREVIEW["codes"])
    file.write_bytes(file.read_bytes()[:where])
    with pytest.raises(checkpoints.CheckpointError, match="preview of toy is cut or damaged"):
        checkpoints.preview("toy")


def test_a_rewritten_preview_replaces_a_damaged_one(toy):
    (toy / "toy.atlas.safetensors").write_bytes(b"nonsense")
    assert checkpoints.preview_to_extend("toy") == {}
    checkpoints.save_preview("toy", {"codes": np.ones((2, 3))})
    assert np.array_equal(checkpoints.preview("toy")["codes"], np.ones((2, 3)))
    assert checkpoints.load("toy").latent == 3


def test_saving_weights_without_a_preview_keeps_the_existing_one(toy):
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), toy_card())
    assert np.array_equal(checkpoints.preview("toy")["codes"], PREVIEW["codes"])
    assert checkpoints.read("toy").preview


def test_every_shipped_preview_matches_its_card():
    for card in checkpoints.gallery():
        assert bool(card.preview) == checkpoints.path(card.name, ".atlas.safetensors").exists(), card.name
        assert isinstance(checkpoints.preview(card.name), dict)
    assert checkpoints.unreadable() == []


def test_an_unreadable_part_is_reported(toy):
    parts.save("toy", {"decoder": parts.Exported(b"network", "float32", 0.0)})
    (toy / "toy.decoder.onnx").unlink()
    (toy / "toy.decoder.onnx").mkdir()
    with pytest.raises(checkpoints.CheckpointError, match="The decoder of toy is missing or not the one"):
        parts.read(checkpoints.read("toy"), "decoder")


@pytest.mark.parametrize("content", [None, b"[" * 100_000, b"3", b"\xff"], ids=["a folder", "deep", "number", "bytes"])
def test_an_unreadable_recording_is_reported(tmp_path, monkeypatch, content):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    if content is None:
        (tmp_path / "toy.json").mkdir()
    else:
        (tmp_path / "toy.json").write_bytes(content)
    with pytest.raises(checkpoints.CheckpointError, match="The recorded training toy cannot be read"):
        recorded.read("toy")
