"""Flow matching of points in the plane, which trains in the browser, with time, solver and steps under the hand."""

import streamlit as st

from ui import downloads, layout, shell, url
from ui.training import points as planar_points
from ui.training import saved, toy_flow

st.title("Toy flow")
shell.introduction(
    "A network learns the velocity with which noise becomes data. Drag the time t: all points move along their paths "
    "at once. **Restart** shows the network before its training, **Train** how it learns."
)

default = toy_flow.Settings()

controls, picture = st.columns([2, 7], gap="medium")
with controls:
    data = url.choice("set", toy_flow.SETS, label="Real points", menu=True)
    problems = st.container()
    with url.warnings_in(problems), st.popover("More", width="stretch"):
        beginning = st.container()
        first, second = (
            url.whole_number(f"v{k}", *toy_flow.WIDTH, width, label=f"Layer {k}")
            for k, width in enumerate(default.network, 1)
        )
        batch = url.whole_number("batch", 2, 1024, default.batch, label="Batch")
        steps = url.whole_number("steps", 1, 1_000_000, default.steps, label="Training steps")
        seed = url.whole_number("toy_seed", 0, 99_999, 0, label="Seed")
    points = planar_points.drawn() if data == planar_points.OWN else None
    settings, view = toy_flow.viewed(toy_flow.Settings(data, (first, second), batch=batch, steps=steps, seed=seed))
    start = "random"
    if toy_flow.has_trained(settings):
        with url.warnings_in(problems), beginning:
            start = url.choice("start", toy_flow.STARTS, label="Begin with", menu=True)
    modes = "- the modes: all eight of the ring get points, and none is dropped.\n" if data == "ring" else ""
    with st.container(key=layout.AFTER):
        st.markdown(
            "**Look for**\n"
            "- the loss: one number that falls, and no game between two networks. It cannot reach 0, because lines "
            "from noise to data cross, and the network learns the mean of their directions.\n"
            f"{modes}"
            "- **1 step of Euler**: all points land near the mean of the data. With more steps they turn on the way "
            "and reach the data. Midpoint and Heun need fewer steps."
        )
        st.page_link(
            "training/toy_gan.py",
            label="The same points with a GAN",
            icon=":material/swords:",
            query_params={"toy": "own", "set": data},
        )
        st.page_link("explore/flow.py", label="A flow of digits", icon=":material/waves:")

with picture:
    toy_flow.show("toy flow", settings, view, points=points, start=start)
    downloads.as_page(lambda: saved.flow_page(settings, view, points=points, start=start), f"toy_flow_{data}")

with st.expander("What is drawn, and how it is computed"):
    st.markdown(
        "**Loss:** $\\mathbb E\\,\\|v(x_t, t) - (x_1 - x_0)\\|^2 / 2$ with $x_t = (1 - t)\\,x_0 + t\\,x_1$, noise "
        "$x_0 \\sim \\mathcal N(0, I)$, data $x_1$, and t uniform in [0, 1] (Lipman et al. 2023, Liu et al. 2023). The "
        "minimum over all functions is $v(x, t) = \\mathbb E[x_1 - x_0 \\mid x_t = x]$; its loss on these points is "
        "the dashed line, computed from them without a network. At t = 0 it is the mean of the data minus the noise, "
        "so one Euler step leads to the mean.  \n"
        "**Paths:** $dx/dt = v(x, t)$ from t = 0 to 1 in equal steps: Euler takes the velocity at the start of a step, "
        "midpoint the one in the middle, Heun the mean of both ends. Midpoint and Heun evaluate the network twice "
        "per step. Between two steps the points go in a straight line. Backwards, from t = 1 to 0, the same equation "
        "takes a data point to its noise.  \n"
        "**Energy distance:** $2\\,\\mathbb E\\|X - Y\\| - \\mathbb E\\|X - X'\\| - \\mathbb E\\|Y - Y'\\|$ between "
        "500 generated and 500 fresh real points, in standard deviations of the data. Of 100 pairs of real samples of "
        "that size, 95 lie below the floor. **Modes** of the ring: a Gaussian counts when at least a quarter of its "
        "due share of the points that are drawn lies within three of its standard deviations.  \n"
        "The training is plain JavaScript, Adam on a network of x, y and t with two hidden layers, whose weights are "
        "averaged over about 500 steps for the picture; a test compares it with PyTorch's."
    )
