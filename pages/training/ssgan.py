"""Self-supervised GAN: a discriminator that also says which way is up; turn a picture and watch it guess."""

import streamlit as st

from ui import charts, gallery, networks, tiles, url
from ui.components.picture_player import picture_player
from ui.images import intake
from ui.training import ablation, ssgan

st.title("Self-supervised GAN")
st.markdown(
    "A discriminator's task changes all the time, and what it learned of digits an hour ago may be gone. So it gets a "
    "second task that never changes: **which way was this picture turned?** It needs no labels, because we turned the "
    "picture ourselves, and whoever answers it should have to know what digits look like. Should."
)
found = ssgan.cards()
if not found:
    st.info("No self-supervised GAN is here yet; `python -m train mnist_ssgan` trains one.")
    st.stop()

st.subheader("Turn a picture")
st.markdown(
    "Take a test image, upload or draw one, and drag it round, or press play.  \n"
    "**Look for** the place between two quarter turns where one answer takes over from the other: it saw quarter turns "
    "only. **Try** a 0, a 1 or an 8, which look the same upside down: it cannot know and hesitates between answers.  \n"
    "**Then take the network with the shortcut**: it knows even those. How? **Move** the picture up and to the left by "
    "one pixel, which no person would notice."
)
chosen, result = st.columns([1, 2], gap="large")
with chosen:
    card = gallery.select(among=found, label="Network")
    given, picture = intake.choose("image", card, first=7)  # a 3, which looks like nothing else after a turn
    moved = url.decimal("moved", 0.0, 1.0, 0.0, label="Move up and left, pixels", step=0.25, width=200)
if picture is not None:
    given = intake.ready("image", picture, card)
with result:
    if given is None:
        st.info("As soon as there is a picture, it turns here.")
    else:
        with st.spinner("Loading the network …", show_time=False):
            frames, chances = ssgan.circle(card, given.image, moved)
        last = int(ssgan.DEGREES[-1])
        angle = int(url.kept("angle", 0, last, 0))
        picture_player(
            "turning",
            [{"title": given.words, "note": "", "alt": "The picture as it is turned", "frames": frames}],
            ssgan.captions(chances),
            frame=angle // ssgan.STEP,
            label="Angle",
            swing=False,
            panels=ssgan.panels(chances),
            x=ssgan.DEGREES.tolist(),
            axis=(0, last),
            file="rotation_guess",
            on_frame=lambda frame: url.keep("angle", float(ssgan.DEGREES[frame])),
        )
        st.caption(f"{ssgan.verdict(chances)[1]} Angles go anticlockwise; chance would be one of four.")
        st.download_button(
            "Guesses as CSV", lambda: ssgan.csv(chances), "rotation_guess.csv", icon=":material/download:"
        )

st.subheader("What it really looks at")
left, right = st.columns([3, 2], gap="large")
with left:
    charts.show(
        charts.groups(
            {
                "as they are": card.metrics["rotation_accuracy_per_class"],
                "moved by one pixel": card.metrics["rotation_accuracy_moved_per_class"],
            },
            x=[str(k) for k in range(10)],
            x_title="digit",
            y_title="share of right guesses",
        )
    )
with right:
    st.markdown(ssgan.lesson(card))

st.subheader("What it paints")
rivals = ssgan.rivals(card)
names = {other.name: other.title for other in rivals} | {"none": "nothing"}
beside = url.choice("beside", names, label="Beside it", menu=True, width=330)
shown = [card] + [other for other in rivals if other.name == beside]
for column, one in zip(st.columns(2, gap="large"), shown, strict=False):
    with column:
        st.markdown(f"**{one.title}**")
        grid = tiles.tile(networks.preview(one)["prior"][: ssgan.SIDE**2], ssgan.SIDE, gap=1)
        tiles.show(grid, f"100 pictures that {one.title} makes of random codes")
        st.caption(
            f"Fréchet distance of 10,000 samples {ssgan.distance(one):.2f}, real against real "
            f"{one.metrics['frechet_floor']:.2f}."
        )
        st.download_button(
            "PNG",
            lambda grid=grid: tiles.png(grid, scale=3),
            f"{one.name}_samples.png",
            icon=":material/download:",
            key=f"samples {one.name}",
        )
st.page_link("training/playback.py", label="Play its training", icon=":material/movie:")

trial = ablation.read()
if trial is not None:
    st.subheader("Does the second task help?")
    st.markdown(
        f"The same small networks (width {trial['width']}) trained with the rotation task and without, the same seeds "
        "on both sides. Thin lines are single runs.  \n"
        "**Look for** the distance between the thick lines, and compare it with how far runs of one colour lie apart: "
        "only a difference larger than that says something about the task."
    )
    charts.show(ablation.chart(trial))
    st.markdown(ablation.outcome(trial)[2])
    st.download_button("Runs as CSV", ablation.csv(trial), "ssgan_ablation.csv", icon=":material/download:")
    st.code(trial["command"], language="bash")
networks.warm()
