"""Every checkpoint: its pictures, recipe, command, curves and figures."""

import pandas as pd
import streamlit as st

import checkpoints
from checkpoints import commands
from ui import charts, downloads, gallery, networks, shell, slides, tiles
from ui.evaluate import card_figures, model_tiles, studies
from ui.training import histories

# On different scales: each gets its own chart.
APART = {"accuracy": "accuracy", "frechet": "Fréchet distance", "valid_bound": "bound of validation pictures, nats"}
BOX = 360  # pixels, height of long tables, which scroll: on a phone they would take several screens

st.title("Models")
shell.introduction(
    "Every network of this app, trained by scripts of this project. **Press a picture** to explore its model; the card "
    "of each one, with its figures and the command that trains it, is below."
)
cards = gallery.cards()
gallery.needed(cards)
pictures, damaged = model_tiles.pictures(cards)
model_tiles.show(cards, pictures)
st.caption(
    f"{len(cards) - len(pictures) - len(damaged)} more networks, such as classifiers, make no pictures: choose one "
    "below to see its card."
)
for problem in [*damaged, *gallery.unreadable()]:
    st.warning(problem)

st.subheader("Card of a model")
card = gallery.select()
preview = networks.preview(card)
st.markdown(f"**{card.title}.** {gallery.summary(card)}")
if aim := card_figures.aim(card):
    st.caption(aim)
if card.steered:
    st.caption(f":material/info: {card.steered} Its figures on these pictures are therefore somewhat too good.")
model_tiles.explore(card, "Explore this model", ":material/tune:")

left, right = st.columns([2, 3], gap="large")

with left:
    if "prior" in preview:
        tiles.show(
            tiles.tile(preview["prior"], 10, gap=1), alt=f"100 pictures decoded from random codes by {card.title}"
        )
        st.caption("100 samples from the prior N(0, I). **Look for** pictures of no recognisable class.")
        sheet = slides.of_model(card, "Samples from the prior", [slides.Grid(preview["prior"], 10)])
        downloads.slide(sheet, f"{card.name}_samples", "Samples as PNG")
        if "prior_mixture" in preview:
            mixed = preview["prior_mixture"]
            tiles.show(
                tiles.tile(mixed, 10, gap=1), alt=f"100 pictures of {card.title} decoded from codes of a fitted mixture"
            )
            st.caption(
                "100 samples with a second stage: codes drawn from a mixture of Gaussians that was fitted to the codes "
                "of the train pictures. The decoder is the same; only where its codes come from differs."
            )
            sheet = slides.of_model(card, "Samples of a second stage", [slides.Grid(mixed, 10)], "mixture of Gaussians")
            downloads.slide(sheet, f"{card.name}_second_stage", "Second-stage samples as PNG")
    else:
        st.info("This network makes no pictures from codes, so there are no samples to show.")

with right:
    shown = [
        {"figure": row.name, "value": row.value, "real pictures": card_figures.floor(card, row)}
        for row in card_figures.main(card)
    ]
    table = pd.DataFrame(shown)
    if not table.empty:
        st.table(table if any(table["real pictures"]) else table.drop(columns="real pictures"), hide_index=True)
    if about := card_figures.about_seeds(card):
        st.caption(about)
    numbers = {k: v for k, v in card.metrics.items() if isinstance(v, int | float)}
    exact = pd.DataFrame(
        {"figure": list(numbers), "value": list(numbers.values()), "how": [card.protocol.get(k, "") for k in numbers]}
    )
    downloads.csv(exact, f"{card.name}_figures", "Figures as CSV")

TRAINING, DIMENSIONS, MEASURED, AGAIN = "Training", "What each dimension carries", "All figures", "Reproduce it"
recorded = studies.of(card)
names = [TRAINING, *([DIMENSIONS] if "kl_per_dimension" in card.metrics else []), MEASURED, AGAIN, *recorded]
tabs = dict(zip(names, st.tabs(names), strict=True))  # beside each other: below each other they were screens on a phone

