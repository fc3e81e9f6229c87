"""ControlVAE: a PI controller holds the KL of a VAE at a set point; first the controller, then trained models."""

import pandas as pd
import streamlit as st

from ui import downloads, shell, slides, tiles, url
from ui.explore import traversals
from ui.training import control_loop, control_vae, kl_parts

st.title("ControlVAE")
part = url.choice(
    "control",
    {"loop": "Controller", "models": "Models", "parts": "Nats", "dimensions": "Dimensions"},
    label="Part",
    label_visibility="collapsed",
)

if part == "loop":
    shell.introduction(
        "A ControlVAE holds the KL of its code at a set point C: a controller moves β, the weight of the KL in the "
        "loss, until the KL is there. Drag C in the picture. **Look for** β: it falls while the KL is too low and "
        "rises while it is too high."
    )
    numbers = control_loop.show("control loop")
    st.markdown("**Look for** a set point that cannot be reached: β stays at its bound. Then press *Windup*.")
    st.caption(
        "A simulation in your browser, not a training: the KL moves towards 4.4 log(1 + 55 / β) nats within about 40 "
        "steps, with the noise of a batch, which is roughly how the trained models respond. The controller is the one "
        "of their training. In the middle of the run the set point changes to the second one. Reached: the KL, "
        "averaged over 100 steps, is within 0.5 nats of C and stays there. KL and β of each half: means over its last "
        "1,000 steps; ±: standard deviation of β from step to step."
    )
    with st.expander("Try the controller on your own measurements"):
        text = st.text_input("KL of one batch after another, nats", "0, 3, 7, 10, 12, 11, 9.5, 9", max_chars=2000)
        try:
            answers = control_loop.answered(tuple(numbers), tuple(control_loop.parsed(text)))
        except ValueError as error:
            st.error(str(error))
        else:
            st.dataframe(pd.DataFrame(answers).round(5), hide_index=True)
            st.caption("With the settings above, without a ramp; computed by the code that trains the models.")
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            "**Algorithm 1** (Shao et al. 2020), once a step, with the KL of the step's batch:  \n"
            "$e = C - \\mathrm{KL}$  \n"
            "$P = K_p\\,/\\,(1 + \\exp e)$, computed as a sigmoid, since the exponential overflows  \n"
            "$I \\leftarrow I - K_i\\, e$, unless the last β was outside its bounds  \n"
            "$\\beta = P + I + \\beta_{\\min}$, clamped to $[\\beta_{\\min}, \\beta_{\\max}]$  \n"
            "I alone determines the final β; P, at most $K_p$, responds at once."
        )
    with right:
        st.markdown(
            "**The guard can lock.** While β is outside its bounds, I is frozen and only P can bring β back, by at "
            "most $K_p$. One step with $K_i\\,|e| > K_p$ can therefore move I too far permanently: press *Locked by "
            "the guard*. A ramp of the set point keeps the error small. A guard that is open on the way back, which "
            "lets I move towards the bounds, needs no ramp."
        )
    st.subheader("Why a set point gives quality and variety")
    st.markdown(
        "With a fixed β, the KL ends wherever the two terms of the loss balance. A large β, which is used to get one "
        "factor per dimension, leaves too few nats for position, size and shape: pictures blur, and what is not "
        "encoded is lost. With a small β, details are encoded as well and reconstructions become sharp, but the codes "
        "of the pictures no longer follow the prior, so that random codes decode to shapes that the data do not have. "
        "A set point fixes the number of nats: enough for all factors (log 18,432 = 9.8 nats tell these pictures "
        "apart), and not so many that the codes leave the prior. β need not be guessed: it is large while the first "
        "factors are learned and small when the details follow."
    )
    st.stop()

cards = control_vae.cards()
if not cards:
    st.info(
        "No trained ControlVAE is here yet; `python -m train dsprites_control_vae_8` trains one, and this part then "
        "appears."
    )
    st.stop()

