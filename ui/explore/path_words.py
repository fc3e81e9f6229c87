"""Sentences about paths: where one leaves the data, how that was measured, and why no path along the data may exist."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from metrics.code_graph import FEWEST, NEAREST
from ui import classifiers, code_graphs, networks
from ui.explore import paths
from ui.explore.endpoints import End

MOST = 2  # stretches named in a sentence


def stretches(x: np.ndarray, beyond: np.ndarray) -> list[tuple[float, float]]:
    """Stretches of x (T,) in which `beyond` (T,) is true: [(first, last)], in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], beyond, [False]]).astype(int)))
    return [(float(x[first]), float(x[last - 1])) for first, last in edges.reshape(-1, 2)]


def said(x: np.ndarray, far: np.ndarray, limits: tuple[float, float], *, of_pictures: bool) -> str:
    """Whether and where a path leaves the data: far (T,) at the shares x (T,), and the typical limits.

    of_pictures: whether far is the distance to codes of pictures, rather than the length of a code.
    """
    low, high = limits
    if of_pictures:
        data, middle, beyond = "the data", 0.0, far > high
        usual, too = f"95% of real pictures are nearer to others than {high:.2f}", "so is"
    else:
        data, middle, beyond = "the lengths of random codes", (low + high) / 2, (far > high) | (far < low)
        usual, too = f"95% of random codes have a length from {low:.1f} to {high:.1f}", "so has"
    if not beyond.any():
        return f"Stays within {data}: {usual}, and {too} every code on the way."
    furthest = np.abs(far - middle).argmax()
    most = f"a distance of {far[furthest]:.2f}" if of_pictures else f"‖z‖ = {far[furthest]:.1f}"
    where = "all the way" if beyond.all() else _longest(stretches(x, beyond))
    return f"Outside {data} {where}, farthest at α = {x[furthest]:.2f}: {most}; {usual}.{_ends(beyond[0], beyond[-1])}"


def _ends(a, b):
    if a and b:
        return " Both ends are outside, too."
    return f" Picture {'A' if a else 'B'} is outside, too." if a or b else ""


def _longest(found):
    """The longest stretches, in the order of the path."""
    named = sorted(sorted(found, key=lambda ends: ends[0] - ends[1])[:MOST])
    rest = len(found) - len(named)
    more = [f"{rest} shorter place{'s' * (rest > 1)}"] if rest else []
    return " and ".join([*map(_stretch, named), *more])


def _stretch(ends):
    first, last = ends
    numbers = [k + 1 for k, place in enumerate(paths.strip()) if first <= place <= last]
    if not numbers:
        before = int(first * (paths.BETWEEN + 1)) + 1
        pictures = f"between pictures {before} and {before + 1}"
    elif len(numbers) == 1:
        pictures = f"at picture {numbers[0]}"
    else:
        pictures = f"at pictures {numbers[0]} to {numbers[-1]}"
    return f"{pictures} (α = {first:.2f}{f' to {last:.2f}' if last > first else ''})"


def about(card: Card, a: End, b: End) -> str:
    """How the curves are measured, and what the path along the data is, or why there is none."""
    return "  \n".join(filter(None, [_way(card, a, b), _curves(card), _classes(card)]))


def _way(card, a, b):
    graph = code_graphs.of(card)
    if card.kind.reversible:
        return (
            "There is no path along the data: the codes of a flow are noise, which it carries to pictures. Noise of so "
            "many dimensions lies near a sphere and fills it without a hole, so a great circle needs no detour."
        )
    if not card.encodes:
        return (
            "There is no path along the data: this model has no encoder, so no codes of real pictures are stored. Its "
            "codes are random noise, which has no holes to go around."
        )
    if graph is None:
        return (
            f"There is no path along the data and no distance to it: that takes the codes of {FEWEST} pictures or "
            "more, and an encoder that gives them different ones."
        )
    if np.array_equal(a.code, b.code):
        return "A and B have the same code, so every path stays where it is: choose another picture."
    way = paths.around(card, a.code, b.code)
    if way is None:
        return (
            f"There is no path along the data from A to B: joined to their {graph.neighbours} nearest neighbours, the "
            f"codes fall into {graph.pieces} groups with nothing between them, and A and B are in different ones."
        )
    return (
        f"**Along the data** goes from neighbour to neighbour, here over {len(way.rows):,} of "
        f"{len(graph.codes):,} stored codes of {card.picture_word}s. Each is joined to its {graph.neighbours} nearest "
        "ones (the graph of Isomap, Tenenbaum et al. 2000), and a step costs the square of its length: many short "
        "steps are cheaper than a jump over a hole."
    )


def _curves(card):
    if not card.encodes:
        return (
            "The **length of the code** stands for the distance to the data: the band holds 95% of random codes, the "
            "only ones that the network was trained with."
        )
    if code_graphs.of(card) is None:
        return ""
    unused = f" in the {card.code_length - len(card.dead)} dimensions that the encoder uses" if card.dead else ""
    return (
        f"**Distance**: the mean distance to the {NEAREST} nearest of these codes{unused}, without the ends and those "
        "that the path along the data goes through. The band holds 90% of the distances of real pictures to their "
        f"{NEAREST} nearest others."
    )


def _classes(card):
    if classifiers.of(card) is None:
        return ""
    return (
        "**Certainty** is the classifier's largest probability. It has to name a class for every picture, and may be "
        "certain of one that shows nothing."
    )


def about_lengths(card: Card, a: End, b: End) -> str:
    """What the lengths of codes say about the two ways, with the numbers for this model and these two codes."""
    mean, deviation = paths.length_of_random(card.code_length)
    half = {path: values[0] for path, values in paths.lengths(card, a.code, b.code, np.array([0.5])).items()}
    known = ""
    if card.encodes:
        lengths = np.linalg.norm(networks.preview(card)["codes"], axis=1)
        whose = f"{'' if card.own else 'its '}{card.picture_word}s"
        known = f" The codes of {whose} (means of the encoder) have {lengths.mean():.1f} ± {lengths.std():.1f}."
    return (
        f"Random codes of this model ({card.code_length} dimensions) have the length ‖z‖ = {mean:.1f} ± {deviation:.1f}"
        f" (mean ± standard deviation).{known} Halfway from A to B the straight line has {half['lerp']:.1f}, the great "
        f"circle {half['slerp']:.1f}."
    )
