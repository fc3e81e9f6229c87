"""Open an address anew, so that the browser asks the server for it and gets its cookies (ui/classroom/doors.py)."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import streamlit as st


def at(query: dict[str, str]) -> None:
    """The present page with this query."""
    address = json.dumps(f"?{urlencode(query)}")  # urlencode leaves no quote and no bracket
    st.html(f"<script>window.location.replace({address})</script>", unsafe_allow_javascript=True)
