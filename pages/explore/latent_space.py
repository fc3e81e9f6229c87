"""Latent space: drag a code, and the picture follows. The first paint needs no network (see ui/explore/pictures.py)."""

from typing import Any

import numpy as np
import streamlit as st

from evaluate import code_metrics
from ui import downloads, gallery, networks, shell, slides, tiles, url
from ui.components.explorer import explorer
from ui.explore import bases, images, paths, pictures, priors, rows, saved, session, traversals
from ui.explore.position import GROUP
from ui.layout import component_and_spinner
from ui.number_box import number_box, number_in
from ui.seed_box import seed_box, take_seed

WORDS = {  # whether a code is noise from which a picture is generated: what to do, what to look for
    False: (
        "Drag a slider, move over the plane or press Walk: the network turns the code into a picture.  \n"
        "**Look for** what each dimension changes, and where one class becomes another."
    ),
    True: (
        "Drag a slider, move over the plane or press Walk: the code is noise, one number for each pixel, and the "
        "network carries it to a picture.  \n**Look for** strokes that appear and vanish, and for how little one "
        "direction of many changes."
    ),
}
SEED = "latent space: seed"  # Compare and Inside a network have seeds of their own
PLANE = {
    True: "are the principal components: the two directions in which the {codes} vary most.",
    False: "are the first two principal directions.",
}

words, choice = st.columns([2, 1], vertical_alignment="bottom", gap="large")
with words:
    st.title("Latent space")
    introduction = st.empty()
with choice:
    card = gallery.select(among=gallery.with_own(gallery.with_codes()))
with introduction.container():
    shell.introduction(WORDS[card.kind.reversible])
preview = networks.preview(card)
visit = session.current(card)
position = visit.position
starts = images.start_pictures(card)


@st.fragment
def explore() -> None:
    # The toggle is drawn below, so that the picture's message is sent to the browser first.
    plainly = st.session_state.get("plain", url.flag("plain"))
    place, waiting = component_and_spinner()
    with waiting:
        picture = pictures.official(position)
        data = None if plainly else visit.message(picture)
    with place:
        if data is None:
            plain_sliders(picture)
        else:
            live_sliders(data)
    buttons()
    if plainly:
        numbers()
    exports(picture)
    axes = PLANE[card.encodes].format(codes=f"{card.code_word}s")
    st.caption(
        "Percentages: how much a row changes the picture on its way from −2 to 2, on average. Length: that of the "
        "whole code. Shorter codes (truncation) give more typical and less varied pictures. Moving in the plane "
        f"changes the code along its two axes only. PC 1 and PC 2 {axes} " + about_directions()
    )
    all_traversals()


def about_directions() -> str:
    if card.kind.reversible:
        return (
            "Directions v1, v2 … are patterns of noise: of all directions they change the picture most (active "
            f"subspace, Constantine et al. 2014). One of the {card.code_length} numbers alone changes almost nothing. "
            "While you drag, the picture is made in fewer steps than the one that is drawn when you let go."
        )
    return (
        "Principal directions v1, v2 … are the ones along which the outputs of the first layer after the code vary "
        "most (GANSpace, Härkönen et al. 2020)."
    )


def live_sliders(data: dict[str, Any]) -> None:
    explorer(
        "explorer",
        data,
        on_code=visit.on_code,
        on_view=visit.on_view,
        on_snap=visit.on_snap,
        on_rest=visit.on_rest,
    )


def plain_sliders(picture: np.ndarray) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        tiles.show(picture, alt=f"The picture of the code: {position.origin}")
        st.caption(position.origin)
    with right:
        names = bases.names(card)
        st.session_state["basis"] = position.basis_name
        st.selectbox("Sliders", list(names), format_func=names.__getitem__, key="basis", on_change=choose_basis)
        if len(position.groups) > 1:
            st.session_state["group"] = position.group
            st.selectbox(
                "Which of them",
                position.groups,
                format_func=lambda number: rows.group_name(position, number),
                key="group",
                on_change=choose_group,
            )
        columns = st.columns(2, gap="medium")
        coordinates = position.basis.coordinates(position.code)
        for k, dimension in enumerate(position.rows):
            row, key = rows.row(position, dimension), f"plain {dimension}"
            st.session_state[key] = float(np.clip(coordinates[dimension], *row["exact"]))
            columns[k * 2 // len(position.rows)].slider(
                f"{row['rank']}. {row['name']}: {row['note']}",
                *row["exact"],
                step=0.1,
                key=key,
                help=row["words"],
                on_change=set_coordinate,
                args=(dimension,),
            )
        row = rows.length_row(position)
        st.session_state["plain length"] = float(np.clip(bases.length(position.code), *row["exact"]))
        st.slider(row["label"], *row["exact"], step=0.05, key="plain length", help=row["words"], on_change=set_length)


