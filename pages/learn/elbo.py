"""The ELBO: its derivation beside both of its sides, the reparameterisation, and β as a Lagrange multiplier."""

import pandas as pd
import streamlit as st

from ui import downloads, url
from ui.learn import elbo, reparameterise, trade_off

st.title("The ELBO")
st.markdown(
    "A VAE in its smallest form: one latent number z with $p(z) = N(0, 1)$, a straight line for a decoder, "
    "$p(x|z) = N(az + b, s^2)$, and one observed x. Here the posterior and log p(x) are known exactly. Drag q by its "
    "top: sideways moves its mean, up makes it narrow.  \n"
    "**Look for** the dashed line of log p(x): ELBO and gap always add up to it, and the gap is gone only where q is "
    "the posterior. **Look for** what moves when you drag x or s instead: the line itself. Hide the posterior and find "
    "it by the ELBO alone."
)
numbers = elbo.chosen()
elbo.show("elbo", numbers)
sides = elbo.sides(numbers)
difference = max(abs(formula - integral) for formula, integral in sides.values())
st.caption(
    "Computed again by the server where you let go, once by formula and once by numerical integration: they differ by "
    f"{difference:.0e} nats at most."
)
table = pd.DataFrame([(name, *both) for name, both in sides.items()], columns=["quantity", "formula", "integral"])
downloads.csv(table, "elbo", "Both sides as CSV")
left, right = st.columns(2, gap="large")
with left:
    st.subheader("Where it comes from")
    st.markdown(
        "How far is q from the posterior? By Bayes' rule $p(z|x) = p(x|z)\\,p(z)/p(x)$, and p(x) does not depend on z:"
        "\n\n$$\\begin{aligned}&\\mathrm{KL}\\big(q\\,\\|\\,p(z|x)\\big)\\\\ "
        "&= \\mathbb E_q\\big[\\log q - \\log p(z|x)\\big]\\\\ "
        "&= \\mathbb E_q\\big[\\log q - \\log p(z) - \\log p(x|z)\\big]\\\\ "
        "&\\quad + \\log p(x).\\end{aligned}$$\n\n"
        "Sorted,\n\n"
        "$$\\log p(x) = \\underbrace{\\mathbb E_q\\log p(x|z) - "
        "\\mathrm{KL}\\big(q\\,\\|\\,p(z)\\big)}_{\\text{ELBO}} + "
        "\\underbrace{\\mathrm{KL}\\big(q\\,\\|\\,p(z|x)\\big)}_{\\text{gap}\\ \\ge\\ 0}.$$"
    )
with right:
    st.subheader("Why it is the loss of a VAE")
    st.markdown(
        "The gap needs the posterior, which a real decoder does not give. The ELBO needs none, and log p(x) does not "
        "depend on q: raising the ELBO in q lowers the gap by as much. Raising it in the decoder lifts the bound on "
        "log p(x).\n\n"
        "With a decoder f, $p(x|z) = N(f(z), cI)$ and $q = N(\\mu, \\sigma^2)$ in every dimension, minus the ELBO is a "
        "squared error and a formula:\n\n"
        "$$\\frac1{2c}\\,\\mathbb E_q\\lVert x - f(z)\\rVert^2 + \\frac12\\sum_d\\big(\\mu_d^2 + \\sigma_d^2 - 1 - "
        "\\log\\sigma_d^2\\big) + \\text{const}.$$"
    )

st.header("The reparameterisation", divider="gray")
st.markdown(
    "To raise the ELBO we need the gradient of $\\mathbb E_q f(z)$ in μ and σ, but they stand in the distribution that "
    "the mean is taken over. Draw ε instead and carry it to $z = \\mu + \\sigma\\varepsilon$. Drag q and the large "
    "ε.  \n"
    "**Look for** the lines: each z stays tied to its ε while μ and σ move, so every z has a slope. **Look for** the "
    "two histograms: both have the exact gradient (the line) as their mean, but the score function's is wider, and 10 "
    "added to f, which changes no gradient, makes it wider still. For sin 5z it is the other way round: f' is large "
    "and keeps changing its sign."
)
with st.container(horizontal=True):
    name = url.choice("f", reparameterise.FUNCTIONS, label="f(z)", menu=True, width=280)
    seed = url.whole_number("draws_seed", 0, 99_999, 0, label="Seed of the draws", width=160)
