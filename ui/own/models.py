"""A model of own pictures on the page Your pictures: its figures, links to pages that use it, and downloads."""

from __future__ import annotations

import streamlit as st

from checkpoints import Card, packed
from ui import networks, tiles, url
from ui.explore.chain import vaes
from ui.own import shown
from ui.own.visit import Model

CHAIN = {"explore/live_chain.py": ("Live chain", "draw")}  # accepts pictures of one size only
PAGES = {
    "explore/interpolation.py": ("Interpolation", "route"),
    "explore/latent_map.py": ("Latent map", "scatter_plot"),
    "explore/directions.py": ("Directions", "arrow_right_alt"),
    "explore/inside.py": ("Inside a network", "layers"),
    "images/reconstruct.py": ("Reconstruct", "image_search"),
    "evaluate/metrics.py": ("Metrics", "straighten"),
    "training/playback.py": ("Playback", "movie"),
}


def show_model(model: Model) -> None:
    """The model with its figures and buttons."""
    card = model.card
    with st.container(border=True, key=f"own model {card.name}"):
        picture, words = st.columns([1, 2], gap="large", vertical_alignment="center")
        with picture:
            drawn = networks.preview(card)["prior"][:24]
            tiles.show(tiles.tile(drawn, 6, gap=1), f"Pictures of random codes of {card.title}")
        with words:
            st.markdown(f"#### {card.title}")
            st.markdown(shown.result(card))
            if remembered := shown.remembers(card):
                st.caption(remembered)
            with st.container(horizontal=True, gap="small"):
                if st.button(
                    "Drag through its latent space", icon=":material/tune:", type="primary", key=f"drag {card.name}"
                ):
                    url.carry(card, networks.preview(card)["codes"][0])
                _save(card)
                for page, (name, icon) in ((CHAIN if card.shape == vaes.SHAPE else {}) | PAGES).items():
                    if st.button(name, icon=f":material/{icon}:", key=f"{name} {card.name}"):
                        st.switch_page(page, query_params={"model": card.name})


def _save(card: Card) -> None:
    """A button for the model as a zip: weights, card, networks for browsers, map, and recording of its training."""
    name = card.name.split("_", 2)[2]
    st.download_button(
        "Download the model",
        lambda: packed.pack(card, name),
        f"{name}.zip",
        icon=":material/download:",
        on_click="ignore",
        key=f"download {card.name}",
        help="Weights (safetensors), card (JSON), networks for browsers (ONNX), map and recording. "
        "`python -m checkpoints add` adds it to another installation. It holds pictures that the model makes of "
        "yours.",
    )
