"""Latent space: drag a code, and the picture follows. The first paint needs no network (see ui/explore/decoded.py)."""

import numpy as np
import streamlit as st

from ui import gallery, networks, tiles, url
from ui.components.explorer import explorer
from ui.explore import bases, codes, decoded, plane, priors, state, traversals

KEY = "explorer"
PLANE = {
    True: "are the principal components: the two directions in which the test codes differ most.",
    False: "are the first two principal directions.",
}

presenting = st.query_params.get("present") == "true"
words, choice = st.columns([2, 1], vertical_alignment="bottom", gap="large")
with words:
    st.title("Latent space")
    if not presenting:
        st.markdown(
            "Drag a slider or move over the plane: the picture is what the decoder makes of that code.  \n"
            "**Look for** what each dimension changes, and where one class becomes another."
        )
with choice:
    card = gallery.select("vae", "gan")
preview = networks.preview(card)
here = state.current(card, preview)
sample, real = decoded.offered(card)
strongest = [int(d) for d in preview["order"]]


@st.fragment
def explore():
    shown = basis().order[(here.group - 1) * state.GROUP : here.group * state.GROUP]
    picture = decoded.picture(card, here)
    # The toggle is drawn below, so that the picture's message is the first on its way to the browser.
    plainly = st.session_state.get("plain", st.query_params.get("plain") == "true")
    (plain if plainly else live)(shown, picture)
    buttons()
    figures(picture)
    st.caption(
        "Percentages: how much a row changes the picture on its way from −2 to 2, on average. Length: that of the "
        "whole code; shorter codes (truncation) give more typical and less varied pictures. Moving in the plane keeps "
        "everything else of the code, so the cross-hair stands on the picture that you see. PC 1 and PC 2 "
        f"{PLANE[card.encodes]} Principal directions v1, v2 … are those along which the features behind the decoder's "
        "first layer vary most (GANSpace, Härkönen et al. 2020)."
    )
    all_traversals()


def buttons():
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input("Seed", 0, 2**31 - 1, 0, key="seed", width=110)
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
        st.button("Draw from the prior", icon=":material/casino:", on_click=draw)
        if "mixture" in priors.of(card):
            st.button(
                "Draw from the mixture",
                icon=":material/blur_on:",
                on_click=draw,
                args=("mixture",),
                help="A mixture of Gaussians fitted to the codes of the train pictures: the codes of this model do not "
                "fill the prior, so draws from the prior decode to nothing. ψ is left out.",
            )
        st.button("Reset to 0", icon=":material/restart_alt:", on_click=reset)
        st.number_input("Test image" if card.encodes else "Sample", 0, len(sample) - 1, 0, key="number", width=110)
        st.button("Snap to it", icon=":material/my_location:", on_click=snap_to_number)
        st.space("stretch")
        st.toggle(
            "Plain sliders",
            key="plain",
            bind="query-params",
            help="Streamlit's own sliders: the picture changes when you let go. For screen readers and old browsers.",
        )


def live(shown, picture):
    view = plane.through(here.axes, preview, card.latent)
    waking, name = decoded.waking(here), decoded.sheet_name(card, here)
    moved, wanted = here.moved, here.wanted
    here.moved = here.wanted = False
    explorer(
        KEY,
        on_code=on_code,
        on_view=on_view,
        on_snap=on_snap,
        on_rest=on_rest,
        session=here.session,
        serial=here.serial,
        code=codes.plain_floats(basis().coordinates(here.code)),
        size=[card.shape[2], card.shape[1]],
        picture=tiles.sheet(picture[None], 1),
        sheet=None if moved or (wanted and here.have == name) else decoded.sheet(card, here, shown),
        sheet_name=name,
        rows=[row(dimension) for dimension in shown] + [length_row()],
        bases=list(bases.NAMES.items()),
        basis=here.basis,
        pages=[[number, group_words(number)] for number in group_numbers()],
        page=here.group,
        plane={
            "axes": list(view.axes),
            "names": [plane.name(axis) for axis in view.axes],
            "choices": [[axis, plane.name(axis)] for axis in [*plane.PRINCIPAL, *map(str, strongest)]],
            "vectors": basis().coordinates(view.vectors).tolist(),
            "scale": view.scale.tolist(),
            "centre": basis().coordinates(view.centre).tolist(),
            "map": decoded.plane_map(card, here, view, draw=wanted and not waking),
        },
        asked=here.asked,
        waking=waking,
        strip=strip(),
        original=original(),
        origin=here.origin,
    )


