"""Two replicas behind HAProxy, and a browser that uses them."""

import re
import signal
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from deploy import haproxy
from deploy.local import LOOPBACK
from tests import unchecked
from tests.browser import screens
from tests.browser.conftest import ROOT, WINDOW, answers, free_port
from tests.conftest import WAKING
from tests.deploy import people

pytestmark = pytest.mark.slow
CHECK = (sys.executable, "-m", "deploy.check")


def journey(page):
    """Upload, drag, compute, and follow a link."""
    people.upload(page, people.digit())
    people.reconstructed(page)
    with page.expect_download() as download:  # a file below /media, which only one replica has
        page.get_by_role("button", name="Pictures as PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Open in Latent space").click()
    people.ready(page)
    before = page.url
    box = screens.box(people.first_slider(page))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.evaluate(screens.COUNT_MESSAGES)
    page.mouse.move(box["x"] + 0.9 * box["width"], middle, steps=5)
    assert page.evaluate("messages") == 0
    page.mouse.up()
    page.wait_for_function("(before) => location.href !== before", arg=before)


@pytest.mark.parametrize("number", [0, 1])
def test_upload_drag_download_and_link_work_on_each_replica(cluster, visit, number):
    for _ in range(4):  # visitors are distributed: the next browser gets the other replica
        page = visit("/reconstruct?model=mnist_vae&image_from=upload")
        if people.replica_of(page, cluster) == number:
            break
    journey(page)
    assert people.replica_of(page, cluster) == number
    page.goto(f"{cluster.url}/density?net=own")
    page.get_by_role("button", name="Train this network now").click(timeout=WAKING)
    expect(page.get_by_role("button", name=re.compile("Stop|Train this network now"))).to_be_visible()
    screens.idle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("scene", people.SCENES)
def test_a_killed_replica_loses_nothing(cluster, visit, scene):
    people.survives(visit("/pixel_shuffle"), cluster, scene)


def test_a_replica_that_does_not_answer_for_seconds_keeps_its_visitors(cluster, visit):
    page = visit("/reconstruct?model=mnist_vae&image_from=upload")
    people.upload(page, people.digit())
    before = people.reconstructed(page)
    number = people.replica_of(page, cluster)
    replica = cluster.replicas[number]
    replica.send_signal(signal.SIGSTOP)  # like a computation that lets no other thread run
    try:
        time.sleep(4)  # meanwhile the proxy has asked several times whether it is there
    finally:
        replica.send_signal(signal.SIGCONT)
    assert people.replica_of(page, cluster) == number
    people.upload(page, people.digit(60), "two.png")
    page.wait_for_function(people.OTHER_ERRORS, arg=before, timeout=WAKING)


def test_check_finds_no_faults(cluster):
    done = subprocess.run([*CHECK, cluster.url], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("2 replicas answer")


def test_the_app_detects_a_proxy_without_affinity(cluster, take_page, tmp_path):
    """The same replicas behind a round-robin proxy."""
    port = free_port()
    servers = [f"server replica{number} {LOOPBACK}:{each}" for number, each in enumerate(cluster.ports)]
    lines = haproxy.configuration(servers, f"{LOOPBACK}:{port}").replace("balance leastconn", "balance roundrobin")
    lines = "\n".join(line for line in lines.splitlines() if "cookie" not in line.split("#")[0])
    file = tmp_path / "haproxy.cfg"
    file.write_text(lines + "\n")
    proxy = subprocess.Popen([unchecked.haproxy(), "-db", "-f", str(file)])
    try:
        people.until(lambda: answers(f"http://{LOOPBACK}:{port}"))
        page = take_page(WINDOW).page
        page.goto(f"http://{LOOPBACK}:{port}/pixel_shuffle")
        note = page.get_by_text("This address leads to several servers in turn")
        expect(note).to_be_visible(timeout=WAKING)
        page.get_by_role("button", name="Close", exact=True).click()
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="GAN losses", exact=True).click()
        expect(page.get_by_role("heading", name="GAN losses", exact=True, level=1)).to_be_visible(timeout=WAKING)
        screens.idle(page)
        expect(note).to_be_hidden()
    finally:
        proxy.terminate()
        proxy.wait()


def test_a_replica_with_another_cookie_secret_accepts_uploads_of_visitors_of_the_first(cluster, visit):
    page = visit("/reconstruct?model=mnist_vae&image_from=upload")
    people.upload(page, people.digit())
    before = people.reconstructed(page)
    first = people.replica_of(page, cluster)
    secret = cluster.environment[haproxy.SECRET]
    try:
        cluster.kill(1 - first)
        cluster.environment[haproxy.SECRET] = "another one"
        people.start_again(cluster, 1 - first)
        done = subprocess.run([*CHECK, cluster.url], cwd=ROOT, capture_output=True, text=True)
        assert "different cookie secrets" in done.stdout
        cluster.kill(first)
        expect(page.get_by_text(people.GONE)).to_be_visible(timeout=WAKING)
        expect(page.get_by_text(people.GONE)).to_be_hidden(timeout=WAKING)
        people.still_uploaded(page, before)
        people.upload(page, people.digit(60), "two.png")
        expect(page.get_by_text("two.png")).to_be_visible()
        page.wait_for_function(people.OTHER_ERRORS, arg=before, timeout=WAKING)
    finally:
        cluster.environment[haproxy.SECRET] = secret
        for number in (first, 1 - first):
            if cluster.replicas[number].poll() is None:
                cluster.kill(number)
            people.restored(cluster, number)  # the browser may come back to it before anybody new
