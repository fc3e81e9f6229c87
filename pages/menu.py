"""The frame around every page, and its menu."""

from pathlib import Path

import streamlit as st

from pages.contents import SECTIONS
from ui import shell, url

BRAND = Path(__file__).parent.parent / "ui" / "brand"


def live_chain() -> None:
    """What answers at /live_chain: the first page, with what the link asks for."""
    st.switch_page(FIRST, query_params=url.query())


sections = {
    section: [st.Page(file, title=title, icon=f":material/{icon}:") for file, title, icon in pages]
    for section, pages in SECTIONS.items()
}
# The first page answers at "/"; its other name there leaves "live_chain" to the alias.
file, title, icon = next(iter(SECTIONS.values()))[0]
FIRST = st.Page(file, title=title, icon=f":material/{icon}:", default=True, url_path="first")
first_section = next(iter(sections.values()))
first_section[:1] = [FIRST, st.Page(live_chain, visibility="hidden")]

page = st.navigation(sections, expanded=True)
st.set_page_config(page_title=f"{page.title} · Latent Lab", page_icon=BRAND / "icon.png", layout="wide")
st.logo(BRAND / "logo.svg", size="large", icon_image=BRAND / "mark.svg")
shell.run(page)
