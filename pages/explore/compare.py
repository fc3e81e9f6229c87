"""Compare: the same random codes through up to four models side by side."""

import streamlit as st

from ui import downloads, gallery, slides, url
from ui.explore import comparison, shared_codes

st.title("Compare")
st.markdown(
    "The same random codes go through up to four models; drag a slider, and all models follow.  \n"
    "**Look for** edges and variety, and compare them with real pictures: blur has too few edges, noise too many, "
    "repetition too little variety."
)

cards = gallery.cards("vae", "gan")
names = url.several(
    "models",
    {card.name: card.title for card in cards},
    comparison.defaults(cards),
    most=comparison.MOST,
    label="Models (up to four)",
)
chosen = [card for name in names for card in cards if card.name == name]
shortest = min((card.code_length for card in chosen), default=1)
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed()
    count = int(url.choice("count", {"64": "64", "16": "16", "1": "one code"}, label="Samples"))
    dimension = url.whole_number(
        "dim",
        1,
        shortest,
        1,
        label="Dimension",
        width=120,
        help="The number of the code that δ moves. A model with fewer dimensions gets the first numbers of the code, "
        f"so you can move the first {shortest}, which all of these models have.",
    )
if not chosen:
    st.info("Choose one to four models.")
    st.stop()

hand = shared_codes.hand(dimension - 1)
drawn = shared_codes.show(chosen, seed, count, hand)

row = min(comparison.ROW, int(count**0.5))
moved = f"seed {seed}, ψ = {hand.psi:g}, α = {hand.alpha:g}, δ = {hand.shift:g} in dimension {dimension}"
for column, card in zip(st.columns(max(2, len(chosen)), gap="medium"), chosen, strict=False):
    pictures = drawn[card.name]
    with column:
        if count > 1:
            st.markdown(f"**{card.title}**")
            real = comparison.real_appearance(card, count)
            for cell, (name, value) in zip(st.columns(2), comparison.appearance(pictures).items(), strict=True):
                share = shared_codes.share_of_real(name, value / real[name]) if real else None
                cell.metric(f"{name.capitalize()}, grey levels", f"{value:.1f}", delta_color="off", delta_arrow="off")
                if share:
                    cell.caption(share)
        with st.container(horizontal=True, gap="small"):
            figure = slides.Slide(
                f"{count} codes" if count > 1 else "One code",
                [slides.Grid(pictures, row)],
                slides.about(card, moved),
                models=[card.name],
            )
            downloads.slide(figure, f"{card.name}_seed_{seed}")
            if st.button(
                "Explore", icon=":material/tune:", key=f"explore {card.name}", help="Show the first code there"
            ):
                url.carry(card, comparison.code(card, seed, count, hand))

st.caption(
    "A model with fewer dimensions gets the first numbers of the code. On the way from seed to seed (α) every code is "
    "cos(απ/2)·z + sin(απ/2)·z′, which is a random code again. With a lower ψ every picture becomes more typical, and "
    "all of them more alike."
)
if count > 1:
    st.caption(
        "Edge contrast is the mean difference of neighbouring pixels, variety the root mean squared difference of two "
        "of the pictures, both in grey levels (0 to 255), compared with as many real test images where these are on "
        "this machine. More is not always better: noise has more edges than real pictures. On Fashion-MNIST, MNIST "
        "and the street numbers the VAEs have 57 to 83 % of the edges of real pictures and 66 to 96 % of their "
        "variety, the GANs 65 to 134 % and 54 to 109 % (seeds 0 to 2, ψ = 1). The Metrics page measures distances to "
        "the data."
    )
