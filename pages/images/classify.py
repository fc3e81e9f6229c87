"""Classify: what several networks call one picture, live while the pen moves, and where they are wrong."""

import numpy as np
import streamlit as st

from ui import charts, classifiers, downloads, gallery, shell, slides, tiles, url
from ui.components.classify import classify
from ui.components.classify_matrix import matrix
from ui.images import intake
from ui.images.classify import answers, figures, judged, meaning, mistakes, pictures, saved, sets, training, visit

usable = sets.usable()
head = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
problems = st.container()
with head:
    st.title("Classify", width="content")
if not usable:
    st.info("This page needs a classifier, and there is none: python -m train mnist_classifier.")
    st.stop()
with head:
    titles = {name: each.title for name, each in usable.items()}
    with url.warnings_in(problems):
        one = usable[url.choice("set", titles, label="Data set", aliases=sets.aliases())]
    cards = one.cards()
    own_picture = st.popover("Own picture", icon=":material/upload:", help="Upload a picture or take a photograph")
    with own_picture, url.warnings_in(problems):
        kind = url.choice("own_from", {"upload": "Upload", "camera": "Camera"}, label="Picture from")
        picture = intake.own_picture("classify", kind)
        own = picture and intake.prepared("classify", picture, one.dataset, cards[0].shape)
shell.introduction(f"{one.lead}  \n**Look for** {one.look_at_answers}")
shown = visit.current(one, cards)
if picture is not None and own is not None:
    shown.take_own(picture, own.image)
classify(shown.message(one, cards), on_moved=lambda report: shown.on_moved(report, cards))
shown.write(one.classes)

image = shown.image(cards[0])
with st.container(horizontal=True, gap="small"):
    downloads.as_page(
        lambda: saved.page(one, cards, shown), f"classify_{one.dataset}", too_large=saved.too_large(one, cards)
    )
    if image is not None and (official := shown.official(cards)):
        sheet = answers.slide(image, shown.words(cards[0]), one, cards, official)
        downloads.slide(sheet, f"classified_{one.dataset}", "Answers as PNG")
        table = answers.table(one, cards, official)
        downloads.csv(table, f"classified_{one.dataset}", "Answers as CSV")
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    part = url.choice(
        "part", {"mistakes": "Mistakes", "meaning": "What a class means", "training": "Training"}, label="Look into"
    )
    with st.container(width=440):
        card = gallery.select(label="Network", among=cards, first=figures.best(cards).name)
if pictures.first(cards[0]) is None:
    downloads.offer(card, "classify", "draw or upload a picture, or download them.")

if part == "mistakes":
    with st.spinner("Asking the network about every labelled picture …", show_time=True):
        results = judged.judged(card)
    if results is None:
        st.info("Its mistakes are not in its card, and the pictures are not here.")
        st.stop()
    matrix(
        mistakes.message(results, one.classes, shown.cell),
        on_chosen=lambda report: shown.on_chosen(report, len(one.classes)),
        on_taken=lambda report, which=results.which: shown.on_taken(report, which, cards),
    )
    with st.container(horizontal=True, gap="small"):
        if len(mistakes.numbers(results, shown.cell)):
            sheet = mistakes.slide(card, results, one.classes, shown.cell)
            downloads.slide(sheet, f"{card.name}_mistakes", "Pictures as PNG")
        table = mistakes.table(results, one.classes)
        downloads.csv(table, f"{card.name}_confusion", "Matrix as CSV", index=True)
    st.subheader("Figures of the test set")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.table(figures.of_networks(cards, one), border="horizontal", hide_index=True)
        st.caption(f"{figures.explained(card)} Pictures: {pictures.described(card)}; {card.dataset['note']}.")
    if (of_classes := figures.of_classes(card, one.classes)) is not None:
        with right:
            st.table(of_classes, border="horizontal", hide_index=True)
            st.caption(f"{card.title}, class by class.")

