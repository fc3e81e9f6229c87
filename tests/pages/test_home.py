"""Home: introduction, three entries, all lessons; and older links of pages that were at this address."""

from types import SimpleNamespace

import pytest
import streamlit as st

import lessons
from pages.contents import files
from tests.apptest import address, opened, run_without_torch, without_error


def links(app):
    return {link.proto.label.strip("*"): (link.proto.page, link.proto.query_string) for link in app.get("page_link")}


def test_the_home_page_has_three_entries_and_every_lesson_with_its_minutes():
    app = without_error("start/home")
    assert app.title[0].value == "Latent Lab"
    found = links(app)
    assert [found[door][0] for door in ("Play", "Take a lesson", "Bring your own picture")] == [
        "live_chain",
        "lessons",
        "reconstruct",
    ]
    for name in lessons.names():
        lesson = lessons.read(name)
        assert found[lesson.title][1] == f"lesson={name}"
        assert any(caption.value.startswith(f"{lesson.minutes} minutes") for caption in app.caption)


@pytest.mark.parametrize("page", ["start/home", "start/lessons"])
def test_pictures_of_cards_follow_the_theme(page, monkeypatch):
    seen = {}
    for theme in ("light", "dark"):
        monkeypatch.setattr(type(st.context), "theme", SimpleNamespace(type=theme))
        seen[theme] = {image.proto.imgs[0].url for image in without_error(page).get("image")}
    assert len(seen["light"]) == len(seen["dark"]) > 2
    assert not seen["light"] & seen["dark"]


def test_an_older_link_to_the_first_page_opens_the_right_page():
    app = opened(model="fashion_vae")
    assert app.title[0].value == "Live chain"
    assert address(app)["model"] == "fashion_vae"
    app = opened(model="fashion_vae", basis="features")
    assert app.title[0].value == "Latent space"
    assert address(app) == {"model": "fashion_vae", "basis": "features"}


def test_home_is_drawn_without_torch():
    run_without_torch("app = AppTest.from_file('pages/menu.py', default_timeout=60).run()", "assert not app.exception")


def test_page_names_are_unique():
    assert len(files()) == len(set(files().values()))
