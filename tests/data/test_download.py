"""Downloads from a local server that drops connections, loses and changes files, and refuses requests."""

import errno
import gzip
import hashlib
import re
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

import data
from data import __main__ as command
from data import download, mnist
from data.download import Remote, fetch
from tests.data import files

CONTENT = np.random.RandomState(0).bytes(3 * download.CHUNK + 17)
OTHER = np.random.RandomState(1).bytes(len(CONTENT))


class Handler(BaseHTTPRequestHandler):
    """Serves server.files (path -> bytes); server.cut bytes at most per answer; server.ranges: whether Range counts."""

    def do_GET(self):
        body, start, status = self.server.files.get(self.path), 0, 200
        wanted = self.headers.get("Range")
        self.server.asked.append((self.path, wanted))
        self.server.asked_once.set()
        self.server.may_answer.wait()
        if body is None:
            return self.send_error(404)
        if wanted and self.server.ranges:
            start, status = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]), 206
            if start >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.send_header("Content-Length", "0")
                return self.end_headers()
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if self.server.lengths:
            self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.wfile.write(body[start : start + self.server.cut])
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.files, server.asked = {"/file": CONTENT}, []
        server.ranges, server.lengths, server.cut = True, True, 1 << 40
        server.asked_once, server.may_answer = threading.Event(), threading.Event()
        server.may_answer.set()
        server.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.may_answer.set()
        server.shutdown()


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def remote(folder, *urls, content=CONTENT):
    return Remote(folder / "set" / "file", urls, "sha256", hashlib.sha256(content).hexdigest())


def part_of(file, content=None):
    part = file.path.with_name("file.part")
    if content is not None:
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
    return part


def whole(file):
    """The file has its name, its bytes, and leaves no part behind."""
    return file.path.read_bytes() == CONTENT and not part_of(file).exists()


def test_a_complete_download_reports_progress(server, tmp_path):
    file, seen = remote(tmp_path, server.url + "file"), []
    assert fetch(file, lambda *step: seen.append(step)) == file.path
    assert whole(file)
    assert [name for name, _, _ in seen] == ["file"] * len(seen)
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})
    assert seen[-1] == ("file", len(CONTENT), len(CONTENT))
    fetch(file)
    assert len(server.asked) == 1, "a file that is there is not asked for again"


def test_a_response_without_length_is_checked_by_md5(server, tmp_path):
    server.lengths = False
    md5 = hashlib.md5(CONTENT).hexdigest()
    seen = []
    fetch(Remote(tmp_path / "file", (server.url + "file",), "md5", md5), lambda *step: seen.append(step))
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert seen[-1] == ("file", len(CONTENT), None)


@pytest.mark.parametrize("ranges", [True, False])
def test_an_interrupted_download_resumes(server, tmp_path, ranges):
    server.ranges = ranges
    file = remote(tmp_path, server.url + "file")
    part_of(file, CONTENT[:1000])
    seen = []
    fetch(file, lambda *step: seen.append(step))
    assert whole(file)
    assert server.asked == [("/file", "bytes=1000-")]
    assert seen[-1] == ("file", len(CONTENT), len(CONTENT))


def test_a_complete_partial_file_needs_no_more_bytes(server, tmp_path):
    file = remote(tmp_path, server.url + "file")
    part_of(file, CONTENT)
    fetch(file)
    assert whole(file)
    assert server.asked == [("/file", f"bytes={len(CONTENT)}-")]


@pytest.mark.parametrize("old", [OTHER[:1000], OTHER, OTHER + b"longer"])
def test_a_partial_file_of_another_file_is_deleted(server, tmp_path, old):
    file = remote(tmp_path, server.url + "file")
    part_of(file, old)
    fetch(file)
    assert whole(file)


def test_a_download_continues_after_lost_connections(server, tmp_path):
    server.cut = len(CONTENT) // 3
    file = remote(tmp_path, server.url + "file")
    fetch(file)
    assert whole(file)
    starts = [int(wanted[6:-1]) if wanted else 0 for _, wanted in server.asked]
    assert starts == sorted(set(starts))
    assert len(starts) == 4


