"""How metrics react: spoil real pictures by hand and watch what every metric notices, and what it does not."""

import pandas as pd
import streamlit as st

from data import corruptions
from ui import charts, downloads, shell, slides, url
from ui.components.shift import shift
from ui.evaluate import reactions

LOOK_FOR = {
    "blur": "**Look for** the Inception Score, which stays in its band up to 0.5, because slightly blurred digits are "
    "still recognised. Density and coverage have left theirs by then. Even at full blur the MSE is a quarter of that "
    "between two pictures of the same digit.",
    "noise": "**Look for** 0.3: you read the digits without effort, but coverage is down to 0.1 and the Fréchet "
    "distance is nine times that of real pictures, because the classifier has never seen noise. The MSE is 2% of that "
    "between two pictures of the same digit.",
    "drop": "Every single picture stays perfect. **Look for** density, which finds nothing missing, and for coverage, "
    "which falls with every class that is gone.",
    "repeat": "At 1 there are ten different pictures left, one of each class. **Look for** the Inception Score and "
    "density, which lose little, and the Fréchet distance, which is far from its band only at the very end. Coverage "
    "falls from the start.",
    "move": "The same digits, up to 5 pixels to the right. **Look for** the MSE, which from 3 pixels on rates a moved "
    "digit as worse than another picture of the same digit, while the Fréchet distance stays in its band.",
}

st.title("How metrics react")
kind = url.choice("spoil", reactions.NAMES, label="Spoil real digits by")
spoiled, real = charts.COLOUR_NAMES[charts.GENERATED], charts.COLOUR_NAMES[charts.REAL]
shell.introduction(
    f"Drag the strength: **{spoiled}** is the value of each metric for the spoiled digits, **{real}** its value for "
    f"real ones.  \n{LOOK_FOR[kind]}"
)
recorded = reactions.recording()
if recorded is None:
    st.stop()

shift(
    "reactions",
    identity=kind,
    label="strength",
    value=url.kept("strength_of", 0.0, 1.0, corruptions.start(kind)),
    low=0.0,
    high=1.0,
    step=0.1,
    axis=(-0.04, 1.04),
    stage=reactions.stage(kind, recorded["strengths"]),
    panels=reactions.panels(recorded, kind),
    columns=3,
    words=[reactions.words(kind, strength) for strength in recorded["strengths"]],
    save=slides.words(f"metrics_{kind}", "How metrics react", f"Real digits, spoiled: {reactions.NAMES[kind]}"),
    on_value=lambda strength: url.keep("strength_of", strength),
)
st.caption(
    "Orange: spoiled digits against real ones. **Blue band: real digits against real ones**, mean ± 2 standard "
    "deviations over 20 random halves; for the MSE, one picture against another of the same digit. ↓ lower is better, "
    "↑ higher is better. Each metric has one scale for all five ways to spoil; that of the Fréchet distance is "
    "logarithmic."
)
table = pd.DataFrame({"strength": recorded["strengths"]} | recorded["kinds"][kind])
downloads.csv(table, f"metrics_{kind}", "Values as CSV")
st.caption(
    f"{reactions.HALF} of the shipped MNIST digits against {reactions.HALF} others, which are spoiled; features and "
    f"class probabilities of the MNIST classifier; the MSE (pixels in [0, 1]) compares every digit with itself before "
    f"it is spoiled. Recorded by `{recorded['command']}`."
)
