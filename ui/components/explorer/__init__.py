"""The live explorer: pictures that change during a drag.

Streamlit's own slider reports only on release. Here the network itself runs in the browser (ui/browser_networks.py). If
it cannot, the server sends every picture that one movement can reach, as one sheet (a row for each dimension, 31 steps
from −3 to 3), and the browser selects tiles of it. In both cases no message is sent to the server during a drag. On
release the component reports the whole code once, with a serial number that the server's answer repeats.
"""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

_component = component(Path(__file__).parent)


def explorer(key: str, data: dict[str, Any], *, on_code: Heard, on_view: Heard, on_snap: Heard, on_rest: Heard) -> None:
    """Draw it. `data` is what index.js reads:

    session       changes when the serial starts again
    serial        of the newest report that these data answer
    code          list of latent floats (see ui.explore.codes.plain_floats)
    vectors       None if `code` is z itself; else base64 of float32: the rows along which it is (latent, latent), or
                  (D, latent) reflections that define them (see ui.explore.bases.Basis.sent)
    network       None, or the decoder from ui.browser_networks.given
    classifier    None, or from ui.classifiers.given for the model
    codes         None, or from ui.recorded_codes.given for it
    size          [W, H] of one picture
    picture       data URL of the exact code's PNG
    sheet         data URL of a PNG, a row for each of `rows`, 31 steps; None if it is not ready, or the browser has
                  it; a recorded one may end before the last row, which then waits for the next sheet
    sheet_name    differs for every sheet
    rows          [{dimension, name, label, rank, note, dead, words, low, step, exact: [low, high]}]; if `dimension`
                  is "length" the row moves the length of the whole code
    bases, basis  [[name, text]] of the bases for the sliders, and the chosen one
    pages, page   [[value, text]] of the groups of dimensions, and the chosen one
    plane         {axes, choices, names, vectors, scale, centre, map: data URL or None}
    asked         number of the newest request for sheet and map
    waking        whether the server is still loading the network, and the browser, which needs it, should ask again
    strip         None or {page, sheet: data URL of pictures side by side, pictures: [{number, words}]}
    original      None or {number, words, picture}
    origin        where this code comes from, in words

    Reports are dicts: code {serial, code, walk: true if a walk stopped}, snap {serial, number}, view {serial, basis |
    dims | axes | strip}, rest {asked, have: name of the sheet, live: true if the network runs in the browser or is
    being loaded}; other reports count as {}. Their contents are not checked here.
    """
    _component(key=key, data=data, **of_dicts(on_code=on_code, on_view=on_view, on_snap=on_snap, on_rest=on_rest))
