"""A picture, drawn or taken, and what several classifiers call it, live while the pen moves."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

KEY = "classify"
_component = component(Path(__file__).parent, numbered=["moved"])


def classify(data: dict[str, Any], *, on_moved: Heard) -> None:
    """Draw it. `data` is what index.js reads; pictures are base64 of their C·H·W bytes:

    set        {identity, shape: [C, H, W], pictures: what they are, preset, classes, networks}; a network is {name,
               title, note, network: what ui.browser_networks.given says, None for one that runs on the server alone}
    picture    {source, image, words, label}: what is shown; source is {"ink": strokes}, {"test": [set, number]},
               {"own": an id} or {} for nothing yet; image is None for ink, label None where no class is known
    official   {name of a network: logits} of this picture by PyTorch, or None
    problems   {name of a network: a sentence why there is no answer}
    strip      {identity, page, name, images: [{source, words, label, image}]}: pictures to take

    A report of "moved" is a dict {set: its identity, source, input, page}; input are the bytes that ink was prepared
    to. Whatever else arrives counts as {}.
    """
    _component(KEY, data, **of_dicts(on_moved=on_moved))
