"""The frame around every page, and its menu."""

from pathlib import Path

import streamlit as st

from pages.contents import HIDDEN, SECTIONS, files
from ui import shell, url

BRAND = Path(__file__).parent.parent / "ui" / "brand"


sections = {
    section: [st.Page(file, title=title, icon=f":material/{icon}:") for file, title, icon in pages]
    for section, pages in SECTIONS.items()
}
file, title, icon = next(iter(SECTIONS.values()))[0]
name = Path(file).stem
first = st.Page(file, title=title, icon=f":material/{icon}:", url_path=f"{name}_page", default=True)


def by_name() -> None:
    """The first page's address is "/". Requests for it by the name of its file are redirected there."""
    st.switch_page(first, query_params=url.query())


hidden = [st.Page(by_name, title=title, url_path=name, visibility="hidden")]
hidden += [st.Page(file, title=title, icon=f":material/{icon}:", visibility="hidden") for file, title, icon in HIDDEN]
first_section = next(iter(sections.values()))
first_section[:1] = [first, *hidden]

page = st.navigation(sections, expanded=True)
st.set_page_config(page_title=f"{page.title} · Latent Lab", page_icon=BRAND / "icon.png", layout="wide")
st.logo(BRAND / "logo.svg", size="large", icon_image=BRAND / "mark.svg")
shell.run(page, files())
