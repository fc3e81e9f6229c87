"""SVHN's photographs, which our drawn street numbers replace: shown if available, otherwise how to get them."""

import streamlit as st

import data
from checkpoints import Card
from ui import downloads, gallery, tiles
from ui.explore import pairs

REPLACED = {"street_digits": "svhn"}  # drawn by our own code, since the photographs may not be redistributed
COMMANDS = """python -m data svhn
python -m train svhn_classifier
python -m train svhn_vae
python -m train svhn_wgan_gp"""


def show(cards: list[Card]) -> None:
    """An expander for models of one drawn data set; nothing for data sets of photographs and scans."""
    name = REPLACED.get(cards[0].dataset["name"])
    if name is None:
        return
    with st.expander("And real photographs? The SVHN data set"):
        st.markdown(
            "These models never saw a photograph. SVHN, 99,289 house numbers cut out of street views, is free for "
            "research only, so the app ships neither its pictures nor models of them. In its place our own code draws "
            "numbers: thirteen typefaces, neighbours cut off by the edge, shadows, blur and sensor noise."
        )
        state = data.state(name, "test")
        try:
            photographs = gallery.sample(name)
            _beside(cards, photographs.images[: pairs.COUNT], photographs.note)
        except data.DataError as error:
            if state:
                st.error(str(error))
            else:
                st.markdown("The photographs are not on this machine. Get the test images (64 MB) to see them here.")
        if state != "full":
            downloads.data_set(name, "photographs")
        st.markdown("The same pair of models with photographs, trained by four commands:")
        st.code(COMMANDS, language="bash")


def _beside(cards, images, note):
    left, right = st.columns([2, 3], gap="large")
    with left:
        tiles.show(tiles.tile(images, 8, gap=1), f"{len(images)} real photographs of house numbers")
        st.caption(note)
    with right:
        st.dataframe(pairs.rounded(pairs.table(cards[0], {"Photographs": images})))
        for card in cards:
            if (distance := card.metrics.get("frechet_real_photographs")) is not None:
                how = card.protocol["frechet_real_photographs"]
                st.caption(f"**{card.title}.** Fréchet distance to photographs {distance:.2f}: {how}.")
