"""Download one file; an incomplete or damaged download never gets the file's name.

The bytes go to NAME.part, which is renamed atomically after its checksum has been verified. An interrupted download
continues where it stopped (HTTP Range); if the server ignores Range or now has another file, it starts again. A lock
lets two processes, or two people in the app, request the same file at once: the second waits and then uses the file of
the first.
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
from typing import Literal

from data.images import DataError

CHUNK = 1 << 20  # bytes; also how often progress is reported
TIMEOUT = 30  # seconds without a byte
ATTEMPTS = 5  # connections to one mirror; another one is opened only if the last one brought new bytes
FULL_DISK = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
Progress = Callable[[str, int, int | None], None]  # (file name, bytes so far, bytes in total or None if unknown)


@dataclass(frozen=True)
class Remote:
    """A file to download: its path here, the URLs of its mirrors, best first, and its checksum in hexadecimal."""

    path: Path
    urls: tuple[str, ...]
    algorithm: Literal["md5", "sha256"]
    checksum: str


class _Unreachable(Exception):
    """This mirror did not deliver the file; the text gives the reason, to follow "X could not be downloaded: "."""


def fetch(file: Remote, progress: Progress | None = None) -> Path:
    """The path of the file, which is downloaded if it does not exist yet.

    progress(name, received, total) is called about once per MB, in bytes; total is None if the server does not tell.
    Raises DataError with one sentence: no network, no mirror with the right file, a full disk, a folder without write
    permission.
    """
    from filelock import FileLock  # slow to import, and only a download needs it

    report = progress or (lambda name, received, total: None)
    if file.path.exists():
        return file.path
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError, NotImplementedError):  # no locks here: the checksum protects
                stack.enter_context(FileLock(file.path.parent / ".lock"))
            if not file.path.exists():  # another process may have downloaded it while this one waited
                _fetch(file, report)
    except OSError as error:
        if error.errno in FULL_DISK:
            raise DataError(
                f"The disk is full: free some space, then download {file.path.name} again; it goes on where it stopped."
            ) from error
        raise DataError(f"{file.path} cannot be written: {error.strerror or error}.") from error
    return file.path


def _fetch(file: Remote, report: Progress) -> None:
    part = file.path.with_name(file.path.name + ".part")
    reasons = []
    for url in file.urls:
        resumed = part.exists() and part.stat().st_size > 0
        try:
            _receive(url, part, file.path.name, report)
            if resumed and not _matches(part, file):  # the two parts may belong to different files: start again
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


def _receive(url: str, part: Path, name: str, report: Progress) -> None:
    """Append to `part` until the server's file is complete. Raises _Unreachable; `part` keeps the bytes received."""
    received, total = 0, None
    for _ in range(ATTEMPTS):
        before = part.stat().st_size if part.exists() else 0
        received, total = _connection(url, part, before, name, report)
        if total is None or received == total:
            return
        if received <= before:
            break
    raise _Unreachable(f"the connection to {_host(url)} was cut at {received:,} of {total:,} bytes, try again to go on")


def _connection(url: str, part: Path, start: int, name: str, report: Progress) -> tuple[int, int | None]:
    """One request from byte `start` on; returns (bytes now in `part`, bytes of the whole file or None)."""
    request = urllib.request.Request(url, headers={"User-Agent": "latent-lab", "Accept-Encoding": "identity"})
    if start:
        request.add_header("Range", f"bytes={start}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and start:
            if error.headers.get("Content-Range", "").strip() == f"bytes */{start}":
                return start, start  # `part` was complete already
            part.unlink()  # longer than the server's file, which must have changed
            return _connection(url, part, 0, name, report)
        raise _Unreachable(f"{_host(url)} answers {error.code} {error.reason}".rstrip()) from None
    except urllib.error.URLError as error:
        raise _Unreachable(f"{_host(url)} cannot be reached, is there a network? ({_reason(error.reason)})") from None
    except (OSError, http.client.HTTPException) as error:
        raise _Unreachable(f"{_host(url)} does not answer properly ({_reason(error)})") from None
    with response:
        if response.status == http.HTTPStatus.PARTIAL_CONTENT and not _continues(response, start):
            raise _Unreachable(f"{_host(url)} sends another part of the file than was asked for")
        received = start if response.status == http.HTTPStatus.PARTIAL_CONTENT else 0  # 200: the file from the start
        length = response.headers.get("Content-Length")
        total = received + int(length) if length and length.isdigit() else None
        with open(part, "ab" if received else "wb") as target:
            while chunk := _chunk(response):
                target.write(chunk)
                received += len(chunk)
                report(name, received, total)
            target.flush()
            os.fsync(target.fileno())  # before the rename: a crash of the machine must not leave a named, empty file
    return received, total


def _chunk(response: http.client.HTTPResponse) -> bytes:
    """The next bytes; none after a broken connection, which the caller detects by the length."""
    try:
        return response.read(CHUNK)
    except http.client.IncompleteRead as error:
        return error.partial
    except (OSError, http.client.HTTPException):
        return b""


def _continues(response: http.client.HTTPResponse, start: int) -> bool:
    return response.headers.get("Content-Range", "").startswith(f"bytes {start}-")


def _matches(part: Path, file: Remote) -> bool:
    with open(part, "rb") as content:
        return hashlib.file_digest(content, file.algorithm).hexdigest() == file.checksum


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).netloc


def _reason(error: str | BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
