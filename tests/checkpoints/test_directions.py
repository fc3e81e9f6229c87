"""Directions survive a file and a link exactly; a mismatch gives one sentence, and nothing is loaded."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from checkpoints.directions import Direction, DirectionError, cleaned, from_json, from_link, to_json, to_link

CARD = SimpleNamespace(name="mnist_vae", title="A VAE", sha256="a1" * 32, latent=3, code_length=3)
OTHER = SimpleNamespace(name="fashion_vae", title="Another", sha256="b2" * 32, latent=3, code_length=3)
HOSTILE = "<img src=x onerror=alert(1)> **[x](javascript:1)** ~.~"
GIVEN = [
    Direction("3 → 8", np.array([0.1, -2.5, 1e-7], np.float32), "difference of means"),
    Direction(cleaned(HOSTILE), np.array([1, 0, 0], np.float32)),
]


def same(found):
    assert [(one.name, one.origin) for one in found] == [(one.name, one.origin) for one in GIVEN]
    assert all(np.array_equal(one.vector, other.vector) for one, other in zip(found, GIVEN, strict=True))
    assert all(one.vector.dtype == np.float32 for one in found)
    return True


def test_round_trips_are_exact():
    assert same(from_json(to_json(CARD, GIVEN).encode(), CARD))
    text = to_link(CARD, GIVEN)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
    assert same(from_link(text, CARD))


def changed(**parts):
    return json.dumps(json.loads(to_json(CARD, GIVEN)) | parts).encode()


def with_vector(vector, name="x"):
    return changed(directions=[{"name": name, "vector": vector}])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1, 2]", "no directions"),
        (b'{"format": "something"}', "no directions"),
        (b" " * (2**20 + 1), "1.0 MB"),
        (changed(version=2), "another version"),
        (changed(directions=[]), "0 directions"),
        (changed(directions=[{}] * 9), "9 directions"),
        (changed(directions=[7]), "has no name"),
        (with_vector([1, 2, 3], " \u200b\n"), "has no name"),
        (with_vector([1, 2]), "has 2 numbers, but the codes of A VAE have 3"),
        (with_vector("1, 2, 3"), "not a list of numbers"),
        (with_vector([1, True, 3]), "not a list of numbers"),
        (with_vector([1, None, 3]), "not a list of numbers"),
        (with_vector([1, float("nan"), 3]), "that no code has"),
        (with_vector([1, float("inf"), 3]), "that no code has"),
        (with_vector([1, 10**400, 3]), "that no code has"),
        (with_vector([0, 0, 0]), "leads nowhere"),
        (to_json(OTHER, GIVEN).encode(), "of the model fashion_vae"),
        (changed(weights="c3" * 32), "another training"),
        (changed(weights="c3" * 32, model=HOSTILE), "another training"),
    ],
)
def test_files_that_do_not_match_the_model_are_refused(raw, words):
    with pytest.raises(DirectionError, match=words) as raised:
        from_json(raw, CARD)
    assert "<" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "another model"),
        (to_link(OTHER, GIVEN), "another model"),
        (to_link(CARD, GIVEN)[:-5], "damaged"),
        ("a1a1a1a1~x", "damaged"),
        ("a1a1a1a1~eA.eA.ä", "damaged"),
        ("a1a1a1a1~_w.eA.AAAA", "damaged"),
        (to_link(CARD, [Direction("x", np.zeros(3, np.float32))]), "leads nowhere"),
        (to_link(CARD, [Direction("", np.ones(3, np.float32))]), "no name"),
        (to_link(CARD, GIVEN * 5), "10 directions"),
    ],
)
def test_links_that_do_not_match_the_model_are_refused(text, words):
    with pytest.raises(DirectionError, match=words):
        from_link(text, CARD)


def test_a_name_is_one_short_visible_line():
    assert cleaned("  two\n words\u200b \x00") == "two words"
    assert cleaned("\u202e\u200b ") == ""
    assert len(cleaned("x" * 99)) == 40
