"""One command starts replicas and their proxy, or says in one sentence why it cannot, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from deploy import haproxy, local
from deploy.local import row
from tests import unchecked
from tests.browser.conftest import ROOT

PYTHON = (sys.executable, "-m", "deploy.local")


def test_the_containers_have_the_generated_configuration():
    assert haproxy.FILE.read_text() == haproxy.configuration()


@pytest.mark.parametrize(
    "servers", [haproxy.FROM_DNS, ("server replica1 127.0.0.1:9",)], ids=["containers", "this computer"]
)
def test_haproxy_accepts_the_configuration(tmp_path, servers):
    program, file = unchecked.haproxy(), tmp_path / "haproxy.cfg"
    file.write_text(haproxy.configuration(servers))
    environment = os.environ | {haproxy.HOST: "localhost", haproxy.SECRET: "secret"}
    done = subprocess.run([program, "-c", "-f", str(file)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "[WARNING]" not in done.stderr


def test_a_missing_haproxy_is_reported_in_one_sentence(monkeypatch):
    monkeypatch.setattr(local, "program", lambda: None)
    with pytest.raises(local.CannotStart, match=r"^HAProxy is not installed: .*\.$"), local.Cluster(1, row(2)):
        pass


@pytest.mark.parametrize("which", [0, 1], ids=["proxy", "replica"])
def test_a_port_in_use_is_reported_in_one_sentence_and_nothing_starts(monkeypatch, which):
    monkeypatch.setattr(local, "program", lambda: "haproxy")
    first = row(2)
    with socket.socket() as other:
        other.bind((local.LOOPBACK, first + which))
        other.listen()
        cluster = local.Cluster(1, first)
        with (
            pytest.raises(local.CannotStart, match=rf"^Port {first + which} of 127.0.0.1 cannot be used \(.*--port"),
            cluster,
        ):
            pass
    assert cluster.replicas == [None]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(("--replicas", "0"), "0 is not between 1 and 32"), (("--replicas", "x"), "invalid number value: 'x'")],
)
def test_unknown_options_are_refused(options, sentence):
    done = subprocess.run([*PYTHON, *options], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert sentence in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_one_command_starts_everything_and_stops_everything_when_it_ends(stop):
    unchecked.haproxy()
    first = row(3)
    command = subprocess.Popen(
        [*PYTHON, "--port", str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said = next(line for line in command.stdout if "replicas answer" in line)
        assert said == f"2 replicas answer at http://127.0.0.1:{first}; Ctrl-C stops them.\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{first}{haproxy.HEALTH}", timeout=30) as answer:
            assert any(haproxy.COOKIE in cookie for cookie in answer.headers.get_all("set-cookie"))
        command.send_signal(stop)
        assert command.wait(60) == 0
        assert command.stdout.read().endswith("Stopped.\n")
        assert [port for port in range(first, first + 3) if local.taken(local.LOOPBACK, port)] == []
    finally:
        command.terminate()
        command.wait(60)
        command.stdout.close()
