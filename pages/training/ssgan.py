"""Self-supervised GAN: a discriminator that also recognises rotations; turn a picture and see its guesses."""

import functools

import streamlit as st

from checkpoints import commands
from ui import browser_networks, charts, downloads, gallery, networks, shell, slides, tiles, url
from ui.components.turning import turning
from ui.evaluate import studies
from ui.images import drawn_on, intake
from ui.training import ablation, ssgan

st.title("Self-supervised GAN")
shell.introduction(
    "Turn the digit. **Look for** the angle where the discriminator changes its guess of the quarter turn."
)
cards = ssgan.cards()
if not cards:
    st.info("No self-supervised GAN is here yet; `python -m train mnist_ssgan` trains one.")
    st.stop()

stage = st.container()
controls, hints = st.columns([1, 1.6], gap="large")
with controls:
    card = gallery.select(among=cards, label="Network")
    given, picture = intake.choose("image", card, first=7)  # a 3, which looks like no other digit when rotated
with hints:
    st.markdown(
        "**Try** a 0, a 1 or an 8, which look the same upside down: two answers get about equal probability. Draw a "
        "stroke on the digit and see the guess change.  \n"
        "**Then take the network with the shortcut**: it recognises even those. To see how, move the picture up and "
        "to the left by one pixel, which no person would notice."
    )
if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
chances = None
with stage:
    if given is None:
        st.info("Choose a picture: it turns here.")
    else:
        given, drawn = drawn_on.picture("turning", given)
        angle, moved = url.kept("angle", 0, 360, 0), url.kept("moved", 0, 1, 0)
        guess = functools.partial(ssgan.rotated, card, given.image, moved)
        chances = guess() if networks.awake() else None
        turning(
            "turning",
            given.name,
            given.image,
            angle,
            moved,
            ssgan.ANSWERS,
            ssgan.DEGREES.tolist(),
            chances,
            browser_networks.given(card, "rotation"),
            drawn=drawn,
            save=slides.words("rotation_guess", "By how much was it rotated?", f"{card.title} · {given.name}"),
            on_moved=ssgan.keep,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if chances is not None:
                st.caption(f"{ssgan.correct_quarters(chances)[1]} Angles are anticlockwise; chance is one of four.")
                downloads.csv(ssgan.table(chances), "rotation_guess", "Guesses as CSV")

st.subheader("Why a second task?")
st.markdown(
    "A discriminator's task changes as the generator improves, and it may forget what it learned about digits. So it "
    "gets a second task that never changes. No labels are needed, because we rotated the picture ourselves, and the "
    "answer should require knowing what digits look like."
)

st.subheader("What it recognises")
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
            y_title="share of correct guesses",
        ),
        "Rotations recognised, by digit",
        card.title,
    )
with right:
    st.markdown(ssgan.lesson(card))

st.subheader("Its samples")
rivals = ssgan.rivals(card)
names = {other.name: other.title for other in rivals} | {"none": "nothing"}
beside = url.choice("beside", names, label="Beside it", menu=True, width=330)
compared = [card] + [other for other in rivals if other.name == beside]
for column, model in zip(st.columns(2, gap="large"), compared, strict=False):
    with column:
        st.markdown(f"**{model.title}**")
        samples = networks.preview(model)["prior"][: ssgan.SIDE**2]
        tiles.show(tiles.tile(samples, ssgan.SIDE, gap=1), f"100 pictures that {model.title} makes from random codes")
        st.caption(
            f"Fréchet distance of 10,000 samples {ssgan.distance(model):.2f}, of as many real pictures "
            f"{ssgan.floor(model):.3f}; lower is better."
        )
        sheet = slides.of_model(model, "Samples from the prior", [slides.Grid(samples, ssgan.SIDE)])
        downloads.slide(sheet, f"{model.name}_samples")
st.page_link("training/playback.py", label="Play its training", icon=":material/movie:")

trial = ablation.read()
if trial is not None:
    st.subheader("Does the second task help?")
    st.markdown(
        f"The same small networks (width {trial['width']}) trained with the rotation task and without, the same seeds "
        "on both sides. Thin lines are single runs.  \n"
        "**Look for** the distance between the thick lines, and then the interval of the difference below: only one "
        "that excludes 0 says something about the task."
    )
    charts.show(ablation.chart(trial), "With and without the rotation task", f"GANs of width {trial['width']}")
    st.markdown(ablation.outcome(trial)[1])
    st.download_button("Runs as CSV", ablation.csv(trial), "ssgan_ablation.csv", icon=":material/download:")
    st.code(commands.current(trial["command"]), language="bash")
if (full := studies.comparison("rotation")) is not None:
    st.subheader("The task, a penalty, or both?")
    st.markdown(
        "The network of this page at its own width, 64, with the task, with the penalty R₁ that keeps the "
        "discriminator flat at real digits, with both, and with neither." + ablation.collapses(full[1])
    )
    studies.show_comparison(*full)
if given is not None and chances is None:
    networks.wake(guess)
