"""Fresh servers of a Streamlit script, and the load of their processes, shared by the benchmarks of the app."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.local import Cluster, row

ROOT = Path(__file__).parent.parent
APP = ROOT / "app.py"
MIB = 2**20


@dataclass(frozen=True)
class Server:
    """A server's address and process (Linux: its load is read from /proc)."""

    url: str
    process: subprocess.Popen

    def cpu_seconds(self) -> float:
        """Seconds of processor time of all its threads since its start."""
        return _status(self.process.pid)[1]

    def resident(self) -> float:
        """Resident memory, MiB."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / MIB


@dataclass(frozen=True)
class Replicas:
    """The same for replicas behind HAProxy; their load is summed."""

    cluster: Cluster

    @property
    def url(self) -> str:
        return self.cluster.url

    def cpu_seconds(self) -> float:
        return sum(server.cpu_seconds() for server in self._servers())

    def resident(self) -> float:
        return sum(server.resident() for server in self._servers())

    def _servers(self):
        return [Server(self.url, process) for process in self.cluster.replicas if process is not None]


def _status(process: int | str) -> tuple[int, float]:
    """(parent, seconds of processor time) of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime, stime


def cpu_of_descendants(without: int) -> float:
    """Seconds of processor time of all descendants of this process, except `without`."""
    statuses = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            statuses[int(folder.name)] = _status(folder.name)
    ours, total = {os.getpid()}, 0.0
    while new := {process for process, (parent, _) in statuses.items() if parent in ours} - ours - {without}:
        total += sum(statuses[process][1] for process in new)
        ours |= new
    return total


@contextlib.contextmanager
def running(script: Path = APP) -> Iterator[Server]:
    """The Server of a Streamlit script, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            time.sleep(0.1)
        else:
            sys.exit("The server did not answer within a minute.")
        yield Server(url, process)
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def replicas(count: int) -> Iterator[Replicas]:
    """This many replicas, until the block ends."""
    with tempfile.TemporaryDirectory() as log, Cluster(count, row(count + 1), log=Path(log)) as cluster:
        yield Replicas(cluster)
