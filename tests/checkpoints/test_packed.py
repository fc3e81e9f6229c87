"""A checkpoint as a zip: a packed one can be imported, and a forged one is refused."""

import dataclasses
import io
import json
import zipfile

import numpy as np
import pytest
import torch

import checkpoints
from checkpoints import CheckpointError, packed, parts, snapshots, visits
from data.splits import Split, Splits
from evaluate import own
from models.square_vae import SquareVAE
from train import own_recipe


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """(card, {file: its bytes}, it as a zip under the name roses) of a small model of twelve random pictures."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("stored")
        patch.setattr(checkpoints, "FOLDER", folder)
        card = _stored()
        return card, {file.name: file.read_bytes() for file in folder.iterdir()}, packed.pack(card, "roses")


def _stored():
    images = torch.randint(256, (12, 1, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    labels = torch.zeros(12, dtype=torch.int64)
    splits = Splits("own_grey_spots", "", Split(images[2:], labels[2:]), Split(images[:2], labels[:2]), classes=("a",))
    recipe = own_recipe.recipe("spots", splits, arguments={"latent": 2, "channels": 2, "hidden": 8}, start=None)
    torch.manual_seed(0)
    model = SquareVAE(**recipe.arguments).eval()
    metrics, protocol, preview = own.evaluate(model, splits)
    run = {"command": "", "seconds": 0.0, "device": "cpu"}
    made = recipe.card(model, run, dataset=splits.describe(), metrics=metrics, protocol=protocol, history={})
    return checkpoints.save(model, made, preview)


@pytest.fixture
def card(folder, stored):
    """The card of that model, whose files are here."""
    for name, raw in stored[1].items():
        (folder / name).write_bytes(raw)
    return stored[0]


@pytest.fixture
def contents(folder, stored):
    """Its files under another name."""
    (folder / "roses.zip").write_bytes(stored[2])
    return packed.gathered([folder / "roses.zip"])


def with_card(contents, **changes):
    fields = json.loads(contents["roses.json"]) | changes
    return contents | {"roses.json": json.dumps(fields).encode()}


def test_a_packed_checkpoint_can_be_imported(stored, contents):
    card, added = stored[0], packed.add(contents)
    assert dataclasses.replace(added, name="spots", recipe=card.recipe) == card
    assert checkpoints.read("roses") == added
    x = torch.rand(3, 1, 28, 28)
    assert torch.equal(checkpoints.load("roses").code(x), checkpoints.load("roses").code(x))
    assert checkpoints.preview("roses")["codes"].shape == (12, 2)
    assert [each.name for each in checkpoints.gallery()] == ["roses"]


def test_unpacked_files_can_be_imported(contents, folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name, content in contents.items():
        (elsewhere / name).write_bytes(content)
    assert packed.add(packed.gathered(sorted(elsewhere.iterdir()))).name == "roses"


def test_a_used_name_is_refused_unless_it_may_be_replaced(contents):
    packed.add(contents)
    with pytest.raises(CheckpointError, match="There is a checkpoint called roses already"):
        packed.add(contents)
    assert packed.add(contents, replace=True).name == "roses"


def test_a_shipped_checkpoint_is_never_replaced(contents):
    packed.add(contents)
    card = checkpoints.read("roses")
    checkpoints.rewrite(dataclasses.replace(card, dataset=dict(card.dataset) | {"name": "mnist"}))
    with pytest.raises(CheckpointError, match="already"):
        packed.add(contents, replace=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: with_card(c, model="os.system"), "not one of our models"),
        (lambda c: with_card(c, model="models.vae.nothing"), "no such network"),
        (lambda c: with_card(c, sha256="0" * 64), "sha256"),
        (lambda c: with_card(c, name="other"), "the card of another model"),
        (lambda c: with_card(c, latent=3), "another size of code"),
        (lambda c: with_card(c, arguments={"channels": 10**6}), "do not fit"),
        (lambda c: with_card(c, arguments={"channels": 10**15}), "do not fit|cannot be read"),
        (lambda c: with_card(c, arguments={"nonsense": 1}), "cannot be read"),
        (lambda c: with_card(c, family="nothing"), "no family"),
        (lambda c: with_card(c, surprise=1), "has no field"),
        (lambda c: with_card(c, preview="0" * 64), "not the one that its card describes"),
        (lambda c: with_card(c, parts={"decoder": {"sha256": "0" * 64, "bytes": 1}}), "missing or not the one"),
        (lambda c: with_card(c, parts={"../../up": {"sha256": "0" * 64, "bytes": 1}}), "that no network has"),
        (lambda c: c | {"roses.json": b"[" * 100_000}, "not the card"),
        (lambda c: c | {"roses.json": b"\xff\xfe"}, "not the card"),
        (lambda c: c | {"roses.safetensors": c["roses.safetensors"][:-8]}, "cannot be read|sha256"),
        (lambda c: c | {"roses.atlas.safetensors": b"nothing"}, "not the one that its card describes"),
        (lambda c: {name: raw for name, raw in c.items() if name != "roses.json"}, "NAME.json"),
        (lambda c: c | {"tulips.json": c["roses.json"]}, "NAME.json"),
    ],
)
def test_forged_files_are_refused_and_leave_nothing(contents, folder, change, words):
    before = sorted(folder.iterdir())
    with pytest.raises(CheckpointError, match=words) as refused:
        packed.add(change(contents))
    assert visits.START not in str(refused.value)
    assert "visit_" not in str(refused.value)
    assert sorted(folder.iterdir()) == before
    assert not [file for file in visits.root().iterdir() if file.is_dir()]


@pytest.mark.parametrize("name", ["../roses.json", "roses.pt", "roses.py", "ROSES.json", "a/roses.json"])
def test_a_file_that_is_not_part_of_a_checkpoint_is_refused(folder, name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, b"")
    (folder / "a.zip").write_bytes(buffer.getvalue())
    with pytest.raises(CheckpointError, match="not a file of a checkpoint"):
        packed.gathered([folder / "a.zip"])


def test_a_zip_that_unpacks_to_too_many_bytes_is_refused(folder, monkeypatch):
    monkeypatch.setattr(packed, "LARGEST", 1000)
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("roses.json", bytes(10_000))
    with pytest.raises(CheckpointError, match="would unpack to more than"):
        packed.gathered([folder / "a.zip"])


def test_a_missing_file_is_reported(folder):
    with pytest.raises(CheckpointError, match="cannot be read"):
        packed.gathered([folder / "nothing.zip"])


def test_a_damaged_zip_is_refused(folder):
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("roses.json", bytes(range(256)) * 100)
    raw = bytearray(file.read_bytes())
    raw[42:60] = b"\xff" * 18  # behind the header and the name
    file.write_bytes(raw)
    with pytest.raises(CheckpointError, match=r"a\.zip cannot be read"):
        packed.gathered([file])


def test_replacing_a_checkpoint_removes_all_its_files(contents, folder):
    packed.add(contents)
    card = parts.save("roses", {"decoder": parts.Exported(b"old", "float32", 0.0)})
    snapshots.save("roses", np.zeros((1, 8, 8), np.uint8), [1])
    assert card.parts
    assert checkpoints.preview("roses")
    without = {name: raw for name, raw in contents.items() if name != "roses.atlas.safetensors"}
    packed.add(with_card(without, preview=""), replace=True)
    assert {file.name for file in folder.iterdir()} == {"roses.json", "roses.safetensors", "roses.zip"}
    assert checkpoints.preview("roses") == {}
