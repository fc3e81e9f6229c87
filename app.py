"""Latent Lab: see how generative models work. Start with `make app` or `streamlit run app.py`."""

import streamlit as st

from pages import contents
from ui import memory, replica
from ui.browser_networks import ROUTES
from ui.classroom import doors
from ui.document import middleware
from ui.presenting import window

memory.limit_arenas()
app = st.App(
    "pages/menu.py",
    routes=[*ROUTES, *window.ROUTES, *replica.ROUTES],
    lifespan=replica.lifespan,
    middleware=[*doors.middleware(), *middleware(contents.addresses())],
)
