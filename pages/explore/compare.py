"""Compare: the same random codes through up to four models side by side."""

import streamlit as st

from ui import gallery, tiles, url
from ui.explore import comparison

st.title("Compare")
st.markdown(
    "The same seed goes through up to four models. Codes of equal length are the same for all of them; a shorter code "
    "is the beginning of a longer one.  \n"
    "**Look for** sharpness against variety: a VAE is a little blurred but leaves nothing out, a GAN is sharp but may "
    "repeat itself. Lower ψ and every picture becomes more typical, and all of them more alike."
)

cards = gallery.cards("vae", "gan")
named = {card.name: card for card in cards}
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

shown = {}
for column, name in zip(st.columns(max(2, len(names)), gap="medium"), names, strict=False):
    card = named[name]
    with column:
        with st.spinner("Loading the network …", show_time=False):
            pictures = shown[name] = comparison.samples(card, seed, count, psi)
        row = min(comparison.ROW, int(count**0.5))
        grid = tiles.tile(pictures, row, gap=1 if count > 1 else 0)
        tiles.show(grid, f"{count} pictures that {card.title} makes of the codes of seed {seed}")
        st.markdown(f"**{card.title}**")
        st.caption(f"{card.kind.title}, {card.latent} dimensions, trained on {card.dataset['name']}")
        if count > 1:
            mine, real = comparison.figures(pictures), comparison.real_figures(card, count)
            for figure, cell in zip(mine, st.columns(2), strict=True):
                share = f"{mine[figure] / real[figure]:.0%} of real" if real else None
                cell.metric(figure.capitalize(), f"{mine[figure]:.1f}", share, delta_color="off", delta_arrow="off")
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "PNG",
                lambda grid=grid: tiles.png(grid, scale=3),
                f"{card.name}_seed_{seed}.png",
                icon=":material/download:",
                key=f"png {name}",
            )
            if st.button("Explore", icon=":material/tune:", key=f"explore {name}", help="Carry the first code there"):
                url.carry(card, comparison.codes(card.latent, seed, count, psi)[0])

if count > 1:
    st.caption(
        "Sharpness is the mean difference of neighbouring pixels, variety the root mean squared difference of two of "
        "the pictures, both in grey levels (0 to 255) and beside those of as many real test images where these are "
        "here. More is not always better: noise counts as sharp and as various, too. The Metrics page measures "
        "distances to the data."
    )
