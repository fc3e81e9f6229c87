"""ControlVAE: a PI controller holds the KL of a VAE at a set point; first the controller, then trained models."""

import pandas as pd
import streamlit as st

from ui import downloads, networks, slides, tiles
from ui.evaluate import studies
from ui.training import control_loop, control_vae

st.title("ControlVAE")
st.markdown(
    "How many nats may a code carry? A ControlVAE is given that number as a set point, and a controller raises or "
    "lowers β, the weight of the KL in the loss, until the KL is there. Drag the set point C in the first picture, and "
    "the gains below it.  \n"
    "**Look for** β: it falls when the KL is too low and rises when it is too high. **Look for** a set point that "
    "cannot be reached: β stays at its bound. Then press *Windup*: without a guard the integral grows meanwhile, and "
    "when C becomes reachable β stays at its bound for thousands of steps."
)
numbers = control_loop.show("control loop")
st.caption(
    "A simulation in your browser, no training: the KL moves towards 4.4 log(1 + 55 / β) within 40 steps, with the "
    "noise of a batch, which is roughly how the trained models below respond. The controller is the one of their "
    "training. In the middle of the run the set point changes to the second one."
)
with st.expander("Try the controller on your own measurements"):
    text = st.text_input("KL of one batch after another, nats", "0, 3, 7, 10, 12, 11, 9.5, 9", max_chars=2000)
    try:
        answers = control_loop.answered(tuple(numbers), tuple(control_loop.parsed(text)))
    except ValueError as error:
        st.error(str(error))
    else:
        st.dataframe(pd.DataFrame(answers).round(5), hide_index=True)
        st.caption("With the settings above and no ramp; computed by the code that trains the models.")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "**Algorithm 1** (Shao et al. 2020), once a step, with the KL of the step's batch:  \n"
        "$e = C - \\mathrm{KL}$  \n"
        "$P = K_p\\,/\\,(1 + \\exp e)$, computed as a sigmoid, since the exponential overflows  \n"
        "$I \\leftarrow I - K_i\\, e$, unless the last β lay outside its bounds  \n"
        "$\\beta = P + I + \\beta_{\\min}$, kept in $[\\beta_{\\min}, \\beta_{\\max}]$  \n"
        "I alone determines the final β; P, at most $K_p$, responds at once."
    )
with right:
    st.markdown(
        "**The guard can lock.** While β is outside, only P can bring it back, and P never exceeds $K_p$. One step "
        "with $K_i\\,|e| > K_p$ can therefore move I too far, for good: press *Locked by the guard*, where C starts at "
        "12 without a ramp. The ramp keeps the error small; a guard that is open on the way back needs none."
    )
st.subheader("Why a set point gives quality and variety")
st.markdown(
    "With a fixed β the KL ends where the two terms happen to balance. A large β, wanted for separate factors, then "
    "leaves too few nats for every position, size and shape: pictures blur, and what is not encoded is lost. A small β "
    "spends more nats on details, reconstructions become sharp, but the codes leave the prior, so that random codes "
    "decode to nothing recognisable. The set point fixes how many nats there are: enough for all factors (log 18,432 = "
    "9.8 nats tell these pictures apart), and not so many that the codes leave the prior. β then need not be guessed: "
    "it is large while the first factors are learned and small when the details follow."
)

cards = control_vae.cards()
if not cards:
    st.info(
        "No trained ControlVAE is here yet; `python -m train dsprites_control_vae_8` trains one, and the "
        "sections about trained models appear by themselves."
    )
    st.stop()

st.subheader("Three trainings")
st.markdown(
    "The same network, pictures and order; only β differs. The controllers have Ki = 0.01, ten times the published "
    "one, because these trainings are much shorter.  \n"
    "**Look for** the KL at the end: the VAE has no set point, the others reach theirs. **Look for** β, which first "
    "empties the code and then lets one dimension after another back in, and for the reconstruction, which gets worse "
    "with fewer nats. **Look for** blots among the random codes of the VAE: it has the best reconstructions and the "
    "worst samples."
)
left, right = st.columns(2, gap="large")
with left:
    control_vae.chart(cards, "kl", "KL, nats")
    control_vae.chart(cards, "beta", "β")
with right:
    control_vae.chart(cards, "reconstruction", "−log p(x|z), nats", log=True)
    control_vae.chart(cards, "integral", "I")
downloads.csv(lambda: control_vae.curves_table(cards), "control_vae", "Curves as CSV")

for column, card in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
    with column:
        st.markdown(f"**{card.title}**")
        metrics = card.metrics
        results = [
            f"KL {metrics['kl_last_1000']:.2f} nats over the last 1,000 steps",
            f"−log p(x|z) {-metrics['test_reconstruction']:.1f} nats",
            f"MIG {metrics['mig']:.2f}",
            f"Fréchet {metrics['frechet_dsprites_5k']:.2f} (real against real {metrics['frechet_floor']:.2f})",
        ]
        if "fid_dsprites_5k" in metrics:
            results.append(f"FID {metrics['fid_dsprites_5k']:.1f} (real against real {metrics['fid_floor']:.1f})")
        st.markdown(f"{', '.join(results)}.")
        samples = control_vae.samples(card)
        tiles.show(
            tiles.tile(samples, control_vae.COLUMNS, gap=2),
            f"50 pictures that {card.title} makes of random codes",
            caption="Random codes",
        )
        grid = slides.Grid(samples, control_vae.COLUMNS)
        downloads.slide(slides.of_model(card, "Random codes, decoded", [grid]), f"{card.name}_samples")
        if over_seeds := studies.over_seeds(card, "mig"):  # below: only one of the columns has it
            st.markdown(f"MIG {over_seeds}.")
if all("fid_dsprites_5k" in card.metrics for card in cards):
    st.markdown(
        "**Why FID and Fréchet disagree.** Fréchet uses the features of a classifier of these shapes, which recognises "
        "a blot. FID uses those of Inception, which was trained on photographs and never saw a black-and-white "
        "drawing: few nats leave soft grey edges, and these raise FID. With every pixel made black or white, FID falls "
        "to between a half and a third, and the model at 14 nats is the best by it, too."
    )

st.subheader("What each dimension encodes")
st.markdown(
    "One dimension after another moves from −3 to 3; beside each is the factor about which it has most information "
    "(mutual information, exact over all 18,432 pictures).  \n"
    "**Look for** rows in which only one thing changes, and for factors that two dimensions share: those lower MIG, "
    "the gap between the best and the second-best dimension of every factor."
)
for column, card in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
    with column:
        st.markdown(f"**{card.title}**")
        traversal = control_vae.traversal(card)
        words = ", ".join(
            f"z{j} {factor} ({share:.0%})" for j, factor, share in control_vae.encoded_factors(card) if factor
        )
        known = f"Share of each factor known: {words}." if words else "No dimension has information about a factor."
        tiles.show(control_vae.figure(traversal), f"Traversals of {card.title}. {known}", caption=known)
        sheet = slides.of_model(card, "One dimension at a time, with the factor that it encodes", [traversal])
        downloads.slide(sheet, f"{card.name}_traversals")
        with st.expander("All dimensions, nats"):
            st.dataframe(control_vae.table(card), hide_index=True)
networks.warm()
