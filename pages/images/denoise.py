"""Denoise: noise in a patch of a picture, and a network that takes it away again."""

import numpy as np
import pandas as pd
import streamlit as st

import checkpoints
from ui import gallery, tiles, url
from ui.components.patch import patch
from ui.images import denoising, intake
from ui.images.reconstruction import error_map

st.title("Denoise")
st.markdown(
    "Drag the square: in it the picture is buried in noise, and the network says what was there.  \n"
    "**Look for** strokes that come back from what surrounds them, and for places where nobody could know."
)

chosen, result_column = st.columns([1, 2.1], gap="medium")
with chosen:
    card = gallery.select("denoiser", label="Network")
    with st.container(horizontal=True, gap="small"):
        kind = url.choice("noise", denoising.KINDS, label="Noise", menu=True, width=155)
        meaning = denoising.STRENGTHS[kind].capitalize()
        strength = url.decimal("strength", 0.1, 1.0, 0.5, label="Strength", step=0.05, help=meaning, width=120)
    with st.container(horizontal=True, gap="small"):
        row = url.whole_number("row", 0, denoising.LAST, 10, label="Row", width=85)
        column = url.whole_number("column", 0, denoising.LAST, 10, label="Column", width=85)
        seed = url.whole_number("noise_seed", 0, 99_999, 0, label="Seed", width=85)
    given, picture = intake.choose("image", card)

if picture is not None:
    given = intake.ready("image", picture, card)
if given is None:
    with result_column:
        st.info("As soon as there is a picture, the square of noise appears on it here.")
    st.stop()


def put(row, column):
    st.session_state["row"], st.session_state["column"] = row, column


noise = denoising.Noise(kind, strength, row, column, seed)
with result_column:
    board = st.container(horizontal=True, gap="small")
    with board:
        truth = st.container(width=108)
        moved = st.container(width=280)
    with truth:
        tiles.show(given.image, f"The clean picture: {given.words}")
        st.caption(f"**Truth**  \n{given.words}")
    with st.spinner("Loading the network …", show_time=False):
        alone = denoising.results(card, given.image[None], noise)
    with moved:
        label = f"{given.words} with a square of noise: drag it, or move it with the arrow keys"
        patch("patch", label, given.image, *denoising.maps(noise), row, column, on_moved=put)
    for name in ("blind", "informed"):
        result = alone[name]
        with board, st.container(width=108):
            tiles.show(result.pictures[0], f"Denoised by the network. {denoising.METHODS[name]}")
            tiles.show(error_map(given.image, result.pictures[0]), f"Where it is wrong. {denoising.METHODS[name]}")
            st.caption(
                f"**{denoising.METHODS[name]}**  \n"
                f"inside {denoising.decibels(result.errors['psnr_inside'])}  \n"
                f"outside {denoising.decibels(result.errors['psnr_outside'])}"
            )
    error, share = denoising.unlike(card, checkpoints.read("mnist_vae"), given.image)
    usual = f"mnist_vae reconstructs it with an error of {error:.4f}, larger than for {share:.0%} of the test digits."
    if share >= 0.99:
        st.warning(f"This picture is unlike the digits that the network knows, so expect it to make things up: {usual}")
    st.caption(
        "Beside your square: what the network makes of the noisy picture when it has to find the square itself, and "
        "when it is told where that is; below, where it is wrong (white is an error of the whole range)."
        + ("" if share >= 0.99 else f" The picture is like the digits that the network knows: {usual}")
    )

st.subheader("Twenty digits, so that luck does not decide")
left, right = st.columns([2, 3], gap="large")
sample = gallery.test_images(card)
with left:
    with st.container(horizontal=True, gap="small"):
        draw = url.whole_number("digits", 0, 99_999, 0, label="Draw of digits", width=130)
        shown = url.choice("shown", {"blind": "Place unknown", "informed": "Place known"}, label="Denoised with")
    numbers = np.random.default_rng(draw).choice(len(sample), 20, replace=False)
    many = denoising.results(card, sample.images[numbers], noise)
    rows = (sample.images[numbers], many["noisy"].pictures, many[shown].pictures)
    sheet = tiles.tile(np.concatenate([pictures[half] for half in np.split(np.arange(20), 2) for pictures in rows]), 10)
    tiles.show(sheet, f"Twenty digits in two rows, each: truth, with noise, denoised. {denoising.METHODS[shown]}")
    st.caption("Truth, the same kind of noise in the same place, denoised; ten digits and ten more.")
with right:
    figures = pd.DataFrame(denoising.table(alone, many))
    st.table(figures, border="horizontal", hide_index=True)
    st.caption(
        "PSNR inside and outside of the square, −10·log10 of the mean squared error: 3 dB more is half the error, and "
        "“exact” is none at all. The mean and the projection on principal components change the whole picture; the "
        "network leaves the rest alone."
    )
    pictures = [given.image, *(result.pictures[0] for result in alone.values())]
    errors = [error_map(given.image, picture) for picture in pictures]
    both = tiles.tile(np.stack(pictures + errors), len(pictures))
    with st.container(horizontal=True, gap="small"):
        st.download_button("Pictures as PNG", tiles.png(both, scale=4), "denoised.png", icon=":material/download:")
        st.download_button("Digits as PNG", tiles.png(sheet, scale=4), "digits.png", icon=":material/download:")
        st.download_button("Figures as CSV", figures.to_csv(index=False), "denoised.csv", icon=":material/download:")

st.subheader("How such a network learns, line by line")
st.markdown(
    "The training loop of a denoising autoencoder, with the picture above. **Look for** the line that needs the truth."
)
for line in denoising.training_loop(card, given.image, alone, noise):
    code, words, outcome = st.columns([6, 5, 1], gap="medium", vertical_alignment="center")
    code.code(line.code, language="python", wrap_lines=True)
    words.markdown(line.words)
    if line.picture is not None:
        with outcome:
            tiles.show(line.picture, line.alt, width=84)
