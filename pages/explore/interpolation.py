"""Interpolation: the path from one code to another, beside the blend of the two pictures."""

import numpy as np
import streamlit as st

from ui import charts, downloads, gallery, tiles, url
from ui.components.picture_player import picture_player
from ui.explore import endpoints, paths
from ui.images import intake

st.title("Interpolation")
st.markdown(
    "Choose two pictures, then drag the slider or press play.  \n"
    "**Look for** the middle: the pixel blend shows both pictures at once, a double exposure, because it mixes grey "
    "levels. On the latent paths the *code* is mixed and then decoded, so the network draws one new picture at every "
    "step."
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


player, controls = st.columns([2, 1], gap="large")
with controls:
    card = gallery.select("vae", "gan")
    a = endpoints.choose(card, "A", 2, own_picture)
    b = endpoints.choose(card, "B", 9, own_picture)
sample = gallery.test_images(card)
if sample is None and card.encodes:
    downloads.offer(card, "ends", "the ends are decoded from their stored codes instead.")

latent = paths.latent(card, a.code, b.code)
rows = [
    {
        "title": "Latent, straight line",
        "note": "decoder of (1 − α)·z₀ + α·z₁ (lerp)",
        "alt": f"Decoded straight line from {a.name} to {b.name}",
        "frames": latent["lerp"][0],
    },
    {
        "title": "Latent, great circle",
        "note": "decoder of a rotating z (slerp)",
        "alt": f"Decoded great circle from {a.name} to {b.name}",
        "frames": latent["slerp"][0],
    },
    {
        "title": "Pixel blend",
        "note": "(1 − α)·x₀ + α·x₁",
        "alt": f"Pixel blend of {a.name} and {b.name}",
        "frames": paths.blend(a.picture, b.picture),
    },
]
alphas = paths.alphas()
middle = paths.FRAMES // 2
absent = f"This link asks for a frame that is not there: there are 0 to {paths.FRAMES - 1}; the middle is shown."
frame = url.index("frame", paths.FRAMES, absent)
frame = middle if frame is None else frame
strips = np.concatenate([row["frames"][::4] for row in rows])
stacked = [tiles.tile(np.stack([row["frames"][t] for row in rows]), 3, gap=1) for t in range(paths.FRAMES)]
to_and_fro = stacked + stacked[-2:0:-1]
name = f"{card.name}_interpolation"
with player:
    picture_player(
        "ways",
        rows,
        [f"α = {alpha:.2f}" for alpha in alphas],
        frame=frame,
        label="Position α between picture A and picture B",
        strip=paths.BETWEEN + 2,
        on_frame=lambda chosen: url.write("frame", str(chosen)),
    )
with player, st.container(horizontal=True, gap="small"):
    downloads.png(tiles.tile(strips, 9, gap=1), name)
    for format, label in (("gif", "GIF"), ("webp", "WebP")):
        downloads.animation(lambda format=format: tiles.animation(to_and_fro, format), f"{name}.{format}", label)

explanation, chart = st.columns([2, 3], gap="large", vertical_alignment="center")
with explanation:
    st.markdown(
        f"Random codes lie in a thin shell of radius about √{card.latent} ≈ {card.latent**0.5:.1f}. "
        "The straight line cuts through the inside of that shell, where the decoder saw few codes in training; the "
        "great circle changes its length evenly from that of one end to that of the other. The difference grows with "
        "the number of dimensions."
    )
with chart:
    charts.show(
        charts.lines(
            {"straight line": latent["lerp"][1], "great circle": latent["slerp"][1]},
            x=alphas,
            x_title="α",
            y_title="length of the code ‖z‖",
            height=240,
        )
    )

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
for column, (kind, pictures) in zip(st.columns(2, gap="large"), figures.items(), strict=True):
    title = (paths.CLASS_PAIRS | paths.KINDS)[kind]
    with column:
        st.markdown(f"**{title}**")
        grid = tiles.tile(pictures, paths.BETWEEN + 2, gap=2)
        tiles.show(grid, f"Ten rows of nine pictures, from one to another: {title.lower()}")
        downloads.png(grid, f"{card.name}_{kind}_pairs_{seed}", "Figure as PNG")
