"""Latent Lab: see how generative models work. Start with `make app` or `streamlit run app.py`."""

import streamlit as st

from ui.browser_networks import ROUTES
from ui.history import MIDDLEWARE

app = st.App("pages/menu.py", routes=ROUTES, middleware=MIDDLEWARE)
