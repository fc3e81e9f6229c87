"""A visitor's zip: what is read, what is named and skipped, and what is refused in one sentence."""

import zipfile
import zlib

import numpy as np
import pytest

from data import DataError
from data.own import archive, files, intake
from data.own.intake import Intake, Room
from tests.data.own_files import broken_crc, listing, of_pictures, packed, picture, png


def read(raw, name="mine.zip", **options):
    return Intake(intake.opened(name, raw), **options).read()


def reasons(taken):
    return {problem.name: problem.reason for problem in taken.problems}


def test_a_zip_with_a_folder_for_each_class():
    taken = read(of_pictures(12, ("cats", "dogs")))
    assert (len(taken), taken.problems) == (12, [])
    known = taken.classes()
    assert known.classes == ("cats", "dogs")
    assert np.bincount(known.labels).tolist() == [6, 6]


def test_files_added_by_operating_systems_are_ignored():
    added = {"__MACOSX/._a.png": b"x", ".DS_Store": b"x", "b/Thumbs.db": b"x", "a.png": picture(1)}
    taken = read(packed(added))
    assert (taken.names, taken.problems) == (["a.png"], [])


def test_several_pictures_without_a_zip():
    taken = Intake([*intake.opened("a.png", picture(1)), *intake.opened("b.png", picture(2))]).read()
    assert taken.names == ["a.png", "b.png"]


def test_pictures_are_stored_reduced_and_grey_ones_with_one_channel():
    taken = Intake(
        [*intake.opened("a.png", picture(1, 300)), *intake.opened("b.png", picture(1, 300, colour=True))]
    ).read()
    assert [kept.shape for kept in taken.pictures] == [(96, 96), (96, 96, 3)]


def test_one_broken_picture_among_many_is_named():
    every = {f"{k}.png": picture(k) for k in range(30)} | {"17.png": picture(17)[:60]}
    taken = read(packed(every))
    assert len(taken) == 29
    assert reasons(taken).keys() == {"17.png"}
    assert "damaged or cut off" in reasons(taken)["17.png"]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("inner.zip", of_pictures(2), "a zip archive"),
        ("notes.txt", b"hello", "a text"),
        ("../../up.png", picture(1), "leads out of the zip"),
        ("/etc/up.png", picture(1), "leads out of the zip"),
        ("C:/up.png", picture(1), "leads out of the zip"),
        ("..\\up.png", picture(1), "leads out of the zip"),
        ("bomb.png", bytes(21 * 2**20), "unpacks to more than 20 MB"),
        ("empty.png", b"", "empty"),
    ],
)
def test_a_file_that_is_not_a_picture_is_named_and_the_others_are_kept(name, raw, words):
    taken = read(packed({name: raw, "good.png": picture(1)}))
    assert taken.names == ["good.png"]
    assert words in reasons(taken)[name.replace("\\", "/")]


def test_a_picture_with_too_many_pixels_is_not_decoded():
    raw = bytearray(png(np.zeros((8, 8), np.uint8)))
    raw[16:24] = (9000).to_bytes(4, "big") * 2
    raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
    taken = read(packed({"huge.png": bytes(raw), "good.png": picture(1)}))
    assert "at most 50 million" in reasons(taken)["huge.png"]


def test_a_false_size_in_the_directory_of_a_zip_is_reported():
    raw = packed({"a.png": bytes(10**6), "b.png": picture(1)})
    told = (10**6).to_bytes(4, "little")
    assert raw.count(told) == 2
    taken = read(raw.replace(told, (1000).to_bytes(4, "little")))
    assert taken.names == ["b.png"]
    assert "damaged" in reasons(taken)["a.png"]


def test_a_file_with_a_wrong_checksum_is_reported():
    raw = packed({"a.png": picture(1), "b.png": picture(2)}, zipfile.ZIP_STORED)
    taken = read(broken_crc(raw, "a.png"))
    assert taken.names == ["b.png"]
    assert "damaged" in reasons(taken)["a.png"]


def test_a_file_with_a_password_is_reported():
    raw = bytearray(packed({"a.png": picture(1)}))
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    with_another = read(bytes(raw))
    assert "without a password" in reasons(with_another)["a.png"]


def test_the_total_unpacked_size_is_limited(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 3 * len(picture(0)) - 1)
    taken = read(packed({f"{k}.png": picture(0) for k in range(4)}))
    assert len(taken) == 2
    assert "together unpack to more than" in reasons(taken)["2.png"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (of_pictures(3)[:-30], "damaged or cut off"),
        (b"PK\x03\x04 and nothing more", "damaged or cut off"),
        (listing(100_000), "65,535 files|100,000 files|at most 20,000"),
        (listing(30_000), "30,000 files, and at most 20,000"),
        (listing(30_000, told=3), "30,000 files, and at most 20,000"),
        (packed({}), "no files in it"),
        (packed({"only/": b""}), "no files in it"),
    ],
)
def test_an_invalid_zip_is_refused(raw, words):
    with pytest.raises(DataError, match=words):
        read(raw)


def test_a_zip_directory_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(archive, "LISTED", 40)
    monkeypatch.setattr(archive.zipfile, "ZipFile", lambda *_: pytest.fail("the list was read"))
    with pytest.raises(DataError, match="more than 20,000 files"):
        read(listing(19_000, told=5))


def test_a_zip_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1000)
    with pytest.raises(DataError, match=r"mine\.zip has .* MB"):
        read(of_pictures(12))


def test_too_many_pictures_are_refused(monkeypatch):
    monkeypatch.setattr(intake, "MOST_PICTURES", 5)
    with pytest.raises(DataError, match="6 files, and at most 5"):
        read(of_pictures(6))


def test_a_full_server_keeps_none_of_the_pictures():
    room = Room(3 * 28 * 28)
    with pytest.raises(DataError, match="as many pictures"):
        read(of_pictures(4), room=room)
    assert room.used == 0


def test_forgotten_pictures_free_their_memory():
    room = Room()
    taken = read(of_pictures(4), room=room)
    assert room.used == 4 * 28 * 28
    taken.release()
    taken.release()
    assert (room.used, len(taken)) == (0, 0)


def test_a_folder_on_disk_is_read(tmp_path):
    for name in ("cats/1.png", "cats/2.png", "dogs/3.png"):
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_bytes(picture(int(name[5])))
    (tmp_path / "secret.png").write_bytes(picture(9))
    (tmp_path / "set" / "link.png").symlink_to(tmp_path / "secret.png")
    taken = Intake(files.of_folder(tmp_path / "set")).read()
    assert taken.names == ["cats/1.png", "cats/2.png", "dogs/3.png"]
    assert taken.classes().classes == ("cats", "dogs")


def test_a_missing_folder_is_reported(tmp_path):
    with pytest.raises(DataError, match="no folder"):
        files.of_folder(tmp_path / "nothing")
