"""From GAN to WGAN: what changes, and what clipping does to the critic."""

import pandas as pd
import streamlit as st

from ui import charts, downloads, recordings, slides, url
from ui.components.curve_player import curve_player
from ui.evaluate.studies import OPTIMISERS
from ui.learn import clipping

st.title("From GAN to WGAN")
st.markdown(
    "A GAN's discriminator tells generated pictures from real ones; a Wasserstein GAN's critic measures how **far** "
    "apart they are. The slope of the critic must be bounded, and clipping its weights was the first method."
)
st.markdown(
    "| | GAN | WGAN (Arjovsky et al. 2017) |\n|---|---|---|\n"
    "| the second network | discriminator D, a probability in [0, 1] | critic T, any number: no sigmoid |\n"
    "| its loss | −E log D(x) − E log(1 − D(G(z))) | E T(G(z)) − E T(x) |\n"
    "| the generator's loss | −E log D(G(z)) | −E T(G(z)) |\n"
    "| kept in bounds by | nothing | every weight back into [−c, c] after each step |\n"
    "| its steps for one of the generator | 1: a perfect D has no slope | 5: the better trained, the more exact its "
    "slope |\n"
    "| optimiser | Adam with momentum | RMSProp, as the paper advises; trained critics below disagree |\n"
    "| its loss measures | which of the two is ahead | a multiple of the Wasserstein distance: falls as pictures "
    "improve |\n"
)

st.subheader("What clipping does")
st.markdown(
    "Critics of 16 × 16 hidden units, trained on two Gaussians against one in the middle. Drag the clip value c.  \n"
    "**Look for** the weights: most are at the two ends, which leaves the critic few shapes. **Look for** its shape: "
    "with a small c it is almost a straight line, which cannot tell these two densities apart; with a large c it is "
    "steep in a few places and flat elsewhere. The gradient penalty spreads the weights and comes near the best critic."
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
    frame=index,
    on_frame=lambda frame: url.keep("clip", frame),
)
slope, value = critics.slopes[-1], critics.values[-1]
st.caption(
    "The weights of the penalised critic are drawn from minus to plus its largest. "
    f"Gradient penalty: steepest slope {slope:.2f}, E T(p) − E T(q) = {value:.2f}; the Wasserstein distance is "
    f"{clipping.distance():.2f}. A critic's value must be divided by its slope to be compared."
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
        "**Why the ends.** The critic's loss is linear in its output, so a larger output is always better: every "
        "weight grows until it reaches the bound. With n weights at ±c the slope is a product over the layers, which "
        "vanishes or explodes with c: see how the slope above the pictures covers three powers of ten."
    )
with right:
    st.markdown(
        "**Gradient penalty.** WGAN-GP (Gulrajani et al. 2017) leaves the weights alone and adds "
        "$\\lambda\\,\\mathbb E_{\\hat x}(\\lVert\\nabla T(\\hat x)\\rVert - 1)^2$ on points between real and "
        "generated ones. Here slopes below 1 are free (Petzka et al. 2018), so that the critic may turn around."
    )

cards = clipping.models()
if cards:
    st.subheader("The weights of trained critics")
    st.markdown(
        "**Look for** weights at the two ends, the more the nearer a layer is to the output, and for layers whose "
        "weights are nearly equal: such a layer passes on one number only, whatever its width, and a critic with such "
        "a layer tells its generator little more than brighter or darker."
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
            charts.show(figure, f"Weights of the critic, layer {layer + 1}", card.title)
            st.caption(  # under the chart, since titles of one line and of two would misalign the charts
                f"**{card.title}.** {OPTIMISERS.get(card.recipe['optimiser'], '')}: {at_ends:.1%} of this layer's "
                f"weights within 1 % of the largest, ±{most:.3g}; {positive:.0%} are positive. Fréchet distance of its "
                f"generator: {next(v for k, v in card.metrics.items() if k.startswith('frechet_')):.1f}."
            )
    downloads.csv(pd.DataFrame(table), "weights", "Histograms as CSV")
