"""Where a page needs pictures that are not shipped: say so, and offer the download."""

import streamlit as st

import data
from ui.explore import decoded


def download(card, key, consequence):
    """One sentence that ends in `consequence`, and a button that downloads the card's data set with its progress."""
    name = card.dataset["name"]
    st.info(f"The test images of {name} are not shipped with the app: {consequence}")
    button(name, key)


def button(name, key):
    """A button that downloads the test images of a data set and shows how far it is, or why it cannot."""
    if st.button(f"Download {name}", icon=":material/download:", key=f"{key} download {name}"):
        bar = st.progress(0.0, "Asking for the files …")

        def progress(file, done, total):
            bar.progress(min(1.0, done / total) if total else 0.0, f"{file}: {done / 2**20:.1f} MB")

        try:
            data.load(name, "test", download=True, progress=progress)
        except data.DataError as error:
            bar.empty()
            st.error(str(error))
            return
        decoded.forget_samples()
        st.rerun()
