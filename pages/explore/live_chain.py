"""Live chain: draw, and input, code and picture move with the pen. The first paint needs no network."""

import streamlit as st

from ui import downloads, gallery, shell, url
from ui.components.chain import chain as component
from ui.explore import saved_chain
from ui.explore.chain import vaes
from ui.explore.chain.visit import current
from ui.images import intake

if vaes.is_of_latent_space(url.query()):
    st.switch_page("explore/latent_space.py", query_params=url.query())

words, choice = st.columns([3, 2], vertical_alignment="bottom", gap="large")
with words:
    st.title("Live chain")
if not vaes.cards():
    st.info("This page needs a VAE for pictures of 28 × 28 pixels, and there is none: python -m train mnist_vae.")
    st.stop()
problems = choice.container()
with choice, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    card = gallery.select(among=vaes.cards())
    own_picture = st.popover("Own picture", icon=":material/upload:", help="Upload a picture or take a photograph")
    with own_picture, url.warnings_in(problems):
        kind = url.choice("chain_from", {"upload": "Upload", "camera": "Camera"}, label="Picture from")
        picture = intake.own_picture("chain", kind)
        given = None if picture is None else intake.prepared("chain", picture, card.dataset["name"], card.shape)
with words:
    shell.introduction(f"{vaes.invitation(card)}  \n**Look for** {vaes.look(card)}")
if not vaes.is_recorded(card):
    st.info(
        f"The preview of this checkpoint is older than this page; python -m evaluate.preview {card.name} renews it."
    )
    st.stop()
visit = current(card)


@st.fragment
def explore() -> None:
    component(
        visit.message(card, None if given is None else given.image),
        visit=visit.token,
        state=visit.state,
        on_moved=visit.on_moved,
        on_rest=visit.on_rest,
    )
    visit.write()
    own = None if given is None else given.image
    downloads.as_page(
        lambda: saved_chain.page(card, visit, own), f"live_chain_{card.name}", too_large=saved_chain.too_large(card)
    )


explore()
