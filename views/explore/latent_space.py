"""Latent space: drag a code, and the picture follows. The first paint needs no network (see ui/decoded.py)."""

import numpy as np
import streamlit as st

from ui import decoded, explorer, pick, plane, position, tiles, traversals

KEY = "explorer"

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
    card = pick.checkpoint("vae")
atlas = pick.atlas(card)
here = position.current(card, atlas)
sample, real = decoded.offered(card)
order = [int(d) for d in atlas["order"]]


@st.fragment
def explore():
    shown = order[(here.group - 1) * position.GROUP : here.group * position.GROUP]
    picture = decoded.picture(card, here)
    # The toggle is drawn below, so that the picture's message is the first on its way to the browser.
    plainly = st.session_state.get("plain", st.query_params.get("plain") == "true")
    (plain if plainly else live)(shown, picture)
    buttons()
    figures(picture)
    st.caption(
        "Percentages: how much a dimension changes the picture on its way from −2 to 2, on average. Moving in the "
        "plane keeps everything else of the code, so the cross-hair stands on the picture that you see. PC 1 and PC 2 "
        "are the principal components: the two directions in which the test codes differ most."
    )
    all_traversals()


def buttons():
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input("Seed", 0, 2**31 - 1, 0, key="seed", width=110)
        st.button("Draw from the prior", icon=":material/casino:", on_click=draw)
        st.button("Reset to 0", icon=":material/restart_alt:", on_click=reset)
        st.number_input("Test image", 0, len(sample) - 1, 0, key="number", width=110)
        st.button("Snap to it", icon=":material/my_location:", on_click=snap_to_number)
        st.space("stretch")
        st.toggle(
            "Plain sliders",
            key="plain",
            bind="query-params",
            help="Streamlit's own sliders: the picture changes when you let go. For screen readers and old browsers.",
        )


