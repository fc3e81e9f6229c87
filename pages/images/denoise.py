"""Denoise: noise in a patch of a picture, and a network that removes it."""

import functools

import numpy as np
import streamlit as st

import checkpoints
from evaluate import patch
from ui import downloads, gallery, networks, shell, slides, standalone, tiles, url
from ui.components.denoiser import denoiser
from ui.images import denoiser_training, denoising, denoising_visit, drawn_on, intake, saved
from ui.images.reconstruction import error_map

st.title("Denoise")
shell.introduction("Drag the square of noise, or draw on the picture: the network restores what the square covers.")
stage = st.container()
chosen, picture_from = st.columns([1, 2], gap="large")
with chosen:
    card = gallery.select("denoiser", label="Network")
with picture_from:
    given, picture = intake.choose("image", card, patch.FIRST)
if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
if given is None:
    with stage:
        st.info("Choose a picture: the square of noise appears on it here.")
    st.stop()

noise = denoising_visit.noise()
given, drawn = drawn_on.picture(denoising_visit.KEY, given)
with stage:
    restore = functools.partial(denoising.results, card, given.image[None], noise)
    single = restore() if networks.awake() else None
    data = denoising.content(card, given, noise, single, drawn=drawn)
    denoiser("denoiser", data, on_moved=denoising_visit.keep)
    if single is None:
        networks.wake(restore)
    explained = st.container()
    downloads.as_page(
        lambda single=single: saved.page(card, data, single),
        f"denoise_{card.name}",
        too_large=standalone.too_large(card, *denoising.PARTS),
    )

st.subheader("Twenty digits instead of one")
left, right = st.columns([2, 3], gap="large")
sample = gallery.sample(card.dataset["name"])
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
    shown = table.loc[:, [name for name in table if "MSE" not in name]]
    st.table(denoising.in_one_line(shown), border="horizontal", hide_index=True)
    st.caption(
        "PSNR inside and outside the square, −10·log₁₀ of the mean squared error: 3 dB more is half the error. The "
        "mean and the projection on principal components change the whole picture; the "
        "network leaves the rest alone."
    )
    pictures = [given.image, *(result.pictures[0] for result in single.values())]
    errors = [error_map(given.image, picture) for picture in pictures]
    names = ["Clean", *(denoising.METHODS[name] for name in single)]
    words = noise.words
    with st.container(horizontal=True, gap="small"):
        grid = slides.Grid(np.stack(pictures + errors), len(pictures), across=names, down=["", "where it is wrong"])
        sheet = slides.of_model(card, "Noise in a patch, removed", [grid], given.name, words)
        downloads.slide(sheet, "denoised", "Pictures as PNG")
        grid = slides.Grid(np.concatenate(rows), 20, down=["Clean", "With noise", denoising.METHODS[place]])
        sheet = slides.of_model(card, "Twenty digits, denoised", [grid], words, f"digits of seed {draw}")
        downloads.slide(sheet, "digits", "Digits as PNG")
        downloads.csv(table, "denoised", "Figures as CSV")

st.subheader("All kinds of noise")
st.table(denoising.in_one_line(denoising.kinds_table(card)), border="horizontal", hide_index=True)
st.caption(denoising.kinds_words(card))

st.subheader("How such a network learns, line by line")
st.markdown(
    "The training loop of a denoising autoencoder, with the picture above. **Look for** the line that needs the clean "
    "picture."
)
st.html(denoiser_training.ON_A_PHONE)
with st.container(key=denoiser_training.KEY):
    for line in denoiser_training.lines(card, given.image, single, noise):
        code, explanation, outcome = st.columns([6, 5, 1], gap="medium", vertical_alignment="center")
        code.code(line.code, language="python", wrap_lines=True)
        explanation.markdown(line.explanation)
        if line.picture is not None:
            with outcome:
                tiles.show(line.picture, line.alt, width=84)

with explained:  # last, since it needs another network, whose file may be damaged
    reason = denoising.of_one_picture(card, noise, single, many, sample.images[numbers])
    vae = checkpoints.read("mnist_vae")
    error, share = denoising.unfamiliarity(card, vae, given.image)
    error = (
        f"the {vae.title} reconstructs it with a mean squared error of {error:.4f}, larger than for {share:.0%} of the "
        "test digits."
    )
    unlike = share >= 0.99
    if unlike:
        st.warning(f"This picture is unlike the digits of the training, so expect invented strokes: {error}")
    st.markdown(
        "**Look for** strokes that are restored from what surrounds them, and for places where the surroundings leave "
        "several possibilities."
    )
    st.caption(
        "“Place unknown” has to find the square itself: the dashed frame is where it most probably is. Inside and "
        "outside the square: PSNR in dB, higher is better; “exact” is no error. In an error picture, white is an error "
        f"of the whole range. {reason}"
        + ("" if unlike else f" This picture is like the digits of the training: {error}")
    )
