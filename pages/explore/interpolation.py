"""Interpolation: the path from one code to another, beside the blend of the two pictures."""

import numpy as np
import streamlit as st

from ui import downloads, gallery, shell, slides, tiles, url
from ui.explore import endpoints, path_pictures, path_words, paths, saved_paths
from ui.images import intake

st.title("Interpolation")
shell.introduction(
    "Drag the slider or press play.  \n"
    "**Look for** the middle: the pixel blend shows both pictures at once. On the other paths the network turns every "
    "*code* into one picture. Where a curve is filled, outside its blue band, the path has left the codes that "
    "the network was trained with: what do the pictures there show?"
)


def own_picture(side: str) -> np.ndarray | None:
    """The visitor's own picture for one end, (C, H, W) uint8, or None if there is none yet."""
    kind = intake.source(f"own_{side.lower()}")
    picture = intake.own_picture(f"own_{side.lower()}", kind)
    if picture is None:
        return None
    with url.warnings_in(st.container()), st.expander("Preparation"):
        prepared = intake.prepared(f"own_{side.lower()}", picture, card.dataset["name"], card.shape)
    return prepared.image if prepared else None


pictures, controls = st.columns([7, 3], gap="large")
with controls:
    card = gallery.select(among=gallery.with_own(gallery.with_codes()))
    a = endpoints.choose(card, "A", own_picture)
    b = endpoints.choose(card, "B", own_picture)
sample = gallery.test_images(card)
if sample is None and card.encodes:
    downloads.offer(card, "ends", "the ends are decoded from their stored codes instead.")

alpha = path_pictures.alpha()
with pictures:
    path_pictures.show(card, a, b, alpha)


def rows(shares: np.ndarray) -> dict[str, np.ndarray]:
    """The ways through the latent space and the blend at the shares (T,): {name: (T, C, H, W)}."""
    latent = {way: frames for way, (frames, _) in paths.latent(card, a.code, b.code, shares).items()}
    return {**latent, "blend": paths.blend(a.picture, b.picture, shares)}


def slide(grids: list[slides.Grid], note: str = "") -> slides.Slide:
    return slides.Slide("Interpolation", grids, slides.about(card, f"from {a.name} to {b.name}"), note, [card.name])


def strips() -> slides.Slide:
    """Nine pictures of each way, as under the slider."""
    across = [f"α = {share:g}" for share in np.round(paths.strip(), 3)]
    drawn = rows(paths.strip())
    titles = [paths.TITLES[way] for way in drawn]
    return slide([slides.Grid(np.concatenate(list(drawn.values())), len(across), "", across, titles)])


def to_and_fro() -> list[slides.Slide]:
    drawn = rows(paths.alphas())
    films = []
    for t, alpha in enumerate(paths.alphas()):
        grids = [slides.Grid(drawn[way][t : t + 1], title=paths.TITLES[way]) for way in drawn]
        films.append(slide(grids, f"α = {alpha:.2f}"))
    return films + films[-2:0:-1]


name = f"{card.name}_interpolation"
with pictures, st.container(horizontal=True, gap="small"):
    downloads.slide(strips, name)
    downloads.film(to_and_fro, name)
    downloads.as_page(lambda: saved_paths.page(card, a, b, alpha), name, too_large=saved_paths.too_large(card))
with controls:
    st.markdown(path_words.about(card, a, b))
    st.markdown(path_words.about_lengths(card, a, b))

st.subheader("Ten pairs")
ends_are = f"are {card.picture_word}s" if sample is not None else f"are decoded codes of {card.picture_word}s"
between_images = card.encodes or (card.finds_codes and sample is not None and sample.labels is not None)
if between_images:
    line = "great circle" if paths.way(card) == "slerp" else "straight line"
    st.markdown(
        f"In every row the first and the last picture {ends_are}; the seven between them are decoded from evenly "
        f"spaced codes on the {line}. **Look for** the step at which a row changes its class, and for rows that "
        "pass through a third class."
    )
else:
    st.markdown(
        "The first and the last picture of every row are made from random codes, the same ones left and right. **Look "
        "for** pictures in the middle: on the left each should look real, on the right none does."
    )
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed("pairs", endpoints.LAST_SEED, label="Seed of the pairs", button="Other pairs")
if between_images:
    kinds = paths.class_pairs(card)
    figures = {kind: paths.of_class_pairs(card, same=kind == "same", seed=seed) for kind in kinds}
else:
    figures = paths.of_random_codes(card, seed)
for column, (kind, drawn) in zip(st.columns(2, gap="large")[: len(figures)], figures.items(), strict=True):
    title = (paths.CLASS_PAIRS | paths.KINDS)[kind] if len(figures) > 1 else "Pairs at random"
    with column:
        st.markdown(f"**{title}**")
        tiles.show(
            tiles.tile(drawn, paths.BETWEEN + 2, gap=2),
            f"Ten rows of nine pictures, from one to another: {title.lower()}",
        )
        across = [f"α = {share:g}" for share in np.round(paths.strip(), 3)]
        figure = slides.Slide(
            f"Ten pairs: {title[0].lower()}{title[1:]}",
            [slides.Grid(drawn, paths.BETWEEN + 2, across=across)],
            slides.about(card, f"seed {seed}"),
            models=[card.name],
        )
        downloads.slide(figure, f"{card.name}_{kind}_pairs_{seed}", "Figure as PNG")
