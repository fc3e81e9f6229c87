"""Compare: the same random codes through up to four models side by side."""

import streamlit as st

from ui import downloads, gallery, tiles, url
from ui.explore import comparison

st.title("Compare")
st.markdown(
    "The same seed goes through up to four models. Codes of equal length are the same for all of them; a shorter code "
    "is the beginning of a longer one.  \n"
    "**Look for** sharpness against variety: a VAE is a little blurred but leaves nothing out, a GAN is sharp but may "
    "repeat itself. With a lower ψ every picture becomes more typical, and all of them more alike."
)

cards = gallery.cards("vae", "gan")
names = url.several(
    "models",
    {card.name: card.title for card in cards},
    comparison.defaults(cards),
    most=comparison.MOST,
    label="Models (up to four)",
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed()
    psi = url.decimal(
        "psi",
        0.0,
        1.5,
        1.0,
        label="Truncation ψ",
        step=0.1,
        width=140,
        help="Every code is multiplied by ψ. At 0 all of them are the origin and a model makes one picture only.",
    )
    count = int(url.choice("count", {"64": "64", "16": "16", "1": "one code"}, label="Samples"))
if not names:
    st.info("Choose one to four models.")
    st.stop()

chosen = [card for name in names for card in cards if card.name == name]
for column, card in zip(st.columns(max(2, len(chosen)), gap="medium"), chosen, strict=False):
    with column:
        with st.spinner("Loading the network …", show_time=False):
            pictures = comparison.samples(card, seed, count, psi)
        row = min(comparison.ROW, int(count**0.5))
        grid = tiles.tile(pictures, row, gap=1 if count > 1 else 0)
        tiles.show(grid, f"{count} pictures that {card.title} makes of the codes of seed {seed}")
        st.markdown(f"**{card.title}**")
        st.caption(f"{card.kind.title}, {card.latent} dimensions, trained on {card.dataset['name']}")
        if count > 1:
            real = comparison.real_appearance(card, count)
            for cell, (name, value) in zip(st.columns(2), comparison.appearance(pictures).items(), strict=True):
                share = f"{value / real[name]:.0%} of real" if real else None
                cell.metric(name.capitalize(), f"{value:.1f}", share, delta_color="off", delta_arrow="off")
        with st.container(horizontal=True, gap="small"):
            downloads.png(grid, f"{card.name}_seed_{seed}")
            if st.button(
                "Explore", icon=":material/tune:", key=f"explore {card.name}", help="Show the first code there"
            ):
                url.carry(card, comparison.codes(card.latent, seed, count, psi)[0])

if count > 1:
    st.caption(
        "Sharpness is the mean difference of neighbouring pixels, variety the root mean squared difference of two of "
        "the pictures, both in grey levels (0 to 255), compared with as many real test images where these are on "
        "this machine. More is not always better: noise counts as sharp and as varied, too. The Metrics page measures "
        "distances to the data."
    )
