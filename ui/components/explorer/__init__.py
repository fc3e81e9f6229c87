"""The live explorer: pictures that follow the hand while it moves.

Streamlit's own slider reports on release only. Here the network itself runs in the browser (ui/browser_networks.py).
Where it cannot, the server sends every picture that one movement can reach, as one sheet (a row for each dimension, 31
steps from −3 to 3), and the browser chooses tiles of it. Either way no message goes to the server while the hand drags.
On release the component reports the whole code once, with a serial number that the server's answer carries back.
"""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

_component = component(Path(__file__).parent)


def explorer(key: str, data: dict[str, Any], *, on_code: Heard, on_view: Heard, on_snap: Heard, on_rest: Heard) -> None:
    """Draw it. `data` is what index.js reads:

    session       changes when the serial starts anew
    serial        of the newest report that this answers
    code          list of latent floats (see ui.explore.codes.plain_floats)
    vectors       None where `code` is z itself; else base64 of float32: the rows along which it is (latent, latent), or
                  (D, latent) reflections that make them (see ui.explore.bases.Basis.sent)
    network       None or what ui.browser_networks.given says of the decoder
    classifier    None or what ui.classifiers.given says of the model
    codes         None or what ui.recorded_codes.given says of it
    size          [W, H] of one picture
    picture       data URL of the exact code's PNG
    sheet         data URL of a PNG, a row for each of `rows`, 31 steps; None when it is not ready, or the browser has
                  it; it may end before the last row (what was recorded), which then waits for the next sheet
    sheet_name    another one for every other sheet
    rows          [{dimension, name, label, rank, note, dead, words, low, step, exact: [low, high]}]; where `dimension`
                  is "length" the row moves the length of the whole code
    bases, basis  [[name, text]] of what the sliders can move along, and the chosen one
    pages, page   [[value, text]] of the groups of dimensions, and the chosen one
    plane         {axes, choices, names, vectors, scale, centre, map: data URL or None}
    asked         number of the newest request for sheet and map
    waking        whether the network is still being loaded here, and the browser, which needs it, asks again
    strip         None or {page, sheet: data URL of pictures side by side, pictures: [{number, words}]}
    original      None or {number, words, picture}
    origin        words: where this code comes from

    Reports are dicts: code {serial, code, walk: true where a walk stopped}, snap {serial, number}, view {serial,
    basis | dims | axes | strip}, rest {asked, have: name of the sheet, live: true where the network runs in the browser
    or is on its way}; {} stands for anything else. What is in them is not checked here.
    """
    _component(key=key, data=data, **of_dicts(on_code=on_code, on_view=on_view, on_snap=on_snap, on_rest=on_rest))
