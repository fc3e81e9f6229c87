"""Likelihood: how probable a VAE finds one picture, from the ELBO up to log p(x)."""

import itertools

import pandas as pd
import streamlit as st

import checkpoints
from ui import charts, downloads, gallery, networks, shell, tiles, url
from ui.evaluate import likelihoods
from ui.images import intake

MOST_KEPT = 5
OWN = ("your picture",)  # a name that different pictures have


def nats(value: float) -> str:
    return f"{value:.1f} nats".replace("-", "−")


st.title("Likelihood of a picture")
shell.introduction(
    "How probable a picture is under a VAE, compared with 1,000 test digits. **Look for** the outline: digits with a "
    "short outline are more probable. Pictures that are not digits lie below the cloud of digits."
)

cards = [c for c in checkpoints.gallery("vae") if c.dataset["name"] == "binarized_mnist"]
chosen, result_column = st.columns([5, 8], gap="large")
with chosen:
    card = gallery.select(among=cards)
    given, picture = intake.choose("digit", card)
    if given is not None:
        st.caption("Most of these digits, binarised in another way, were in the train set.")
if picture is not None:
    given = intake.prepare_with_steps("digit", picture, card)
if given is None:
    with result_column:
        st.info("Choose a picture: its likelihood appears here.")
    st.stop()

kept = st.session_state.setdefault("kept pictures", {})  # {name: picture}
numbers = st.session_state.setdefault("kept pictures: numbers", itertools.count(1))
known = likelihoods.reference(card)
with result_column:
    numbers_place, chart_place, about_place = st.container(), st.empty(), st.empty()
st.subheader("From the ELBO to log p(x)")
st.markdown(
    "A VAE has no formula for the probability of a picture. The ELBO is a bound from one code; averaging the weights "
    "of K codes lifts it towards log p(x). **Look for** how far the line rises."
)
seed = url.whole_number("codes_seed", 0, 99_999, 0, label="Seed of the codes", width=140)
if known is not None and networks.warm().is_alive():  # the test digits, until a network can evaluate a picture
    with chart_place.container():
        charts.show(likelihoods.chart(known, []), "Test digits", card.title)
with numbers_place:  # for the spinner
    result = likelihoods.likelihood(card, given.image, seed)
    compared = likelihoods.compare(card, likelihoods.changed(given.image) | kept)


def keep(given: intake.Input) -> None:
    kept.pop(given.name, None)
    kept[given.name if given.name not in OWN else f"{given.name} {next(numbers)}"] = given.image
    while len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]


with numbers_place:
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "log p(x)",
            nats(result.log_px),
            help=f"Importance sampling with K = {likelihoods.CODES:,} codes",
            width="content",
        )
        st.metric("ELBO", nats(result.elbo), help="Mean log weight: K = 1", width="content")
        st.metric(
            "Gap",
            nats(result.log_px - result.elbo),
            help="KL(q(z|x) ‖ p(z|x)): how far the encoder's Gaussian is from the true posterior",
            width="content",
        )
    codes = (
        f"Under the small pictures: estimates from {likelihoods.COMPARED_CODES} codes, which lie a little below those "
        f"from {likelihoods.CODES:,}."
    )
    if known is not None:
        share = known.share_below(compared[0].log_px)
        name = f"{given.name[0].upper()}{given.name[1:]}"
        codes = f"{name}: more probable than {share:.0%} of the test digits.  \n{codes}"
    st.caption(codes)
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(compared, 1):
            with st.container(width=84, gap="xsmall"):
                tiles.show(one.image, f"{one.name}: {nats(one.log_px)}")
                st.caption(f"**{number}** {one.name}  \n{nats(one.log_px)}")
    with st.container(horizontal=True, gap="small"):
        # Not a callback, which would belong to the previous run and keep the picture shown then.
        if st.button("Keep this picture to compare", icon=":material/add:"):
            keep(given)
            st.rerun()
        if kept:
            st.button("Clear the kept pictures", icon=":material/delete:", on_click=kept.clear)
if known is not None:
    with chart_place.container():
        charts.show(likelihoods.chart(known, compared), "Test digits and your pictures", card.title)
    correlation = f"{known.correlation:.2f}".replace("-", "−")
    about_place.caption(
        "The outline's length is the number of neighbouring pixels of which one is white and one black. Over the "
        f"test digits it has the correlation {correlation} with log p(x): one more pair costs about "
        f"{-known.per_pair:.1f} nats. Their pixels were made black or white at random, which roughens an outline "
        f"and which no code can predict; binarised by a threshold, the same digits have {known.by_threshold:.0f} nats "
        "more. A pen draws smoothly: that is why a plain 7 that you draw is more probable than most test digits. The "
        f"chart has estimates from {likelihoods.COMPARED_CODES} codes, which lie a little below log p(x)."
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
st.caption(
    "Line: mean of the estimates; band: ± one standard deviation of a single estimate. From "
    f"{likelihoods.CODES:,} codes there is one estimate with all of them, so the band ends before it. At K = 1 the "
    f"line is the ELBO: {nats(result.reconstruction)} (reconstruction) − {result.kl:.1f} nats (KL to the prior)."
)

st.subheader("What each dimension costs")
st.markdown(
    "The KL divergence of every dimension of the code for this picture, the largest first: how much information it "
    "carries. **Look for** how few dimensions a digit needs."
)
ranked = sorted(result.kl_per_dimension, reverse=True)
charts.show(
    charts.bars(ranked, x=range(1, len(ranked) + 1), x_title="dimensions, by falling KL", y_title="KL, nats"),
    "KL of each dimension for one picture",
    f"{card.title} · {given.name}",
)
table = pd.DataFrame({"K": likelihoods.SIZES, "estimate": result.bound, "standard_deviation": result.spread})
downloads.csv(table, "log_px", "Estimates as CSV")

st.subheader("Where the ELBO comes from")
st.markdown(
    "For any distribution q over codes,\n\n"
    "$$\\log p(x) = \\underbrace{\\mathbb E_{q}\\big[\\log p(x|z)\\big] - \\mathrm{KL}\\big(q(z|x)\\,\\|\\,p(z)\\big)}"
    "_{\\text{ELBO}} + \\underbrace{\\mathrm{KL}\\big(q(z|x)\\,\\|\\,p(z|x)\\big)}_{\\text{gap}\\ \\ge\\ 0}$$\n\n"
    "The gap cannot be computed, but it can be made smaller: with K codes from q,\n\n"
    "$$\\log \\frac1K\\sum_{k=1}^K w_k,\\qquad w_k = \\frac{p(x|z_k)\\,p(z_k)}{q(z_k|x)}$$\n\n"
    "is a bound as well, tighter the larger K, and exact in the limit. Its scatter (the band) shows how much a single "
    "estimate can be trusted. This is a probability only for pictures of zeros and ones, so grey pictures are "
    "binarised first."
)
