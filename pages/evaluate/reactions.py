"""How metrics react: spoil real pictures by hand and watch what every metric notices, and what it does not."""

import pandas as pd
import streamlit as st

from ui import slides, url
from ui.components.shift import shift
from ui.evaluate import reactions

LOOK_FOR = {
    "blur": "**Look for** the Inception Score, which rises at first: slightly blurred digits are recognised as well as "
    "sharp ones. Density and coverage fall long before it, and MSE is hardly bothered.",
    "noise": "**Look for** how every metric on features collapses at noise that a person reads through without effort, "
    "while MSE stays near 0: the classifier has never seen noise.",
    "drop": "Every single picture stays perfect. **Look for** density, which stays near 1 to the end, and for "
    "coverage, which counts the classes that are gone. MSE compares pictures that have nothing to do with each other.",
    "repeat": "At the end there are ten pictures, one of each class. **Look for** the Inception Score, which has no "
    "objection, and the Fréchet distance, which has a small one at the very end. Coverage sees it all along.",
    "move": "The same digits, up to 5 pixels to the right. **Look for** MSE, which soon calls them as wrong as other "
    "digits, while the Fréchet distance hardly stirs.",
}

st.title("How metrics react")
st.markdown(
    "Real digits against real digits, and one side is spoiled by your hand. A good metric notices what matters, and "
    "every metric has something that it cannot see."
)
kind = url.choice("spoil", reactions.NAMES, label="Spoil by")
st.markdown(LOOK_FOR[kind])
waiting = st.empty()
columns = reactions.measure(kind, lambda share: waiting.progress(share, "Measuring at eleven strengths …"))
waiting.empty()

shift(
    "reactions",
    identity=kind,
    label="at",
    value=url.kept("strength_of", 0.0, 1.0, 0.3),
    low=0.0,
    high=1.0,
    step=0.1,
    axis=(-0.04, 1.04),
    stage=reactions.stage(kind),
    panels=reactions.panels(columns),
    save=slides.words(f"metrics_{kind}", "How metrics react", f"Real digits, spoiled: {reactions.NAMES[kind]}"),
    on_value=lambda strength: url.keep("strength_of", strength),
)
table = pd.DataFrame({"strength": reactions.STRENGTHS} | columns)
st.download_button("Values as CSV", table.to_csv(index=False), f"metrics_{kind}.csv", icon=":material/download:")
st.caption(
    f"{reactions.HALF} of the shipped MNIST digits against {reactions.HALF} others, which are spoiled; features and "
    "class probabilities of mnist_classifier. At strength 0 every metric shows its floor for so few pictures."
)
