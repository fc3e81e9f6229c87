"""The live explorer: pictures that follow the hand while it moves (explorer.html, .css, .js, and plane.js for the pad).

Streamlit's own slider reports on release only. Here the server sends every picture that one movement can reach, as one
sheet (a row for each dimension, 31 steps from −3 to 3), and the browser chooses tiles of it: no server while dragging.
On release the component reports the whole code once, with a serial number that the server's answer carries back.
"""

import base64
from pathlib import Path

import numpy as np
import streamlit as st

from ui import tiles

STEPS = np.round(np.arange(-15, 16) * 0.2, 1).astype(np.float32)
EXACT = 6.0  # number fields go from −6 to 6
LARGEST = 100.0  # no code that a hand can reach has a larger coordinate; a forged message might

_here = Path(__file__).parent
_component = st.components.v2.component(
    "latent_lab_explorer",
    html=(_here / "markup.html").read_text(),
    css=(_here / "style.css").read_text(),
    js=(_here / "plane.js").read_text() + (_here / "index.js").read_text(),
)


def explorer(key, *, on_code, on_view, on_snap, on_rest, **data):
    """Draw it. `data` is what explorer.js reads:

    session       changes when the serial starts anew
    serial        of the newest report that this answers
    code          list of latent floats (see `plain_floats`)
    size          [W, H] of one picture
    picture       base64 PNG of the exact code
    sheet         base64 PNG, a row for each of `rows`, 31 steps; None when it is not ready, or the browser has it; it
                  may end before the last row (what was recorded), which then waits for the next sheet
    sheet_name    another one for every other sheet
    rows          [{dimension, name, label, rank, note, dead, words, low, step, exact: [low, high]}]; where `dimension`
                  is "length" the row moves the length of the whole code
    bases, basis  [[name, text]] of what the sliders can move along, and the chosen one
    pages, page   [[value, text]] of the groups of dimensions, and the chosen one
    plane         {axes, choices, names, vectors, scale, centre, map: base64 PNG or None}
    asked         number of the newest request for sheet and map
    waking        whether the network is still being loaded
    strip         None or {page, sheet: base64 PNG of pictures side by side, pictures: [{number, words}]}
    original      None or {number, words, picture}
    origin        words: where this code comes from

    Reports arrive as triggers, read with `report` in the callbacks: code {serial, code}, snap {serial, number},
    view {serial, basis | dims | axes | strip}, rest {asked, have: name of the sheet}.
    """
    _component(
        key=key,
        data=data,
        on_code_change=on_code,
        on_view_change=on_view,
        on_snap_change=on_snap,
        on_rest_change=on_rest,
    )


def report(key, what):
    """What the component reported last: a dict; {} when it is anything else."""
    told = st.session_state[key].get(what)
    return told if isinstance(told, dict) else {}


def checked_code(values, latent):
    """A reported code as (latent,) float32, or None when it is not one (the browser is not trusted)."""
    try:
        code = np.asarray(values, np.float32)
    except (TypeError, ValueError):
        return None
    fair = code.shape == (latent,) and np.isfinite(code).all() and np.abs(code).max() <= LARGEST
    return code if fair else None


def sweep(code, dimensions, steps=STEPS):
    """Codes of a sheet, row by row: (len(dimensions) · len(steps), latent) float32 around a code (latent,)."""
    codes = np.tile(np.asarray(code, np.float32), (len(dimensions), len(steps), 1))
    for row, dimension in enumerate(dimensions):
        codes[row, :, dimension] = steps
    return codes.reshape(-1, codes.shape[-1])


def plain_floats(code):
    """float32 numbers as the shortest decimals that give them back: 0.2 and not 0.20000000298."""
    return [float(str(value)) for value in np.asarray(code, np.float32)]


def encoded(images, columns):
    """Pictures (N, C, H, W) uint8 as one base64 PNG of `columns` columns."""
    return base64.b64encode(tiles.png(tiles.tile(images, columns))).decode()
