"""Your pictures: bring a zip, look at what a network will see of it, train a VAE on it, and walk through its space."""

import streamlit as st

from data import prepare
from data.own import preparation
from data.own.intake import Intake
from ui import charts, jobs, shell, slots, tiles, url
from ui.own import bringing, shown, visit
from ui.own.jobs import Reading, Training
from ui.own.models import show_model
from ui.own.problems import left_out, problems_of
from ui.own.visit import LeftOut

mine = visit.current()
job = mine.job
reading = job if isinstance(job, Reading) and job.going else None
training = job if isinstance(job, Training) and job.going else None
work = reading or training
intake = mine.intake if reading is None and mine.intake is not None and len(mine.intake) else None

st.title("Your pictures")
shell.introduction(
    "Upload a zip of pictures: a small VAE is trained on them here, and a few minutes later you drag through *their* "
    "latent space.  \n**Look for** what changes along its dimensions, and for what lies between two of your pictures."
)


def preparation_controls(intake: Intake) -> preparation.Settings:
    suggested = preparation.suggested(intake)
    titles, number = preparation.TITLES, id(intake)  # other pictures start with the settings that suit them
    index = list(titles).index(suggested.way)
    way = st.selectbox("What they are", list(titles), index, format_func=titles.__getitem__, key=f"own way {number}")
    side = st.segmented_control(
        "Pixels per side",
        preparation.SIDES,
        default=preparation.side_of(way),
        required=True,
        key=f"own side {number} {way}",
        wrap=True,
    )
    switches = {key: prepare.NAMES[key] for key in preparation.WAYS[way].switches}
    on = st.pills(
        "Steps: switch one off or on to see its effect",
        list(switches),
        format_func=switches.__getitem__,
        selection_mode="multi",
        default=[key for key in switches if key not in preparation.OFF.get(way, ())],
        key=f"own steps {number} {way}",
        wrap=True,
    )
    return preparation.Settings(way, side, tuple(key for key in switches if key not in on))


def dozen(intake: Intake, settings: preparation.Settings) -> None:
    seed = st.session_state.get("own dozen", 0)
    rows = shown.dozen(intake, seed)
    for name, why, drawn in shown.preparation(intake, rows, settings):
        label, row = st.columns([1, 6], vertical_alignment="center")
        label.markdown(f"**{name}**", help=why)
        with row:
            tiles.show(tiles.tile(drawn, len(drawn), gap=4, background=255), f"{len(rows)} pictures: {name}. {why}")
    st.button(
        "Another dozen",
        icon=":material/casino:",
        on_click=lambda: st.session_state.update({"own dozen": seed + 1}),
    )


with slots.slot(job is not None and bool(job.problem)):
    if job is not None and job.problem:
        st.error(job.problem)

with slots.slot(reading is not None):
    if reading is not None:
        st.progress(reading.share, reading.phase or "Reading")
        st.button("Stop", icon=":material/stop:", on_click=mine.forget_pictures, key="own stop reading")

with slots.slot(training is not None):
    if training is not None:
        bar, stop = st.columns([6, 1], vertical_alignment="bottom")
        bar.progress(training.share, training.phase or "Preparing")
        if training.note:
            bar.caption(training.note)
        stop.button("Stop", icon=":material/stop:", on_click=training.stop, key="own stop training", width="stretch")
        watched, curve = st.columns([3, 2], gap="large")
        with watched:
            if training.grid is None:
                st.caption("The first reconstructions appear after a few seconds.")
            else:
                tiles.show(training.grid, "Held-out pictures, and below each what the network makes of it")
                st.caption(
                    "Above: held-out pictures, which it is not trained on. Below: what comes back from their codes."
                )
        with curve:
            if len(training.history.get("held_out_error", ())) > 1:
                figure = shown.errors(training.history)
                charts.show(figure, "Error of the reconstructions", training.title, key="own curve")

with slots.slot(mine.left_out != LeftOut()):
    if mine.left_out != LeftOut():
        left_out(mine.left_out)

with slots.slot(bool(mine.models)):
    if mine.models:
        for model in reversed(mine.models.values()):
            show_model(model)

with slots.slot(intake is not None and training is None):
    if intake is not None and training is None:
        use = True
        head, again = st.columns([4, 1], vertical_alignment="bottom")
        head.subheader(shown.counted(intake))
        icon = ":material/restart_alt:"
        again.button("Other pictures", icon=icon, on_click=mine.forget_pictures, width="stretch")
        if intake.problems:
            use = problems_of(intake.problems)
        for note in intake.classes().notes:
            st.warning(url.plain(note))
        looks, controls = st.columns([3, 1], gap="large")
        with controls:
            settings = preparation_controls(intake)
            title = st.text_input("Name", value=shown.NAME, max_chars=40, key="own title")
            # Not a callback, which would belong to the previous run and miss the text typed last.
            if st.button(
                "Train a VAE on them", icon=":material/play_arrow:", type="primary", width="stretch", disabled=not use
            ):
                mine.job = Training(visit=mine, settings=settings, title=shown.title(title))
                st.rerun()
            st.caption(f"Takes {shown.minutes(len(intake), settings)} on two cores while this page is open.")
            if words := shown.expectation(len(intake)):
                st.info(words)
        with looks:
            dozen(intake, settings)

with slots.slot(intake is None and work is None):
    if intake is None and work is None and bringing.files_brought(mine):
        st.rerun()

with slots.slot(bool(mine.models) or intake is not None):
    if mine.models or intake is not None:
        st.button("Delete all of it now", icon=":material/delete:", on_click=mine.delete, help="Pictures and models")

if work is not None:
    jobs.go_on(work.advance, 0.5)
