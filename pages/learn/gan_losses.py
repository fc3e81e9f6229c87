"""GAN losses: what every adversarial loss tells a sample to do, by its slope in the logit."""

import math

import pandas as pd
import streamlit as st

from ui import url
from ui.components.shift import shift
from ui.learn import losses

LOOK_FOR = {
    "generator": "**Look for** the left: the discriminator is sure that the sample is fake. Minimax is flat there "
    "(slope −D), so a generator that is still bad hears nothing; the non-saturating loss (slope D − 1) pushes most "
    "there. On the right the non-saturating loss lets go of a sample that passes as real, while least squares pulls it "
    "back to 1.",
    "real": "**Look for** the right: real samples that the discriminator recognises already. BCE (slope D − 1) and "
    "hinge let go of them, so they teach it nothing more. Least squares holds them at 1, and pulls back those that are "
    "too far out.",
    "fake": "**Look for** the left: fake samples that are recognised already. BCE (slope D) and hinge let go of them; "
    "least squares holds them at 0. Nothing but clipping or a penalty ever stops the Wasserstein critic, which pushes "
    "equally hard everywhere.",
}

st.title("GAN losses")
st.markdown(
    "One sample and what the discriminator says of it before any sigmoid: its logit a, with D = 1 / (1 + e⁻ᵃ). "
    "Drag a: every loss pushes it along its own slope."
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
    file=f"gan_losses_{role}",
    on_value=lambda value: url.keep("logit", value),
)
st.caption("Under the curves: loss · slope at the marker. An arrow is two slopes long, at most 5.")
chance = 1 / (1 + math.exp(-logit))
st.markdown(f"At a logit of {logit:g}, D = {chance:.6f}:".replace("-", "−"))
st.markdown(losses.table(role, logit))
columns = {"logit": losses.LOGITS}
for kind, (values, gradients) in losses.of(role, tuple(losses.LOGITS)).items():
    columns |= {f"{kind}_loss": values, f"{kind}_slope": gradients}
st.download_button(
    "Curves as CSV", pd.DataFrame(columns).to_csv(index=False), f"gan_losses_{role}.csv", icon=":material/download:"
)

st.subheader("Does BCE saturate, and does least squares help?")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "The gradient that reaches a generator's weights θ is a product,\n\n"
        "$$\\frac{\\partial\\,\\text{loss}}{\\partial\\theta} = \\underbrace{\\frac{\\partial\\,\\text{loss}}"
        "{\\partial a}}_{\\text{this page}}\\cdot\\frac{\\partial a}{\\partial x}\\cdot\\frac{\\partial x}"
        "{\\partial\\theta}.$$\n\n"
        "With the minimax loss the first factor is −D. Early in training the discriminator wins easily, D is near "
        "0, and learning stalls: BCE **can** saturate. The non-saturating loss has the same fixed point and cures the "
        "start (Goodfellow et al. 2014). It keeps one flat side: a fake far on the real side of the boundary gets no "
        "push, however unlike the data it is."
    )
with right:
    st.markdown(
        "Least squares (Mao et al. 2017) is flat in one point only and its slope grows with the distance to it, so the "
        "first factor does not die on either side. Here D is the output a itself, as in the emoji GAN.\n\n"
        "It cannot help the second factor. Where real and generated samples are so far apart that a is constant around "
        "the fakes, every loss on this page is silent: that is what the Wasserstein critic's bounded slope is for. The "
        "WGAN with gradient penalty has the same two curves as the WGAN."
    )
