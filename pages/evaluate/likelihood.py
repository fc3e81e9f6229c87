"""Likelihood: how probable a VAE finds one picture, from the ELBO up to log p(x)."""

import pandas as pd
import streamlit as st

import checkpoints
from ui import charts, gallery, tiles, url
from ui.evaluate import likelihoods
from ui.images import intake

st.title("Likelihood of a picture")
st.markdown(
    "A VAE gives every picture a probability, but no formula for it: the ELBO is a bound from one code, and averaging "
    "the weights of K codes lifts it towards log p(x).  \n"
    "**Look for** how far the line rises, and compare a clean digit with a scribble or half of one."
)

cards = [c for c in checkpoints.gallery("vae") if c.dataset["name"] == "binarized_mnist"]
chosen, result_column = st.columns([1, 2], gap="large")
with chosen:
    card = gallery.select(among=cards)
    given, picture = intake.choose("digit", card)
    if given is not None:
        st.caption("Most of these digits, binarised in another way, were in the train set: compare them with your own.")
    seed = url.whole_number("codes_seed", 0, 99_999, 0, label="Seed of the codes", width=140)
if picture is not None:
    given = intake.prepare_with_steps("digit", picture, card)
if given is None:
    with result_column:
        st.info("As soon as there is a picture, its likelihood appears here.")
    st.stop()

result = likelihoods.likelihood(card, given.image, seed)
with result_column:
    left, right = st.columns([1, 4], vertical_alignment="center")
    with left:
        tiles.show(given.image, f"The picture: {given.name}")
        st.caption(given.name)
    with right:
        columns = st.columns(3)
        columns[0].metric("ELBO", f"{result.elbo:.2f}".replace("-", "−"), help="Mean log weight, nats: K = 1")
        columns[1].metric(
            "log p(x)",
            f"{result.log_px:.2f}".replace("-", "−"),
            help=f"Importance sampling with K = {likelihoods.CODES:,} codes, nats",
        )
        columns[2].metric(
            "gap",
            f"{result.log_px - result.elbo:.2f}",
            help="KL(q(z|x) ‖ p(z|x)): how far the encoder's Gaussian is from the true posterior, nats",
        )
        st.caption(
            f"ELBO = {result.reconstruction:.2f} (reconstruction) − {result.kl:.2f} (KL to the prior) nats".replace(
                "-", "−"
            )
        )
    charts.show(
        charts.band(
            result.bound,
            result.spread,
            x=list(likelihoods.SIZES),
            x_title="K, codes per estimate",
            y_title="log p(x), nats",
        ),
        "Estimates of log p(x)",
        f"{card.title} · {given.name}",
    )
    st.caption("Line: mean of the estimates; band: ± one standard deviation of a single estimate.")

st.subheader("What each dimension costs")
st.markdown(
    "The KL of every dimension of the code, strongest first, for **this** picture: the nats that it tells the decoder. "
    "**Look for** how few dimensions a digit needs."
)
ranked = sorted(result.kl_per_dimension, reverse=True)
charts.show(
    charts.bars(ranked, x=range(1, len(ranked) + 1), x_title="dimensions, by falling KL", y_title="nats"),
    "KL of each dimension for one picture",
    f"{card.title} · {given.name}",
)
table = pd.DataFrame({"K": likelihoods.SIZES, "estimate": result.bound, "standard_deviation": result.spread})
st.download_button("Estimates as CSV", table.to_csv(index=False), "log_px.csv", icon=":material/download:")

st.subheader("Where the ELBO comes from")
st.markdown(
    "For any distribution q over codes,\n\n"
    "$$\\log p(x) = \\underbrace{\\mathbb E_{q}\\big[\\log p(x|z)\\big] - \\mathrm{KL}\\big(q(z|x)\\,\\|\\,p(z)\\big)}"
    "_{\\text{ELBO}} + \\underbrace{\\mathrm{KL}\\big(q(z|x)\\,\\|\\,p(z|x)\\big)}_{\\text{gap}\\ \\ge\\ 0}$$\n\n"
    "The gap cannot be computed, but it can be closed: with K codes from q,\n\n"
    "$$\\log \\frac1K\\sum_{k=1}^K w_k,\\qquad w_k = \\frac{p(x|z_k)\\,p(z_k)}{q(z_k|x)}$$\n\n"
    "is a bound as well, tighter the larger K, and exact in the limit. Its scatter (the band) shows how much a single "
    "estimate can be trusted. Only for pictures of zeros and ones is this a probability; grey ones are made so first."
)
