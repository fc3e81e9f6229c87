"""VAE and GAN: models trained on the same data with the two objectives, side by side."""

import numpy as np
import streamlit as st

from data.titles import title_of
from ui import downloads, gallery, networks, shell, slides, tiles, url
from ui.explore import pair_pictures, pairs, svhn

by_dataset = pairs.by_dataset(gallery.cards("vae", "gan"))
words, choice = st.columns([2, 1], vertical_alignment="bottom", gap="large")
with words:
    st.title("VAE and GAN")
    shell.introduction(
        "Two models of the same data turn random codes into pictures.  \n"
        "**Look for** blur in the VAE's pictures, and for missing or repeated kinds in the GAN's."
    )
gallery.needed(by_dataset)
with choice:
    titles = {name: title_of(name) for name in by_dataset}
    dataset = url.choice("data", titles, label="Trained on", menu=True)

st.html(pair_pictures.ON_A_PHONE)
columns = st.container(key=pair_pictures.SIDE_BY_SIDE).columns(3, gap="medium", vertical_alignment="bottom")
cards = []
for column, family, candidates in zip(columns, ("vae", "gan"), by_dataset[dataset], strict=False):
    entries = {card.name: gallery.entry(card).removeprefix(f"{titles[dataset]}: ") for card in candidates}
    with column:
        name = url.choice(family, entries, label=family.upper(), menu=True)
    cards += [card for card in candidates if card.name == name]
cards = networks.whole(cards)
pictures_row = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed()
source = pairs.SOURCES.get(dataset, "Real pictures")
with pictures_row, st.spinner("Loading the networks …", show_time=False):
    samples = {card.kind.title: pairs.samples(card, seed) for card in cards}
if (real := pairs.real(cards[0])) is not None:
    samples[source] = real

for column, (name, pictures) in zip(columns, samples.items(), strict=False):
    with column:
        model = next((card for card in cards if card.kind.title == name), None)
        if model is None:
            st.markdown(f"**{name}**")
        tiles.show(tiles.tile(pictures, 8, gap=1), f"{len(pictures)} pictures: {name}")
        about = slides.about(model, f"seed {seed}") if model else titles[dataset]
        figure = slides.Slide(name, [slides.Grid(pictures, 8)], about, models=[model.name] if model else [])
        downloads.slide(figure, f"{dataset}_{name.split()[0].lower()}_{seed}")
for card in cards:
    if card.name in gallery.FAILURES:
        st.caption(f"**See it fail:** {card.title}. {gallery.FAILURES[card.name]}")

table = pairs.table(cards[0], samples)
left, right = st.columns([3, 2], gap="large")
with left:
    st.table(pairs.rounded(table))
    downloads.csv(table.round(3), f"{dataset}_vae_gan", "Figures as CSV", index=True)
with right:
    st.markdown(
        "**Blur.** Where several pictures fit a code, the VAE's likelihood is highest for their mean, so the VAE draws "
        "a soft picture. A discriminator recognises a soft picture at once, so the GAN draws one of them.  \n"
        "**Missing kinds.** The VAE's loss counts every training picture that it cannot explain. The GAN's loss does "
        "not count pictures that the GAN never makes.  \n"
        "**The figures.** Compare them with those of real pictures: more is not better."
    )
with st.expander("What is measured, and how the models differ"):
    st.markdown("\n".join(f"- **{name}.** {words}" for name, words in pairs.MEASURES.items()))
    st.markdown("\n".join(f"- **{card.title}.** {gallery.summary(card)}" for card in cards))
    st.caption(f"Measured on {pairs.COUNT} pictures each: enough to see a large difference, not to settle a small one.")

svhn.show(cards)

st.subheader("Between two codes")
st.markdown(
    "Drag α from the first code of this seed to the second.  \n"
    "**Look for** the middle: the decoder turns a mixed code into one new picture. Mixed pixels show both pictures at "
    "once, which no training picture does."
)
pair_pictures.between(cards, seed)
downloads_of_paths = st.container(horizontal=True, gap="small")
for card in cards:
    a, b = pairs.codes(card, seed)[:2]
    across, down = [f"α = {share:.1f}" for share in pairs.ALPHAS], ["codes mixed", "pixels mixed"]
    grid = slides.Grid(pairs.between(card, a, b), len(across), "", across, down)
    figure = slides.Slide("Between two codes", [grid], slides.about(card, f"seed {seed}"), models=[card.name])
    with downloads_of_paths:
        downloads.slide(figure, f"{card.name}_between_{seed}", f"{card.kind.title} as PNG")

st.subheader("One dimension at a time")
counts = " and ".join(f"the {card.code_length} of the {card.kind.title}" for card in cards)
st.markdown(
    f"Drag ε. It is added to one dimension of the first code at a time, to each of {counts}. They are "
    "ranked by how much the picture changes.  \n"
    "**Look for** where the curves fall. In a VAE a dimension that carries information costs KL, so dimensions that "
    "would explain little stay unused, and moving them changes almost nothing. A GAN pays nothing for a dimension, so "
    "all of them change the picture."
)
epsilon = pair_pictures.epsilon()
if epsilon == 0:
    st.info("With ε = 0 nothing moves: choose a larger one.")
effects = pair_pictures.effects(cards, seed, epsilon)
downloads_of_effects = st.container(horizontal=True, gap="small")
for card in cards:
    effect = effects[card.kind.title]
    pictures = np.concatenate([effect.start[None], effect.pictures[: pairs.SHOWN]])
    figure = slides.Slide(
        f"One dimension at a time, ε = {epsilon:g}",
        [slides.Grid(pictures, 8)],
        slides.about(card, f"seed {seed}", "first the picture itself, then its dimensions by falling change"),
        models=[card.name],
    )
    with downloads_of_effects:
        downloads.slide(figure, f"{dataset}_{card.kind.title.lower()}_epsilon_{epsilon:g}", f"{card.kind.title} as PNG")
