"""Links with hostile values: every page opens, and never shows an exception."""

import functools
from collections import defaultdict

import numpy as np
import pytest

from pages import contents
from tests import apptest
from tests.campaign import Case, Cases
from ui.url.param import Param

PAGES = [file.removesuffix(".py") for file in contents.files().values()]
EVERYWHERE = (
    "model",
    "seed",
    "lesson",
    "step",
    "lang",
    "room",
    "teacher",
    "present",
    "z",
    "plain",
    "basis",
    "dims",
)
VALUES = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "3.5",
        "1e309",
        "-1e309",
        "nan",
        "NaN",
        "inf",
        "1_000",
        "0x10",
        "１２",
        "٣",
        "²",
        "None",
    ),
    *("true", "TRUE", "null", "[]", "{}", "__class__", "../../etc/passwd", "mnist_vae", "mnist_gan", "mnist_flow"),
    *(
        "<script>alert(1)</script>",
        "**bold** [a](javascript:x)",
        "$x^2$",
        ":red[x]",
        "%00",
        "\0",
        "a" * 5000,
        "1" * 400,
    ),
    *("0_0", "0_0_0_0_0_0_0_0", "nan_nan", "p1.p2", "p1.p1", "1.2", "1.999999", ".", "_", ",", "1,2,3", "ÿ" * 50, "😀"),
    *("AAAA", "AAAAAAAAAAAAAAAAAAAAAA", "_" * 1000, "9" * 30, "-0", "+1", "1e-400", "vae", "lenet", "true_false"),
)


def parameters() -> dict[str, set[str]]:
    """{page: parameters that it reads from its link}, recorded while each page is opened once."""
    heard, page = defaultdict(set), ""
    requested = Param.requested

    def listening(self, *arguments, **options):
        heard[page].add(self.key)
        return requested(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Param, "requested", listening)
        for page in PAGES:
            apptest.opened(page)
    return heard


def cases(count: int, rng: np.random.Generator) -> Cases:
    """The pages in turn, each with one to four parameters."""
    known = parameters()
    for number in range(count):
        page = PAGES[number % len(PAGES)]
        keys = sorted(known[page] | set(EVERYWHERE))
        chosen = rng.choice(keys, size=min(len(keys), int(rng.integers(1, 5))), replace=False)
        query = {str(key): VALUES[int(rng.integers(len(VALUES)))] for key in chosen}
        yield Case(f"{page} {query}", functools.partial(attempt, page, query))


def attempt(page: str, query: dict[str, str]) -> None:
    """Open a page with a link."""
    apptest.opened(page, **query)
