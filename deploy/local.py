"""Replicas of the app and HAProxy in front of them, on this computer.

    python -m deploy.local --replicas 2                         http://127.0.0.1:8500
    python -m deploy.local --replicas 4 --address 0.0.0.0       for a class: every device in the network

Ctrl-C stops all of them. A replica that ends is started again. Replicas answer only this computer, at the ports after
the proxy's. They share the rooms of classes and the data root, since both are on this computer.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from deploy import haproxy

ROOT = Path(__file__).parent.parent
LOOPBACK = "127.0.0.1"
STARTING = 120  # s for a replica to answer, even on a busy machine
STOPPING = 10  # s for a process to end after a request
LOOK = 0.25  # s between two checks of the processes
MOST = 32


class CannotStart(Exception):
    """A requirement is missing; the text is one sentence."""


class Cluster:
    """Replicas at the ports after `port`, and the proxy at it.

    with Cluster(2, port=9100) as cluster:
        cluster.url                        address for users
        cluster.kill(0)                    like a power failure
        cluster.start_again(0)
    """

    def __init__(self, replicas: int, port: int = haproxy.PROXY_PORT, address: str = LOOPBACK, log: Path | None = None):
        """log: folder for the output of the processes; None: standard output."""
        self.port, self.address, self.log = port, address, log
        self.ports = [port + number for number in range(1, replicas + 1)]
        self.url = f"http://{LOOPBACK if address == '0.0.0.0' else address}:{port}"
        self.replicas: list[subprocess.Popen | None] = [None] * replicas
        self.proxy: subprocess.Popen | None = None
        # For HAProxy and the replicas; set it in the environment to share it between computers.
        secret = os.environ.get(haproxy.SECRET) or secrets.token_hex(32)
        self.environment = os.environ | {haproxy.SECRET: secret, haproxy.WARM: "1"}
        self._folder = tempfile.TemporaryDirectory(prefix="latent-lab-")

    def __enter__(self) -> Cluster:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start all, and wait until they answer. Raises CannotStart."""
        proxy = program()
        if proxy is None:
            raise CannotStart("HAProxy is not installed: apt-get install haproxy, or brew install haproxy.")
        for address, port in [(self.address, self.port), *((LOOPBACK, port) for port in self.ports)]:
            if (problem := taken(address, port)) is not None:
                raise CannotStart(f"{problem}: choose others with --port; {len(self.ports) + 1} in a row are needed.")
        for number in range(len(self.ports)):
            self.start_again(number)
        for number in range(len(self.ports)):
            self.wait(number)
        servers = [f"server replica{number} {LOOPBACK}:{port}" for number, port in enumerate(self.ports, 1)]
        file = Path(self._folder.name) / "haproxy.cfg"
        file.write_text(haproxy.configuration(servers, f"{self.address}:{self.port}"))
        self.proxy = self._process("haproxy", [proxy, "-db", "-f", str(file)])
        self._answers(self.url, self.proxy, "HAProxy")

    def start_again(self, number: int) -> None:
        """Start or restart a replica."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        command += ["--server.address", LOOPBACK, "--server.port", str(self.ports[number])]
        self.replicas[number] = self._process(f"replica{number + 1}", command)

    def wait(self, number: int) -> None:
        """Wait until a replica answers. Raises CannotStart."""
        self._answers(f"http://{LOOPBACK}:{self.ports[number]}", self.replicas[number], f"Replica {number + 1}")

    def kill(self, number: int) -> None:
        """Kill a replica, as a power failure would."""
        process = self.replicas[number]
        assert process is not None
        process.kill()
        process.wait()

    def mend(self) -> list[int]:
        """Restart replicas that have ended, and return their numbers. Raises CannotStart if the proxy has ended."""
        if self.proxy is not None and self.proxy.poll() is not None:
            raise CannotStart(f"HAProxy ended with status {self.proxy.returncode}; its last lines say why.")
        ended = [number for number, process in enumerate(self.replicas) if process and process.poll() is not None]
        for number in ended:
            self.start_again(number)
        return ended

    def stop(self) -> None:
        """Stop everything that runs, the proxy first, so that no new requests arrive."""
        for process in (self.proxy, *self.replicas):
            if process is not None and process.poll() is None:
                process.terminate()
        late = time.monotonic() + STOPPING
        for process in (self.proxy, *self.replicas):
            if process is not None:
                try:
                    process.wait(max(0.1, late - time.monotonic()))
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        self._folder.cleanup()

    def _process(self, name: str, command: Sequence[str]) -> subprocess.Popen:
        """A process that Ctrl-C does not reach: it ends when `stop` terminates it."""
        with contextlib.ExitStack() as files:
            said = None if self.log is None else files.enter_context((self.log / f"{name}.log").open("a"))
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=said, stderr=said, start_new_session=True
            )

    def _answers(self, url, process, name):
        late = time.monotonic() + STARTING
        while time.monotonic() < late:
            if process.poll() is not None:
                raise CannotStart(f"{name} ended with status {process.returncode} when it started; see what it said.")
            with contextlib.suppress(OSError), urllib.request.urlopen(url + haproxy.HEALTH, timeout=2):
                return
            time.sleep(0.1)
        raise CannotStart(f"{name} did not answer at {url} within {STARTING} s.")


def program() -> str | None:
    """Path of HAProxy, also in the folder where Debian installs it, which is on root's path only."""
    return shutil.which("haproxy", path=os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin")


def taken(address: str, port: int) -> str | None:
    """A sentence on why a port cannot be used; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # like the servers: a port just released is free
        try:
            probe.bind((address, port))
        except OSError as error:
            return f"Port {port} of {address} cannot be used ({(error.strerror or str(error)).lower()})"
    return None


def row(count: int) -> int:
    """The first of `count` consecutive free ports."""
    while True:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            first = probe.getsockname()[1]
        if first + count <= 2**16 and not any(taken(LOOPBACK, port) for port in range(first, first + count)):
            return first


def _number(low, high):
    def of(text):
        number = int(text)
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{number} is not between {low} and {high}")
        return number

    of.__name__ = "number"  # for argparse's message "invalid number value"
    return of


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replicas", type=_number(1, MOST), default=2)
    parser.add_argument("--port", type=_number(1, 65535 - MOST), default=haproxy.PROXY_PORT, help="of the proxy")
    parser.add_argument("--address", default=LOOPBACK, help="of the proxy; 0.0.0.0: all of this computer's")
    options = parser.parse_args()
    # Ctrl-C, too: background processes of a shell ignore it by default.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        with Cluster(options.replicas, options.port, options.address) as cluster:
            print(f"{options.replicas} replicas answer at {cluster.url}; Ctrl-C stops them.", flush=True)
            while True:
                time.sleep(LOOK)
                for number in cluster.mend():
                    print(f"Replica {number + 1} ended and is started again.", flush=True)
    except CannotStart as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        print("Stopped.")


if __name__ == "__main__":
    main()
