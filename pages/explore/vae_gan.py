"""VAE and GAN: models trained on the same data with the two objectives, side by side."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import downloads, gallery, slides, tiles, url
from ui.explore import pair_pictures, pairs, svhn

st.title("VAE and GAN")
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

for column, (name, pictures) in zip(st.columns(3, gap="medium"), samples.items(), strict=False):
    title = f"{source.capitalize()} pictures" if name == source else name
    with column:
        st.markdown(f"**{title}**")
        grid = tiles.tile(pictures, 8, gap=1)
        tiles.show(grid, f"{len(pictures)} pictures: {name}")
        model = next((card for card in cards if card.kind.title == name), None)
        about = slides.about(model, f"seed {seed}") if model else dataset
        figure = slides.Slide(title, [slides.Grid(pictures, 8)], about, models=[model.name] if model else [])
        downloads.slide(figure, f"{dataset}_{name.lower()}_{seed}")
        if model:
            st.caption(model.summary)
st.markdown(
    "A VAE learns to explain every training picture, a GAN to make pictures that a discriminator takes for real. Both "
    "turn random codes into pictures."
)
table = pd.DataFrame({name: pairs.measures(vae, pictures) for name, pictures in samples.items()})
left, right = st.columns([2, 3], gap="large")
with left:
    st.dataframe(table.round(3))
    downloads.csv(table, f"{dataset}_vae_gan", "Figures as CSV", index=True)
    with st.expander("What is measured"):
        st.markdown("\n".join(f"- **{name[0].upper()}{name[1:]}.** {words}" for name, words in pairs.MEASURES.items()))
        st.caption(f"On {pairs.COUNT} pictures each: enough to see a large difference, not to settle a small one.")
with right:
    st.markdown(
        "**Look for** edges. Where several pictures fit a code, the VAE's likelihood is highest for their mean, so it "
        "draws a soft picture. A discriminator would recognise a soft picture at once, so the GAN draws one of "
        "them.  \n"
        "**Look for** what is missing. The VAE's loss counts every training picture that it cannot explain. The GAN's "
        "loss does not count pictures that it never makes: look for kinds that are rare or that all look alike.  \n"
        "**Compare** the numbers with those of real pictures: more is not better, since noise raises the Laplacian "
        "variance, too."
    )

svhn.show(cards)

st.subheader("Between two codes")
st.markdown(
    "Drag α from the first code of this seed to the second.  \n"
    "**Look for** the middle: a mixed code is one new picture, because the decoder has learned which pixels belong "
    "together; mixed pixels are a double exposure that no training picture looks like."
)
pair_pictures.between(cards, seed)
for column, card in zip(st.columns(2, gap="large"), cards, strict=True):
    a, b = pairs.codes(card, seed)[:2]
    across, down = [f"α = {share:.1f}" for share in pairs.ALPHAS], ["codes mixed", "pixels mixed"]
    grid = slides.Grid(pairs.between(card, a, b), len(across), "", across, down)
    figure = slides.Slide("Between two codes", [grid], slides.about(card, f"seed {seed}"), models=[card.name])
    with column:
        downloads.slide(figure, f"{card.name}_between_{seed}", f"{card.kind.title} as PNG")

st.subheader("One dimension at a time")
st.markdown(
    f"Drag ε, which is added to one dimension alone of the first code of this seed: to each of {vae.latent} of the "
    f"VAE, {gan.latent} of the GAN, ranked by how much the picture changes.  \n"
    "**Look for** where the curves end: a VAE stops using dimensions that are not worth their nats (the picture does "
    "not change), a GAN has no reason to, so all of its dimensions change a little of everything."
)
epsilon = pair_pictures.epsilon()
if epsilon == 0:
    st.info("With ε = 0 nothing moves: choose a larger one.")
effects = pair_pictures.effects(cards, seed, epsilon)
for column, card in zip(st.columns(2, gap="large"), cards, strict=True):
    effect = effects[card.kind.title]
    pictures = np.concatenate([effect.start[None], effect.pictures[: pairs.SHOWN]])
    figure = slides.Slide(
        f"One dimension at a time, ε = {epsilon:g}",
        [slides.Grid(pictures, 8)],
        slides.about(card, f"seed {seed}", "first the picture itself, then its dimensions by falling change"),
        models=[card.name],
    )
    with column:
        downloads.slide(figure, f"{dataset}_{card.kind.title.lower()}_epsilon_{epsilon:g}", f"{card.kind.title} as PNG")