def buttons() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        seed_box(SEED)
        url.decimal(
            "psi",
            0.0,
            1.5,
            1.0,
            label="Truncation ψ",
            step=0.1,
            width=120,
            help="Draws are multiplied by ψ: below 1 they are more typical and less varied.",
        )
        st.button("Draw from the prior", icon=":material/casino:", on_click=draw, args=("prior",))
        if "mixture" in priors.of(card):
            st.button(
                "Draw from the mixture",
                icon=":material/blur_on:",
                on_click=draw,
                args=("mixture",),
                help="A mixture of Gaussians fitted to the codes of the train pictures: the codes of this model do not "
                "fill the prior, so that draws from the prior decode to nothing recognisable. ψ is not used.",
            )
        st.button("Reset to 0", icon=":material/restart_alt:", on_click=visit.reset)
        last = len(starts.pictures) - 1
        number_box("number", 0, last, 0, label=starts.word.capitalize() if starts.encodes else "Sample", width=110)
        st.button("Go to its code", icon=":material/my_location:", on_click=snap)
        st.space("stretch")
        st.toggle(
            "Plain sliders",
            key="plain",
            bind="query-params",
            help="Streamlit's own sliders: the picture changes when you let go. For screen readers and old browsers.",
        )


def numbers() -> None:
    density, highest = code_metrics.log_prior(position.code), code_metrics.log_prior(np.zeros(card.code_length))
    columns = st.columns([2, 3, 10])
    columns[0].metric(
        "Norm ‖z‖",
        f"{np.linalg.norm(position.code):.2f}",
        help="Random codes of this model have {:.1f} ± {:.1f} (mean ± standard deviation).".format(
            *paths.length_of_random(card.code_length)
        ),
    )
    columns[1].metric(
        "log p(z)",
        f"{density:.2f} nats".replace("-", "−"),
        help=f"Log density of the prior N(0, I), at most {highest:.2f} nats, at 0.",
    )
    if card.encodes:
        nearest, distance, label = code_metrics.nearest(preview, position.code)
        name = f" ({starts.pictures.classes[label]})" if label is not None else ""
        columns[2].metric(
            f"Nearest {card.code_word}{name}",
            f"{distance:.2f}",
            help=f"Euclidean distance to {card.code_word} {nearest}, the nearest of {len(preview['codes']):,}, "
            "which are means of the encoder. The picture of a code that is far from all of them may show no class.",
        )


def exports(picture: np.ndarray) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        with st.popover("Link", icon=":material/link:"):
            st.markdown("This link restores the picture exactly. It is in the address bar, too.")
            st.code(url.address(), language=None, wrap_lines=True)
        sheet = slides.of_model(card, "Latent space", [slides.Grid(picture[None])], position.origin)
        downloads.slide(sheet, card.name, "Picture", help="PNG for a slide")
        downloads.csv(
            lambda: code_metrics.table(position.code, preview),
            f"{card.name}_code",
            "Code",
            help="CSV: dimension, value, effect, nats",
        )
        downloads.as_page(lambda: saved.page(position), f"latent_space_{card.name}", too_large=saved.too_large(card))


def all_traversals() -> None:
    box = st.expander("Traversals: every row on its own, from −3 to 3", on_change="rerun", key="traversals")
    if not box.open:
        return
    key, order = f"traversals of {card.name} along {position.basis_name}", position.basis.order
    shown = order[: st.session_state.get(key, GROUP)]
    with box:
        names = [
            f"{row['rank']}. {row['name']}" + (" dead" if row["dead"] else "") for row in rows.some(position, shown)
        ]
        images = pictures.all_traversals(position, shown)
        grid = traversals.grid(images, names)
        sheet = slides.of_model(card, "Traversals", [grid], position.origin)
        name = f"{card.name}_{position.basis_name}_traversals"
        downloads.slide(sheet, name, "Figure as PNG")
        traversals.show(grid, f"Traversals of {len(shown)} of {len(order)} dimensions, strongest first", scale=2)
        if len(shown) < len(order):
            more = min(GROUP, len(order) - len(shown))
            st.button(
                f"Show {more} more of {len(order)}",
                icon=":material/expand_more:",
                on_click=lambda: st.session_state.update({key: len(shown) + more}),
            )


# ---- callbacks of Streamlit's own widgets ----


def draw(source: str) -> None:
    visit.draw(source, take_seed(SEED), number_in("psi", "Truncation ψ", 1.0))


def snap() -> None:
    visit.snap(number_in("number", "The number", 0))


def set_coordinate(dimension: int) -> None:
    coordinates = position.basis.coordinates(position.code).copy()
    coordinates[dimension] = st.session_state[f"plain {dimension}"]
    visit.set_coordinates(coordinates)


def set_length() -> None:
    visit.set_length(st.session_state["plain length"])


def choose_basis() -> None:
    position.choose_basis(st.session_state["basis"])


def choose_group() -> None:
    position.choose_group(st.session_state["group"])


explore()
