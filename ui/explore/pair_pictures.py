"""A VAE and a GAN with shared controls: the path between two codes, and one dimension at a time."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from ui import charts, slides, url
from ui.components import curves, initial_value
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore import pairs

BETWEEN, EFFECTS = "between two codes", "one dimension at a time"
ALPHA = Slider("alpha", "α", "from the first code (0) to the second (1)", 0.0, 1.0)
EPSILON = Slider("epsilon", "ε", "added to one dimension at a time", 0.0, 8.0, most=100.0, step=0.05)


def between(cards: list[Card], seed: int) -> None:
    """For every model the decoded path from the first code of a seed to the second, and the blend of their pictures."""
    alpha = url.kept("alpha", 0.0, 1.0, 0.5, kind=BETWEEN)
    scene = ([card.sha256 for card in cards], seed)
    start = initial_value(BETWEEN, scene, alpha)
    shares = np.append(pairs.ALPHAS, start)
    panels = []
    for card in cards:
        a, b = pairs.codes(card, seed)[:2]
        path = pairs.decoded(card, a, b, shares)
        common = {"shape": card.shape, "named": card}
        panels += [
            Panel(
                title=f"{card.kind.title}, codes mixed",
                note="decoder of (1 − α)·z₀ + α·z₁",
                alt=f"Decoded codes between two codes of {card.title}",
                card=card,
                way={"kind": "line", "a": a, "b": b},
                stored={(float(share),): picture[None] for share, picture in zip(shares, path, strict=True)},
                measured=True,
                **common,
            ),
            Panel(
                title=f"{card.kind.title}, pixels mixed",
                note="(1 − α)·x₀ + α·x₁",
                alt=f"Blends of two pictures of {card.title}",
                card=None,
                way={"kind": "blend"},
                ends=path[[0, len(pairs.ALPHAS) - 1]],
                **common,
            ),
        ]
    data = described(
        panels,
        [ALPHA],
        {"alpha": start},
        scene=scene,
        columns=len(panels),
        without=f"The mixed codes move in {len(pairs.ALPHAS)} steps",
        play="alpha",
        strip=len(pairs.ALPHAS),
    )
    live_pictures(BETWEEN, data, on_values=lambda values: url.keep("alpha", values["alpha"], BETWEEN))


def epsilon() -> float:
    """ε from the link."""
    return url.kept("epsilon", *EPSILON.bounds, 2.0)


SIDE_BY_SIDE = "vae_and_gan"  # key of the columns that are arranged in pairs on a phone
ON_A_PHONE = f"""<style>@media (max-width: 640px) {{
  .st-key-{SIDE_BY_SIDE} [data-testid="stHorizontalBlock"] {{ gap: 0.75rem }}
  .st-key-{SIDE_BY_SIDE} [data-testid="stColumn"] {{ flex: 0 0 calc(50% - 0.375rem); min-width: 0 }}
}}</style>"""
COLOURS = {"VAE": charts.PALETTE[2], "GAN": charts.PALETTE[4]}  # blue is for real pictures


def effects(cards: list[Card], seed: int, epsilon: float) -> dict[str, pairs.DimensionEffects]:
    """For every model the pictures with ε in its most visible dimensions, and how much all dimensions change them.

    Returns {kind of model: its effects at the released value of ε}.
    """
    panels, of_kinds = [], {}
    for card in cards:
        code = pairs.codes(card, seed)[0]
        effect = of_kinds[card.kind.title] = pairs.effects(card, code, epsilon)
        pictures = np.concatenate([effect.start[None], effect.pictures[: pairs.SHOWN]])
        pictures = pictures[: len(pictures) // 8 * 8]  # whole rows
        first = ", ".join(str(dimension + 1) for dimension in effect.order[:4])
        panels.append(
            Panel(
                title=card.kind.title,
                note=f"The picture itself, then ε in dimension {first}, … of {card.code_length}",
                alt=f"{card.kind.title}: one picture and what moving its most visible dimensions makes of it",
                shape=card.shape,
                card=card,
                way={"kind": "moved", "code": code, "order": effect.order.tolist()},
                stored={(epsilon,): pictures},
                shown=len(pictures),
                columns=8,
            )
        )
    data = described(
        panels,
        [EPSILON],
        {"epsilon": epsilon},
        scene=([card.sha256 for card in cards], seed),
        columns=len(panels),
        without="The pictures change when you let go of the slider",
        curves=_changes(of_kinds, seed, cards),
    )
    live_pictures(EFFECTS, data, on_values=lambda values: url.keep("epsilon", values["epsilon"]))
    return of_kinds


def _changes(effects, seed, cards):
    series = [
        curves.series(name, "line", COLOURS[name], np.arange(1, len(effect.changes) + 1), effect.changes, digits=3)
        for name, effect in effects.items()
    ]
    most = max(float(effect.changes.max()) for effect in effects.values())
    panel = {
        "title": "Change in grey levels over rank",
        "range": [0, 1.1 * most or 1.0],
        "log": False,
        "series": series,
    }
    about = ", ".join(card.title for card in cards) + f", seed {seed}"
    words = slides.words("changes_of_dimensions", "How much ε in one dimension changes the picture", about)
    return {"panels": [panel], "axis": [1, max(card.code_length for card in cards)], "marked": False, "save": words}
