"""A picture, drawn or chosen, and the answers of several classifiers, live during the stroke."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

KEY = "classify"
_component = component(Path(__file__).parent, numbered=["moved"])


def classify(data: dict[str, Any], *, on_moved: Heard) -> None:
    """Draw it. `data` is what index.js reads; pictures are base64 of their C·H·W bytes:

    set        {identity, shape: [C, H, W], pictures: their description, preset, classes, networks}; a network is {name,
               title, note, network: from ui.browser_networks.given, None for one that runs only on the server}
    picture    {source, image, words, label}: the current picture; source is {"ink": strokes}, {"test": [set, number]},
               {"own": an id} or {} if there is none; image is None for ink, label None if the class is unknown
    official   {name of a network: logits} of this picture by PyTorch, or None
    problems   {name of a network: a sentence on why there is no answer}
    strip      {identity, page, name, images: [{source, words, label, image}]}: pictures to choose from

    A report of "moved" is a dict {set: its identity, source, input, page}; input: the bytes prepared from ink. All
    other reports count as {}.
    """
    _component(KEY, data, **of_dicts(on_moved=on_moved))
