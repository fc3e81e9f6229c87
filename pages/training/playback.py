"""Playback: a recorded training as a film of one fixed noise, beside its curves."""

import numpy as np
import streamlit as st

import checkpoints
from ui import gallery, tiles, url
from ui.components.picture_player import picture_player
from ui.training import playback

st.title("Playback")
st.markdown(
    "The same noise went through the network again and again while it trained. Play the film, or drag the slider or "
    "the marker in the curves.  \n"
    "**Look for** the step at which shapes appear, for pictures of the grid that become alike (mode collapse), and for "
    "losses that stand still while the pictures go on getting better."
)

cards = playback.offered()
titles = {card.name: card.title for card in checkpoints.gallery()}
asked = st.query_params.get("model")
unrecorded = f"No snapshots were recorded while {titles.get(asked)} trained, so there is nothing to play of it."
absent = unrecorded if asked in titles else gallery.ABSENT
if not cards:
    if asked is not None:
        st.warning(absent)
    st.info("No model with a recorded training is here yet; `python -m train emoji_dcgan` records one.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    card = gallery.select(among=cards, absent=absent)
    others = {other.name: other.title for other in cards if other.name != card.name}
    beside = url.choice("beside", {"none": "nothing"} | others, label="Beside it", menu=True)
chosen = [card] + [other for other in cards if other.name == beside]
shown = []
for one in chosen:
    try:
        shown.append(playback.read(one))
    except checkpoints.CheckpointError as error:
        st.error(str(error))
if not shown:
    st.stop()

steps = playback.timeline(shown)
last = int(steps[-1])
step = int(url.kept("step", 0, last, last, kind=last))  # another training begins at its end
frame = int(np.abs(steps - step).argmin())
picture_player(
    "playback",
    playback.rows(shown, steps),
    [f"step {step:,} of {last:,}" for step in steps],
    frame=frame,
    label="Training step",
    swing=False,
    panels=playback.panels(shown),
    x=steps.tolist(),
    axis=(0, last),
    file=f"{card.name}_curves",
    on_frame=lambda where: url.keep("step", float(steps[where]), kind=last),
)
name = "_".join(recording.card.name for recording in shown)
now = playback.grids(shown, [recording.snapshots.at(steps[frame]) for recording in shown])
with st.container(horizontal=True, gap="small"):
    st.download_button("PNG", lambda: tiles.png(now, scale=2), f"{name}_{steps[frame]}.png", icon=":material/download:")
    st.download_button("GIF", lambda: playback.animation(shown, "gif"), f"{name}.gif", icon=":material/download:")
    st.download_button("WebP", lambda: playback.animation(shown, "webp"), f"{name}.webp", icon=":material/download:")
    st.download_button("Curves as CSV", lambda: playback.csv(shown), f"{name}_curves.csv", icon=":material/download:")
measured = dict.fromkeys(recording.card.protocol.get("history") for recording in shown)
kept = ["every pixel" if recording.snapshots.lossless else "slightly lossy" for recording in shown]
st.caption(
    "A loss of an adversarial training is measured against an opponent that changes, so it says who is ahead, not how "
    "good the pictures are; the Fréchet distance, where there is one, compares them with real ones: too few for "
    "its size, enough to see when a training goes wrong. Models has it of thousands. "
    f"{playback.about_critics(shown)}"
    f"{''.join(f'{how}. ' for how in measured if how)}Snapshots as stored: "
    f"{' and '.join(dict.fromkeys(kept))}. With two models every one shows its newest snapshot until that step."
)
