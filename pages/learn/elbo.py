"""The ELBO: its derivation beside both of its sides, the reparameterisation, and β as a Lagrange multiplier."""

import pandas as pd
import streamlit as st

from ui import downloads, shell, url
from ui.learn import agreement, elbo, reparameterise, trade_off

PARTS = {"bound": "The bound", "gradient": "Its gradient", "price": "β and the KL"}
# Query parameters of the second and the third part: a link from before there were parts opens the part that has them.
WITHIN = {"gradient": ("draw", "f", "draws_seed"), "price": ("trade_off",)}

st.title("The ELBO")
if "part" not in st.session_state and not url.holds("part"):
    asked = [part for part, names in WITHIN.items() if url.holds(*names)]
    st.session_state["part"] = asked[0] if asked else "bound"
url.hold(*WITHIN["gradient"])
part = url.choice("part", PARTS, label="Part", label_visibility="collapsed")
numbers = elbo.chosen()

if part == "bound":
    shell.introduction(
        "Drag q by its top: sideways moves its mean μ, upwards makes it narrower. **Look for** the dashed line of "
        "log p(x): the ELBO reaches it when q is the posterior."
    )
    elbo.show("elbo", numbers)
    st.markdown(
        "The smallest VAE: one latent number z with $p(z) = N(0, 1)$, a straight line for a decoder, $p(x|z) = N(az + "
        "b, s^2)$, and one observed x, so that the posterior and log p(x) are known exactly. **Look for** the gap, "
        "KL(q ‖ p(z|x)): ELBO and gap always add up to log p(x). Change x or s, and log p(x) itself changes. Press "
        "the posterior's name to hide it, and find it by the ELBO alone."
    )
    sides = elbo.sides(numbers)
    difference = max(abs(formula - integral) for formula, integral in sides.values())
    st.caption(
        "Where you let go, the server computes all terms twice, by formula and by numerical integration; the two agree "
        f"{agreement.within(difference)} (nats)."
    )
    table = pd.DataFrame([(name, *both) for name, both in sides.items()], columns=["quantity", "formula", "integral"])
    downloads.csv(table, "elbo", "All terms as CSV")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Where it comes from")
        st.markdown(
            "How far is q from the posterior? By Bayes' rule $p(z|x) = p(x|z)\\,p(z)/p(x)$, and p(x) does not depend "
            "on z:\n\n$$\\begin{aligned}&\\mathrm{KL}\\big(q\\,\\|\\,p(z|x)\\big)\\\\ &= \\mathbb E_q\\big[\\log q - "
            "\\log p(z|x)\\big]\\\\ &= \\mathbb E_q\\big[\\log q - \\log p(z) - \\log p(x|z)\\big]\\\\ &\\quad + "
            "\\log p(x).\\end{aligned}$$\n\n"
            "Rearranged,\n\n"
            "$$\\log p(x) = \\underbrace{\\mathbb E_q\\log p(x|z) - "
            "\\mathrm{KL}\\big(q\\,\\|\\,p(z)\\big)}_{\\text{ELBO}} + "
            "\\underbrace{\\mathrm{KL}\\big(q\\,\\|\\,p(z|x)\\big)}_{\\text{gap}\\ \\ge\\ 0}.$$"
        )
    with right:
        st.subheader("Why it is the loss of a VAE")
        st.markdown(
            "The gap contains the posterior, which is unknown for a real decoder. The ELBO does not contain it, and "
            "log p(x) does not depend on q: raising the ELBO in q lowers the gap by the same amount. Raising it in the "
            "decoder raises a lower bound of log p(x).\n\n"
            "With a decoder f, $p(x|z) = N(f(z), cI)$ and $q = N(\\mu, \\sigma^2)$ in every dimension, minus the ELBO "
            "is a squared error plus a closed formula:\n\n"
            "$$\\frac1{2c}\\,\\mathbb E_q\\lVert x - f(z)\\rVert^2 + \\frac12\\sum_d\\big(\\mu_d^2 + \\sigma_d^2 - 1 - "
            "\\log\\sigma_d^2\\big) + \\text{const}.$$"
        )