def test_a_partial_file_is_kept_when_connections_keep_failing_and_used_next_time(server, tmp_path):
    server.cut, server.ranges = 1000, False
    file = remote(tmp_path, server.url + "file")
    with pytest.raises(data.DataError, match=r"cut at 1,000 of 3,145,745 bytes, try again to go on"):
        fetch(file)
    assert not file.path.exists()
    assert part_of(file).read_bytes() == CONTENT[:1000]
    server.cut, server.ranges = 1 << 40, True
    fetch(file)
    assert whole(file)


def test_a_wrong_checksum_leaves_no_file(server, tmp_path):
    server.files["/file"] = OTHER
    file = remote(tmp_path, server.url + "file")
    with pytest.raises(data.DataError, match="do not have the published checksum"):
        fetch(file)
    assert not file.path.exists()
    assert not part_of(file).exists()


def test_the_next_mirror_is_tried(server, tmp_path):
    server.files["/changed"] = OTHER
    file = remote(tmp_path, server.url + "gone", server.url + "changed", server.url + "file")
    fetch(file)
    assert whole(file)
    assert [path for path, _ in server.asked] == ["/gone", "/changed", "/file"]


def test_a_missing_url_is_reported(server, tmp_path):
    file = remote(tmp_path, server.url + "gone")
    with pytest.raises(data.DataError, match=r"^file could not be downloaded: 127.0.0.1:\d+ answers 404 Not Found\.$"):
        fetch(file)
    assert not file.path.exists()


