"""A code survives a link to the last bit; damaged links are told apart."""

import numpy as np
import pytest

from ui.url import LinkError, pack, unpack


@pytest.mark.parametrize("latent", [1, 2, 16, 20, 128])
def test_round_trip_is_exact(latent):
    code = np.random.default_rng(latent).standard_normal(latent).astype(np.float32)
    assert np.array_equal(unpack(pack(code), latent), code)
    assert set(pack(code)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (pack(np.zeros(19)), "19 numbers"),
        (pack(np.full(20, np.nan)), "not finite"),
        (pack(np.full(20, np.inf)), "not finite"),
        ("AAA", "damaged"),
        ("!!!!", "damaged"),
        ("<script>", "damaged"),
        ("ä", "damaged"),
        ("A", "damaged"),
        ("", "0 numbers"),
    ],
)
def test_bad_links_are_one_sentence(text, reason):
    with pytest.raises(LinkError, match=reason):
        unpack(text, 20)
