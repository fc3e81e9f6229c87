"""python -m lessons.film ADDRESS: the film of the README, a hand that moves over the plane of Latent space.

ADDRESS is that of a running app, like http://localhost:8501. The film is saved as docs/latent_space.webp. It needs
Playwright and a Chromium (requirements-dev.txt; `--browser FILE` names one).
"""

from __future__ import annotations

import argparse
import io
import math
from pathlib import Path
from typing import Any

from lessons.pictures import opened

FILE = Path(__file__).parent.parent / "docs" / "latent_space.webp"
VIEW = "latent_space?model=mnist_vae"
SIZE = (1280, 900)  # of the window, with the side bar
CUT = (800, 420)  # of the film: picture, sliders and plane
FRAMES, PER_SECOND = 60, 10


def take(address: str, page: Any) -> None:
    """Record the film in a page of Playwright: the pointer moves along a figure of eight over the plane."""
    from PIL import Image

    page.goto(f"{address.rstrip('/')}/{VIEW}")
    explorer = page.locator("section.explorer")
    explorer.locator(".walk .go:enabled").wait_for(timeout=120_000)  # the network is running
    pad = explorer.locator(".pad").bounding_box()
    frames = []
    for number in range(FRAMES):
        angle = 2 * math.pi * number / FRAMES
        across, down = math.sin(angle), math.sin(2 * angle)
        page.mouse.move(
            *(
                pad[at] + pad[size] * (0.5 + 0.4 * by)
                for at, size, by in (("x", "width", across), ("y", "height", down))
            )
        )
        if number == 0:
            page.mouse.down()
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))")
        frame = Image.open(io.BytesIO(explorer.screenshot())).convert("RGB")
        frames.append(frame.crop((0, 0, frame.width, frame.width * CUT[1] // CUT[0])).resize(CUT))
    page.mouse.up()
    more = {"save_all": True, "append_images": frames[1:], "duration": 1000 // PER_SECOND, "loop": 0}
    frames[0].save(FILE, quality=60, method=6, **more)
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lessons.film", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--browser", help="path of a Chromium, else Playwright's own")
    given = parser.parse_args()
    with opened(given.browser, SIZE) as page:
        take(given.address, page)


if __name__ == "__main__":
    main()