def test_a_refused_connection_is_reported(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(data.DataError, match=r"cannot be reached, is there a network\? \(Connection refused\)\.$"):
        fetch(remote(tmp_path, f"http://127.0.0.1:{port}/file"))


def test_a_missing_network_is_reported(tmp_path, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    sentence = (
        r"^file could not be downloaded: a\.example cannot be reached, is there a network\? \(Name or .*; b\.example"
    )
    with pytest.raises(data.DataError, match=sentence):
        fetch(remote(tmp_path, "http://a.example/file", "http://b.example/file"))


def test_a_response_that_is_not_http_is_reported(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            connection, _ = listener.accept()
            connection.recv(1000)
            connection.sendall(b"220 mail ready\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(data.DataError, match="does not answer properly"):
            fetch(remote(tmp_path, f"http://127.0.0.1:{listener.getsockname()[1]}/file"))
        thread.join()


class FullDisk:
    """A file on a disk with room for `room` more bytes."""

    def __init__(self, handle, room):
        self.handle, self.room = handle, room

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.handle.close()

    def write(self, chunk):
        if len(chunk) > self.room:
            self.handle.write(chunk[: self.room])
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(chunk)
        return self.handle.write(chunk)

    def __getattr__(self, name):
        return getattr(self.handle, name)


def test_a_full_disk_is_reported(server, tmp_path, monkeypatch):
    def small_disk(path, mode="r", *rest):
        handle = open(path, mode, *rest)  # noqa: SIM115
        return FullDisk(handle, 1_500_000) if str(path).endswith(".part") and mode in ("ab", "wb") else handle

    file = remote(tmp_path, server.url + "file")
    with monkeypatch.context() as patch:
        patch.setattr(download, "open", small_disk, raising=False)
        with pytest.raises(data.DataError, match=r"^The disk is full: free some space, then download file again"):
            fetch(file)
    assert not file.path.exists()
    assert part_of(file).stat().st_size == 1_500_000
    fetch(file)
    assert whole(file)
    assert server.asked[-1] == ("/file", "bytes=1500000-")


def test_an_unwritable_data_folder_is_reported(server, tmp_path):
    (tmp_path / "set").write_text("a file where the folder should be")
    with pytest.raises(data.DataError, match="cannot be written"):
        fetch(remote(tmp_path, server.url + "file"))


FETCH = """
import sys
from pathlib import Path
from data.download import Remote, fetch
print("ready", flush=True)
sys.stdin.readline()
fetch(Remote(Path(sys.argv[1]), (sys.argv[2],), "sha256", sys.argv[3]))
"""


def test_two_processes_can_download_the_same_file_at_once(server, tmp_path):
    server.cut = len(CONTENT) // 2  # with a resume in between
    server.may_answer.clear()
    file = remote(tmp_path, server.url + "file")
    arguments = [sys.executable, "-c", FETCH, str(file.path), file.urls[0], file.checksum]
    root = Path(__file__).parent.parent.parent
    both = [subprocess.Popen(arguments, cwd=root, stdin=-1, stdout=-1, text=True) for _ in range(2)]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    server.asked_once.wait()
    server.may_answer.set()
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert whole(file)
    assert [wanted is None for _, wanted in server.asked].count(True) == 1, "the second waits instead of starting anew"


def test_two_threads_can_download_the_same_file_at_once(server, tmp_path):
    server.may_answer.clear()
    file = remote(tmp_path, server.url + "file")
    threads = [threading.Thread(target=fetch, args=(file,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    server.asked_once.wait()
    server.may_answer.set()
    for thread in threads:
        thread.join()
    assert whole(file)
    assert len(server.asked) == 1


@pytest.fixture
def likeness(server, tmp_path, monkeypatch):
    """The data root is empty, and torchvision's KMNIST names our server and black pictures."""
    from torchvision.datasets import KMNIST

    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path / "root"))
    resources = []
    for split, prefix, count in (("train", "train", 60), ("test", "t10k", 10)):
        monkeypatch.setitem(mnist.COUNTS, split, count)
        for kind, shape in (("images-idx3", (count, 28, 28)), ("labels-idx1", (count,))):
            name = f"{prefix}-{kind}-ubyte.gz"
            server.files["/" + name] = files.idx(np.full(shape, len(resources), np.uint8))
            resources.append((name, hashlib.md5(server.files["/" + name]).hexdigest()))
    monkeypatch.setattr(KMNIST, "mirrors", [server.url])
    monkeypatch.setattr(KMNIST, "resources", resources)


def test_load_downloads_from_the_urls_of_torchvision(likeness, server, tmp_path):
    with pytest.raises(data.DataError, match="The test images of kmnist are missing: run `python -m data kmnist`"):
        data.load("kmnist", "test")
    assert not data.available("kmnist")
    seen = []
    test = data.load("kmnist", "test", download=True, progress=lambda *step: seen.append(step))
    assert test.images.shape == (10, 1, 28, 28)
    assert (test.images == 2).all()
    assert (test.labels == 3).all()
    assert {name for name, _, _ in seen} == {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"}
    assert data.available("kmnist")
    assert not data.available("kmnist", "train")
    assert len(server.asked) == 2
    data.load("kmnist", "test", download=True)
    assert len(server.asked) == 2


def test_the_command_downloads_what_is_missing(likeness, server, capsys):
    assert command.main(["kmnist"]) == 0
    output = capsys.readouterr()
    assert re.search(r"^kmnist +train full, test full", output.out, re.MULTILINE)
    assert re.search(r"^mnist +train missing, test missing", output.out, re.MULTILINE)
    assert "train-images-idx3-ubyte.gz" in output.err, "the bar"
    del server.files["/t10k-labels-idx1-ubyte.gz"]
    (data.root() / "kmnist" / "t10k-labels-idx1-ubyte.gz").unlink()
    assert command.main(["kmnist", "emoji"]) == 1
    output = capsys.readouterr()
    assert "404" in output.err
    assert "emoji cannot be downloaded automatically because of its licence" in output.err


def test_without_arguments_the_command_lists(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    assert command.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Data root: {tmp_path}"
    assert [line.split()[0] for line in lines[1:]] == list(data.names())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "kmnist", "binarized_mnist", "svhn"])
def test_every_downloadable_file_has_a_mirror_and_a_checksum(name):
    files = [file for split in data.split_names(name) for file in data.READERS[name].remote(name, split)]
    assert len({file.path for file in files}) == len(files) >= 2
    for file in files:
        assert all(url.startswith("http") and url.endswith(file.path.name) for url in file.urls)
        assert len(bytes.fromhex(file.checksum)) == hashlib.new(file.algorithm).digest_size


def test_gzip_files_are_stored_packed(server, tmp_path):
    server.files["/file"] = gzip.compress(b"text")
    file = remote(tmp_path, server.url + "file", content=server.files["/file"])
    fetch(file)
    assert gzip.decompress(file.path.read_bytes()) == b"text"
