"""Reload an address, so that the browser requests it from the server and gets its cookies (ui/classroom/doors.py)."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import streamlit as st


def at(query: dict[str, str]) -> None:
    """Reload the current page with this query."""
    address = json.dumps(f"?{urlencode(query)}")  # urlencode escapes quotes and brackets
    st.html(f"<script>window.location.replace({address})</script>", unsafe_allow_javascript=True)
