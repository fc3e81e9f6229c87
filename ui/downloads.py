"""Where a page needs pictures that are not shipped: say so, and offer the download."""

import streamlit as st

import data
from checkpoints import Card
from ui import gallery


def offer(card: Card, key: str, consequence: str) -> None:
    """One sentence that ends in `consequence`, and a button that downloads the card's data set."""
    name = card.dataset["name"]
    st.info(f"The test images of {name} are not shipped with the app: {consequence}")
    button(name, key)


def button(name: str, key: str) -> None:
    """A button that downloads the test images of a data set and shows how far it is, or why it cannot."""
    if st.button(f"Download {name}", icon=":material/download:", key=f"{key} download {name}"):
        bar = st.progress(0.0, "Asking for the files …")

        def progress(file, loaded, total):
            bar.progress(min(1.0, loaded / total) if total else 0.0, f"{file}: {loaded / 2**20:.1f} MB")

        try:
            data.load(name, "test", download=True, progress=progress)
        except data.DataError as error:
            bar.empty()
            st.error(str(error))
            return
        gallery.sample.clear()  # a part of the set may have been there
        st.rerun()