with tabs[TRAINING]:
    history = pd.DataFrame(card.history)
    interval = card.recipe.get("interval", 1)  # steps between two values, for trainings in steps
    of_two_players = "critic_steps" in card.recipe  # whose step is one of the generator
    single = "step" in history  # values of single steps, not means
    unit = "step" if single else "epoch" if interval == 1 else "generator step" if of_two_players else "step"
    if not single:
        history.insert(0, unit, range(interval, interval * len(history) + 1, interval))
    apart = [name for name in APART if name in history]
    together = [name for name in history if name not in (unit, *apart)]
    charts.show(
        charts.lines(
            {histories.name(name): history[name] for name in together},
            x=history[unit],
            x_title=unit,
            y_title=card.kind.history + ("" if single else "<br>(mean since the last)"),
            colours=[histories.colour(name) for name in together],
        ),
        "Training curves",
        card.title,
    )
    for name in apart:
        values, title = history[name], APART[name]
        log, colours = charts.steep(values), [histories.colour(name)]
        figure = charts.lines(
            {title: values}, x=history[unit], x_title=unit, y_title=title, log=log, height=220, colours=colours
        )
        charts.show(figure, f"{title[0].upper()}{title[1:]}", f"{card.title}, over the training")
    if how := card.protocol.get("history"):
        for column in card.history:
            how = how.replace(f"{column}:", f"{histories.name(column)}:")
        st.caption(f"{gallery.with_titles(how)}.")
    downloads.csv(history, f"{card.name}_curves", "Curves as CSV")

if DIMENSIONS in tabs:
    with tabs[DIMENSIONS]:
        kl = sorted(card.metrics["kl_per_dimension"], reverse=True)
        charts.show(
            charts.bars(
                kl,
                x=range(1, len(kl) + 1),
                x_title="dimensions, by falling information",
                y_title="KL to the prior, nats",
                colours=[charts.PALETTE[9] if nats < 0.01 else charts.PALETTE[0] for nats in kl],
            ),
            "What each dimension carries",
            card.title,
        )
        used = f"{len(kl) - len(card.dead)} of {len(kl)} dimensions are in use."
        dead = " Each of the others carries less than 0.01 nats, and moving it changes nothing." if card.dead else ""
        st.caption(used + dead)

with tabs[MEASURED]:
    every = pd.DataFrame(
        [
            {"figure": row.name, "of": row.of, "value": row.value, "how it was measured": gallery.with_titles(row.how)}
            for row in card_figures.rows(card)
        ],
        columns=["figure", "of", "value", "how it was measured"],
    )
    with st.container(height=BOX):
        st.table(every if any(every["of"]) else every.drop(columns="of"), border="horizontal", hide_index=True)

with tabs[AGAIN]:
    st.code(commands.of_card(card), language="bash")
    st.caption(
        f"{card.run['seconds'] / 60:.1f} minutes on {card_figures.device(card)}, "
        f"{card.dataset['train_images']:,} {card.dataset.get('unit', 'images')} ({card.dataset['note']})."
    )
    if origin := card_figures.origin(card):
        st.caption(origin)
    with st.container(height=BOX):
        st.json({"recipe": card.recipe, "dataset": card.dataset, "run": card.run, "sha256": card.sha256})
    st.download_button(
        "The whole card as JSON", checkpoints.to_json(card), f"{card.name}.json", icon=":material/download:"
    )

for name, show in recorded.items():
    with tabs[name]:
        show()

if "class_shares" in card.metrics:
    with st.expander("Its samples, seen by a classifier"):
        left, right = st.columns(2, gap="large")
        with left:
            shares, names = card.metrics["class_shares"], card.classes
            y_title = "share of the samples"
            figure = charts.bars(shares, x=names, x_title="class", y_title=y_title, colours=charts.GENERATED)
            charts.show(figure, "Classes of the samples", card.title)
            st.caption("**Look for** classes that are rare: what the model has not learned or has forgotten.")
        if "sureness" in card.metrics:
            with right:
                marks = [i / (len(card.metrics["sureness"]) - 1) for i in range(len(card.metrics["sureness"]))]
                charts.show(
                    charts.lines(
                        {"samples": card.metrics["sureness"], "real pictures": marks},
                        x=marks,
                        x_title="share of real pictures, from the least certain on",
                        y_title="share that is less certain",
                        height=260,
                        colours=(charts.GENERATED, charts.REAL),
                    ),
                    "How certain a classifier is",
                    card.title,
                )
                st.caption(
                    "**Look for** how far the curve lies above the straight line: the classifier is in doubt "
                    "about that many more samples than real pictures."
                )
