"""Curves that change during a training, with a slider and a play button."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def curve_player(
    key: str,
    *,
    identity: str,
    captions: Sequence[str],
    label: str,
    axis: Sequence[float],
    panels: list[dict],
    save: Mapping[str, str],
    figures: Mapping[str, Sequence[str]] | None = None,
    frame: int | None = None,
    plays: bool = False,
    on_frame: Callable[[int], None] | None = None,
) -> None:
    """Mount it.

    identity: changes when another training is shown; captions: a text per frame; label: what the slider moves; axis:
    (first, last) of all panels; panels: dicts {"title", "range": (low, high), "log": bool, "series": [curves.series(…),
    maybe with `frames`]}, with "axis" if a panel has its own; save: slides.words of the PNG. figures: {name: a text for
    each frame}, in large type. frame: the first one shown, by default the last. plays: whether it plays from there when
    the component appears. on_frame(frame): called when the slider is released or the clock stops.
    """
    data = {"identity": identity, "captions": list(captions), "label": label, "axis": list(axis)}
    data |= {"panels": panels, "save": save}
    data["figures"] = [{"name": name, "texts": list(texts)} for name, texts in (figures or {}).items()]
    if on_frame is None:
        _component(key, data)
        return

    def stopped(frame):
        if isinstance(frame, int) and 0 <= frame < len(captions):  # the browser is not trusted
            on_frame(frame)

    start, plays = initial_value(key, identity, (frame, plays))
    _component(key, {**data, "start": start, "plays": plays, "reports": True}, on_frame=stopped)
