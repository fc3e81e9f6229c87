"""A class at once: people who open the app together and drag, each in a browser context of their own.

    python -m benchmarks.crowd [--people 30] [--drags 3]

Prints how many saw their pictures without an error, and how long the first picture and the server's answers to their
releases took. The browsers run on the same machine as the server and take most of it, so this is a harder test than
a class with laptops.
"""

import argparse
import functools
import itertools
import statistics
import time

from benchmarks import browser

LISTEN = """
window.measured = [];
addEventListener("explorer-measured", (event) => measured.push(event.detail));
"""


async def person(page, url, number, drags):
    """One person's visit: (seconds to the first picture, milliseconds of the answers)."""
    await page.add_init_script(LISTEN)
    started = time.perf_counter()
    await page.goto(f"{url}/?model={['fashion_vae', 'mnist_vae', 'kmnist_vae'][number % 3]}")
    sliders = page.locator(".row input[type=range]")
    await sliders.first.wait_for()
    first = time.perf_counter() - started
    for drag in range(drags):
        await page.wait_for_timeout(2000)  # a person looks first
        box = await sliders.nth(drag).bounding_box()
        middle = box["y"] + box["height"] / 2
        await page.mouse.move(box["x"] + 20, middle)
        await page.mouse.down()
        for step in range(12):
            await page.mouse.move(box["x"] + 20 + 8 * step, middle)
        await page.mouse.up()
        await page.wait_for_function(f"() => measured.filter((one) => one.what === 'release').length > {drag}")
    return first, [one["milliseconds"] for one in await page.evaluate("measured") if one["what"] == "release"]


def main(people, drags):
    found, errors = browser.crowd(functools.partial(person, drags=drags), people)
    print(f"{people} people at once, {drags} drags each:")
    browser.tell(errors)
    if not any(found):
        return
    firsts, answers = zip(*filter(None, found), strict=True)
    answers = list(itertools.chain(*answers))
    print(f"first picture: median {statistics.median(firsts):.1f} s, slowest {max(firsts):.1f} s")
    print(f"release → answer: median {statistics.median(answers):.0f} ms, slowest {max(answers):.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--drags", type=int, default=3)
    arguments = parser.parse_args()
    main(arguments.people, arguments.drags)
