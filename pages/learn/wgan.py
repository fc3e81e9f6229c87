"""From GAN to WGAN: what changes, and what clipping does to the critic."""

import pandas as pd
import streamlit as st

from ui import charts, recordings, url
from ui.components.curve_player import curve_player
from ui.evaluate.studies import OPTIMISERS
from ui.learn import clipping

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
    "| optimiser | Adam with momentum | RMSProp, as the paper advises; trained critics below disagree |\n"
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
found = recordings.read("clipping")
if found is None:
    st.stop()
index = int(url.kept("clip", 0, len(found.clips) - 1, 1))
curve_player(
    "clipping",
    identity="clipping",
    captions=clipping.captions(found),
    label="Clip value",
    axis=(-4.0, 4.0),
    panels=clipping.panels(found),
    file="clipping",
    frame=index,
    on_frame=lambda frame: url.keep("clip", frame),
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

trained = clipping.critics()
if trained:
    st.subheader("The weights of trained critics")
    st.markdown(
        "**Look for** weights at the two ends, the more the nearer a layer is to the output, and for layers whose "
        "weights are nearly equal: such a layer hands on one number only, whatever its width, and a critic with one of "
        "them tells its generator little more than brighter or darker."
    )
    names = {str(k): words for k, words in enumerate(("first layer", "second", "third", "last"))}
    layer = int(url.choice("layer", dict(reversed(names.items())), label="Layer of the critic"))
    table = {}
    for column, card in zip(st.columns(max(2, len(trained)), gap="large"), trained, strict=False):
        edges, shares, most, at_ends, positive = clipping.weights(card)[layer]
        middles = (edges[:-1] + edges[1:]) / 2
        table |= {f"{card.name}_weight": middles, f"{card.name}_share": shares}
        with column:
            charts.show(charts.bars(shares, x=middles, x_title="weight", y_title="share"))
            st.caption(  # under the chart: titles of one line and of two above would put the charts out of line
                f"**{card.title}.** {OPTIMISERS.get(card.recipe['optimiser'], '')}: {at_ends:.1%} of this layer's "
                f"weights within 1 % of the largest, ±{most:.3g}; {positive:.0%} are positive. Fréchet distance of its "
                f"generator: {next(v for k, v in card.metrics.items() if k.startswith('frechet_')):.1f}."
            )
    st.download_button("Histograms as CSV", pd.DataFrame(table).to_csv(index=False), "weights.csv")
