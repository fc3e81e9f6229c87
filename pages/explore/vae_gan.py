"""VAE and GAN: models trained on the same data with the two objectives, side by side."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import charts, downloads, gallery, tiles, url
from ui.explore import pairs, svhn

st.title("VAE and GAN")
st.markdown(
    "A VAE learns to explain every training picture, a GAN to make pictures that a discriminator takes for real. "
    "Both turn random codes into pictures."
)

by_dataset = pairs.by_dataset(gallery.cards("vae", "gan"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    titles = {name: pairs.TITLES.get(name, name) for name in by_dataset}
    dataset = url.choice("data", titles, label="Trained on", menu=True, width=220)
    cards = []
    for family, candidates in zip(("vae", "gan"), by_dataset[dataset], strict=True):
        titles = {card.name: card.title for card in candidates}
        name = url.choice(family, titles, label=family.upper(), menu=True, width=330)
        cards += [card for card in candidates if card.name == name]
    seed = url.seed()
vae, gan = cards
with st.spinner("Loading the networks …", show_time=False):
    samples = {card.kind.title: pairs.samples(card, seed) for card in cards}
source = pairs.SOURCES.get(dataset, "real")
if (real := pairs.real(vae)) is not None:
    samples[source] = real

for card in cards:
    st.caption(f"**{card.kind.title}.** {card.summary}")

st.subheader("Samples")
for column, (name, pictures) in zip(st.columns(3, gap="medium"), samples.items(), strict=False):
    with column:
        st.markdown(f"**{f'{source.capitalize()} pictures' if name == source else name}**")
        grid = tiles.tile(pictures, 8, gap=1)
        tiles.show(grid, f"{len(pictures)} pictures: {name}")
        downloads.png(grid, f"{dataset}_{name.lower()}_{seed}")
table = pd.DataFrame({name: pairs.measures(vae, pictures) for name, pictures in samples.items()})
left, right = st.columns([2, 3], gap="large")
with left:
    st.dataframe(table.round(3))
    downloads.csv(table, f"{dataset}_vae_gan", "Figures as CSV", index=True)
    with st.expander("What is measured"):
        st.markdown("\n".join(f"- **{name.capitalize()}.** {words}" for name, words in pairs.MEASURES.items()))
        st.caption(f"On {pairs.COUNT} pictures each: enough to see a large difference, not to settle a small one.")
with right:
    st.markdown(
        "**Look for** edges. Where several pictures fit a code, the VAE's likelihood is highest for their mean, so it "
        "draws a soft picture. A discriminator would recognise a soft picture at once, so the GAN draws one of "
        "them.  \n"
        "**Look for** what is missing. The VAE's loss counts every training picture that it cannot explain, so it "
        "leaves nothing out. The GAN's loss does not count pictures that it never makes: look for kinds that are rare "
        "or that all look alike.  \n"
        "**Compare** the numbers with those of real pictures: more is not better, since noise is sharp, too."
    )

svhn.show(cards)

st.subheader("One dimension at a time")
st.markdown(
    f"The first code of this seed, with ε added to one dimension alone: {vae.latent} pictures of the VAE, {gan.latent} "
    "of the GAN, ranked by how much the picture changes.  \n"
    "**Look for** where the curves end: a VAE stops using dimensions that are not worth their nats (the picture does "
    "not change), a GAN has no reason to, so all of its dimensions change a little of everything."
)
epsilon = url.decimal("epsilon", 0.0, 100.0, 2.0, label="ε", step=0.5, width=140)
if epsilon == 0:
    st.info("With ε = 0 nothing moves: choose a larger one.")
effects = {card.kind.title: pairs.effects(card, pairs.codes(card, seed)[0], epsilon) for card in cards}
charts.show(
    charts.lines(
        {name: effect.changes for name, effect in effects.items()},
        x=range(1, max(card.latent for card in cards) + 1),
        x_title="dimensions, most visible first",
        y_title="change of the picture, grey levels",
        height=260,
    )
)
for column, (name, effect) in zip(st.columns(2, gap="large"), effects.items(), strict=True):
    with column:
        pictures = np.concatenate([effect.start[None], effect.pictures[: pairs.SHOWN]])
        pictures = pictures[: len(pictures) // 8 * 8]  # whole rows
        grid = tiles.tile(pictures, 8, gap=1)
        tiles.show(grid, f"{name}: one picture and what moving its most visible dimensions makes of it")
        first = ", ".join(map(str, effect.order[:6]))
        st.caption(f"**{name}.** First the picture itself, then the dimensions {first}, … by falling change.")
        downloads.png(grid, f"{dataset}_{name.lower()}_epsilon_{epsilon:g}")

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
    downloads.png(grid, f"{card.name}_between_{seed}")
