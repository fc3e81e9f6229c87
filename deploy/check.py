"""Problems of replicas behind a proxy, in sentences; the exit status is 1 if there are any.

python -m deploy.check https://lab.example.org
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import http.cookiejar
import json
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync import client
from websockets.typing import Subprotocol

VISITORS = 16  # new browsers, which the proxy distributes over the replicas
RETURNS = 6  # requests of one browser
PROTOCOL = Subprotocol("streamlit")
APART = 2.0  # s between two clocks, at most
Facts = dict[str, Any]  # of a replica (ui/replica.py), with "ahead": bounds of its clock minus this one, s
PAIRS = {
    "secret": "The replicas have different cookie secrets: set STREAMLIT_SERVER_COOKIE_SECRET to one text for all.",
    "checkpoints": "The replicas have different checkpoints, so one link shows two pictures: start all from one image.",
    "rooms": "The replicas keep rooms in different databases: set LATENT_LAB_DATABASE to one URL for all.",
}


class NoAnswer(Exception):
    """Nothing answered, in one sentence."""


def browser(url: str, stay: contextlib.ExitStack | None = None) -> Callable[[], Facts]:
    """ask(), which requests as one browser that keeps its cookies. Raises NoAnswer.

    stay: keeps its connection open as long, since a proxy sends the next one to the replica with the fewest.
    """
    cookies = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def connect(stay: contextlib.ExitStack) -> None:
        headers = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)}
        address = f"{url.rstrip('/').replace('http', 'ws', 1)}/_stcore/stream"
        with contextlib.suppress(OSError, WebSocketException):
            stay.enter_context(client.connect(address, subprotocols=[PROTOCOL], additional_headers=headers))

    def ask() -> Facts:
        started = time.time()
        try:
            with opener.open(f"{url.rstrip('/')}/replica", timeout=30) as answer:
                facts = json.load(answer)
            facts["ahead"] = (facts["time"] - time.time(), facts["time"] - started)
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
            raise NoAnswer(f"No replica of Latent Lab answers at {url}/replica: {error}.") from error
        if stay is not None:
            connect(stay)
        return facts

    return ask


def problems(seen: list[Facts], returned: list[Facts]) -> list[str]:
    """Sentences. seen: answers to new browsers. returned: answers to one browser that asked repeatedly."""
    replicas = {facts["id"]: facts for facts in seen}
    found = []
    if len({facts["id"] for facts in returned}) > 1:
        found.append(
            "The proxy spreads one browser over several replicas, so uploads and downloads fail: it has to bring it "
            "back by a cookie, as deploy/haproxy.cfg does."
        )
    found += [sentence for key, sentence in PAIRS.items() if len({facts[key] for facts in replicas.values()}) > 1]
    apart = max(facts["ahead"][0] for facts in replicas.values()) - min(
        facts["ahead"][1] for facts in replicas.values()
    )
    if apart > APART:  # even if each answer took the longest possible time
        found.append(
            f"The clocks of the replicas are {apart:.0f} s apart, so that a room miscounts its phones and closes early "
            "or late: let all take their time from one server (NTP)."
        )
    if len({facts["computer"] for facts in replicas.values()}) > 1 and any(
        facts["rooms"] == "sqlite" for facts in replicas.values()
    ):
        found.append(
            "Rooms are kept in SQLite on several computers, so a class that is spread over them does not meet: name "
            "one PostgreSQL database in LATENT_LAB_DATABASE."
        )
    if locked := sum(not facts["data_writable"] for facts in replicas.values()):
        found.append(
            f"{locked} of {len(replicas)} replicas cannot write into the data root, so nobody can download a data set "
            "there: make the folder of LATENT_LAB_DATA writable, or put the data sets into it beforehand."
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="where people come in")
    url = parser.parse_args().url
    try:
        if not url.startswith(("http://", "https://")):
            raise NoAnswer(f"“{url}” is no address; it begins with http:// or https://.")
        with contextlib.ExitStack() as stay:
            seen = [browser(url, stay)() for _ in range(VISITORS)]
        same = browser(url)
        returned = [same() for _ in range(RETURNS)]
    except NoAnswer as problem:
        sys.exit(str(problem))
    found = problems(seen, returned)
    replicas = len({facts["id"] for facts in seen})
    print(f"{replicas} {'replica answers' if replicas == 1 else 'replicas answer'} at {url}.")
    print(
        "\n".join(
            found or ["Nothing is wrong with what was looked at: affinity, secret, checkpoints, rooms, clocks, data."]
        )
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
