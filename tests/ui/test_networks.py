"""Networks and recorded arrays are loaded once and shared by all visitors."""

import threading

import numpy as np
import pytest

import checkpoints
from ui import networks

CARD = checkpoints.read("mnist_vae")


def test_recorded_arrays_are_shared_and_read_only():
    preview = networks.preview(CARD)
    assert networks.preview(CARD) is preview
    with pytest.raises(ValueError, match="read-only"):
        preview["codes"][0, 0] = 1
    with pytest.raises(TypeError):
        preview["codes"] = np.zeros(1)


def test_recorded_codes_can_be_decoded_directly():
    codes = networks.preview(CARD)["codes"][:2]
    assert np.array_equal(networks.decode(CARD, codes), networks.decode(CARD, codes.copy()))


def test_pages_get_the_prepared_network(monkeypatch):
    loads = []
    load = checkpoints.load
    monkeypatch.setattr(checkpoints, "load", lambda name: loads.append(name) or load(name))
    networks._model.clear()
    networks._prepare.cache_clear()
    networks.prepare(CARD)
    networks.prepare(CARD)
    for thread in threading.enumerate():
        if thread.name == "prepare mnist_vae":
            thread.join()
    networks.model(CARD)
    assert loads == ["mnist_vae"]


def test_preparing_a_damaged_network_raises_nothing(monkeypatch):
    def damaged(name):
        raise checkpoints.CheckpointError(name)

    monkeypatch.setattr(checkpoints, "load", damaged)
    failures = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: failures.append(failure))
    networks._model.clear()
    networks._prepare.cache_clear()
    networks.prepare(CARD)
    for thread in threading.enumerate():
        if thread.name == "prepare mnist_vae":
            thread.join()
    networks._prepare.cache_clear()
    assert failures == []
