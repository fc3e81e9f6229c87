"""Curves that change over a training, under one slider with play."""

from pathlib import Path

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def frames(key, *, identity, captions, label, axis, panels, file, frame=None, on_frame=None):
    """Mount it.

    identity: changes when another training is shown; captions: a text per frame; label: what the slider moves;
    axis: (first, last) of all panels; panels: dicts {"title", "range": (low, high), "log": bool, "series":
    [curves.series(…), perhaps with `frames`]}, with "axis" where a panel has its own; file: name of the PNG.
    frame: the first one shown, the last unless it is given; on_frame(frame): called when the hand lets go.
    """

    def let_go(told):
        if isinstance(told, int) and 0 <= told < len(captions):  # the browser is not trusted
            on_frame(told)

    data = {"identity": identity, "captions": list(captions), "label": label, "axis": list(axis)}
    data |= {"panels": panels, "file": file}
    if on_frame is None:
        _component(key=key, data=data)
    else:
        start = initial_value(key, identity, frame)
        _component(key=key, data={**data, "start": start, "reports": True}, on_frame=let_go)