if part == "meaning":
    labelled = pictures.first(card)
    if image is None:
        st.info("Draw or take a picture first: the slopes are computed at a picture.")
        st.stop()
    if (problem := answers.problem(card)) is not None:
        st.info(problem)
        st.stop()
    logits = answers.logits(card, image)
    chances = answers.probabilities(logits)
    names = {"": f"the most probable one, {one.classes[int(logits.argmax())]}"} | {name: name for name in one.classes}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        asked = url.choice("class", names, label="Class", menu=True, width=300)
        ways = {"mean": f"mean of {answers.COPIES} noisy copies", "here": "this picture"}
        copies = answers.COPIES if url.choice("slope", ways, label="Slope at") == "mean" else 0
    with st.spinner("Differentiating the logits …"):
        slopes = answers.gradients(card, image, copies)
    number = one.classes.index(asked) if asked else int(logits.argmax())
    name, maps = one.classes[number], meaning.coloured(slopes)
    means = None if labelled is None else meaning.means(labelled[1])
    with st.container(horizontal=True, gap="medium"):
        views = [(image, f"**This picture**  \n{name}: logit {logits[number]:.2f}, probability {chances[number]:.1%}")]
        views += [(maps[number], f"**Slope of the logit of {name}**  \ngreen: brighter raises it, purple: lowers it")]
        if labelled is not None and means is not None:
            count = int(np.sum(labelled[1].labels == number))
            views += [(means[number], f"**Mean picture of {name}**  \nof {count:,} labelled pictures")]
        for view, words in views:
            with st.container(width=230):
                tiles.show(view, words.replace("*", "").replace("  \n", ", "))
                st.caption(words)
    st.caption(
        f"∂ logit / ∂ pixel ({pictures.described(card)}), all classes on one scale. The mean over copies with "
        f"Gaussian noise of σ = {answers.NOISE} is smoother than the slope at the picture alone. **Look for** "
        f"{one.look_at_slopes}."
    )
    with st.container(horizontal=True, gap="small"):
        for k, word in enumerate(one.classes):
            with st.container(width=84):
                tiles.show(maps[k], f"Slope of the logit of {word}")
                if means is not None:
                    tiles.show(means[k], f"Mean picture of {word}")
                st.caption(f"**{word}** · {classifiers.percent(chances[k])}")
    rows = [meaning.in_colour(image[None]).repeat(len(maps), 0), maps]
    down = ["This picture", "Slope of the logit"]
    if means is not None:
        rows, down = [*rows, meaning.in_colour(means)], [*down, "Mean picture"]
    grid = slides.Grid(np.concatenate(rows), len(maps), across=one.classes, down=down)
    sheet = slides.of_model(card, "What a class means to a network", [grid], "green: brighter raises the logit")
    downloads.slide(sheet, f"{card.name}_classes", "Pictures as PNG")

if part == "training":
    own, searched = training.study(card), training.searched(one)
    if own is None:
        left, right = st.columns(2, gap="large")
        about = f"{card.title} · train pictures"
        with left:
            charts.show(charts.lines({"loss": card.history["loss"]}, x_title="epoch", y_title="nats"), "Loss", about)
        with right:
            accuracy = {"accuracy": card.history["accuracy"]}
            charts.show(charts.lines(accuracy, x_title="epoch", y_title="share"), "Accuracy", about)
        if (smoothed := training.smoothed(card, len(one.classes))) is not None:
            st.caption(smoothed)
    runs = own or searched
    if runs is None:
        st.stop()
    whose = one.short(card) if own is not None else training.SEARCHED
    st.markdown(
        f"{whose}: {training.described(runs)} **Look for** settings that learn the train pictures and not the others."
    )
    if searched is not None:  # of one network, whichever is looked into: said before its heat maps
        st.caption(f"{training.SEARCHED}: the framed setting was chosen, {training.chosen(searched)}.")
        for column, epochs in zip(st.columns(len(searched.stages)), searched.stages, strict=True):
            with column:
                charts.show(
                    training.heat(searched, epochs), f"After {epochs} epochs", "accuracy in %, validation pictures"
                )
    curve = url.choice("curve", training.CURVES, label="Curves of")
    for column, rate in zip(st.columns(len(runs.learning_rates)), runs.learning_rates, strict=True):
        with column:
            charts.show(
                training.curves(runs, rate, curve), f"Learning rate {rate:g}", f"{whose} · {training.CURVES[curve]}"
            )
    downloads.csv(training.table(runs), f"{card.name if own else one.searched}_validation", "Curves as CSV")
