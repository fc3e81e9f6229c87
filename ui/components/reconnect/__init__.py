"""What a page does when its connection to the server is lost, and checks for several servers.

The page is covered until the connection is back and the whole page has been rerun. If another server continues, or the
same one has forgotten the visit, a sentence says what is lost; if a proxy spreads one visit over several servers, a
sentence says so.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import streamlit as st

from ui import replica
from ui.components import component

_component = component(Path(__file__).parent)
RUN = "reconnect: which run this is, after which connection"  # in the session state; differs in every session
# Key of its box, which lies over the page and takes no space in the layout, even before its code is loaded. Keys of
# controls in the link have no hyphens.
KEY = "reconnect-box"
BESIDE = (
    f"<style>[data-testid=stLayoutWrapper]:has(> .st-key-{KEY}) {{ position: absolute; width: 0; height: 0 }}</style>"
)
# State that neither the link nor the browser keeps: {key in the session state: description}
NOT_KEPT = {
    "scores": "computed metrics",
    "metrics run": "metrics that were being computed",
    "sweep run": "the trained curves of JSD and Wasserstein distance",
    "density run": "the trained density",
    "kept pictures": "the pictures kept for comparison",
}


def reconnect() -> None:
    """Mount it before the page, outside fragments: its report reruns the whole page."""

    def back(_):
        st.session_state[RUN] = secrets.token_hex(4)

    with st.container(key=KEY):
        _component(
            "reconnect",
            {
                "run": st.session_state.setdefault(RUN, secrets.token_hex(4)),
                "visit": replica.visit(),
                "holds": [what for key, what in NOT_KEPT.items() if st.session_state.get(key)],
                "replica": replica.ID if replica.proxied() else None,
            },
            on_back=back,
        )
