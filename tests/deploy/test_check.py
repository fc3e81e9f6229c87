"""Faults of replicas, each reported in one sentence."""

import itertools
import json
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy import check
from tests.browser.conftest import ROOT

GOOD = {"secret": "1234", "checkpoints": "abc", "rooms": "postgresql", "computer": "aaaa", "data_writable": True}
WRONG = {  # what differs in the second replica: what is reported
    "secret": ({"secret": "9999"}, "different cookie secrets"),
    "checkpoints": ({"checkpoints": "other"}, "different checkpoints"),
    "rooms": ({"rooms": "sqlite"}, "different databases"),
    "clock": ({"later": 90}, "are (89|90) s apart"),
    "read-only": ({"data_writable": False}, "1 of 2 replicas cannot write"),
}


@pytest.fixture
def proxy():
    """proxy(other, affinity=True): address of a proxy before two replicas, the second with `other` facts."""
    servers = []

    def start(other, affinity=True):
        turns = itertools.count()

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                belongs = self.headers.get("Cookie", "")
                number = int(belongs[-1]) if affinity and belongs else next(turns) % 2
                facts = GOOD | {"id": str(number)} | (other if number else {})
                body = json.dumps(facts | {"time": time.time() + facts.pop("later", 0)}).encode()
                self.send_response(200)
                self.send_header("Set-Cookie", f"replica={number}")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Answer))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def checked(monkeypatch, capsys, url):
    """(exit status, what is printed)."""
    monkeypatch.setattr("sys.argv", ["deploy.check", url])
    with pytest.raises(SystemExit) as end:
        check.main()
    return end.value.code, capsys.readouterr().out


def test_a_correct_deployment_has_no_faults(monkeypatch, capsys, proxy):
    status, said = checked(monkeypatch, capsys, proxy({}))
    assert not status
    assert said.startswith("2 replicas answer at ")
    assert "Nothing is wrong" in said


@pytest.mark.parametrize("which", WRONG)
def test_each_fault_is_reported_in_one_sentence(monkeypatch, capsys, proxy, which):
    other, sentence = WRONG[which]
    status, said = checked(monkeypatch, capsys, proxy(other))
    assert status == 1
    assert re.search(sentence, said.splitlines()[1])
    assert len(said.splitlines()) == 2


def test_a_proxy_without_affinity_is_detected(monkeypatch, capsys, proxy):
    status, said = checked(monkeypatch, capsys, proxy({}, affinity=False))
    assert status == 1
    assert "spreads one browser over several replicas" in said


def test_rooms_in_sqlite_on_two_computers_are_detected(monkeypatch, capsys, proxy):
    monkeypatch.setitem(GOOD, "rooms", "sqlite")
    assert checked(monkeypatch, capsys, proxy({}))[0] is False  # replicas of one computer share the file
    status, said = checked(monkeypatch, capsys, proxy({"computer": "bbbb"}))
    assert status == 1
    assert "does not meet" in said


@pytest.mark.parametrize(
    ("url", "sentence"), [("lab", "is no address"), ("http://127.0.0.1:9", "No replica of Latent")]
)
def test_an_address_that_does_not_answer_is_reported(url, sentence):
    done = subprocess.run([sys.executable, "-m", "deploy.check", url], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
