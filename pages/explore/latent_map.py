"""Latent map: where the codes of test images lie, seen in two dimensions."""

import functools

import pandas as pd
import streamlit as st

from ui import downloads, gallery, networks, shell, slides, tiles, url
from ui.components.scatter import scatter
from ui.explore import latent_map

KINDS = {"tsne": "t-SNE", "pca": "PCA"}
WORDS = {
    "tsne": "t-SNE keeps neighbours together. **Look for** classes that split into groups, and classes that "
    "touch. The distance between two groups and their sizes mean nothing on this map.",
    "pca": "PCA is a straight projection: distances are real, but only those along the two directions in which the "
    "codes vary most. **Look for** classes that overlap here and are apart under t-SNE.",
}

words = st.container()
with words:
    st.title("Latent map")
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    # In another model that number is another picture, or none.
    leave = functools.partial(url.write, "point", None)
    card = gallery.select(among=gallery.with_own(gallery.cards("vae"), "vae"), on_change=leave)
with right:
    kind = url.choice("map", KINDS, label="Map")
preview = networks.preview(card)
classes = latent_map.classes(card)
last = len(preview["codes"]) - 1

absent = f"The point in this link is not a number from 0 to {last}, so none is chosen."
chosen = url.index("point", last + 1, absent)
live = latent_map.live(card, preview, kind)
with words:
    shell.introduction(latent_map.lead(live))

plot, side = st.columns([3, 1], gap="medium")
with plot:
    scatter(
        "scatter",
        preview[kind],
        preview["labels"],
        classes,
        sprites=preview["sprites"].tobytes(),
        shape=card.shape,
        name=f"{card.name}_{kind}",
        label=f"Map of {last + 1:,} codes, coloured by class. Arrow keys go from point to point, Enter takes one.",
        axes=latent_map.axes(preview, kind),
        save=slides.words(
            f"{card.name}_{kind}", f"Latent map, {KINDS[kind]}", f"{card.title} · {last + 1:,} {card.picture_word}s"
        ),
        chosen=chosen,
        walk=latent_map.walk(last + 1),
        ink=latent_map.ink(),
        live=live,
        on_walked=lambda ends: latent_map.keep_walk(ends, last + 1),
        on_inked=latent_map.keep_ink,
        on_chosen=lambda row: url.write("point", str(row)),
    )

with side:
    if chosen is None:
        st.info("\n\n".join(latent_map.hints(live)))
    else:
        code = preview["codes"][chosen]
        near = latent_map.neighbours(preview, chosen, 8)
        number = f"number {chosen}"
        st.markdown(f"**{classes[preview['labels'][chosen]]}**, {number}" if len(classes) > 1 else f"**{number}**")
        tiles.show(latent_map.sprite(card, preview, [chosen])[0], f"What code {chosen} decodes to", width=196)
        if st.button("Open in Latent space", icon=":material/tune:", type="primary"):
            url.carry(card, code)
        same = sum(int(preview["labels"][n] == preview["labels"][chosen]) for n in near)
        of_class = f"; {same} are of its class" if len(classes) > 1 else ""
        st.caption(f"Its {len(near)} nearest neighbours in all {card.latent} dimensions{of_class}.")
        tiles.show(tiles.tile(latent_map.sprite(card, preview, near), 4, gap=1), "The 8 nearest neighbours", width=196)

# Below the results for a point, which a phone shows below the map.
explained = preview["explained"].sum()
st.caption(WORDS[kind] + (f" These two explain {explained:.0%} of the variance." if kind == "pca" else ""))
if kind == "tsne":
    st.caption(
        "t-SNE has no formula for other codes: the place of a drawing and of the line is a mean of the places of "
        f"the 5 nearest {card.code_word}s, each weighted by 1 / distance². The line itself is straight in all "
        f"{card.latent} dimensions."
    )
st.caption(
    "Zoom with the buttons, two fingers, or the wheel once you have clicked the map. Press a class to hide it, "
    "press it twice to see it alone."
)

table = pd.DataFrame(
    {
        "number": range(last + 1),
        "class": [classes[label] for label in preview["labels"]],
        **{
            axis.partition(":")[0]: preview[name][:, k]
            for name in KINDS
            for k, axis in enumerate(latent_map.axes(preview, name))
        },
    }
)
downloads.csv(table, f"{card.name}_map", "Points as CSV")
