"""Playback: the pictures of one fixed noise during a recorded training, beside its curves."""

import numpy as np
import streamlit as st

import checkpoints
from ui import downloads, gallery, shell, slides, url
from ui.components.picture_player import picture_player
from ui.training import playback

FIRST = "emoji_dcgan_plus"  # what a first visit sees: colourful, and no mode collapse

st.title("Playback")
shell.introduction(
    "Pictures that a network made from one fixed noise at every stage of its training. **Look for** the step at which "
    "shapes appear, for pictures that become alike (mode collapse), and for losses that stay level while the pictures "
    "still improve."
)

cards = playback.models()
titles = {card.name: card.title for card in gallery.with_own(checkpoints.gallery())}
asked = url.Param("model").in_link(None)
unrecorded = f"No snapshots were recorded while {titles.get(asked or '')} trained, so there is nothing to play."
absent = unrecorded if asked in titles else gallery.ABSENT
if not cards:
    if asked is not None:
        st.warning(absent)
    st.info("No model with a recorded training is here yet; `python -m train emoji_dcgan` records one.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    card = gallery.select(among=cards, absent=absent, first=FIRST)
    others = {other.name: other.title for other in cards if other.name != card.name}
    beside = url.choice("beside", {"none": "nothing"} | others, label="Beside it", menu=True)
recordings = []
for chosen in [card] + [other for other in cards if other.name == beside]:
    try:
        recordings.append(playback.read(chosen))
    except checkpoints.CheckpointError as error:
        st.error(str(error))
if not recordings:
    st.stop()

steps = playback.timeline(recordings)
last = int(steps[-1])
step = int(url.kept("step", 0, last, 0, kind=last))  # without one, and for another training, it plays from the start
frame = int(np.abs(steps - step).argmin())
picture_player(
    "playback",
    playback.rows(recordings, steps),
    [f"step {step:,} of {last:,}" for step in steps],
    frame=frame,
    playing=step == 0,
    label="Training step",
    panels=playback.panels(recordings),
    x=steps.tolist(),
    axis=(0, last),
    save=slides.words(f"{card.name}_curves", "A recorded training", playback.titles(recordings)),
    on_frame=lambda chosen: url.keep("step", float(steps[chosen]), kind=last),
)
name = "_".join(recording.card.name for recording in recordings)
with st.container(horizontal=True, gap="small"):
    downloads.slide(lambda: playback.slide(recordings, steps[frame]), f"{name}_{steps[frame]}")
    downloads.film(lambda: playback.film(recordings), name, milliseconds=100, quality=85)
    downloads.csv(lambda: playback.curves_table(recordings), f"{name}_curves", "Curves as CSV")
for recording in recordings:
    if recording.card.own and recording.card.encodes:  # not what the introduction says
        st.caption(f"{playback.of_what(recording.card)}.")
if len(recordings) > 1:
    st.caption(
        f"Solid curves: {recordings[0].card.title}. Dashed: {recordings[1].card.title}. They share a panel where they "
        "were measured in the same way; two values of one name are left and right. Each model shows its newest "
        "snapshot until that step."
    )
measured = dict.fromkeys(recording.card.protocol.get("history") for recording in recordings)
kept = ["every pixel" if recording.snapshots.lossless else "slightly lossy" for recording in recordings]
st.caption(
    "A GAN's losses say which of the two networks is ahead, not how good the pictures are. The Fréchet distance, where "
    "there is one, compares pictures with real ones, and lower is better; it is measured on few samples, which is "
    "enough to see when a training fails. The page Models has the distance for thousands of samples. "
    f"{playback.about_critics(recordings)}"
    f"{''.join(f'{how}. ' for how in measured if how)}Snapshots as stored: {' and '.join(dict.fromkeys(kept))}."
)
