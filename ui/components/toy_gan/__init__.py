"""A toy GAN: recordings to play, and training that runs in the browser (lib/toy_net.js), not on the server.

A hundred visitors cost the server nothing, and a single step is immediate. tests/js compares its mathematics with
PyTorch.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component
from ui.components.sketch import drawn

_component = component(Path(__file__).parent, numbered=["points"])


def toy_gan(key: str, data: dict[str, Any], *, on_points: Callable[[list], None]) -> None:
    """Mount it with what ui.training.toy_gan sends; on_points([[x, y], …]) is called after drawing.

    data: identity (starts anew when it changes), settings (of checkpoints.recorded.toy_settings), pool and fresh
    (base64 of float32 points, standardised), centre, scale and window in the data's units, floor of the energy
    distance, draw (whether points are drawn by the user), points, save (slides.words of its PNG), and recording: None
    or {history: [{step, d, g, energy}], generator, discriminator, shown: base64 of float16 weights of all snapshots;
    shown is None if it equals the generator}.
    """
    _component(key, data, on_points=drawn(on_points))
