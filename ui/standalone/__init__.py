"""Pages to take home: a live component as one HTML file that needs no server and no network.

    raw = page("explorer", data, About("Latent space", …, card=card), stored)
    too_large(card, "decoder")          a sentence, or None

The file contains everything: markup, styles and code of the component; its data; the runtime and the networks named in
the data, packed (gzip, base64), each checked against the card's sha256 before it runs; figures, commands and licences.
NAME.js in this folder answers in the browser what the server answers in the app; open.js is shared by all of them. The
parts of a page are cached in packed form, so that another page takes milliseconds.
"""

from __future__ import annotations

import base64
import functools
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoints import Card, commands, table
from ui import browser_networks
from ui.components import esm, parts

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
LIMIT = 15_000_000  # bytes of a page
FRAME = 5_900_000  # at most, without the networks: runtime, licences, code and data
PACKED = 1.27  # characters per byte of a packed network, at most: gzip leaves 0.94 of weights, base64 adds a third
POLICY = (  # nothing is ever loaded from elsewhere
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class About:
    """The content around the component, as plain text.

    lead: what to do; look: what to look for. card: the model whose figures and commands are listed. figures: others.
    details: (heading, command or settings), in addition. picture, alt: a data URL shown until the component is loaded,
    and if it cannot run. pictures: whether the page contains pictures of data sets, and so needs their licences.
    """

    title: str
    lead: str
    look: str
    card: Card | None = None
    figures: tuple[table.Figure, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    picture: str | None = None
    alt: str = ""
    pictures: bool = False


def too_large(card: Card, *names: str, besides: int = 0) -> str | None:
    """A sentence if the model lacks these parts, or a page with them would be larger than LIMIT; else None.

    besides: bytes of other networks and arrays in it.
    """
    if any(name not in card.parts for name in names):
        return f"{card.title} cannot be saved as a page: this checkpoint has no files for browsers."
    size = expected_size(card, *names, besides=besides)
    if size <= LIMIT:
        return None
    return (
        f"{card.title} is too large to be saved as a page: with its network the file would have {size / 1e6:.0f} MB, "
        f"and {LIMIT / 1e6:.0f} MB is the most. Choose another model."
    )


def expected_size(card: Card, *names: str, besides: int = 0) -> float:
    """Bytes of a page with these parts of a model, at most."""
    return FRAME + PACKED * (sum(card.parts[name]["bytes"] for name in names) + besides)


def page(name: str, data: dict[str, Any], about: About, stored: Any = None) -> bytes:
    """The file: component `name` with `data` as its first message; stored: the data from which NAME.js answers reports.

    Raises CheckpointError if a network is damaged.
    """
    entry = FOLDER / f"{name}.js"
    networks = list(_networks(data))
    files = dict.fromkeys(address for network in networks for address in _addresses(network))
    component = _parts(name)
    title = f"{about.title}: {about.card.title}" if about.card else about.title
    sections = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{_text(title)}</title>",
        f"<style>{(FOLDER / 'frame.css').read_text()}</style>",
        f"<header><h1>{_text(about.title)}</h1>",
        '<button id="theme" type="button" hidden></button></header>',
        f"<p>{_text(about.lead)}<br><b>Look for</b> {_text(about.look)}</p>",
        '<p id="status" role="status"><noscript>This page needs JavaScript.</noscript></p>',
        f"<script>{(FOLDER / 'early.js').read_text()}</script>",
        f'<img id="recorded" src="{_text(about.picture)}" alt="{_text(about.alt)}">' if about.picture else "",
        '<main id="component"></main>',
        '<p id="actions"></p>',
        *_facts(about),
        *_licences(esm.modules(entry), bool(networks), about.pictures),
        f'<template id="markup"><div><div>{component["html"]}</div><style>{component["css"]}</style></div></template>',
        f'<script id="data" type="application/json">{_json({"data": data, "stored": stored})}</script>',
        f'<script type="module">{_script(_bundle(entry))}</script>',
        *(f'<script data-file="{_text(file)}" type="text/plain">{_packed(file)}</script>' for file in files),
        '<i id="end"></i>',
        "</html>",
        "",
    ]
    return "\n".join(filter(None, sections)).encode()


def _networks(data) -> Iterator[dict[str, Any]]:
    """The results of `browser_networks.given` anywhere in the data."""
    if isinstance(data, dict):
        if isinstance(data.get("runtime"), dict):
            yield data
        else:
            data = list(data.values())
    if isinstance(data, list | tuple):
        for value in data:
            yield from _networks(value)


def _addresses(network):
    runtime = network["runtime"]
    return (network["url"], runtime["worker"], runtime["script"], runtime["wasm"]["url"])


def _packed(address):
    return base64.b64encode(browser_networks.compressed(address)).decode()


@functools.cache
def _bundle(entry):
    return esm.bundle(entry)


@functools.cache
def _parts(name):
    return parts(FOLDER.parent / "components" / name)


# ---- texts around it ----


def _facts(about: About) -> Iterator[str]:
    card = about.card
    figures = [*(table.figures(card) if card else ()), *about.figures]
    yield "<section>"
    if card:
        yield f"<h2>{_text(card.title)}</h2><p>{_text(card.summary)}</p>"
    elif figures:
        yield "<h2>Figures</h2>"
    yield from _table(figures)
    yield "</section>"
    yield "<section><h2>How it was made</h2>"
    if card:
        yield f"<pre>{_text(commands.of_card(card))}</pre>"
        yield f"<p>{_text(_training(card))}</p>"
    for heading, words in about.details:
        yield f"<h3>{_text(heading)}</h3><pre>{_text(words)}</pre>"
    yield f"<p>{_text(_origin())}</p></section>"


def _table(figures):
    if not figures:
        return
    floors = any(figure.floor for figure in figures)
    heads = ["figure", "measured", *(["floor"] if floors else []), "how"]
    yield '<div class="wide"><table><thead><tr>'
    yield "".join(f"<th>{head}</th>" for head in heads)
    yield "</tr></thead><tbody>"
    for figure in figures:
        cells = [figure.heading, figure.value.replace("-", "−"), *([figure.floor] if floors else []), figure.how]
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></div>"
    if floors:
        yield "<p>Floor: the same figure for two sets of real data.</p>"


def _training(card):
    images = f"{card.dataset['train_images']:,} {card.dataset.get('unit', 'images')}"
    minutes = card.run["seconds"] / 60
    return f"{minutes:.1f} minutes on {card.run['device']}, {images} ({card.dataset['note']})."


@functools.cache
def _citation() -> dict[str, str]:
    """The simple entries of CITATION.cff."""
    lines = re.findall(r'^([\w-]+): *"?([^"\n]+?)"?$', (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    return dict(lines)


def _origin():
    known = _citation()
    address = known.get("repository-code") or known.get("url")
    return f"Saved from {known['title']} {known['version']}" + (f", {address}." if address else ".")


def _licences(modules, runs_networks, shows_pictures) -> Iterator[str]:
    """Our licence and those of the vendored libraries whose code the page contains, verbatim."""
    vendored = {module.relative_to(esm.VENDOR).parts[0] for module in modules if module.is_relative_to(esm.VENDOR)}
    files = {_citation()["title"]: ROOT / "LICENSE"}
    files |= {_versioned(name): esm.VENDOR / name / "LICENSE" for name in sorted(vendored)}
    if runs_networks:
        runtime = browser_networks.RUNTIME
        files[_versioned(runtime.name)] = runtime / "LICENSE"
        files[f"What {_versioned(runtime.name)} contains"] = runtime / "ThirdPartyNotices.txt"
    if shows_pictures:
        files["Pictures of the data sets"] = ROOT / "data" / "samples" / "LICENSES.md"
    yield "<section><h2>Licences</h2>"
    for heading, file in files.items():
        yield f"<details><summary>{_text(heading)}</summary><pre>{_text(file.read_text().strip())}</pre></details>"
    yield "</section>"


def _versioned(library):
    about = json.loads((esm.VENDOR / "VERSIONS.json").read_text())[library]
    return f"{library} {about['version']} ({about['license']})"


def settings(values: dict[str, Any]) -> str:
    """Settings of a training in one line, for `About.details`."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


# ---- safe inside HTML ----


def _text(words):
    return html.escape(str(words))


def _json(data):
    return json.dumps(data, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _script(code):
    """Code with escapes, so that neither `</script>` in its strings ends it nor `<!--` changes its parsing."""
    return re.sub(r"<(?=/script|!--|script)", r"\\x3c", code, flags=re.IGNORECASE)
