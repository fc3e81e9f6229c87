"""Inside a network: what every layer between code and picture gives, live, and what raises a unit most."""

import streamlit as st

from ui import gallery, networks, shell, url
from ui.components.inside import inside
from ui.explore import pictures
from ui.explore.inside import known, visit
from ui.explore.inside.message import message
from ui.layout import component_and_spinner
from ui.seed_box import seed_box, take_seed

SEED = "inside: seed"  # Compare and Latent space have seeds of their own
ABSENT = (
    "This link asks for a model that is not here, or for one that does not make a picture from a code in one pass of "
    "a decoder or generator, so another one is shown instead."
)
words, choice = st.columns([3, 2], vertical_alignment="bottom", gap="large")
with words:
    st.title("Inside a network")
    shell.introduction(
        "Move over the plane: every layer between code and picture follows, a tile for each unit. Select a tile to "
        "see what raises it most.  \n"
        "**Look for** units that respond to one class or one stroke, and for dead ones, which are always 0."
    )
with choice, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    families = known.FAMILIES
    card = gallery.select(among=gallery.with_own(gallery.cards(*families), *families), absent=ABSENT)
    parts = {"decoder": "Decoder", "encoder": "Encoder"} if card.encodes else {"decoder": "Generator"}
    part = url.choice("part", parts, label="Network")
networks.preview(card)
current = visit.current(card)
current.turn(part)


@st.fragment
def show() -> None:
    about = None
    place, waiting = component_and_spinner()
    with waiting:
        if networks.awake():
            with st.spinner(f"Asking every unit of {card.title} …", show_time=False):
                about = known.known(card, current.part)
            current.follow(about.answers)
        data = message(current, pictures.official(current.position), about)
    with place:
        inside(
            "inside",
            data,
            on_view=current.on_view,
            on_start=current.on_start,
            on_climb=current.on_climb,
            on_axes=current.on_axes,
        )
    if about is None:
        networks.wake(lambda: known.known(card, current.part))
    buttons()


def buttons() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        seed_box(SEED)
        st.button("Draw from the prior", icon=":material/casino:", on_click=draw)
        st.button("Reset to 0", icon=":material/restart_alt:", on_click=current.reset)
        if st.button("Open this code in Latent space", icon=":material/tune:"):
            url.carry(card, current.position.code)


def draw() -> None:
    current.draw(take_seed(SEED))


show()
st.caption(
    "A layer is a linear map together with the pooling or upsampling before it and the normalisation and activation "
    "function after it; its tiles show its output. A unit is one number of a dense layer, or one channel of a "
    "convolution, which is ranked by the mean over its map. Black is 0 in every tile. All tiles of a layer share one "
    "scale: 99.5% of the numbers lie within its ends, and larger ones have the colour of the end. Negative numbers "
    "are blue, and their scale has its own end. The tiles are computed in this browser while you drag; where it cannot "
    "run the network, the server computes them when you let go. What raises a unit most is computed by the server."
)
