"""A headless Chromium on a fresh server, shared by the benchmarks of the app."""

import asyncio
import contextlib
import os
import shutil
import sys

from playwright.async_api import async_playwright

from benchmarks import server

PATIENCE = 600_000  # ms: a crowd on one machine is slow
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextlib.contextmanager
def served(script=server.APP):
    """The address of a Streamlit script, served until the block ends."""
    with server.running(script) as running:
        yield running.url


def options():
    """Keyword arguments of playwright's launch; exits if there is no Chromium."""
    # The headless shell first: it draws no window around the page.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    executable = os.environ.get("LATENT_LAB_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not executable:
        sys.exit("There is no Chromium: install it, or name it in LATENT_LAB_CHROMIUM.")
    return {"executable_path": executable, "args": FLAGS}


def crowd(visit, people):
    """(results of the visits, all errors) for this many people at once on one fresh server.

    await visit(page, url, number) is one person's, in their own browser context; None stands for a failed one.
    """
    with served() as url:
        return asyncio.run(visits(visit, people, url))


async def visits(visit, people, url):
    """The same on the server at `url`."""
    errors = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(**options())
        results = await asyncio.gather(*(_visit(visit, chromium, url, number, errors) for number in range(people)))
        await chromium.close()
    return results, errors


async def _visit(visit, chromium, url, number, errors):
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        result = await visit(page, url, number)
        errors += await page.locator("[data-testid=stException], [data-testid=stAlert]").all_inner_texts()
        return result
    except Exception as error:  # every failure of a visit is counted
        errors.append(str(error))
        return None
    finally:
        await context.close()


def tell(errors):
    """Print the number of errors, and the first one."""
    print(f"  {len(errors)} errors")
    for error in errors[:5]:
        print(f"  {error[:300]}")
