"""The training loop of a denoiser, line by line, with the pictures from one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from checkpoints import Card
from evaluate.patch import SIDE, Noise, Result
from ui.images.denoising import gate
from ui.images.reconstruction import error_map

KEY = "training_lines"  # of the container
_LINE = f".st-key-{KEY} [data-testid='stHorizontalBlock']"
# The picture is beside its line of code, the explanation below both.
ON_A_PHONE = f"""<style>@media (max-width: 640px) {{
  {_LINE} {{ display: grid; grid-template-columns: minmax(0, 1fr) 56px; gap: 0.3rem 0.6rem }}
  {_LINE} > * {{ min-width: 0; width: auto }}
  {_LINE} > :nth-child(2) {{ grid-column: 1 / -1; grid-row: 2 }}
}}</style>"""


@dataclass(frozen=True)
class Line:
    """A line of code, its explanation, and the picture (1, 28, 28) uint8 that it produces, if any."""

    code: str
    explanation: str
    picture: np.ndarray | None = None
    alt: str = ""


def lines(card: Card, image: np.ndarray, results: dict[str, Result], noise: Noise) -> tuple[Line, ...]:
    """The training of `card` with the pictures of one step for image (1, 28, 28) uint8; results: of that image."""
    mask = np.zeros_like(image)
    mask[0, noise.row : noise.row + SIDE, noise.column : noise.column + SIDE] = 255
    restored = results["informed"].pictures[0]
    return (
        Line(
            f"for x in batches(train_digits, {card.recipe['batch']}):",
            f"{card.recipe['batch']} clean digits at a time, in a new order in each of {card.recipe['epochs']} epochs.",
            image,
            "The clean picture",
        ),
        Line(
            "    kind, strength, place, u = random()",
            "For every digit a kind of noise, a strength, a place and 64 random numbers, new in every step, so that "
            "nothing can be memorised.",
            mask,
            "The place of the noise",
        ),
        Line(
            "    noisy = corrupt(x, kind, strength, place, u)",
            "Only the 8×8 patch changes. The network sees nothing but this picture.",
            results["noisy"].pictures[0],
            "The noisy picture",
        ),
        Line(
            "    p = softmax(locator(noisy))",
            "A probability for each of the 441 places. The picture adds them up: white is where noise is certain.",
            gate(card, image, noise),
            "How probable noise is at every pixel",
        ),
        Line(
            "    guess = restorer(noisy, place)",
            "What was in the patch, estimated from its remains and its surroundings. In use, where the place is not "
            "known, the guesses at the most probable places are averaged, weighted by p.",
            restored,
            "The denoised picture",
        ),
        Line(
            "    loss = sum((guess - x[place])**2) - log(p[place])",
            "The clean picture is the target. With the squared error the best guess is the mean of all digits that "
            "fit, so it is grey where several do; the logarithm rewards finding the place.",
            error_map(image, restored),
            "Where the denoised picture is wrong",
        ),
        Line(
            "    weights = adam(weights, gradient(loss))",
            "A small step downhill for all weights; the steps shrink along half a cosine until the last epoch.",
        ),
    )
