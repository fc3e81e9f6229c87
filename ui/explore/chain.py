"""One person's visit to the live chain: what its component is told, what its link holds, and what the server computes
for a browser that cannot run the networks.

The link holds `ink` (the strokes, see ui/components/lib/pen.js) or `test` (a test image, SET.NUMBER), `noise` (the seed
of ε), `scale` (of ε), `means` (bars that were moved: DIMENSION_MEAN_…) and `view` (pca for the other map).
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import math
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from data import prepare
from ui import browser_networks, charts, classifiers, computed, gallery, networks, tiles, url
from ui.components.scatter import SPRITE_COLUMNS
from ui.explore import codes, images, latent_map

KEY = "live chain"
SHAPE = (1, 28, 28)
INK = re.compile("([PE]([0-9a-z]{4})+)*")
SHIPPED = "An image of this data set that comes with the app, as it is."
MADE = "What the network makes from the first test code: images of this data set do not come with the app."
MADE_OF_OWN = "What the network makes from the code of your first picture."
LONGEST = 24_000  # letters of a drawing in a link
FURTHEST = 10.0  # of a mean that is typed
START = {"ink": "", "test": None, "own": False, "noise": 1, "scale": 0.0, "means": [], "view": "tsne"}
STATE = ("ink", "test", "noise", "scale", "means", "view")  # what of it stands in the link
VIEWS = ("tsne", "pca")


def cards() -> list[Card]:
    """The cards of the VAEs that share a drawing, those of this visit's own pictures first."""
    return [card for card in gallery.with_own(gallery.cards("vae"), "vae") if card.shape == SHAPE]


def invitation(card: Card) -> str:
    """What to do on the page, a sentence."""
    what = "something like your pictures" if card.own else f"a {_shown(card)}"
    return f"Draw {what}: the input, its code and the picture of the code move with your pen. Drag the bars, too."


def look(card: Card) -> str:
    """What to look for."""
    becomes = "something else" if card.own else f"another {_shown(card)}"
    return f"what the picture adds or leaves out, and where it becomes {becomes}."


def _shown(card):
    return {"kmnist": "character", "fashion_mnist": "piece of clothing"}.get(card.dataset["name"], "digit")


def is_recorded(card: Card) -> bool:
    """Whether the first pass is recorded with the checkpoint."""
    return "first_mean" in networks.preview(card)


LATENT_SPACE = {"z", "basis", "dims", "plane", "plain", "psi"}  # parameters of that page, which was the first one once


def is_of_latent_space(query: dict[str, str]) -> bool:
    """Whether a link to "/" was made when that was the page Latent space, or asks for a model that is only there."""
    of_chain, with_codes = ({card.name for card in cards} for cards in (cards(), gallery.with_codes()))
    return bool(LATENT_SPACE & set(query)) or query.get("model") in with_codes - of_chain


@dataclass
class Visit:
    """token: another one for every link that was opened. state: as the component reports it. page: of test images.
    wants_map: whether the browser has asked for the map and, as far as it said, has not got it. report: the newest
    one of a browser without networks, until it is answered."""

    token: str
    model: str
    state: dict[str, Any] = field(default_factory=lambda: dict(START))
    page: int = 0
    wants_map: bool = False
    report: dict[str, Any] | None = None
    answer: dict[str, Any] | None = None

    # ---- reports ----

    def on_moved(self, report: dict[str, Any]) -> None:
        """A movement has ended; what no script of ours sends is left out."""
        card = next((card for card in cards() if card.name == self.model), None)
        if card is None:
            return  # a model of this visit that was deleted while the report was on its way
        if report.get("model") != card.sha256:
            report = {**report, "means": []}  # it was on its way when another model was chosen: its bars are of that
        state = checked(report, card.code_length)
        if state is None:
            return
        self.state = state
        if "input" in report:
            self.report = report
            self.wants_map = self.wants_map and report.get("have") is None  # it would be sent again with every answer

    def on_rest(self, report: dict[str, Any]) -> None:
        """The browser asks for the map, unless it has it, and for a page of test images."""
        page = report.get("page")
        if type(page) is int and 0 <= page < 10**6:
            self.page = page
        self.wants_map = report.get("have") is None

    # ---- to the component ----

    def message(self, card: Card, own: np.ndarray | None) -> dict[str, Any]:
        """Data of the component, see ui/components/chain. own: an upload (1, 28, 28) uint8, prepared."""
        if self.report is not None:
            self.answer, self.report = answer(card, self.report), None
        test = self.state["test"]
        image = None if test is None else test_image(test[0], test[1], card.name)
        return {
            "model": described(card),
            "first": first_pass(card),
            "strip": strip(card, self.page),
            "image": None if image is None else packed(image),
            "own": None if own is None else {"id": hashlib.sha256(own.tobytes()).hexdigest(), "image": packed(own)},
            "map": code_map(card) if self.wants_map else None,
            "answer": self.answer,
        }

    def write(self) -> None:
        """Put the state into the link, as far as it is not that of a first visit."""
        state = self.state
        means = "_".join(f"{number:g}" for pair in state["means"] for number in pair)
        url.write("ink", state["ink"] if 0 < len(state["ink"]) <= LONGEST else None)
        url.write("test", None if state["test"] is None else "{}.{}".format(*state["test"]))
        url.write("noise", str(state["noise"]) if state["noise"] != START["noise"] else None)
        url.write("scale", f"{state['scale']:g}" if state["scale"] else None)
        url.write("means", means or None)
        url.write("view", state["view"] if state["view"] != START["view"] else None)


