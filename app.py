"""Latent Lab: see how generative models work. Start with `make app` or `streamlit run app.py`."""

import streamlit as st

from ui import frame

st.set_page_config(page_title="Latent Lab", page_icon="ui/icon.png", layout="wide")

page = st.navigation(
    {
        "Explore": [
            st.Page("views/explore/latent_space.py", title="Latent space", icon=":material/tune:", default=True),
            st.Page("views/explore/interpolation.py", title="Interpolation", icon=":material/route:"),
            st.Page("views/explore/compare.py", title="Compare", icon=":material/compare:"),
            st.Page("views/explore/vae_gan.py", title="VAE and GAN", icon=":material/splitscreen_left:"),
            st.Page("views/explore/latent_map.py", title="Latent map", icon=":material/scatter_plot:"),
        ],
        "Your images": [
            st.Page("views/images/reconstruct.py", title="Reconstruct", icon=":material/image_search:"),
            st.Page("views/images/denoise.py", title="Denoise", icon=":material/ink_eraser:"),
        ],
        "Distances": [
            st.Page("views/distances/jsd_wasserstein.py", title="JSD and Wasserstein", icon=":material/straighten:"),
            st.Page("views/distances/density.py", title="Density", icon=":material/ssid_chart:"),
        ],
        "Training": [
            st.Page("views/training/toy_gan.py", title="Toy GAN", icon=":material/swords:"),
            st.Page("views/training/control_vae.py", title="ControlVAE", icon=":material/thermostat:"),
            st.Page("views/training/ssgan.py", title="Self-supervised GAN", icon=":material/rotate_90_degrees_ccw:"),
            st.Page("views/training/playback.py", title="Playback", icon=":material/movie:"),
        ],
        "Evaluate": [
            st.Page("views/evaluate/metrics.py", title="Metrics", icon=":material/calculate:"),
            st.Page("views/evaluate/likelihood.py", title="Likelihood", icon=":material/query_stats:"),
            st.Page("views/evaluate/reactions.py", title="How metrics react", icon=":material/science:"),
            st.Page("views/evaluate/models.py", title="Models", icon=":material/inventory_2:"),
        ],
        "Learn": [
            st.Page("views/learn/elbo.py", title="The ELBO", icon=":material/vertical_align_top:"),
            st.Page("views/learn/gan_losses.py", title="GAN losses", icon=":material/trending_down:"),
            st.Page("views/learn/gan_divergences.py", title="What losses measure", icon=":material/balance:"),
            st.Page("views/learn/wgan.py", title="From GAN to WGAN", icon=":material/content_cut:"),
            st.Page("views/learn/pixel_shuffle.py", title="PixelShuffle", icon=":material/grid_on:"),
        ],
    },
    expanded=True,
)
frame.around(page)
