"""Latent Lab: see how generative models work. Start with `make app` or `streamlit run app.py`."""

import sys
from pathlib import Path

import streamlit as st

from pages import contents
from ui import memory, replica
from ui.browser_networks import ROUTES
from ui.classroom import doors
from ui.document import middleware
from ui.presenting import window

memory.limit_arenas()
# Streamlit puts the folder of the menu on sys.path when a page runs and takes it off afterwards, unless it is there. An
# import that another thread makes at that moment can miss an entry, and a module that is installed is not found.
sys.path.append(str(Path(__file__).resolve().parent / "pages"))
app = st.App(
    "pages/menu.py",
    routes=[*ROUTES, *window.ROUTES, *replica.ROUTES],
    lifespan=replica.lifespan,
    middleware=[*doors.middleware(), *middleware(contents.addresses())],
)