if part == "models":
    st.markdown(
        "One network, trained four times on the same pictures. Three trainings differ in β alone. The fourth, β-TCVAE, "
        "multiplies only the total correlation by β, and takes twice as many steps, each on twice as many pictures. "
        "**Look for** what fewer nats cost in the reconstruction, and what they give in random codes."
    )
    for column, card in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
        with column:
            st.markdown(f"**{control_vae.short(card)}**")
            samples = control_vae.samples(card)
            tiles.show(
                tiles.tile(samples, control_vae.COLUMNS, gap=2),
                f"{len(samples)} pictures that {card.title} makes from random codes",
                caption="Random codes, decoded",
            )
            grid = slides.Grid(samples, control_vae.COLUMNS)
            downloads.slide(slides.of_model(card, "Random codes, decoded", [grid]), f"{card.name}_samples")
            st.markdown(control_vae.results(card))
    st.markdown(
        "**Look for** blots among the random codes of the VAE: with 24 nats it has the best reconstructions and, by "
        "the Fréchet distance, the worst samples of these four. The pictures are means of p(x|z), and so are those "
        "that are measured. At 14 and at 8 nats the distance differs by less than it scatters from one draw of samples "
        "to the next; with every pixel drawn from p(x|z) the model at 8 nats is closer than the one at 14."
    )
    if remark := control_vae.seeds_remark(cards):
        st.markdown(remark)
    if sum("fid_dsprites_5k" in card.metrics for card in cards) > 1:
        st.markdown(
            "**Why FID and Fréchet disagree.** Fréchet uses the features of a classifier of these shapes, which "
            "recognises a blot. FID uses those of Inception, which was trained on photographs and never saw a "
            "black-and-white drawing: soft grey edges raise it. With every pixel made black or white, FID falls to "
            "between a half and a quarter, and the β-TCVAE, whose edges are softer than those at 14 nats, is the best "
            "by both (500 samples each, one draw)."
        )

    st.subheader("Over the training")
    st.markdown(
        "**Look for** the KL at the end: both controlled models reach their set point (dashed), the others have none. "
        "**Look for** β: while it is large, only a few nats remain in the code; as it falls, one dimension after "
        "another comes back. The controllers have Ki = 0.01, ten times the published gain, because these trainings "
        "are much shorter."
    )
    left, right = st.columns(2, gap="large")
    with left:
        control_vae.chart(cards, "kl", "KL, nats")
        control_vae.chart(cards, "beta", "β")
    with right:
        control_vae.chart(cards, "reconstruction", "−log p(x|z), nats", log=True)
        control_vae.chart(cards, "integral", "I")
    downloads.csv(lambda: control_vae.curves_table(cards), "control_vae", "Curves as CSV")
elif part == "parts":
    kl_parts.show(cards)
else:
    st.markdown(
        "What each dimension of the code encodes: it moves from −3 to 3, and beside it is the factor about which it "
        "has most information. **Look for** rows in which only one thing changes."
    )
    for column, card in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
        with column:
            st.markdown(f"**{control_vae.short(card)}**")
            traversal = control_vae.traversal(card)
            drawn = control_vae.encoded_factors(card)[: len(traversal.down)]
            words = ", ".join(f"z{j} {factor} ({share:.0%})" for j, factor, share in drawn if factor)
            known = f"Share of each factor known: {words}." if words else "No dimension has information about a factor."
            known += f" MIG {card.metrics['mig']:.2f}."
            traversals.show(traversal, f"Traversals of {card.title}", caption=known)
            sheet = slides.of_model(card, "One dimension at a time, with the factor that it encodes", [traversal])
            downloads.slide(sheet, f"{card.name}_traversals")
            with st.expander("All dimensions, nats"):
                st.dataframe(control_vae.table(card), hide_index=True)
    st.caption(
        "Information: mutual information of a dimension and a factor, exact over all 18,432 pictures. MIG is the gap "
        "between the best and the second-best dimension of every factor, so factors that two dimensions share lower "
        "it. The MIG under each model is that of its checkpoint; the part *Models* has the mean where several seeds "
        "were trained."
    )
