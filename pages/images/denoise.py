"""Denoise: noise in a patch of a picture, and a network that removes it."""

import numpy as np
import streamlit as st

import checkpoints
from ui import downloads, gallery, tiles, url
from ui.components.patch import patch
from ui.images import denoiser_training, denoising, intake
from ui.images.reconstruction import error_map

st.title("Denoise")
st.markdown(
    "Drag the square: inside it the picture is covered by noise, and the network restores it.  \n"
    "**Look for** strokes that are restored from their surroundings, and for places where nobody could know."
)

controls, result_column = st.columns([1, 2.1], gap="medium")
with controls:
    card = gallery.select("denoiser", label="Network")
    with st.container(horizontal=True, gap="small"):
        names = {kind: name for kind, (name, _) in denoising.KINDS.items()}
        kind = url.choice("noise", names, label="Noise", menu=True, width=155)
        meaning = denoising.KINDS[kind][1].capitalize()
        strength = url.decimal("strength", 0.1, 1.0, 0.5, label="Strength", step=0.05, help=meaning, width=120)
    with st.container(horizontal=True, gap="small"):
        row = url.whole_number("row", 0, denoising.LAST, 10, label="Row", width=85)
        column = url.whole_number("column", 0, denoising.LAST, 10, label="Column", width=85)
        seed = url.whole_number("noise_seed", 0, 99_999, 0, label="Seed", width=85)
    given, picture = intake.choose("image", card)

if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
if given is None:
    with result_column:
        st.info("Choose a picture: the square of noise appears on it here.")
    st.stop()


def move_noise(row, column):
    st.session_state["row"], st.session_state["column"] = row, column


noise = denoising.Noise(kind, strength, row, column, seed)
with result_column:
    board = st.container(horizontal=True, gap="small")
    with board:
        clean = st.container(width=108)
        noisy = st.container(width=280)
    with clean:
        tiles.show(given.image, f"The clean picture: {given.name}")
        st.caption(f"**Clean**  \n{given.name}")
    with st.spinner("Loading the network …", show_time=False):
        single = denoising.results(card, given.image[None], noise)
    with noisy:
        label = f"{given.name} with a square of noise: drag it, or move it with the arrow keys"
        patch("patch", label, given.image, *denoising.maps(noise), row, column, on_moved=move_noise)
    for name in ("blind", "informed"):
        result = single[name]
        with board, st.container(width=108):
            tiles.show(result.pictures[0], f"Denoised by the network. {denoising.METHODS[name]}")
            tiles.show(error_map(given.image, result.pictures[0]), f"Where it is wrong. {denoising.METHODS[name]}")
            st.caption(
                f"**{denoising.METHODS[name]}**  \n"
                f"inside {denoising.decibels(result.errors['psnr_inside'])}  \n"
                f"outside {denoising.decibels(result.errors['psnr_outside'])}"
            )
    error, share = denoising.unfamiliarity(card, checkpoints.read("mnist_vae"), given.image)
    reason = f"mnist_vae reconstructs it with an error of {error:.4f}, larger than for {share:.0%} of the test digits."
    if share >= 0.99:
        st.warning(f"This picture is unlike the digits of the training, so expect invented strokes: {reason}")
    st.caption(
        "Beside your square: the picture restored by the network when it has to find the square itself, and when it "
        "is given the place; below, where it is wrong (white is an error of the whole range)."
        + ("" if share >= 0.99 else f" The picture is like the digits of the training: {reason}")
    )

st.subheader("Twenty digits instead of one")
left, right = st.columns([2, 3], gap="large")
sample = gallery.test_images(card)
with left:
    with st.container(horizontal=True, gap="small"):
        draw = url.whole_number("digits", 0, 99_999, 0, label="Seed of digits", width=130)
        place = url.choice("shown", {"blind": "Place unknown", "informed": "Place known"}, label="Denoised with")
    numbers = np.random.default_rng(draw).choice(len(sample), 20, replace=False)
    many = denoising.results(card, sample.images[numbers], noise)
    rows = (sample.images[numbers], many["noisy"].pictures, many[place].pictures)
    sheet = tiles.tile(np.concatenate([pictures[half] for half in np.split(np.arange(20), 2) for pictures in rows]), 10)
    tiles.show(sheet, f"Twenty digits in two rows, each: clean, with noise, denoised. {denoising.METHODS[place]}")
    st.caption("Clean, with the same kind of noise in the same place, and denoised; ten digits and ten more.")
with right:
    table = denoising.table(single, many)
    st.table(table, border="horizontal", hide_index=True)
    st.caption(
        "PSNR inside and outside of the square, −10·log10 of the mean squared error: 3 dB more is half the error, and "
        "“exact” is no error. The mean and the projection on principal components change the whole picture; the "
        "network leaves the rest alone."
    )
    pictures = [given.image, *(result.pictures[0] for result in single.values())]
    errors = [error_map(given.image, picture) for picture in pictures]
    comparison = tiles.tile(np.stack(pictures + errors), len(pictures))
    with st.container(horizontal=True, gap="small"):
        downloads.png(comparison, "denoised", "Pictures as PNG", scale=4)
        downloads.png(sheet, "digits", "Digits as PNG", scale=4)
        downloads.csv(table, "denoised", "Figures as CSV")

st.subheader("How such a network learns, line by line")
st.markdown(
    "The training loop of a denoising autoencoder, with the picture above. **Look for** the line that needs the clean "
    "picture."
)
for line in denoiser_training.lines(card, given.image, single, noise):
    code, explanation, outcome = st.columns([6, 5, 1], gap="medium", vertical_alignment="center")
    code.code(line.code, language="python", wrap_lines=True)
    explanation.markdown(line.explanation)
    if line.picture is not None:
        with outcome:
            tiles.show(line.picture, line.alt, width=84)
