"""Download one file so that a broken download never passes for whole.

The bytes go to NAME.part. Only when its checksum is right does it get its name, in one atomic step. A cut download goes
on where it stopped (HTTP Range); if the server ignores Range or has another file by now, it starts again. A lock lets
two processes, or two people in the app, ask for the same file at once: the second waits and finds it done.
"""

import contextlib
import errno
import hashlib
import http.client
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.images import DataError

CHUNK = 1 << 20  # bytes; also how often progress is reported
TIMEOUT = 30  # seconds without a byte
ATTEMPTS = 5  # connections to one mirror; only a connection that brought new bytes earns the next
FULL_DISK = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True)
class Remote:
    """A file to download: where it goes, its mirrors in the order of trial, and its checksum ("md5" or "sha256")."""

    path: Path
    urls: tuple[str, ...]
    algorithm: str
    checksum: str


class _Unreachable(Exception):
    """This mirror did not give the file; the text says why and completes "X could not be downloaded: ..."."""


def fetch(file: Remote, progress: Callable[[str, int, int | None], None] | None = None) -> Path:
    """The path of the file, downloaded if it is not there. Raises DataError with one sentence.

    progress(name, done, total) is called with bytes; total is None where the server does not say it.
    """
    report = progress or (lambda name, done, total: None)
    if file.path.exists():
        return file.path
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(file.path.parent / ".lock"):
            if not file.path.exists():  # another process may have brought it while this one waited
                _fetch(file, report)
    except OSError as error:
        if error.errno in FULL_DISK:
            raise DataError(
                f"The disk is full: free some space, then download {file.path.name} again; it goes on where it stopped."
            ) from error
        raise DataError(f"{file.path} cannot be written: {error.strerror or error}.") from error
    return file.path


def _fetch(file, report):
    part = file.path.with_name(file.path.name + ".part")
    reasons = []
    for url in file.urls:
        resumed = part.exists() and part.stat().st_size > 0
        try:
            _receive(url, part, file.path.name, report)
            if resumed and not _matches(part, file):  # the two halves may be of different files: once more, in one go
                part.unlink()
                _receive(url, part, file.path.name, report)
        except _Unreachable as error:
            reasons.append(str(error))
            continue
        if _matches(part, file):
            os.replace(part, file.path)
            return
        part.unlink()
        reasons.append(f"the bytes from {_host(url)} do not have the published checksum")
    raise DataError(f"{file.path.name} could not be downloaded: {'; '.join(dict.fromkeys(reasons))}.")


def _receive(url, part, name, report):
    """Append to `part` until the server's file is complete. Raises _Unreachable; what has come stays in `part`."""
    for _ in range(ATTEMPTS):
        before = part.stat().st_size if part.exists() else 0
        done, total = _connection(url, part, before, name, report)
        if total is None or done == total:
            return
        if done <= before:
            break
    raise _Unreachable(f"the connection to {_host(url)} was cut at {done:,} of {total:,} bytes, try again to go on")


def _connection(url, part, start, name, report):
    """One request from byte `start` on; returns (bytes now in `part`, bytes of the whole file or None)."""
    request = urllib.request.Request(url, headers={"User-Agent": "latent-lab", "Accept-Encoding": "identity"})
    if start:
        request.add_header("Range", f"bytes={start}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and start:
            if error.headers.get("Content-Range", "").strip() == f"bytes */{start}":
                return start, start  # all of it had come already
            part.unlink()  # longer than the server's file: it has another one now
            return _connection(url, part, 0, name, report)
        raise _Unreachable(f"{_host(url)} answers {error.code} {error.reason}".rstrip()) from None
    except urllib.error.URLError as error:
        raise _Unreachable(f"{_host(url)} cannot be reached, is there a network? ({_reason(error.reason)})") from None
    except (OSError, http.client.HTTPException) as error:
        raise _Unreachable(f"{_host(url)} does not answer properly ({_reason(error)})") from None
    with response:
        if response.status == http.HTTPStatus.PARTIAL_CONTENT and not _continues(response, start):
            raise _Unreachable(f"{_host(url)} sends another part of the file than was asked for")
        done = start if response.status == http.HTTPStatus.PARTIAL_CONTENT else 0  # 200: all of it, from the start
        length = response.headers.get("Content-Length")
        total = done + int(length) if length and length.isdigit() else None
        with open(part, "ab" if done else "wb") as target:
            while chunk := _chunk(response):
                target.write(chunk)
                done += len(chunk)
                report(name, done, total)
            target.flush()
            os.fsync(target.fileno())  # before the rename: a crash of the machine must not leave a named, empty file
    return done, total


def _chunk(response):
    """The next bytes; none when the connection was cut, which the caller sees from the length."""
    try:
        return response.read(CHUNK)
    except http.client.IncompleteRead as error:
        return error.partial
    except (OSError, http.client.HTTPException):
        return b""


def _continues(response, start):
    return response.headers.get("Content-Range", "").startswith(f"bytes {start}-")


def _matches(part, file):
    with open(part, "rb") as content:
        return hashlib.file_digest(content, file.algorithm).hexdigest() == file.checksum


@contextlib.contextmanager
def _locked(path):
    """Hold the lock file, waiting for whoever has it. The system frees it when a process dies."""
    with open(path, "ab") as handle:
        with contextlib.suppress(OSError):  # file systems without locks: the checksum still guards the file
            _lock(handle)
        yield


def _lock(handle):
    try:
        import fcntl
    except ImportError:
        import msvcrt  # Windows

        while True:
            try:
                return msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLK:  # it means: ten seconds have passed, ask again
                    raise
    fcntl.flock(handle, fcntl.LOCK_EX)


def _host(url):
    return urllib.parse.urlsplit(url).netloc


def _reason(error):
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
