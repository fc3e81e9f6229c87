"""The table of contents: every page, in sections named by a user's purpose. Theory is beside what it explains.

The address of a page depends on its file, and therefore does not change with the section.
"""

from pathlib import Path

SECTIONS = {  # {section: [(file, title, icon)]}; the first page of all answers at "/"
    "Start here": [
        ("start/home.py", "Home", "home"),
        ("start/lessons.py", "Lessons", "school"),
    ],
    "Explore a latent space": [
        ("explore/live_chain.py", "Live chain", "draw"),
        ("explore/latent_space.py", "Latent space", "tune"),
        ("explore/latent_map.py", "Latent map", "scatter_plot"),
        ("explore/interpolation.py", "Interpolation", "route"),
        ("explore/inside.py", "Inside a network", "layers"),
        ("explore/directions.py", "Directions", "arrow_right_alt"),
    ],
    "Try your own picture": [
        ("own/your_pictures.py", "Your pictures", "photo_library"),
        ("images/reconstruct.py", "Reconstruct", "image_search"),
        ("images/denoise.py", "Denoise", "ink_eraser"),
        ("images/classify.py", "Classify", "category"),
    ],
    "Compare trained models": [
        ("explore/compare.py", "Compare", "compare"),
        ("explore/vae_gan.py", "VAE and GAN", "splitscreen_left"),
        ("evaluate/models.py", "Models", "inventory_2"),
        ("training/playback.py", "Playback", "movie"),
    ],
    "Understand VAEs": [
        ("training/toy_vae.py", "Toy VAE", "grain"),
        ("learn/elbo.py", "The ELBO", "vertical_align_top"),
        ("training/control_vae.py", "ControlVAE", "thermostat"),
    ],
    "Understand GANs": [
        ("training/toy_gan.py", "Toy GAN", "swords"),
        ("learn/gan_losses.py", "GAN losses", "trending_down"),
        ("learn/gan_divergences.py", "What GAN losses measure", "balance"),
        ("learn/wgan.py", "From GAN to WGAN", "content_cut"),
        ("training/ssgan.py", "Self-supervised GAN", "rotate_90_degrees_ccw"),
        ("learn/pixel_shuffle.py", "PixelShuffle", "grid_on"),
    ],
    "Understand flow matching": [
        ("training/toy_flow.py", "Toy flow", "air"),
        ("explore/flow.py", "Flow", "waves"),
    ],
    "Measure distances": [
        ("distances/jsd_wasserstein.py", "JSD and Wasserstein", "straighten"),
        ("distances/density.py", "Density", "ssid_chart"),
    ],
    "Measure quality": [
        ("evaluate/metrics.py", "Metrics", "calculate"),
        ("evaluate/reactions.py", "How metrics react", "science"),
        ("evaluate/likelihood.py", "Likelihood", "query_stats"),
    ],
}

HIDDEN = [("classroom/join.py", "Join a class", "groups")]  # pages that are not in the menu


def addresses() -> dict[str, list[str]]:
    """{section: last parts of the addresses of its pages}; the first page answers at "/", too."""
    parts = {section: [Path(file).stem for file, _, _ in pages] for section, pages in SECTIONS.items()}
    next(iter(parts.values())).append("")
    return parts


def files() -> dict[str, str]:
    """{last part of an address: file of the page}."""
    return {Path(file).stem: file for pages in SECTIONS.values() for file, _, _ in pages}
