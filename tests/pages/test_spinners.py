"""A spinner above a live component would move it while it is dragged, so spinners are below."""

import numpy as np
import pytest
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

import checkpoints
from tests import apptest
from ui import url
from ui.explore import flow

ANY_CODE = url.pack(np.ones(checkpoints.read("fashion_vae").latent, np.float32))  # its picture is not recorded


@pytest.mark.parametrize(
    ("page", "link", "component"),
    [
        ("explore/latent_space", {"model": "fashion_vae", "z": ANY_CODE}, "explorer"),
        ("explore/inside", {"model": "fashion_vae", "z": ANY_CODE}, "inside"),
        ("explore/flow", {"model": "mnist_flow"}, "flow"),
    ],
)
def test_every_spinner_is_below_the_component(monkeypatch, page, link, component):
    app = apptest.opened(page, **link)
    app.session_state[flow.SERVER] = True  # a browser has said that it cannot run the network
    sent, enqueue = [], ForwardMsgQueue.enqueue

    def noted(queue, message):
        sent.append(message)
        enqueue(queue, message)

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", noted)
    app.run()
    assert not app.exception
    places = {"component": [], "spinner": []}  # where in the page: (0, 4, 1, 0)
    for message in sent:
        delta, place = message.delta, tuple(message.metadata.delta_path)
        if delta.WhichOneof("type") == "new_transient":
            places["spinner"].append(place)
        if delta.new_element.bidi_component.component_name.endswith(f"latent_lab_{component}"):
            places["component"].append(place)
    [under_the_hand] = places["component"]
    assert places["spinner"]
    assert all(place > under_the_hand for place in places["spinner"])
