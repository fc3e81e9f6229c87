"""What the losses measure: at the best discriminator a GAN loss is a divergence, computed on both sides."""

import pandas as pd
import streamlit as st

from ui import downloads, shell
from ui.learn import agreement, gan_divergences

st.title("What GAN losses measure")
shell.introduction(
    "With the best possible discriminator, a GAN's loss is a divergence between the data p and the generator q. Drag a "
    "density by its top: sideways moves it, upwards makes it narrower."
)
kind, numbers = gan_divergences.choose()
gan_divergences.show("densities", kind, numbers)
st.markdown(
    "**Look for** the two columns of numbers: the loss and the divergence agree wherever you drag. **Look for** the "
    "curves over the mean of q: once the two densities are apart, JSD and χ² are flat and give no direction, while the "
    "Wasserstein distance still falls towards the data."
)
rows = gan_divergences.sides(numbers)
st.caption(
    "BCE and JSD in nats, Wasserstein in units of x. Where you let go, the server computes both columns again in full "
    f"precision; they agree {agreement.within(max(abs(row.value - row.expected) for row in rows))}."
)
table = pd.DataFrame(
    {
        "loss": [row.loss for row in rows],
        "value": [row.value for row in rows],
        "divergence": [row.divergence for row in rows],
        "expected": [row.expected for row in rows],
    }
)
downloads.csv(table, "gan_divergences", "Both sides as CSV")

left, right = st.columns(2, gap="large")
with left:
    st.subheader("BCE is JSD")
    st.markdown(
        "The discriminator maximises $V = \\mathbb E_p\\log D + \\mathbb E_q\\log(1 - D)$. For each x separately, "
        "$p\\log D + q\\log(1 - D)$ is largest at $D^* = p/(p + q)$. Substituted:\n\n"
        "$$V(D^*) = \\mathrm{KL}\\big(p\\,\\|\\,\\tfrac{p+q}2\\big) + \\mathrm{KL}\\big(q\\,\\|\\,\\tfrac{p+q}2\\big) "
        "- \\log 4 = 2\\,\\mathrm{JSD}(p, q) - \\log 4.$$\n\n"
        "A minimax generator therefore minimises the JSD. For all pairs that do not overlap the JSD is log 2, so its "
        "gradient is 0 there (Arjovsky & Bottou 2017, Arjovsky et al. 2017)."
    )
    st.subheader("The Wasserstein distance")
    st.markdown(
        "A critic T with slopes of at most 1 maximises $\\mathbb E_p T - \\mathbb E_q T$. On a line the best critic "
        "rises with slope 1 wherever mass of q has to move to the right and falls wherever it has to move to the left. "
        "Its value is $\\int |F_p - F_q|\\,dx$, the mean distance that the mass has to move."
    )
with right:
    st.subheader("Least squares is Pearson's χ²")
    st.markdown(
        "With the labels a for fake, b for real and c for what the generator wants, "
        "$D^* = (b\\,p + a\\,q)/(p + q)$. Mao et al. (2017) add to the generator's loss a term that does not depend on "
        "it, $2C(G) = \\mathbb E_p (D^* - c)^2 + \\mathbb E_q (D^* - c)^2$, and get\n\n"
        "$$2C(G) = \\int \\frac{\\big((b - c)(p + q) - (b - a)\\,q\\big)^2}{p + q}\\,dx.$$\n\n"
        "If $b - c = 1$ and $b - a = 2$, as with −1, 1, 0, this is $\\chi^2(p + q\\,\\|\\,2q)$.\n\n"
        "The emoji GAN uses the labels 0, 1, 1, with $b - c = 0$ and $b - a = 1$, so it does **not** meet the "
        "condition. In general, labels give $2k^2 + \\tfrac{(b-a)^2}4\\,\\chi^2$ with $k = (b - c) - \\tfrac{b-a}2$. "
        "For 0, 1, 1 that is $\\tfrac12 + \\tfrac14\\chi^2$: the same minimum, p = q, with a quarter of the slope.\n\n"
        "All this holds for values at $D^*$. In a training, D is fixed while the generator takes its step, and only "
        "$\\mathbb E_q(D - c)^2$ changes. That step also goes towards larger D, but its direction is not the gradient "
        "of χ². For the minimax loss the two gradients are the same, since D maximises what G minimises."
    )
