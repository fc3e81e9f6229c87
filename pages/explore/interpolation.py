"""Interpolation: the path from one code to another, beside the blend of the two pictures."""

import numpy as np
import streamlit as st

from ui import downloads, gallery, tiles, url
from ui.explore import endpoints, path_pictures, paths
from ui.images import intake

st.title("Interpolation")
st.markdown(
    "Drag the slider or press play.  \n"
    "**Look for** the middle: the pixel blend shows both pictures at once, a double exposure, because it mixes grey "
    "levels. On the latent paths the *code* is mixed, and the network draws one new picture of every code."
)


def own_picture(side):
    """The visitor's own picture for one end, (C, H, W) uint8, or None while there is none."""
    kind = intake.source(f"own_{side.lower()}", without_test=True)
    picture = intake.own_picture(f"own_{side.lower()}", kind)
    if picture is None:
        return None
    with st.expander("Preparation"):
        prepared = intake.prepared(f"own_{side.lower()}", picture, card.dataset["name"], card.shape)
    return prepared.image if prepared else None


pictures, controls = st.columns([2, 1], gap="large")
with controls:
    card = gallery.select("vae", "gan")
    a = endpoints.choose(card, "A", own_picture)
    b = endpoints.choose(card, "B", own_picture)
sample = gallery.test_images(card)
if sample is None and card.encodes:
    downloads.offer(card, "ends", "the ends are decoded from their stored codes instead.")

alpha = path_pictures.alpha()
with pictures:
    path_pictures.show(card, a, b, alpha)


def rows(shares):
    """Straight line, great circle and blend at the shares (T,): each (T, C, H, W)."""
    latent = paths.latent(card, a.code, b.code, shares)
    return [latent["lerp"][0], latent["slerp"][0], paths.blend(a.picture, b.picture, shares)]


def to_and_fro(format):
    frames = [tiles.tile(np.stack(three), 3, gap=1) for three in zip(*rows(paths.alphas()), strict=True)]
    return tiles.animation(frames + frames[-2:0:-1], format)


name = f"{card.name}_interpolation"
with pictures, st.container(horizontal=True, gap="small"):
    downloads.png(tiles.tile(np.concatenate(rows(paths.strip())), paths.BETWEEN + 2, gap=1), name)
    for format, label in (("gif", "GIF"), ("webp", "WebP")):
        downloads.animation(lambda format=format: to_and_fro(format), f"{name}.{format}", label)
with controls:
    st.markdown(path_pictures.about_lengths(card, a, b))

st.subheader("Ten pairs")
ends_are = "are test images" if sample is not None else "are decoded codes of test images"
if card.encodes:
    st.markdown(
        f"In every row the first and the last picture {ends_are}; the seven between them are decoded from evenly "
        "spaced codes on the straight line. **Look for** the step at which a row changes its class, and for rows that "
        "pass through a third one."
    )
else:
    st.markdown(
        "In every row the first and the last picture are made of random codes, the same ones left and right. **Look "
        "for** pictures in the middle that could be real: on the left all of them should be, on the right none."
    )
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed("pairs", endpoints.LAST_SEED, label="Seed of the pairs", button="Other pairs")
if card.encodes:
    figures = {kind: paths.of_class_pairs(card, same=kind == "same", seed=seed) for kind in paths.CLASS_PAIRS}
else:
    figures = paths.of_random_codes(card, seed)
for column, (kind, drawn) in zip(st.columns(2, gap="large"), figures.items(), strict=True):
    title = (paths.CLASS_PAIRS | paths.KINDS)[kind]
    with column:
        st.markdown(f"**{title}**")
        grid = tiles.tile(drawn, paths.BETWEEN + 2, gap=2)
        tiles.show(grid, f"Ten rows of nine pictures, from one to another: {title.lower()}")
        downloads.png(grid, f"{card.name}_{kind}_pairs_{seed}", "Figure as PNG")
