"""All layers of a decoder or an encoder as tiles that change during a drag, and inputs that activate one unit."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

_component = component(Path(__file__).parent, numbered=("view", "start", "climb", "axes"))


def inside(key: str, data: dict[str, Any], *, on_view: Heard, on_start: Heard, on_climb: Heard, on_axes: Heard) -> None:
    """Mount it. `data` is what index.js reads:

    identity      changes with the network and its part: rows are rebuilt, and networks loaded
    part          "decoder" or "encoder"
    shape, size   (C, H, W) of a picture, and [W, H]
    networks      {"decoder", "encoder"}: from ui.browser_networks.given with "outputs", the tensors of the layers
                  of `part`; None if there is none
    layers        in the order of execution, [] until the network is loaded: {title, shape, tensor: its output in
                  the browser's network, bounds: [low, high] of the colours, ends: smallest and largest value, dead:
                  numbers of units}
    looked        the inputs for which `bounds`, `ends` and `dead` were found, in words: "1,000 codes of test images"
    view          {code: latent floats, unit: [layer, unit] or None}
    picture       data URL of the picture of the code; made: its caption
    given         None, or the real picture that the encoder sees: {number, words, pixels: base64 of its bytes}
    served        None, or base64 of float32 for each layer: its output, for browsers that run no network
    plane         as in ui.components.explorer, without maps
    recorded      None, or recorded pictures of this plane (data URL), until the network draws them
    strip         None, or pictures to start from, as in ui.components.explorer
    found         None, or for a unit {unit, words, best: [item], climbed: item with `about`, or None}; an item is
                  {words, value, picture: data URL, code, number: of the real picture or None}

    Reports, none of which is checked here: view {code, unit, number: of the real picture that the encoder sees, or
    None, server: whether the browser needs the server's values}, start {number | page}, climb {unit}, axes {axes};
    other reports count as {}.
    """
    _component(key, data, **of_dicts(on_view=on_view, on_start=on_start, on_climb=on_climb, on_axes=on_axes))
