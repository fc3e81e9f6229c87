"""The frame around every page, and the table of contents."""

from pathlib import Path

import streamlit as st

from ui import shell

ICON = Path(__file__).parent.parent / "ui" / "icon.png"


# The first page answers at "/"; its other name here leaves "live_chain" to the alias below.
FIRST = st.Page("explore/live_chain.py", title="Live chain", icon=":material/draw:", default=True, url_path="first")


def live_chain():
    """What answers at /live_chain: the first page, with what the link asks for."""
    st.switch_page(FIRST, query_params=st.query_params.to_dict())


page = st.navigation(
    {
        "Explore": [
            FIRST,
            st.Page(live_chain, visibility="hidden"),
            st.Page("explore/latent_space.py", title="Latent space", icon=":material/tune:"),
            st.Page("explore/interpolation.py", title="Interpolation", icon=":material/route:"),
            st.Page("explore/compare.py", title="Compare", icon=":material/compare:"),
            st.Page("explore/vae_gan.py", title="VAE and GAN", icon=":material/splitscreen_left:"),
            st.Page("explore/latent_map.py", title="Latent map", icon=":material/scatter_plot:"),
        ],
        "Your images": [
            st.Page("images/reconstruct.py", title="Reconstruct", icon=":material/image_search:"),
            st.Page("images/denoise.py", title="Denoise", icon=":material/ink_eraser:"),
            st.Page("images/classify.py", title="Classify", icon=":material/category:"),
        ],
        "Distances": [
            st.Page("distances/jsd_wasserstein.py", title="JSD and Wasserstein", icon=":material/straighten:"),
            st.Page("distances/density.py", title="Density", icon=":material/ssid_chart:"),
        ],
        "Training": [
            st.Page("training/toy_gan.py", title="Toy GAN", icon=":material/swords:"),
            st.Page("training/toy_vae.py", title="Toy VAE", icon=":material/grain:"),
            st.Page("training/control_vae.py", title="ControlVAE", icon=":material/thermostat:"),
            st.Page("training/ssgan.py", title="Self-supervised GAN", icon=":material/rotate_90_degrees_ccw:"),
            st.Page("training/playback.py", title="Playback", icon=":material/movie:"),
        ],
        "Evaluate": [
            st.Page("evaluate/metrics.py", title="Metrics", icon=":material/calculate:"),
            st.Page("evaluate/likelihood.py", title="Likelihood", icon=":material/query_stats:"),
            st.Page("evaluate/reactions.py", title="How metrics react", icon=":material/science:"),
            st.Page("evaluate/models.py", title="Models", icon=":material/inventory_2:"),
        ],
        "Learn": [
            st.Page("learn/elbo.py", title="The ELBO", icon=":material/vertical_align_top:"),
            st.Page("learn/gan_losses.py", title="GAN losses", icon=":material/trending_down:"),
            st.Page("learn/gan_divergences.py", title="What losses measure", icon=":material/balance:"),
            st.Page("learn/wgan.py", title="From GAN to WGAN", icon=":material/content_cut:"),
            st.Page("learn/pixel_shuffle.py", title="PixelShuffle", icon=":material/grid_on:"),
        ],
    },
    expanded=True,
)
st.set_page_config(page_title=f"{page.title} · Latent Lab", page_icon=ICON, layout="wide")
shell.run(page)
