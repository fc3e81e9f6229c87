"""From GAN to WGAN: what changes, and what clipping does to the critic."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import charts, downloads, recordings, shell, slides, url
from ui.components.curve_player import curve_player
from ui.evaluate.studies import OPTIMISERS
from ui.learn import clipping

st.title("From GAN to WGAN")
shell.introduction(
    "A GAN's discriminator tells generated samples from real ones; the critic of a Wasserstein GAN measures how "
    "**far** apart they are. Drag the clip value c of its weights."
)
critics = recordings.read("clipping")
if critics is None:
    st.stop()
index = int(url.kept("clip", 0, len(critics.clips) - 1, 1))
curve_player(
    "clipping",
    identity="clipping",
    captions=clipping.captions(critics),
    label="Clip value",
    axis=(-4.0, 4.0),
    panels=clipping.panels(critics),
    save=slides.words("clipping", "What weight clipping does to a critic"),
    figures=clipping.figures(critics),
    frame=index,
    on_frame=lambda frame: url.keep("clip", frame),
)
slope, value, estimates = critics.slopes[-1], critics.values[-1], clipping.estimates(critics)
st.markdown(
    "**Look for** the critic's shape: with a small c it is almost a straight line, which cannot tell these two "
    "densities apart; with a large c it is steep in a few places and nearly flat elsewhere. **Look for** the weights: "
    "most of them are at −c or c. The gradient penalty spreads the weights, and its critic comes near the best one."
)
st.caption(
    "Critics of 16 × 16 hidden units, trained on samples of p (two Gaussians) and q (one between them). A critic's "
    "value is in the units of its own output and grows with its slope. Value ÷ slope estimates the Wasserstein "
    "distance in units of x: how far, on average, the mass has to move. The clipped critics give "
    f"{estimates[:-1].min():.2f} to {estimates[:-1].max():.2f} in place of {clipping.distance():.2f}, the one with "
    f"gradient penalty {estimates[-1]:.2f} (value {value:.2f}, steepest slope {slope:.2f}). Its weights are drawn as "
    "shares of the largest one."
)
table = pd.DataFrame(
    {
        "clip": [*critics.clips, None],
        "at_ends": [*critics.at_ends, None],
        "steepest_slope": critics.slopes,
        "value": critics.values,
    }
)
downloads.csv(table, "clipping", "Critics as CSV")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "**Why the weights end at ±c.** Doubling the critic's output doubles its objective, so larger outputs are "
        "always better, and weights grow until they reach the bound. The slope of a critic whose weights are all ±c "
        "is a product over its layers, which vanishes for a small c and explodes for a large one: from "
        f"{critics.slopes[:-1].min():.2g} to {critics.slopes[:-1].max():.2g} here."
    )
with right:
    st.markdown(
        "**Gradient penalty.** WGAN-GP (Gulrajani et al. 2017) does not bound the weights and adds "
        "$\\lambda\\,\\mathbb E_{\\hat x}(\\lVert\\nabla T(\\hat x)\\rVert - 1)^2$ on points between real and "
        "generated ones. Here slopes below 1 cost nothing (Petzka et al. 2018), so that the critic may change "
        "direction."
    )

st.subheader("What changes from GAN to WGAN")
st.markdown(
    "| | GAN | WGAN (Arjovsky et al. 2017) |\n|---|---|---|\n"
    "| second network | discriminator D, a probability from 0 to 1 | critic T, any number: no sigmoid |\n"
    "| its loss | −E log D(x) − E log(1 − D(G(z))) | E T(G(z)) − E T(x) |\n"
    "| generator's loss | −E log D(G(z)) | −E T(G(z)) |\n"
    "| bound | none | every weight is clamped to [−c, c] after each step |\n"
    "| its steps per generator step | 1, since a perfect D has no slope | 5, since a better trained critic has a more "
    "exact slope |\n"
    "| optimiser | Adam with momentum | RMSProp in the paper |\n"
    "| its loss says | which network is ahead | minus the Wasserstein distance, if the critic is the best of slope 1; "
    "with clipped weights far less, as above |\n"
)

cards = clipping.models()
if cards:
    st.subheader("The weights of trained critics")
    st.markdown(
        "The same histogram for critics of pictures, whose weights were clipped to ± 0.01. **Look for** the last "
        "two layers of the Fashion-MNIST critics: nearly all weights lie at −c or c. With RMSProp half of them are "
        "positive; with Adam nearly all, so that every unit computes nearly the same sum and the layer passes on "
        "little more than a single number, whatever its width."
    )
    names = {str(k): words for k, words in enumerate(("first layer", "second", "third", "last"))}
    layer = int(url.choice("layer", dict(reversed(names.items())), label="Layer of the critic"))
    table = {}
    for column, card in zip(st.columns(max(2, len(cards)), gap="large"), cards, strict=False):
        edges, shares, most, at_ends, positive = clipping.weights(card)[layer]
        middles = (edges[:-1] + edges[1:]) / 2
        table |= {f"{card.name}_weight": middles, f"{card.name}_share": shares}
        with column:
            figure = charts.bars(shares, x=middles, x_title="weight", y_title="share")
            ticks = np.linspace(edges[0], edges[-1], 5)
            reach = 1.15 * ticks[[0, -1]]  # without room at the ends, Plotly leaves out the last label
            figure.update_xaxes(range=reach, tickvals=ticks, tickformat=".2~g")
            charts.show(figure, f"Weights of the critic, layer {layer + 1}", card.title)
            st.caption(  # under the chart, since titles of one line and of two would misalign the charts
                f"**{card.title}.** {OPTIMISERS.get(card.recipe['optimiser'], '')}: {at_ends:.1%} of this layer's "
                f"weights within 1% of the largest, ±{most:.3g}; {positive:.0%} are positive. Fréchet distance of its "
                f"generator: {next(v for k, v in card.metrics.items() if k.startswith('frechet_')):.1f}."
            )
    downloads.csv(pd.DataFrame(table), "weights", "Histograms as CSV")
