"""A fresh server of a Streamlit script, and a headless Chromium to look at it: what the benchmarks of the app share."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.async_api import async_playwright

ROOT = Path(__file__).parent.parent
APP = ROOT / "app.py"
PATIENCE = 600_000  # ms: a crowd on one machine is slow
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextlib.contextmanager
def served(script=APP):
    """The address of a Streamlit script, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            time.sleep(0.1)
        else:
            sys.exit("The server did not answer within a minute.")
        yield url
    finally:
        server.terminate()
        server.wait(20)


def options():
    """Keyword arguments of playwright's launch; ends the process where there is no Chromium."""
    executable = os.environ.get("LATENT_LAB_CHROMIUM") or shutil.which("chromium")
    if not executable:
        sys.exit("There is no Chromium: install it, or name it in LATENT_LAB_CHROMIUM.")
    return {"executable_path": executable, "args": FLAGS}


def crowd(visit, people):
    """(what each visit gave, all errors) of that many people at once on one fresh server.

    await visit(page, url, number) is one person's, in a browser context of their own; None stands for one that failed.
    """
    return asyncio.run(_crowd(visit, people))


async def _crowd(visit, people):
    errors = []
    async with async_playwright() as playwright:
        with served() as url:
            chromium = await playwright.chromium.launch(**options())
            found = await asyncio.gather(*(_visit(visit, chromium, url, number, errors) for number in range(people)))
            await chromium.close()
    return found, errors


async def _visit(visit, chromium, url, number, errors):
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        found = await visit(page, url, number)
        errors += await page.locator("[data-testid=stException], [data-testid=stAlert]").all_inner_texts()
        return found
    except Exception as error:  # whatever went wrong for this person is what is counted
        errors.append(str(error))
        return None
    finally:
        await context.close()


def tell(errors):
    """Print how many errors there were, and the first of them."""
    print(f"  {len(errors)} errors")
    for error in errors[:5]:
        print(f"  {error[:300]}")