elif part == "gradient":
    shell.introduction(
        "Raising the ELBO needs the gradient of $\\mathbb E_q f(z)$ in μ and σ. Drag q and the large ε, and compare "
        "the two ways to estimate it."
    )
    with st.container(horizontal=True):
        name = url.choice("f", reparameterise.FUNCTIONS, label="f(z)", menu=True, width=200)
        seed = url.whole_number("draws_seed", 0, 99_999, 0, label="Seed of the draws", width=140)
    drawn = reparameterise.chosen()
    f, noise = reparameterise.function(name, numbers), reparameterise.draws(seed)
    reparameterise.show("reparameterisation", drawn, f, noise)
    st.markdown(
        "μ and σ are parameters of the distribution over which the mean is taken. The reparameterisation draws ε "
        "instead and computes $z = \\mu + \\sigma\\varepsilon$. **Look for** the lines: each z stays connected to its "
        "ε while μ and σ change, so every z has a derivative. **Look for** the histograms: both estimates have the "
        "exact gradient (the vertical line) as their expectation, and the means of the draws agree with it within a "
        "few standard errors. For z² the score function's estimates spread more, and the 10 that is added in z² + 10, "
        "which changes no gradient, makes them spread even more. For sin 5z the reparameterised estimates spread "
        "more, unless q is narrow (σ below about 0.3): the derivative of f is large and changes its sign often within "
        "the width of q."
    )
    st.caption(
        f"Spread: standard deviation of the estimates from {reparameterise.DRAWS:,} draws, one estimate per draw. "
        "Standard error: spread / √n, the precision of the mean of n draws; so the last row is the squared ratio of "
        "the spreads."
    )
    with st.expander("Measured by the server, beside the exact spread"):
        st.markdown(reparameterise.table(f, drawn, noise))
    each = reparameterise.estimates(f, drawn, noise)
    columns = {"epsilon": noise, "z": drawn[0] + drawn[1] * noise}
    for kind, values in each.items():
        columns |= {f"{kind.replace(' ', '_')}_{p}": row for p, row in zip(("mu", "sigma"), values, strict=True)}
    downloads.csv(pd.DataFrame(columns), "gradient_draws", "Draws as CSV")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Score function")
        st.code("z = Normal(mu, sigma).sample()\nf(z).backward()  # an error: z has no gradient", "python")
        st.markdown(
            "A sampled number is not a function of μ and σ, so the chain rule ends at z. What remains is to "
            "differentiate the density (score function or REINFORCE, Williams 1992), which uses values of f but not "
            "its derivative:\n\n"
            "$$\\nabla\\,\\mathbb E_q f = \\mathbb E_q\\big[f(z)\\,\\nabla\\log q(z)\\big],$$\n\n$$\\nabla\\log q = "
            "\\Big(\\frac{\\varepsilon}{\\sigma},\\ \\frac{\\varepsilon^2 - 1}{\\sigma}\\Big).$$"
        )
    with right:
        st.subheader("Reparameterised")
        st.code("z = mu + sigma * torch.randn(())\nf(z).backward()  # mu.grad is f'(z)", "python")
        st.markdown(
            "The randomness ε does not depend on the parameters, so the gradient can be taken inside the expectation "
            "(Kingma & Welling 2013):\n\n"
            "$$\\nabla\\,\\mathbb E_\\varepsilon f(\\mu + \\sigma\\varepsilon) = \\mathbb E_\\varepsilon\\big[f'(z)\\,"
            "(1,\\ \\varepsilon)\\big].$$\n\n"
            "An encoder computes μ and σ, so its weights get their gradient through the same z, with one draw per "
            "picture."
        )
else:
    shell.introduction(
        "The best reconstruction with a KL of at most C nats. Drag the point along the curve, or the mark at C. **Look "
        "for** the tangent: its slope is β."
    )
    chosen = trade_off.chosen()
    trade_off.show("trade-off", chosen, numbers)
    st.markdown(
        "The problem: maximise $\\mathbb E_q\\log p(x|z)$ subject to $\\mathrm{KL}(q\\,\\|\\,p(z)) \\le C$, for the "
        "model of the first part. β is the reconstruction, in nats, that is gained for one more nat of KL. **Look "
        "for** β = 1, where the best q is the posterior, and for the ring: the q that you set in the first part never "
        "lies above the curve."
    )
    downloads.csv(pd.DataFrame(trade_off.curve(numbers)), "trade_off", "Trade-off as CSV")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("β is a Lagrange multiplier")
        st.markdown(
            "Lagrange's function of the constrained problem,\n\n"
            "$$\\mathbb E_q\\log p(x|z) - \\beta\\big(\\mathrm{KL}(q\\,\\|\\,p(z)) - C\\big),\\quad \\beta \\ge "
            "0,$$\n\n"
            "is for a fixed β the objective of a β-VAE (Higgins et al. 2017) plus the constant βC. At the optimum "
            "either KL = C or β = 0. Here KL = C always, since more KL always gives a better reconstruction. The ELBO "
            "is the case in which C is the KL of the posterior."
        )
    with right:
        st.subheader("Why ControlVAE can steer it")
        st.markdown(
            "For this model the best q is the posterior of a decoder with noise variance βs², and the β that belongs "
            "to a C can be computed. For a real VAE the curve is unknown and changes as the networks learn. But KL "
            "falls as β rises (last picture). ControlVAE (Shao et al. 2020) therefore measures the KL at every step, "
            "and a PI controller raises β while KL is above the set point C and lowers it while KL is below."
        )
