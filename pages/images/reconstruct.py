"""Reconstruct: one picture through every VAE side by side."""

import numpy as np
import pandas as pd
import streamlit as st

import checkpoints
from ui import charts, downloads, gallery, slides, tiles, url
from ui.images import intake
from ui.images.reconstruction import error_map, reconstruct, resampled

st.title("Reconstruct")
st.markdown(
    "Take a test image or your own picture: every VAE for pictures of its size encodes it and decodes the code.  \n"
    "**Look for** what a network adds that was not there: it knows only what it was trained on."
)

controls, result_column = st.columns([1, 2], gap="large")
with controls:
    card = gallery.select("vae", label="Model to look into")
    given, picture = intake.choose("image", card)

if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
if given is None:
    with result_column:
        st.info("Choose a picture: its reconstructions appear here.")
    st.stop()

cards = [c for c in checkpoints.gallery("vae") if c.shape == given.image.shape]
cards.sort(key=lambda c: c.dataset["name"] != card.dataset["name"])  # first those trained on this kind of picture
results = {c.name: reconstruct(c, given.image) for c in cards}

with result_column:
    with st.container(horizontal=True, gap="small"):
        with st.container(width=116):
            tiles.show(given.image, f"The network's input: {given.name}")
            st.caption(f"**Input**  \n{given.name}")
        for other in cards:
            result = results[other.name]
            with st.container(width=116):
                tiles.show(result.picture, f"Reconstruction by {other.title}")
                tiles.show(error_map(given.image, result.picture), f"Where {other.title} is wrong")
                st.caption(f"MSE {result.mse:.4f}  \ncosine {result.cosine:.3f}  \n**{other.title}**")
    st.caption(
        "Below each reconstruction: where it is wrong (white is an error of the whole range). MSE is the mean squared "
        "error over pixels in [0, 1]; cosine compares the two pictures as vectors."
    )
    pictures = np.stack([given.image, *(results[c.name].picture for c in cards)])
    errors = np.stack([error_map(given.image, picture) for picture in pictures])
    sheet = slides.Slide(
        "One picture through every VAE",
        [slides.Grid(np.concatenate([pictures, errors]), len(pictures), across=["Input", *(c.title for c in cards)])],
        f"{given.name} · below each reconstruction where it is wrong",
        models=[c.name for c in cards],
    )

st.subheader(f"Inside {card.title}")
st.markdown(
    "The encoder gives a Gaussian instead of one code: a mean and a σ for every dimension. **Look for** dimensions "
    "with σ near 1 and mean near 0: they carry no information about the picture."
)
result = results[card.name]
left, right = st.columns([3, 2], gap="large")
with left:
    figure = charts.intervals(result.mean, result.sigma, x_title="dimension", y_title="mean ± σ")
    charts.show(figure, "q(z|x) of the picture", f"{card.title} · {given.name}")
with right:
    seed = url.whole_number("draws", 0, 99_999, 0, label="Seed of ε", width=140)
    tiles.show(tiles.tile(resampled(card, result, 8, seed), 4, gap=1), "Eight pictures of z = mean + σ·ε")
    st.caption("Eight draws z = mean + σ·ε. Where they differ, the posterior leaves the picture open.")
table = pd.DataFrame({"dimension": range(card.code_length), "mean": result.mean, "sigma": result.sigma})
with st.container(horizontal=True, gap="small"):
    downloads.slide(sheet, "reconstructions", "Pictures as PNG")
    downloads.csv(table, f"{card.name}_code", "Code as CSV")
    if st.button("Carry this code to the explorer", icon=":material/tune:"):
        url.carry(card, result.mean)