drawn = reparameterise.chosen()
f, noise = reparameterise.function(name, numbers), reparameterise.draws(seed)
reparameterise.show("reparameterisation", drawn, f, noise)
st.caption(
    f"Mean and spread (standard deviation) of what {reparameterise.DRAWS:,} draws say, each on its own. The mean of n "
    "draws spreads √n times less, so the last row is the squared ratio of the spreads."
)
with st.expander("Measured by the server, beside the exact spread"):
    st.markdown(reparameterise.table(f, drawn, noise))
each = reparameterise.estimates(f, drawn, noise)
columns = {"epsilon": noise, "z": drawn[0] + drawn[1] * noise}
for kind, values in each.items():
    columns |= {f"{kind.replace(' ', '_')}_{p}": row for p, row in zip(("mu", "sigma"), values, strict=True)}
st.download_button(
    "Draws as CSV", pd.DataFrame(columns).to_csv(index=False), "gradient_draws.csv", icon=":material/download:"
)
left, right = st.columns(2, gap="large")
with left:
    st.subheader("Sampled directly: no path")
    st.code("z = Normal(mu, sigma).sample()\nf(z).backward()  # an error: no path", "python")
    st.markdown(
        "A drawn number has no formula in μ and σ, and the chain rule ends at z. What remains is to differentiate the "
        "density (score function, REINFORCE, Williams 1992), which sees values of f but no slope:\n\n"
        "$$\\nabla\\,\\mathbb E_q f = \\mathbb E_q\\big[f(z)\\,\\nabla\\log q(z)\\big],$$\n\n$$\\nabla\\log q = "
        "\\Big(\\frac{\\varepsilon}{\\sigma},\\ \\frac{\\varepsilon^2 - 1}{\\sigma}\\Big).$$"
    )
with right:
    st.subheader("Reparameterised: a formula")
    st.code("z = mu + sigma * torch.randn(())\nf(z).backward()  # mu.grad is f'(z)", "python")
    st.markdown(
        "The randomness comes in from outside and has no parameters, so the gradient goes under the expectation "
        "(Kingma & Welling 2013):\n\n"
        "$$\\nabla\\,\\mathbb E_\\varepsilon f(\\mu + \\sigma\\varepsilon) = \\mathbb E_\\varepsilon\\big[f'(z)\\,"
        "(1,\\ \\varepsilon)\\big].$$\n\n"
        "An encoder gives μ and σ, so its weights get their gradient through the same z, one draw per picture."
    )

st.header("A constraint, and β as its price", divider="gray")
st.markdown(
    "Ask for the best reconstruction while q tells at most C nats: maximise $\\mathbb E_q\\log p(x|z)$ subject to "
    "$\\mathrm{KL}(q\\,\\|\\,p(z)) \\le C$. Same model as above; drag the point, the mark at C, or the sliders.  \n"
    "**Look for** the tangent: its slope is β, the nats of reconstruction that one more nat of KL buys. **Look for** "
    "β = 1, where the best q is the posterior, and for the ring: your q of the first picture is never above the curve."
)
chosen = trade_off.chosen()
trade_off.show("trade-off", chosen, numbers)
st.download_button(
    "Trade-off as CSV",
    pd.DataFrame(trade_off.curve(numbers)).to_csv(index=False),
    "trade_off.csv",
    icon=":material/download:",
)
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "Lagrange's function of the constrained problem,\n\n"
        "$$\\mathbb E_q\\log p(x|z) - \\beta\\big(\\mathrm{KL}(q\\,\\|\\,p(z)) - C\\big),\\quad \\beta \\ge 0,$$\n\n"
        "is for a fixed β the objective of a β-VAE (Higgins et al. 2017) up to the constant βC. At the optimum either "
        "KL = C or β = 0. Here KL = C always: more nats always buy reconstruction. The ELBO is the case whose C is the "
        "posterior's own KL."
    )
with right:
    st.markdown(
        "For this model the best q is the posterior of a decoder with noise βs² and the β of a C can be computed. In a "
        "real VAE it cannot: the curve is unknown and moves as the networks learn. But KL falls as β rises (last "
        "picture), so β can be steered: ControlVAE (Shao et al. 2020) measures KL at every step and a PI controller "
        "raises β while KL is above the set point C and lowers it while KL is below."
    )
