"""Reconstruct: one picture through every VAE side by side."""

import functools

import numpy as np
import pandas as pd
import streamlit as st

from ui import downloads, gallery, layout, networks, shell, slides, tiles, url
from ui.components.reconstructor import reconstructor
from ui.images import drawn_on, intake
from ui.images.reconstruction import Reconstruction, described, error_map, reconstruct, resampled

KEY = "reconstruct"  # of the drawing

words = st.container()
with words:
    st.title("Reconstruct")
with st.container(key=layout.BEFORE):
    stage = st.container()
    controls, hints = st.columns([1, 1], gap="large")
with controls:
    vaes = gallery.with_own(gallery.cards("vae"), "vae")
    card = gallery.select(among=vaes, label="Model to look into")
    given, picture = intake.choose("image", card)
grey = card.shape[0] == 1  # only grey pictures can be drawn on
with words:
    lead = "Draw on the picture: every VAE encodes it and decodes the code while you draw."
    shell.introduction(
        f"{lead if grey else 'Choose a picture: a VAE encodes it and decodes the code.'}  \n"
        "**Look for** what a network adds that was not there: it knows only what it was trained on."
    )
with hints:
    st.markdown(
        ("Draw a letter, or add a stroke, and see what each network makes of it.  \n" if grey else "")
        + "**In the code,** a dimension with mean near 0 and σ near 1 carries no information about the picture.  \n"
        "**MSE** is the mean squared error over pixels in [0, 1], 0 for equal pictures; **cosine** that of the angle "
        "between the two pictures as vectors, 1 for equal ones."
    )
if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
if given is None:
    with stage:
        st.info("Choose a picture: its reconstructions appear here.")
    st.stop()

given, _ = drawn_on.picture(KEY, given)
cards = [c for c in vaes if c.shape == given.image.shape]


def every(image: np.ndarray = given.image) -> dict[str, Reconstruction]:
    """{model: its reconstruction} of this picture."""
    return {c.name: reconstruct(c, image) for c in networks.whole(cards)}


results = every() if networks.awake() else {}
if results:
    cards = [c for c in cards if c.name in results]
with stage:
    reconstructor(
        KEY,
        given.name,
        given.image,
        [described(c, results.get(c.name)) for c in cards],
        card.name if card in cards else cards[0].name,
        on_drawn=functools.partial(drawn_on.keep, KEY),
    )
if not results:
    networks.wake(every)

if card.name not in results:
    st.info("Choose another model to look into; the pictures above are those of the others.")
    st.stop()
result = results[card.name]
with stage:
    pictures = np.stack([given.image, *(results[c.name].picture for c in cards)])
    errors = np.stack([error_map(given.image, picture) for picture in pictures])
    sheet = slides.Slide(
        "One picture through every VAE",
        [slides.Grid(np.concatenate([pictures, errors]), len(pictures), across=["Input", *(c.title for c in cards)])],
        f"{given.name} · below each reconstruction where it is wrong",
        models=[c.name for c in cards],
    )
    table = pd.DataFrame({"dimension": range(card.code_length), "mean": result.mean, "sigma": result.sigma})
    with st.container(horizontal=True, gap="small"):
        downloads.slide(sheet, "reconstructions", "Pictures as PNG")
        downloads.csv(table, f"{card.name}_code", "Code as CSV")
        if st.button("Open in Latent space", icon=":material/tune:"):
            url.carry(card, result.mean)

st.subheader("Other codes of the same picture")
left, right = st.columns([1, 1], gap="large")
with left:
    st.markdown(
        f"The encoder of {card.title} gives a Gaussian, not one code. The output above decodes its mean; these eight "
        "pictures decode draws z = mean + σ·ε.  \n**Look for** where they differ: there the code does not determine "
        "the picture."
    )
    seed = url.whole_number("draws", 0, 99_999, 0, label="Seed of ε", width=140)
with right:
    tiles.show(tiles.tile(resampled(card, result, 8, seed), 4, gap=1), "Eight pictures of z = mean + σ·ε")
