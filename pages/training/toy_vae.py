"""A small VAE that trains in the browser, with its latent plane, its mesh of codes and β under the hand."""

import functools

import streamlit as st

from ui import downloads, layout, shell, url
from ui.training import points as planar_points
from ui.training import saved, toy_vae
from ui.training import settings as trainings

st.title("Toy VAE")
shell.introduction(
    "An encoder maps data to Gaussians q(z|x), and a decoder maps codes back to data. Press **Train** and move β while "
    "it trains."
)

OWN = "own"
KEYS = {"data": "set", "latent": "latent", "batch": "batch", "steps": "steps", "seed": "toy_seed"}
default = toy_vae.Settings()


def copy_settings(settings: toy_vae.Settings) -> None:
    """Put a preset's settings into the widgets of the user's own training."""
    trainings.copy_to_widgets(settings, KEYS, ("encoder", "decoder"))
    toy_vae.keep_numbers(OWN, [settings.beta, settings.sigma, settings.rate])
    st.session_state["vae"] = OWN


controls, picture = st.columns([2, 7], gap="medium")
with controls:
    names = {name: preset.title for name, preset in toy_vae.PRESETS.items()} | {OWN: "Your own settings"}
    chosen = url.choice("vae", names, label="Training", menu=True)
    points, shows = None, "samples"
    if chosen != OWN:
        preset = toy_vae.PRESETS[chosen]
        settings, shows = toy_vae.numbers(chosen, preset.settings), preset.shows
        with st.container(key=layout.AFTER):
            st.markdown(f"**Look for** {preset.look}")
    else:
        values = {
            "data": url.choice("set", toy_vae.SETS, label="Data", menu=True),
            "latent": url.whole_number("latent", 1, 2, default.latent, label="Latent size"),
        }
        for column, network in zip(st.columns(2), ("encoder", "decoder"), strict=True):
            with column:
                st.caption(network.capitalize())
                values[network] = tuple(
                    url.whole_number(f"{network[0]}{k}", *toy_vae.WIDTH, width, label=f"{network[0].upper()} layer {k}")
                    for k, width in enumerate(getattr(default, network), 1)
                )
        with url.warnings_in(st.container()), st.popover("More", width="stretch"):
            values["batch"] = url.whole_number("batch", 2, 256, default.batch, label="Batch")
            values["steps"] = url.whole_number("steps", 1, 1_000_000, default.steps, label="Steps")
            values["seed"] = url.whole_number("toy_seed", 0, 99_999, 0, label="Seed")
        if values["data"] == planar_points.OWN:
            points = planar_points.drawn()
        settings = toy_vae.numbers(OWN, toy_vae.Settings(**values))

with picture:
    toy_vae.show("toy vae", settings, kind=chosen, shows=shows, points=points)
    take_home = functools.partial(saved.vae_page, settings, kind=chosen, shows=shows, points=points)
    if chosen != OWN:
        details, change, save = st.columns([5, 3, 2], vertical_alignment="center")
        details.caption(
            f"{toy_vae.SETS[settings.data]}; latent size {settings.latent}; hidden layers {settings.encoder[0]}, "
            f"{settings.encoder[1]} (encoder) and {settings.decoder[0]}, {settings.decoder[1]} (decoder); Adam, "
            f"batches of {settings.batch}."
        )
        change.button(
            "Change data and layers", icon=":material/tune:", on_click=copy_settings, args=(settings,), width="stretch"
        )
    else:
        save = st.container()
    with save:
        downloads.as_page(take_home, f"toy_vae_{chosen}", width="stretch" if chosen != OWN else "content")

with st.expander("What is drawn, and how it is computed"):
    st.markdown(
        "**Loss:** $\\beta\\,\\mathrm{KL}(q(z|x)\\,\\|\\,\\mathcal N(0, I)) - \\mathbb E_q \\log p(x|z)$ with "
        "$p(x|z) = \\mathcal N(\\text{decoder}(z), \\sigma^2 I)$, one sample $z = \\mu + s\\,\\varepsilon$ of "
        "$q(z|x) = \\mathcal N(\\mu, s^2)$ for each point of a batch; at β = 1 it is minus the ELBO. The curves are "
        "measured on data that no training sees, the ELBO always with β = 1.  \n"
        "**Mesh:** the decoder's means for straight lines of the latent plane between −2.4 and 2.4; the same lines are "
        "drawn in the latent plane. **Dashed in the curves:** the reconstruction of a decoder that gives the mean of "
        "the data for every z. **Energy distance:** $2\\,\\mathbb E\\|X - Y\\| - \\mathbb E\\|X - X'\\| - "
        "\\mathbb E\\|Y - Y'\\|$ of 500 samples of the model (with the noise σ) and 500 real points; 95 of 100 pairs "
        "of real samples lie below the floor. σ is in standard deviations of the points; for digits, pixels are 0 "
        "(black) to 1 (white).  \n"
        "The training is plain JavaScript; a test compares its gradient and a whole training with PyTorch's. Digits: "
        "1,256 of the UCI set (Alpaydin & Kaynak 1998, CC BY 4.0), as scikit-learn provides them."
    )
