"""Compare: the same random codes through up to four models side by side."""

import numpy as np
import streamlit as st

from ui import downloads, gallery, networks, shell, slides, url
from ui.explore import comparison, shared_codes

st.title("Compare")
shell.introduction(
    "The same random codes go through several models. Drag a slider, and all models follow.  \n"
    "**Look for** blur, noise and repetition: compare every model with the real pictures."
)

cards = gallery.with_codes()
gallery.needed(cards)
names = url.several(
    "models",
    {card.name: gallery.entry(card) for card in cards},
    comparison.defaults(cards),
    most=comparison.MOST,
    label="Models (up to four)",
)
chosen = networks.whole(card for name in names for card in cards if card.name == name)
longest = max((card.code_length for card in chosen), default=1)
problems = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    seed = url.seed()
    with st.popover("Samples and dimensions", icon=":material/tune:"), url.warnings_in(problems):
        count = int(url.choice("count", {"64": "64", "16": "16", "1": "One code"}, label="Samples"))
        dimensions = url.several(
            "dim",
            {str(number): str(number) for number in range(1, longest + 1)},
            ["1"],
            most=comparison.MOST_SHIFTS,
            label="Dimensions with a slider δ (up to four)",
            help="A model with fewer dimensions gets the first numbers of the code. Dimensions that it does not have "
            "change nothing.",
        )
if not chosen:
    st.info("Choose one to four models.")
    st.stop()

hand = shared_codes.hand([int(number) - 1 for number in dimensions])
drawn = shared_codes.show(chosen, seed, count, hand)


def figures(pictures: np.ndarray, real: dict[str, float] | None = None) -> None:
    """What is measured of pictures, with their shares of the real ones."""
    for name, value in comparison.appearance(pictures).items():
        share = f" ({shared_codes.share_of_real(name, value / real[name])})" if real else ""
        st.markdown(f"{name.capitalize()}: **{value:.1f}** grey levels{share}")


moved = f"seed {seed}, ψ = {hand.psi:g}, α = {hand.alpha:g}"
moved += "".join(f", δ = {shift:g} in dimension {dimension + 1}" for dimension, shift in hand.shifts if shift)
row = min(comparison.ROW, int(count**0.5))
real = comparison.real(chosen[0], count) if comparison.one_data_set(chosen) else None
beside = real is not None and len(chosen) < comparison.MOST
columns = st.columns(max(2, len(chosen) + beside), gap="medium")
for column, card in zip(columns, chosen, strict=False):
    pictures = drawn[card.name]
    with column:
        if count > 1:
            st.markdown(f"**{gallery.entry(card)}**")
            figures(pictures, comparison.real_appearance(card, count))
        if card.name in gallery.FAILURES:
            st.caption(f"**See it fail:** {gallery.FAILURES[card.name]}")
        with st.container(horizontal=True, gap="small"):
            figure = slides.Slide(
                f"{count} codes" if count > 1 else "One code",
                [slides.Grid(pictures, row)],
                slides.about(card, moved),
                models=[card.name],
            )
            downloads.slide(figure, f"{card.name}_seed_{seed}")
            if st.button(
                "Explore",
                icon=":material/tune:",
                key=f"explore {card.name}",
                help="Open the first code in Latent space",
            ):
                url.carry(card, comparison.code(card, seed, count, hand))
if beside and real is not None and count > 1:
    with columns[len(chosen)]:
        st.markdown("**Real pictures**")
        figures(real)

if count > 1:
    st.caption(
        "Edge contrast is the mean difference of neighbouring pixels. Variety is the root mean squared difference of "
        "two of the pictures. More is not always better: noise has more edge contrast than real pictures. Both are "
        "compared with as many real test images, where these are on this machine. For distances to the data see the "
        "page Metrics."
    )
st.caption(
    "A model with fewer dimensions gets the first numbers of the code. From seed to seed the codes are "
    "cos(απ/2)·z + sin(απ/2)·z′, which are random codes again at every α. A lower ψ makes the pictures more typical "
    "and more alike."
)
