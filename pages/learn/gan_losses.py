"""GAN losses: the direction in which every adversarial loss moves a sample, by its slope in the logit."""

import math

import pandas as pd
import streamlit as st

from ui import downloads, slides, url
from ui.components.shift import shift
from ui.learn import losses

LOOK_FOR = {
    "generator": "**Look for** the left: the discriminator is sure that the sample is fake. Minimax is flat there "
    "(slope −D), so a bad generator gets no gradient; the non-saturating loss (slope D − 1) is steepest there. On "
    "the right the non-saturating loss is flat for a sample that passes as real, while least squares pulls it back to "
    "1.",
    "real": "**Look for** the right: real samples that the discriminator recognises already. BCE (slope D − 1) and "
    "hinge are flat there, so these samples change nothing more. Least squares holds them at 1, and pulls back those "
    "beyond it.",
    "fake": "**Look for** the left: fake samples that are recognised already. BCE (slope D) and hinge are flat there; "
    "least squares holds them at 0. The Wasserstein critic's slope is the same everywhere: only clipping or a penalty "
    "bounds it.",
}

st.title("GAN losses")
st.markdown(
    "One sample and the discriminator's output for it before the sigmoid: the logit a, with D = 1 / (1 + e⁻ᵃ). Drag a: "
    "every loss moves it along its own slope."
)
role = url.choice("player", losses.ROLES, label="Who learns, and from what")
st.markdown(LOOK_FOR[role])
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
st.caption("Under the curves: loss · slope at the marker. An arrow is two slopes long, at most 5.")
probability = 1 / (1 + math.exp(-logit))
st.markdown(f"At a logit of {logit:g}, D = {probability:.6f}:".replace("-", "−"))
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
        "and learning stalls: BCE **can** saturate. The non-saturating loss has the same fixed point and learns at the "
        "start (Goodfellow et al. 2014). It is flat on one side: a fake far on the real side of the boundary gets no "
        "gradient, however unlike the data it is."
    )
with right:
    st.markdown(
        "Least squares (Mao et al. 2017) is flat in one point only and its slope grows with the distance to it, so the "
        "first factor does not vanish on either side. Here D is the output a itself, as in the emoji GAN.\n\n"
        "It cannot help the second factor. Where real and generated samples are so far apart that a is constant around "
        "the fakes, no loss on this page gives a gradient: that is the reason for the Wasserstein critic's bounded "
        "slope. The WGAN with gradient penalty has the same two curves as the WGAN."
    )
