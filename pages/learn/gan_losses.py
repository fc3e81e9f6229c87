"""GAN losses: the direction in which every adversarial loss moves a sample, by its slope in the logit."""

import math

import pandas as pd
import streamlit as st

from ui import downloads, shell, slides, url
from ui.components.shift import shift
from ui.layout import unbroken
from ui.learn import losses

PLAYERS = {"generator": "Generator", "real": "D on real", "fake": "D on generated"}
LOOK_FOR = {
    "generator": "**Look for** the left end, where the discriminator is sure that the sample is generated. The slope "
    "of the minimax loss, −D, is nearly 0 there, so a bad generator learns almost nothing. The slope of the "
    "non-saturating loss, D − 1, is nearly −1, as for hinge and Wasserstein; the slope of least squares, 2(a − 1), has "
    "no bound. **Look for** the right end: the non-saturating loss leaves a sample that passes as real alone, while "
    "least squares pushes it back to a = 1.",
    "real": "**Look for** the right end, where the discriminator recognises the real sample. BCE (slope D − 1) and "
    "hinge are flat there, so this sample changes nothing any more. Least squares pushes it to a = 1 from both sides.",
    "fake": "**Look for** the left end, where the discriminator recognises the generated sample. BCE (slope D) and "
    "hinge are flat there; least squares pushes the sample to a = 0 from both sides. The slope of the Wasserstein loss "
    "is the same everywhere, so only clipping or a penalty bounds the critic.",
}

st.title("GAN losses")
shell.introduction(
    unbroken(
        "For one sample the discriminator D gives a logit a, with D = 1 / (1 + e⁻ᵃ). Drag a, and compare how strongly "
        "each loss pushes it."
    )
)
role = url.choice("player", PLAYERS, label="Who learns", label_visibility="collapsed")
logit = url.kept("logit", losses.LOW, losses.HIGH, -4.0)
shift(
    "gan losses",
    identity=role,
    label="a",
    value=logit,
    low=losses.LOW,
    high=losses.HIGH,
    step=losses.STEP,
    axis=(losses.LOW, losses.HIGH),
    stage=losses.stage(),
    panels=losses.panels(role),
    save=slides.words(f"gan_losses_{role}", "GAN losses over the logit", losses.ROLES[role]),
    on_value=lambda value: url.keep("logit", value),
)
st.markdown(unbroken(LOOK_FOR[role]))
st.caption("Beside each name: loss · slope at a. An arrow is half as long as the slope, on the axis of a.")
probability = 1 / (1 + math.exp(-logit))
st.markdown(unbroken(f"{losses.ROLES[role]}, at a = {logit:g} (D = {probability:.6f}):".replace("-", "−")))
st.markdown(losses.table(role, logit))
columns = {"logit": losses.LOGITS}
for kind, (values, gradients) in losses.values_and_slopes(role, tuple(losses.LOGITS)).items():
    columns |= {f"{kind}_loss": values, f"{kind}_slope": gradients}
downloads.csv(pd.DataFrame(columns), f"gan_losses_{role}", "Curves as CSV")

st.subheader("Does BCE saturate, and does least squares help?")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "The gradient that reaches a generator's weights θ is a product,\n\n"
        "$$\\frac{\\partial\\,\\text{loss}}{\\partial\\theta} = \\underbrace{\\frac{\\partial\\,\\text{loss}}"
        "{\\partial a}}_{\\text{this page}}\\cdot\\frac{\\partial a}{\\partial x}\\cdot\\frac{\\partial x}"
        "{\\partial\\theta}.$$\n\n"
        "With the minimax loss the first factor is −D. Early in training the discriminator wins easily, D is near 0, "
        "and learning stalls: BCE **can** saturate. The non-saturating loss has the same fixed point, and its slope is "
        "largest where D is near 0 (Goodfellow et al. 2014). It is flat on the other side: a generated sample that D "
        "takes for real gets almost no gradient, however unlike the data it is."
    )
with right:
    st.markdown(
        "Least squares (Mao et al. 2017) is flat at one point only, and its slope grows with the distance from it, so "
        "the first factor does not vanish on either side. For least squares the discriminator's output is a itself, "
        "without a sigmoid, as in the emoji GAN.\n\n"
        "No loss helps the second factor. Where real and generated samples are so far apart that a is constant around "
        "the generated ones, none of these losses gives a gradient. This is why the critic of a Wasserstein GAN needs "
        "a bounded slope. The WGAN with gradient penalty has the same curves as the WGAN."
    )