def plain(shown, picture):
    left, right = st.columns([2, 3], gap="large")
    with left:
        tiles.show(picture, alt=f"The decoder's picture: {here.origin}")
        st.caption(here.origin)
    with right:
        st.session_state["basis"] = here.basis
        st.selectbox("Sliders", list(bases.NAMES), format_func=bases.NAMES.get, key="basis", on_change=on_basis)
        if state.groups(card.latent) > 1:
            st.session_state["group"] = here.group
            st.selectbox("Which of them", group_numbers(), format_func=group_words, key="group", on_change=on_group)
        columns, coordinates = st.columns(2, gap="medium"), basis().coordinates(here.code)
        for rank, dimension in enumerate(shown):
            told, key = row(dimension), f"plain {dimension}"
            st.session_state[key] = float(np.clip(coordinates[dimension], *told["exact"]))
            name = f"{told['rank']}. {told['name']}: {told['note']}"
            beside = columns[rank * 2 // len(shown)]
            beside.slider(
                name, *told["exact"], step=0.1, key=key, help=told["words"], on_change=on_plain, args=(dimension,)
            )
        told = length_row()
        st.session_state["plain length"] = float(np.clip(bases.length(here.code), *told["exact"]))
        st.slider(told["label"], *told["exact"], step=0.05, key="plain length", help=told["words"], on_change=on_length)


def figures(picture):
    length = float(np.linalg.norm(here.code))
    density = -0.5 * (length**2 + card.latent * np.log(2 * np.pi))
    columns = st.columns([2, 3, 4, 6], vertical_alignment="center")
    columns[0].metric(
        "Norm ‖z‖",
        f"{length:.2f}",
        help=f"Codes drawn from the prior lie near √{card.latent} = {card.latent**0.5:.2f}.",
    )
    columns[1].metric(
        "log p(z)",
        f"{density:.2f} nats".replace("-", "−"),
        help=f"Density of the prior N(0, I), at most {-0.5 * card.latent * np.log(2 * np.pi):.2f} nats, at 0.",
    )
    if card.encodes:
        nearest, distance, label = decoded.nearest(preview, here.code)
        name = f" ({sample.classes[label]})" if label is not None else ""
        columns[2].metric(
            f"Nearest test code{name}",
            f"{distance:.2f}",
            help=f"Euclidean distance to the mean code of test image {nearest}, the nearest of "
            f"{len(preview['codes']):,}. Far from every code, pictures are of no class.",
        )
    with columns[3].container(horizontal=True, horizontal_alignment="right"):
        with st.popover("Link", icon=":material/link:"):
            st.markdown("This link restores the picture exactly. It stands in the address bar, too.")
            st.code(decoded.link(), language=None, wrap_lines=True)
        st.download_button(
            "Picture",
            tiles.png(picture, scale=8),
            f"{card.name}.png",
            icon=":material/download:",
            help="PNG, every pixel eight times as large",
            on_click="ignore",
        )
        st.download_button(
            "Code",
            decoded.csv(here.code, preview),
            f"{card.name}_code.csv",
            icon=":material/download:",
            help="CSV: dimension, value, effect, nats",
            on_click="ignore",
        )


def all_traversals():
    box = st.expander("All traversals: every row on its own, from −3 to 3", on_change="rerun", key="traversals")
    if not box.open:
        return
    with box:
        told = [row(dimension) for dimension in basis().order]
        names = [f"{one['rank']}. {one['name']}" + (" dead" if one["dead"] else "") for one in told]
        figure = traversals.figure(decoded.all_traversals(card, here, basis().order), names)
        st.download_button(
            "Figure as PNG",
            tiles.png(figure),
            f"{card.name}_{here.basis}_traversals.png",
            icon=":material/download:",
            on_click="ignore",
        )
        tiles.show(figure, alt=f"Traversals of all {card.latent} dimensions, strongest first", width=figure.shape[1])


# ---- what is shown ----


def basis():
    return bases.basis(card, here.basis)


def row(dimension):
    rank, effect, label = basis().order.index(dimension) + 1, float(basis().effect[dimension]), basis().label(dimension)
    words = (
        f"{label}{' (counted from 0)' if here.basis == 'dims' else ''}, rank {rank} of {card.latent}: going from −2 "
    )
    words += f"to 2 changes the picture by {effect:.1%} of the grey range on average."
    dead = False
    if here.basis == "dims" and "kl" in preview:
        nats = float(preview["kl"][dimension])
        words, dead = f"{words[:-1]}; it carries {nats:.2f} nats.", nats < 0.01
    if dead:
        words += " Dead: less than 0.01 nats. The encoder puts nothing into it, so moving it changes next to nothing."
    return {
        "dimension": dimension,
        "name": basis().name(dimension),
        "label": label,
        "rank": rank,
        "note": "dead" if dead else f"{effect:.1%}",
        "dead": dead,
        "words": words,
        "low": float(codes.STEPS[0]),
        "step": 0.2,
        "exact": [-codes.EXACT, codes.EXACT],
    }


def length_row():
    return {
        "dimension": "length",
        "name": "length",
        "label": "Length of the code",
        "rank": None,
        "note": "",
        "dead": False,
        "words": f"‖z‖ in units of √{card.latent}, which is about the length of every random code. Shorter codes lie "
        "where the network saw many in training: typical pictures that resemble each other.",
        "low": float(bases.LENGTHS[0]),
        "step": 0.05,
        "exact": [0.0, 3.0],
    }


def group_numbers():
    return range(1, state.groups(card.latent) + 1)


def group_words(number):
    first, last = (number - 1) * state.GROUP + 1, min(number * state.GROUP, card.latent)
    if number > 1:
        return f"ranks {first}–{last}"
    return f"{last} strongest" if here.basis == "dims" else f"first {last}"


def image_words(number):
    if not card.encodes:
        return f"sample {number}"
    label = "" if sample.labels is None else f" ({sample.classes[sample.labels[number]]})"
    return f"test image {number}{label}"


def strip():
    numbers = decoded.strip_numbers(sample, here.strip)
    return {
        "page": here.strip,
        "sheet": tiles.sheet(sample.images[numbers], len(numbers)),
        "pictures": [{"number": int(number), "words": image_words(number)} for number in numbers],
    }


def original():
    if here.original is None or not real:
        return None
    number = here.original
    return {
        "number": number,
        "words": image_words(number),
        "picture": tiles.sheet(sample.images[number][None], 1),
    }


# ---- what people do ----


def draw(source="prior"):
    seed, psi = int(st.session_state["seed"]), float(st.session_state["psi"])
    code = priors.draw(card, source, np.random.default_rng(seed), 1)[0]
    if source == "prior":
        here.go(psi * code, f"A draw from the prior, seed {seed}" + (f", truncated to ψ = {psi:g}" if psi != 1 else ""))
    else:
        here.go(code, f"A draw from the mixture fitted to the codes, seed {seed}")
    st.session_state["seed"] = (seed + 1) % 2**31


def reset():
    here.go(np.zeros(card.latent), "The origin: every dimension is 0")


def snap_to_number():
    snap(int(st.session_state["number"]))


def snap(number):
    code = networks.encode(card, sample.images[number][None])[0][0] if real else preview["codes"][number]
    here.go(code, f"The code of {image_words(number)}", number if real else None)


def on_code(report):
    code = codes.checked(report.get("code"), card.latent)
    if code is not None:
        heard(report)
        here.go(basis().codes(code), "Set by hand", here.original)


def on_snap(report):
    number = report.get("number")
    if isinstance(number, int) and 0 <= number < len(sample):
        heard(report)
        snap(number)


def on_view(report):
    heard(report)
    if report.get("basis") in bases.NAMES:
        here.basis, here.group = report["basis"], 1
    if report.get("dims") in group_numbers():
        here.group = report["dims"]
    if isinstance(report.get("strip"), int):
        here.strip = report["strip"] % 1000
    if isinstance(report.get("axes"), list) and len(report["axes"]) == 2:
        axes = plane.after_choice([str(axis) for axis in report["axes"]], here.axes, strongest)
        here.axes = plane.through(axes, preview, card.latent).axes
    here.write()


def on_rest(report):
    if isinstance(report.get("asked"), int):
        here.asked, here.have = report["asked"], report.get("have")
        here.wanted = True


def on_group():
    here.group = st.session_state["group"]
    here.write()


def on_plain(dimension):
    coordinates = basis().coordinates(here.code).copy()
    coordinates[dimension] = st.session_state[f"plain {dimension}"]
    here.go(basis().codes(coordinates), "Set by hand", here.original)


def on_length():
    here.go(bases.of_lengths(here.code, [st.session_state["plain length"]])[0], "Set by hand", here.original)


def on_basis():
    here.basis, here.group = st.session_state["basis"], 1
    here.write()


def heard(report):
    if isinstance(report.get("serial"), int):
        here.serial = report["serial"]


explore()
