"""Flow: noise becomes a picture in small steps, forwards and back."""

import functools

import streamlit as st

from ui import charts, downloads, gallery, networks, shell, tiles, url
from ui.components.round_trip import round_trip
from ui.explore import families, flow, guidance
from ui.explore import round_trip as trip
from ui.images import drawn_on, intake

words, choice = st.columns([3, 2], vertical_alignment="bottom", gap="large")
with words:
    st.title("Flow")
    shell.introduction(
        "A network carries noise to a picture in small steps. Drag the time t from noise to picture, and change class, "
        "steps and guidance.  \n"
        "**Look for** one step from noise: it gives about the mean of all pictures. More steps turn it into one of "
        "them."
    )
if not gallery.cards("flow"):
    st.info("This page needs a flow, and there is none: python -m train mnist_flow.")
    st.stop()
with choice, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    card = gallery.select("flow")
    seed = url.seed("noise", 99_999, label="Seed of the noise", button="Other noise")


@st.fragment
def by_hand() -> None:
    flow.show("flow", card, seed)


by_hand()
st.page_link("training/toy_flow.py", label="A flow of points in the plane", icon=":material/air:")

steps = families.steps_of(card)
if steps is not None:
    st.subheader("How many steps are enough")
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    figure, curves = families.curves(card, steps)
    with left:
        charts.show(figure, "Fréchet distance against the cost of a picture", card.title)
        downloads.csv(curves, f"{card.name}_steps", "Curves as CSV")
    with right:
        st.markdown(
            "One step of Euler ends near the mean of all pictures, so its distance is large.  \n"
            "**Look for** the lowest point of each curve, and whether more steps than that help. The midpoint rule "
            "and Heun's evaluate the network twice per step, except for the last step, which is one of Euler, since "
            "the velocity at t = 1 is not known."
        )
        st.caption(
            f"{steps.samples:,} samples, equally many of each class, guidance 1, against {steps.row['against']:,} real "
            f"pictures, features of {gallery.with_titles(steps.row['network'])}; mean of {steps.seeds} seeds of the "
            "samples. Real pictures: as many others, equally many of each class."
        )

guided = guidance.of(card)
if guided is not None:
    st.subheader("What guidance gives and takes")
    distances, shares, told = st.columns(3, gap="medium", vertical_alignment="center")
    with distances:
        charts.show(guidance.distances(card, guided), "Fréchet distance against guidance", card.title)
    with shares:
        charts.show(guidance.shares(guided), "Class and variety against guidance", card.title)
    with told:
        st.markdown(
            "Guidance 0 ignores the class, 1 draws it as it was learned, and more exaggerates what tells it from the "
            "others.  \n"
            "**Look for** the guidance with the smallest distance, and the variety there: 1 is that of real pictures. "
            "Below it, samples of a class are more alike, which the distance can hide; above it, some resemble no "
            "class well."
        )
        st.caption(
            f"{guided.samples:,} samples, equally many of each class, against {guided.row['against']:,} real pictures, "
            f"by {gallery.with_titles(guided.row['network'])}; mean of {guided.seeds} seeds of the samples. Variety: "
            "variance of the features within a class, over that of real pictures. The line of real pictures: as many "
            "others, equally many of each class."
        )
        downloads.csv(guidance.table(guided), f"{card.name}_guidance", "Curves as CSV")

st.subheader("VAE, GAN and flow")
cards = families.beside(card)
for column, model in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
    with column:
        st.markdown(f"**{model.kind.title}:** {gallery.entry(model)}")
        if (pictures := families.samples(model)) is not None:
            tiles.show(tiles.tile(pictures, 5, gap=1), f"{len(pictures)} pictures of {model.title}")
        st.markdown(families.CANNOT[model.family])
table = families.table(cards, steps)
st.table(table, border="horizontal", hide_index=True)
how = (
    "Fréchet distance of 10,000 samples against 10,000 real pictures, as on the cards; the flow without a class."
    if steps is None
    else f"Fréchet distance of {steps.samples:,} samples, the flow with {families.STEPS} steps of the midpoint rule "
    f"and equally many samples of each class; the VAE and the GAN take no class.{families.about_classes(card, steps)} "
    "Time: per picture, ten at once, on one CPU thread."
)
st.caption(f"A lower distance is better. {how} Each is one training, so a small difference does not rank two of them.")

st.subheader("Backwards: the noise of a picture")
st.markdown(
    "The path can be taken backwards, from a picture to the noise that becomes this picture. Draw on it.  \n"
    "**Look for** the two figures below: a picture unlike the training pictures does not come back as it was, has a "
    "longer code than random noise, or both."
)
given, picture = intake.choose("image", card)
if picture is not None:
    given = intake.prepare_with_steps("image", picture, card)
if given is None:
    st.info("Choose a picture: its noise appears here.")
    st.stop()
given, _ = drawn_on.picture(trip.KEY, given)
there = functools.partial(trip.back, card, given.image)
result = there() if networks.awake() else None
round_trip(
    "round trip",
    given.name,
    given.image,
    trip.described(card, result),
    on_drawn=functools.partial(drawn_on.keep, trip.KEY),
)
if result is None:
    networks.wake(there)
