"""The live chain: a drawing, its code and the decoded picture, all computed in the browser during the stroke."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, initial_value, of_dicts

KEY = "chain"
_component = component(Path(__file__).parent)


def chain(data: dict[str, Any], *, visit: str, state: dict[str, Any], on_moved: Heard, on_rest: Heard) -> None:
    """Draw it. `data` is what index.js reads; pictures are base64 of their H·W bytes:

    model      {identity, title, words: see ui.explore.chain.vaes, latent, order, size: [H, W], variance, preset,
               classes, networks: {encoder, decoder, classifier}}; each network is from ui.browser_networks.given
               or None
    first      {image, words: its name, mean, log_var, picture, log_likelihood}: a recorded pass, for a first visit
    strip      {page, set, images: [{number, words, image}]}: pictures to choose from
    image      the picture given by the link, or None
    own        {id, image} of an upload or a photograph, or None
    map        None until requested: {identity, points: {tsne, pca}, codes, labels, …}, see ui.explore.chain.vaes
    answer     None, or the server's answer to a report of a browser without networks

    visit: changes when a link was opened; then `state` (the contents of a report) is shown. A report of "moved" is a
    dict {model: its identity, ink, test, own, noise, scale, means, view}, with {input, epsilon, number, have} if no
    network runs in the browser; "rest" {have, page} requests the map. All other reports count as {}.
    """
    data = with_state(data, visit, initial_value(KEY, visit, state))
    _component(KEY, data, **of_dicts(on_moved=on_moved, on_rest=on_rest))


def with_state(data: dict[str, Any], visit: str, state: dict[str, Any]) -> dict[str, Any]:
    """The data with the initial state."""
    return data | {"visit": visit, "state": state}