def current(card: Card) -> Visit:
    """The visit of this session, or a new one for a link that was opened, with a warning for what is wrong there."""
    visit: Visit | None = st.session_state.get(KEY)
    asked = {key: text for key in STATE if (text := url.opened(key))}
    returned = [key for key in STATE if url.left_out(key)]
    if visit is None or asked or returned:
        visit = Visit(secrets.token_hex(4), card.name)
        visit.state = opened(asked, card.code_length)
        st.session_state[KEY] = visit
    if visit.model != card.name:
        visit.model, visit.state, visit.answer = card.name, {**visit.state, "means": []}, None
    visit.write()
    return visit


def opened(asked: dict[str, str], latent: int) -> dict[str, Any]:
    """The state of a link's texts; a warning names those that are none, and they are left out."""
    readers = {
        "ink": str,
        "test": lambda text: [text.rpartition(".")[0], url.natural(text.rpartition(".")[2])],
        "noise": url.natural,
        "scale": float,
        "means": lambda text: [
            [url.natural(d), float(value)] for d, value in zip(text.split("_")[::2], text.split("_")[1::2], strict=True)
        ],
        "view": str,
    }
    state, wrong = dict(START), []
    for key, text in asked.items():
        try:
            tried = checked({**state, key: readers[key](text)}, latent)
        except ValueError:
            tried = None
        if tried is None or (key == "test" and test_image(tried["test"][0], tried["test"][1], "") is None):
            wrong.append(key)
        else:
            state = tried
    if wrong:
        st.warning(f"This link holds something for {' and '.join(wrong)} that cannot be shown, so it is left out.")
    return state


def checked(report: dict[str, Any], latent: int) -> dict[str, Any] | None:
    """The state in a report of the component or a link, None where it is none."""
    parts: list[Any] = [report.get(key) for key in STATE]
    ink, test, noise, scale, means, view = parts
    valid = (
        isinstance(ink, str)
        and INK.fullmatch(ink)
        and (test is None or (_pair(test) and isinstance(test[0], str) and type(test[1]) is int and test[1] >= 0))
        and type(noise) is int
        and 0 <= noise < 2**31
        and _number(scale, 0, 2)
        and isinstance(means, list)
        and len(means) <= latent
        and all(
            _pair(p) and type(p[0]) is int and 0 <= p[0] < latent and _number(p[1], -FURTHEST, FURTHEST) for p in means
        )
        and view in VIEWS
    )
    if not valid:
        return None
    return {
        "ink": ink,
        "test": test,
        "own": report.get("own") is True,
        "noise": noise,
        "scale": float(scale),
        "means": means,
        "view": view,
    }


def _pair(value):
    return isinstance(value, list) and len(value) == 2


def _number(value, low, high):
    return type(value) in (int, float) and low <= value <= high  # false for NaN, too


# ---- what the component draws ----


def packed(image: np.ndarray) -> str:
    """A picture (…) uint8 as base64 of its bytes."""
    return base64.b64encode(np.ascontiguousarray(image).tobytes()).decode()


def described(card: Card) -> dict[str, Any]:
    """What the component has to know of a model."""
    preview, classifier = networks.preview(card), classifiers.given(card)
    return {
        "identity": card.sha256,
        "title": card.title,
        "words": words(card),
        "latent": card.code_length,
        "order": preview["order"].tolist(),
        "size": list(card.shape[1:]),
        "variance": preview["variance"].item(),
        "preset": dataclasses.asdict(prepare.preset(card.dataset["name"])),
        "classes": list(card.classes),
        "networks": {
            "encoder": browser_networks.given(card, "encoder"),
            "decoder": browser_networks.given(card, "decoder"),
            "classifier": classifier and classifier["network"],
        },
    }


def words(card: Card) -> dict[str, str]:
    """What pictures and codes are called. test, prepared: of an input. empty: of an empty page."""
    one = "one of your pictures" if card.own else "a test image"
    others = (
        "your pictures were" if card.own else "the authors of the data set prepared theirs: cropped, scaled, centred"
    )
    return {
        "one": one,
        "code": card.code_word,
        "test": "Your picture, as it was prepared." if card.own else "A test image, as it is in the data set.",
        "prepared": f"Your drawing or picture, prepared as {others}.",
        "empty": f"There is nothing on the page: draw something, or take {one}. The last result stays.",
    }


