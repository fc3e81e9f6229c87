"""python -m lessons.pictures ADDRESS [NAME ...]: pictures of the views of lessons, for their cards and handouts.

ADDRESS is that of a running app, like http://localhost:8501. The pictures go into lessons/views/NAME/STEP.webp; take
them again when a page has changed. Needs Playwright and a Chromium (requirements-dev.txt; `--browser FILE` names one).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lessons.model import HEADINGS, Lesson
from lessons.reading import FOLDER, names, read

SIZE = (1040, 700)  # of the window, without the side bar: the part of a page that a lesson discusses
WIDTH = 640  # of a picture, in pixels
# The figure without the frame of the app and the page's texts: the handout has its own.
ALONE = """
[data-testid=stHeader], [data-testid=stSidebar] { display: none }
[data-testid=stMainBlockContainer] { padding: 1rem 1.5rem }
[data-testid=stElementContainer]:has(h1), [data-testid=stElementContainer]:has(h1) + [data-testid=stElementContainer] {
  display: none
}"""
OTHERS = {"latent_space": {0, 2}, "vae": {5}}  # {lesson: steps, from 0, whose pictures are on other cards than its own}
SETTLED = 4000  # ms after the server's last message: networks in the browser draw after the first picture


def file(lesson: str, step: int, *, dark: bool = False) -> Path:
    """The file of a step's picture, from 0. dark: for the dark theme, which exists only for steps on cards."""
    return FOLDER / "views" / lesson / f"{step + 1}{'_dark' if dark else ''}.webp"


def on_cards(lesson: Lesson) -> set[int]:
    """Steps, from 0, whose pictures are on cards."""
    return {lesson.picture} | OTHERS.get(lesson.name, set())


def take(address: str, lesson: Lesson, page, *, dark: bool) -> None:
    """Take the pictures of one lesson in a page of Playwright. dark: those on cards in the dark theme, else all."""
    from PIL import Image

    page.emulate_media(color_scheme="dark" if dark else "light")
    for place in sorted(on_cards(lesson)) if dark else range(len(lesson.steps)):
        step = lesson.steps[place]
        page.goto(f"{address.rstrip('/')}/{step.link}")
        page.locator("[data-testid=stApp] h1").first.wait_for()
        page.add_style_tag(content=ALONE)
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        page.wait_for_timeout(SETTLED)
        if step.at:
            heading = page.locator(HEADINGS).filter(has_text=re.compile(f"^{re.escape(step.at)}$"))
            heading.first.evaluate("(heading) => (heading.closest('summary')?.click(), heading.scrollIntoView())")
            page.wait_for_timeout(SETTLED)
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        target = file(lesson.name, place, dark=dark)
        target.parent.mkdir(parents=True, exist_ok=True)
        image.resize((WIDTH, WIDTH * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS).save(target, quality=70, method=6)
        print(target.relative_to(FOLDER.parent))


@contextlib.contextmanager
def opened(browser: str | None, size: tuple[int, int]) -> Iterator[Any]:
    """A page of Playwright. browser: path of a Chromium, else Playwright's own. size: of the window, in pixels."""
    from playwright.sync_api import sync_playwright

    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # required by Chromium
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=as_root)
        yield chromium.new_page(viewport={"width": size[0], "height": size[1]})
        chromium.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lessons.pictures", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--browser", help="path of a Chromium, else Playwright's own")
    given = parser.parse_args()
    with opened(given.browser, SIZE) as page:
        for name in given.names or names():
            for dark in (False, True):
                take(given.address, read(name), page, dark=dark)


if __name__ == "__main__":
    main()
