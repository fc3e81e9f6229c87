"""A PostgreSQL server of Debian's package in a temporary folder, reached over a Unix socket."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests import unchecked

USER = "latent_lab"


class Server:
    """url: for LATENT_LAB_DATABASE. stop() kills it without warning, start() brings it back with what it had stored."""

    def __init__(self, folder, bin):
        self.folder, self.bin = folder, bin
        self.url = f"postgresql://{USER}@/postgres?host={folder}"
        self._process = None
        self._run("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8")

    def _command(self, name, *arguments):
        """As the user postgres where this is root, as which PostgreSQL refuses to run."""
        drop = ["runuser", "-u", "postgres", "--"] if unchecked.is_root() else []
        return [*drop, str(self.bin / name), *map(str, arguments)]

    def _run(self, name, *arguments):
        done = subprocess.run(self._command(name, *arguments), cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def start(self):
        options = ("-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off")
        self._log = (self.folder / "log").open("w")
        command = self._command("postgres", "-D", self.folder / "data", *options)
        self._process = subprocess.Popen(command, cwd=self.folder, stdout=self._log, stderr=self._log)
        late = time.monotonic() + 60
        while subprocess.run(
            self._command("pg_isready", "-q", "-h", self.folder), cwd=self.folder, check=False
        ).returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < late, "PostgreSQL did not start"
            time.sleep(0.1)

    def stop(self):
        if self._process is not None:
            self._run("pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate")
            self._process.wait(30)
            self._process = None
            self._log.close()


@contextlib.contextmanager
def running():
    """The Server, until the block ends. Without the package the test is skipped, but where CI is set, it fails."""
    bin = unchecked.postgresql()
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket has at most 107 characters
    if unchecked.is_root():
        shutil.chown(folder, "postgres", "postgres")
    server = None
    try:
        server = Server(folder, bin)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