def first_pass(card: Card) -> dict[str, Any]:
    """The recorded pass (evaluate/preview.py), for which no network has to run."""
    preview = networks.preview(card)
    decoded = np.array_equal(preview["first_image"], preview["start_picture"])
    return {
        "image": packed(preview["first_image"]),
        "words": SHIPPED if not decoded else MADE_OF_OWN if card.own else MADE,
        "mean": codes.plain_floats(preview["first_mean"]),
        "log_var": codes.plain_floats(preview["first_log_var"]),
        "picture": packed(preview["first_picture"]),
        "log_likelihood": preview["first_log_likelihood"].item(),
    }


def strip(card: Card, page: int) -> dict[str, Any]:
    """Ten pictures with known classes to take."""
    starts = images.start_pictures(card)
    numbers = images.strip_numbers(starts.pictures, page)
    return {
        "page": page,
        "set": starts.pictures.name,
        "images": [
            {"number": int(n), "words": starts.name(int(n)), "image": packed(starts.pictures.images[n])}
            for n in numbers
        ],
    }


def test_image(name: str, number: int, model: str) -> np.ndarray | None:
    """Test image `number` (1, 28, 28) uint8 of the set of that name, None where it is not here.

    model: the name of the model whose set is looked at first, since a visit may bring two sets of one name.
    """
    for card in sorted(cards(), key=lambda card: card.name != model):
        pictures = images.start_pictures(card).pictures
        if pictures.name == name:
            return pictures.images[number] if number < len(pictures) else None
    return None


@computed.by_models
@st.cache_data(max_entries=8, show_spinner=False)
def _code_map(name, sha256, _card):
    preview, classes = networks.preview(_card), latent_map.classes(_card)
    return {
        "identity": sha256,
        "points": {kind: codes.base64_floats(preview[kind].ravel()) for kind in VIEWS},
        "codes": base64.b64encode(preview["codes"].astype("<f2").tobytes()).decode(),
        "labels": packed(preview["labels"].astype(np.uint8)),
        "classes": list(classes),
        "colours": [charts.PALETTE[k % len(charts.PALETTE)] for k in range(len(classes))],
        "components": codes.base64_floats(preview["components"].ravel()),
        "centre": codes.base64_floats(preview["centre"]),
        "sprites": tiles.data_url(preview["sprites"].tobytes(), "image/webp"),
        "columns": SPRITE_COLUMNS,
        "tile": list(_card.shape[1:]),
    }


def code_map(card: Card) -> dict[str, Any]:
    """The map of a model's test codes: codes and points as base64 of float16 and float32, pictures as a WebP sheet."""
    return _code_map(card.name, card.sha256, card)


# ---- for a browser that runs no networks ----


def answer(card: Card, report: dict[str, Any]) -> dict[str, Any] | None:
    """What the networks make of a report's input: None where it holds none.

    number: of the report. mean, log_var: of q(z|x), before bars were moved. picture: of z = mean + scale · σ · ε.
    log_likelihood: of x at z, in nats. logits: of the input and of the picture, None without a classifier.
    """
    raw, noise, number = report.get("input"), report.get("epsilon"), report.get("number")
    size = math.prod(SHAPE)
    if not (
        type(number) is int
        and isinstance(raw, list)
        and len(raw) == size
        and all(type(v) is int and 0 <= v < 256 for v in raw)
        and isinstance(noise, list)
        and len(noise) == card.code_length
        and all(_number(v, -100, 100) for v in noise)
    ):
        return None
    import torch

    from evaluate.samples import to_bytes
    from models.probability import reparameterise

    image = np.array(raw, np.uint8).reshape(1, *SHAPE)
    mean, log_var = networks.encode(card, image)
    moved = mean.copy()
    for dimension, value in report["means"]:
        moved[0, dimension] = value
    with torch.inference_mode():
        x = torch.from_numpy(image).float() / 255
        noise = torch.tensor([noise], dtype=torch.float32) * report["scale"]
        z = reparameterise(torch.from_numpy(moved), torch.from_numpy(log_var), noise)
        network = networks.model(card)
        picture, likelihood = network.picture(z), network.shown_log_likelihood(x, z)
        classifier = classifiers.of(card)
        logits = None
        if classifier is not None:
            classes = networks.model(classifier)
            logits = classes.head(classes.features(torch.cat([x, picture]))).tolist()
    return {
        "number": number,
        "mean": codes.plain_floats(mean[0]),
        "log_var": codes.plain_floats(log_var[0]),
        "picture": packed(to_bytes(picture).numpy()),
        "log_likelihood": likelihood.item(),
        "logits": logits,
    }
