"""VAE and GAN: what the two objectives make of the same data, side by side."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import charts, gallery, tiles, url
from ui.explore import pairs, svhn

st.title("VAE and GAN")
st.markdown(
    "A VAE learns to explain every training picture, a GAN to make pictures that a judge takes for real. Both turn "
    "random codes into pictures; here they stand side by side."
)

both = pairs.pairs(gallery.cards("vae", "gan"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = url.choice(
        "data", {name: pairs.TITLES.get(name, name) for name in both}, label="Trained on", menu=True, width=220
    )
    two = [
        url.choice(family, {card.name: card.title for card in cards}, label=family.upper(), menu=True, width=330)
        for family, cards in zip(("vae", "gan"), both[chosen], strict=True)
    ]
    seed = url.seed()
cards = [next(card for card in group if card.name == name) for group, name in zip(both[chosen], two, strict=True)]
vae, gan = cards
with st.spinner("Loading the networks …", show_time=False):
    shown = {card.kind.title: pairs.samples(card, seed) for card in cards}
source = pairs.SOURCES.get(chosen, "real")
if (truth := pairs.real(vae)) is not None:
    shown[source] = truth

for card in cards:
    st.caption(f"**{card.kind.title}.** {card.summary}")

st.subheader("Samples")
for column, (name, pictures) in zip(st.columns(3, gap="medium"), shown.items(), strict=False):
    with column:
        st.markdown(f"**{f'{source.capitalize()} pictures' if name == source else name}**")
        grid = tiles.tile(pictures, 8, gap=1)
        tiles.show(grid, f"{len(pictures)} pictures: {name}")
        st.download_button(
            "PNG",
            lambda grid=grid: tiles.png(grid, scale=3),
            f"{chosen}_{name.lower()}_{seed}.png",
            icon=":material/download:",
            key=f"png {name}",
        )
table = pd.DataFrame({name: pairs.figures(vae, pictures) for name, pictures in shown.items()})
left, right = st.columns([2, 3], gap="large")
with left:
    st.dataframe(table.round(3))
    st.download_button("Figures as CSV", table.to_csv(), f"{chosen}_vae_gan.csv", icon=":material/download:")
    with st.expander("What is measured"):
        st.markdown("\n".join(f"- **{name.capitalize()}.** {words}" for name, words in pairs.FIGURES.items()))
        st.caption(f"On {pairs.COUNT} pictures each: enough to see a large difference, not to settle a small one.")
with right:
    st.markdown(
        "**Look for** edges. Where a code leaves open which of several pictures is meant, the VAE's likelihood is "
        "highest for their mean, so it draws something soft. A judge would know a soft picture at once, so the GAN "
        "commits itself to one.  \n"
        "**Look for** what is missing. The VAE pays for every training picture that it cannot explain, so it leaves "
        "nothing out. Nobody asks the GAN for the pictures that it never makes: look for kinds that are rare or "
        "that all look alike.  \n"
        "**Compare** the numbers with those of real pictures: more is not better, noise is sharp, too."
    )

svhn.show(cards)

st.subheader("One dimension at a time")
st.markdown(
    f"The first code of this seed, with ε added to one dimension alone: {vae.latent} pictures of the VAE, {gan.latent} "
    "of the GAN, ranked by how much the picture changes.  \n"
    "**Look for** where the curves end: a VAE gives up dimensions that do not pay for their nats (the picture stays as "
    "it is), a GAN has no reason to, so all of its dimensions do a little of everything."
)
epsilon = url.decimal("epsilon", 0.0, 100.0, 2.0, label="ε", step=0.5, width=140)
if epsilon == 0:
    st.info("With ε = 0 nothing moves: choose a larger one.")
moved = {card.kind.title: pairs.moved(card, pairs.codes(card, seed)[0], epsilon) for card in cards}
charts.show(
    charts.lines(
        {name: found.changes for name, found in moved.items()},
        x=range(1, max(card.latent for card in cards) + 1),
        x_title="dimensions, most visible first",
        y_title="change of the picture, grey levels",
        height=260,
    )
)
for column, (name, found) in zip(st.columns(2, gap="large"), moved.items(), strict=True):
    with column:
        pictures = np.concatenate([found.start[None], found.pictures[: pairs.SHOWN]])
        pictures = pictures[: len(pictures) // 8 * 8]  # whole rows
        grid = tiles.tile(pictures, 8, gap=1)
        tiles.show(grid, f"{name}: one picture and what moving its most visible dimensions makes of it")
        first = ", ".join(map(str, found.order[:6]))
        st.caption(f"**{name}.** First the picture itself, then the dimensions {first}, … by falling change.")
        st.download_button(
            "PNG",
            lambda grid=grid: tiles.png(grid, scale=3),
            f"{chosen}_{name.lower()}_epsilon_{epsilon:g}.png",
            icon=":material/download:",
            key=f"moved {name}",
        )

st.subheader("Between two codes")
st.markdown(
    "The first two codes of this seed, α = 0, 0.1, … 1. Above: the codes are mixed, then decoded. Below: the two "
    "pictures are mixed pixel by pixel.  \n"
    "**Look for** the middle: a mixed code is one new picture, because the decoder has learned which pixels belong "
    "together; mixed pixels are a double exposure that no training picture looks like."
)
for card in cards:
    a, b = pairs.codes(card, seed)[:2]
    grid = tiles.tile(pairs.between(card, a, b), len(pairs.ALPHAS), gap=1)
    st.markdown(f"**{card.title}**")
    tiles.show(grid, f"Eleven decoded pictures between two codes of {card.title}, and eleven blends below them")
    st.download_button(
        "PNG",
        lambda grid=grid: tiles.png(grid, scale=3),
        f"{card.name}_between_{seed}.png",
        icon=":material/download:",
        key=f"between {card.name}",
    )