def live(shown, picture):
    view = plane.through(here.axes, atlas, card.latent)
    waking, name = decoded.waking(here), decoded.sheet_name(card, here)
    moved, wanted = here.moved, here.wanted
    here.moved = here.wanted = False
    explorer.explorer(
        KEY,
        on_code=on_code,
        on_view=on_view,
        on_snap=on_snap,
        on_rest=on_rest,
        session=here.session,
        serial=here.serial,
        code=explorer.plain_floats(here.code),
        size=[card.shape[2], card.shape[1]],
        picture=explorer.encoded(picture[None], 1),
        sheet=None if moved or (wanted and here.have == name) else decoded.sheet(card, here, shown),
        sheet_name=name,
        rows=[row(dimension) for dimension in shown],
        pages=[[number, group_words(number)] for number in group_numbers()],
        page=here.group,
        plane={
            "axes": list(view.axes),
            "names": [plane.name(axis) for axis in view.axes],
            "choices": [[axis, plane.name(axis)] for axis in [*plane.PRINCIPAL, *map(str, order)]],
            "vectors": view.vectors.tolist(),
            "scale": view.scale.tolist(),
            "centre": view.centre.tolist(),
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
        if position.groups(card.latent) > 1:
            st.session_state["group"] = here.group
            st.selectbox("Dimensions", group_numbers(), format_func=group_words, key="group", on_change=on_group)
        columns = st.columns(2, gap="medium")
        for rank, dimension in enumerate(shown):
            told = row(dimension)
            st.session_state[f"plain {dimension}"] = float(here.code[dimension])
            columns[rank * 2 // len(shown)].slider(
                f"{told['rank']}. z{dimension}: " + ("dead" if told["dead"] else f"{told['effect']:.1%}"),
                *(-explorer.EXACT, explorer.EXACT),
                step=0.1,
                key=f"plain {dimension}",
                help=told["words"],
                on_change=on_plain,
                args=(dimension,),
            )


def figures(picture):
    nearest, distance, label = decoded.nearest(atlas, here.code)
    name = f" ({sample.classes[label]})" if label is not None else ""
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
    columns[2].metric(
        f"Nearest test code{name}",
        f"{distance:.2f}",
        help=f"Euclidean distance to the mean code of test image {nearest}, the nearest of {len(atlas['codes']):,}. "
        "Far from every code, pictures are of no class.",
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
            decoded.csv(here.code, atlas),
            f"{card.name}_code.csv",
            icon=":material/download:",
            help="CSV: dimension, value, effect, nats",
            on_click="ignore",
        )


def all_traversals():
    box = st.expander("All traversals: every dimension on its own, from −3 to 3", on_change="rerun", key="traversals")
    if not box.open:
        return
    with box:
        names = [f"{rank + 1}. z{d}" + (" dead" if row(d)["dead"] else "") for rank, d in enumerate(order)]
        figure = traversals.figure(decoded.all_traversals(card, here.code, order), names)
        st.download_button(
            "Figure as PNG",
            tiles.png(figure),
            f"{card.name}_traversals.png",
            icon=":material/download:",
            on_click="ignore",
        )
        tiles.show(figure, alt=f"Traversals of all {card.latent} dimensions, strongest first", width=figure.shape[1])


# ---- what is shown ----


def row(dimension):
    rank, effect, nats = order.index(dimension) + 1, float(atlas["effect"][dimension]), float(atlas["kl"][dimension])
    words = (
        f"Dimension {dimension} (counted from 0), rank {rank} of {card.latent}: going from −2 to 2 changes the picture "
        f"by {effect:.1%} of the grey range on average; it carries {nats:.2f} nats."
    )
    dead = nats < 0.01
    if dead:
        words += " Dead: less than 0.01 nats. The encoder puts nothing into it, so moving it changes next to nothing."
    return {"dimension": dimension, "rank": rank, "effect": effect, "dead": dead, "words": words}


def group_numbers():
    return range(1, position.groups(card.latent) + 1)


def group_words(number):
    first, last = (number - 1) * position.GROUP + 1, min(number * position.GROUP, card.latent)
    return f"{last} strongest" if number == 1 else f"ranks {first}–{last}"


def image_words(number):
    label = "" if sample.labels is None else f" ({sample.classes[sample.labels[number]]})"
    return f"test image {number}{label}"


def strip():
    numbers = decoded.strip_numbers(sample, here.strip)
    return {
        "page": here.strip,
        "sheet": explorer.encoded(sample.images[numbers], len(numbers)),
        "pictures": [{"number": int(number), "words": image_words(number)} for number in numbers],
    }


def original():
    if here.original is None or not real:
        return None
    number = here.original
    return {
        "number": number,
        "words": image_words(number),
        "picture": explorer.encoded(sample.images[number][None], 1),
    }


# ---- what people do ----


def draw():
    seed = int(st.session_state["seed"])
    here.go(np.random.default_rng(seed).standard_normal(card.latent), f"A draw from the prior, seed {seed}")
    st.session_state["seed"] = (seed + 1) % 2**31


def reset():
    here.go(np.zeros(card.latent), "The origin: every dimension is 0")


def snap_to_number():
    snap(int(st.session_state["number"]))


def snap(number):
    code = pick.encode(card, sample.images[number][None])[0][0] if real else atlas["codes"][number]
    here.go(code, f"The code of {image_words(number)}", number)


def on_code():
    told = explorer.report(KEY, "code")
    code = explorer.checked_code(told.get("code"), card.latent)
    if code is not None:
        heard(told)
        here.go(code, "Set by hand", here.original)


def on_snap():
    told = explorer.report(KEY, "snap")
    number = told.get("number")
    if isinstance(number, int) and 0 <= number < len(sample):
        heard(told)
        snap(number)


def on_view():
    told = explorer.report(KEY, "view")
    heard(told)
    if told.get("dims") in group_numbers():
        here.group = told["dims"]
    if isinstance(told.get("strip"), int):
        here.strip = told["strip"] % 1000
    if isinstance(told.get("axes"), list) and len(told["axes"]) == 2:
        axes = plane.after_choice([str(axis) for axis in told["axes"]], here.axes, order)
        here.axes = plane.through(axes, atlas, card.latent).axes
    here.write()


def on_rest():
    told = explorer.report(KEY, "rest")
    if isinstance(told.get("asked"), int):
        here.asked, here.have = told["asked"], told.get("have")
        here.wanted = True


def on_group():
    here.group = st.session_state["group"]
    here.write()


def on_plain(dimension):
    code = here.code.copy()
    code[dimension] = st.session_state[f"plain {dimension}"]
    here.go(code, "Set by hand", here.original)


def heard(told):
    if isinstance(told.get("serial"), int):
        here.serial = told["serial"]


explore()
