"""From GAN to WGAN: what changes, and what clipping does to the critic."""

import pandas as pd
import streamlit as st

import checkpoints
from ui import charts, clipping, frames, query, stored

st.title("From GAN to WGAN")
st.markdown(
    "A Wasserstein GAN asks how **far** generated pictures are from real ones, where a GAN asks whether it can tell "
    "them apart. Its critic must not be steep, and clipping its weights is the first way that was found."
)
st.markdown(
    "| | GAN | WGAN (Arjovsky et al. 2017) |\n|---|---|---|\n"
    "| the second network | discriminator D, a chance in [0, 1] | critic T, any number: no sigmoid |\n"
    "| its loss | −E log D(x) − E log(1 − D(G(z))) | E T(G(z)) − E T(x) |\n"
    "| the generator's loss | −E log D(G(z)) | −E T(G(z)) |\n"
    "| kept in bounds by | nothing | every weight back into [−c, c] after each step |\n"
    "| steps for one of the generator | 1: a perfect D has no slope left | 5: the better, the truer its slope |\n"
    "| optimiser | Adam with momentum | RMSProp: momentum overshoots when the critic moves the goal |\n"
    "| its loss tells | who is winning | a multiple of the Wasserstein distance: falls as pictures get better |\n"
)

st.subheader("What clipping does")
st.markdown(
    "Critics of 16 × 16 hidden units, trained on two bells against one in the middle. Drag the clip value c.  \n"
    "**Look for** the weights: they run to the two ends, so the critic has hardly a choice left. **Look for** its "
    "shape: with a small c it is almost a straight line, which cannot tell these two apart at all; with a large c it "
    "is steep in a few places and flat elsewhere. The gradient penalty spreads the weights and comes near the "
    "best critic."
)
found = stored.read("clipping")
if found is None:
    st.stop()
index = int(query.kept("clip", 0, len(found.clips) - 1, 1))
frames.frames(
    "clipping",
    identity="clipping",
    captions=clipping.captions(found),
    label="Clip value",
    axis=(-4.0, 4.0),
    panels=clipping.panels(found),
    file="clipping",
    frame=index,
    on_frame=lambda frame: query.keep("clip", frame),
)
slope, value = found.slopes[-1], found.values[-1]
st.caption(
    "The weights of the penalised critic are drawn from minus to plus its largest. "
    f"Gradient penalty: steepest slope {slope:.2f}, E T(p) − E T(q) = {value:.2f}; the Wasserstein distance is "
    f"{clipping.distance():.2f}. A critic's value must be divided by its slope to be compared."
)
table = pd.DataFrame(
    {
        "clip": [*found.clips, None],
        "at_ends": [*found.at_ends, None],
        "steepest_slope": found.slopes,
        "value": found.values,
    }
)
st.download_button("Critics as CSV", table.to_csv(index=False), "clipping.csv", icon=":material/download:")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "**Why the ends.** The critic's loss is linear in its output, so more is always better: every weight is pushed "
        "until the bound stops it. With n weights at ±c the slope is a product over the layers, which vanishes or "
        "explodes with c: see how the slope above the pictures goes over three powers of ten."
    )
with right:
    st.markdown(
        "**Gradient penalty.** WGAN-GP (Gulrajani et al. 2017) leaves the weights alone and adds "
        "$\\lambda\\,\\mathbb E_{\\hat x}(\\lVert\\nabla T(\\hat x)\\rVert - 1)^2$ on points between real and "
        "generated ones. Here slopes below 1 are free (Petzka et al. 2018), so that the critic may turn around."
    )

card = next((card for card in checkpoints.gallery() if card.name == clipping.TRAINED), None)
if card is not None:
    st.subheader("The weights of a trained critic")
    st.markdown(f"All weights of the critic of `{card.name}`, {card.title}. **Look for** the two ends here as well.")
    edges, shares, most, at_ends = clipping.weights(card)
    middles = (edges[:-1] + edges[1:]) / 2
    charts.show(charts.bars(shares, x=middles, x_title="weight", y_title="share"))
    st.caption(f"Largest weight ±{most:g}; {at_ends:.1%} of all weights are within 1 % of it.")
    columns = pd.DataFrame({"weight": middles, "share": shares})
    st.download_button("Histogram as CSV", columns.to_csv(index=False), "weights.csv", icon=":material/download:")
