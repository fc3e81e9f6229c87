"""All layers of a decoder or an encoder as tiles that follow the hand, and what raises one of their units."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

_component = component(Path(__file__).parent, numbered=("view", "start", "climb", "axes"))


def inside(key: str, data: dict[str, Any], *, on_view: Heard, on_start: Heard, on_climb: Heard, on_axes: Heard) -> None:
    """Mount it. `data` is what index.js reads:

    identity      changes with the network and its part: rows are made anew, and networks loaded
    part          "decoder" or "encoder"
    shape, size   (C, H, W) of a picture, and [W, H]
    networks      {"decoder", "encoder"}: what ui.browser_networks.given says with "outputs", the tensors of the layers
                  of `part`; None where there is none
    layers        in the order in which they work, [] until the network is loaded: {title, shape, tensor: its output in
                  the browser's network, bounds: [low, high] of the colours, ends: smallest and largest number, dead:
                  numbers of units}
    looked        at what `bounds`, `ends` and `dead` were found, in words: "1,000 codes of test images"
    view          {code: latent floats, unit: [layer, unit] or None}
    picture       data URL of the picture of the code; made: its caption
    given         None, or the real picture that the encoder sees: {number, words, pixels: base64 of its bytes}
    served        None, or base64 of float32 for each layer: what it gives, for browsers that run no network
    plane         as in ui.components.explorer, without maps
    recorded      None, or recorded pictures of this plane (data URL), until the network makes them
    strip         None, or pictures to start from, as in ui.components.explorer
    found         None, or of a unit {unit, words, best: [item], climbed: item with `about`, or None}; an item is
                  {words, value, picture: data URL, code, number: of the real picture or None}

    Reports, none of which is checked here: view {code, unit, number: of the real picture that the encoder sees, or
    None, server: whether the browser needs the server's values}, start {number | page}, climb {unit}, axes {axes}; {}
    stands for anything else.
    """
    _component(key, data, **of_dicts(on_view=on_view, on_start=on_start, on_climb=on_climb, on_axes=on_axes))
