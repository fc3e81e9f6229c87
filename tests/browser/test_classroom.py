"""A class: a teacher's browser and a phone, side by side; and the server that is killed in the middle."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from playwright.sync_api import expect

import lessons
from tests import unchecked
from tests.browser.conftest import ROOT, START, WINDOW, answers, free_port
from tests.classroom import postgres
from tests.conftest import PATIENCE, WAKING

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LESSON = lessons.read("jsd")
TEACHING = f"/jsd_wasserstein?theta=1&lesson={LESSON.name}&lesson_step=1"
FIRST, SECOND = LESSON.steps[0].prediction, LESSON.steps[1].prediction
# Whether an element, or something around it, is blurred.
BLURRED = "(one) => { while (one && getComputedStyle(one).filter === 'none') one = one.parentElement; return !!one; }"


class Server:
    """An app with rooms of its own, which can be killed and started again at the same address."""

    def __init__(self, folder, database=None):
        self.port = free_port()
        self.log = folder / f"log of {self.port}"
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {"LATENT_LAB_DATABASE": database or f"sqlite:///{folder}/rooms.sqlite"}

    def start(self):
        options = ["--server.headless", "true", "--server.port", str(self.port), "--server.address", "127.0.0.1"]
        with self.log.open("a") as file:
            self.process = subprocess.Popen(
                [sys.executable, *START, *options], cwd=ROOT, env=self.environment, stdout=file, stderr=file
            )
        late = time.monotonic() + 120
        while not answers(self.url):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < late, "the app did not start"
            time.sleep(0.1)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


@pytest.fixture
def server(tmp_path):
    app = Server(tmp_path)
    app.start()
    yield app
    app.kill()


@pytest.fixture
def somebody(take_page):
    """somebody(address, **context options): the page of a browser of its own, at a server that may be killed."""

    def opened(address, viewport=WINDOW, **options):
        page = take_page(viewport, **options).page
        page.goto(address)
        return page

    return opened


def code_of(page):
    """The code that the teacher's screen shows."""
    shown = page.locator(".room-code")
    expect(shown).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    return shown.inner_text().replace(" ", "")


def scanned(cv2, page):
    """What a camera reads from the QR code on a screen; "" for nothing."""
    shown = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    return cv2.QRCodeDetector().detectAndDecode(shown)[0]


def connected(page, true):
    """Wait until a page has a connection to the server and has run again, or has none."""
    cover = page.get_by_text("The connection to the server is gone.")
    expect(cover).to_be_visible(visible=not true, timeout=WAKING)


@pytest.mark.slow
def test_a_lesson_with_a_class(server, somebody):
    cv2 = unchecked.opencv()
    teacher = somebody(server.url + TEACHING)
    teacher.get_by_role("button", name="Open a room").click(timeout=WAKING)
    code = code_of(teacher)
    expect(teacher).to_have_url(re.compile(f"room={code}"))
    assert "teacher=" not in teacher.url  # it would be on the projector

    expect(teacher.get_by_alt_text("QR code")).to_be_visible()
    late = time.monotonic() + PATIENCE / 1000
    while (address := scanned(cv2, teacher)) != f"{server.url}/join?room={code}":  # the page may still be moving
        assert time.monotonic() < late, f"a camera reads {address!r}"

    phone = somebody(f"{server.url}/join", **PHONE)
    phone.get_by_label("Code on the teacher's screen").fill(code.lower())
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_text(FIRST.question)).to_be_visible()
    expect(teacher.get_by_text("1 phone · 0 answers")).to_be_visible()
    phone.get_by_role("button", name=FIRST.choices[0], exact=True).click()
    expect(phone.get_by_text(f"Your answer: {FIRST.choices[0]}")).to_be_visible()
    expect(teacher.get_by_text("1 phone · 1 answer", exact=True)).to_be_visible()
    bars = teacher.locator(".votes")
    expect(bars).to_have_count(0)  # hidden until the teacher shows them

    second_tab = phone.context.new_page()  # of the same phone: one person
    second_tab.goto(f"{server.url}/join?room={code}")
    second_tab.get_by_role("button", name=FIRST.choices[2], exact=True).click()
    expect(second_tab.get_by_text(f"Your answer: {FIRST.choices[2]}")).to_be_visible()
    expect(teacher.get_by_text("1 phone · 1 answer", exact=True)).to_be_visible()
    second_tab.close()

    server.kill()
    for page in (teacher, phone):
        connected(page, False)
    server.start()
    for page in (teacher, phone):
        connected(page, True)
    teacher.get_by_role("button", name="Show the answers").click()
    expect(bars).to_have_attribute("aria-label", re.compile(f"{re.escape(FIRST.choices[2])}: 1"))
    expect(phone.locator(".votes")).to_contain_text("(you)")
    expect(phone.get_by_text(FIRST.explanation[:30])).to_be_visible()

    teacher.get_by_role("button", name="Next step").click()
    expect(bars).to_have_count(0)
    expect(phone.get_by_text(SECOND.question)).to_be_visible()
    marker = phone.get_by_role("slider", name=SECOND.question)
    marker.press("Enter")
    marker.press("Home")
    phone.get_by_role("button", name="That is my answer").click()
    expect(teacher.get_by_text("1 phone · 1 answer", exact=True)).to_be_visible()
    teacher.get_by_role("button", name="Show the answers").click()
    expect(teacher.locator(".projected .said")).to_contain_text("Within the tolerance: 0 of 1")

    teacher.get_by_role("button", name="Room", exact=True).click()
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Answers as CSV").click()
    rows = download.value.path().read_text().splitlines()
    lowest = SECOND.axes[0].low
    assert [row.rpartition(",")[0] for row in rows[1:]] == ["en/jsd,step 1,1,2", f"en/jsd,step 2,1,{lowest}"]


def test_the_class_follows_the_view_and_a_second_teacher_steers(app_url, new_page):
    teacher = new_page(TEACHING)
    teacher.get_by_role("button", name="Open a room").click()
    code = code_of(teacher)
    phone = new_page(f"/join?room={code}", **PHONE)
    expect(phone.get_by_text(FIRST.question)).to_be_visible()
    teacher.get_by_text("Follow me", exact=True).click()
    expect(phone).to_have_url(re.compile("/jsd_wasserstein"))
    teacher.get_by_label("θ", exact=True).first.press("ArrowLeft")
    expect(phone.get_by_label("θ", exact=True).first).to_have_value("0.99")

    teacher.get_by_role("button", name="Room", exact=True).click()
    teacher.get_by_text("Show my own link").click()
    link = teacher.get_by_test_id("stCode").inner_text()
    colleague = new_page(link.removeprefix(app_url))
    assert code_of(colleague) == code
    assert "teacher=" not in colleague.url
    colleague.get_by_role("button", name="Next step").click()
    for page in (colleague, teacher, phone):
        expect(page).to_have_url(re.compile("lesson_step=2"))


@pytest.mark.slow
def test_two_servers_share_a_room_whose_database_goes_away_and_comes_back(somebody, tmp_path):
    """The teacher is at one server, the phone at another one."""
    with contextlib.ExitStack() as left, postgres.running() as database:
        servers = [Server(tmp_path, database.url) for _ in range(2)]
        for server in servers:
            server.start()
            left.callback(server.kill)
        teacher, phone = somebody(servers[0].url + TEACHING), somebody(f"{servers[1].url}/join", **PHONE)
        teacher.get_by_role("button", name="Open a room").click(timeout=WAKING)
        phone.get_by_label("Code on the teacher's screen").fill(code_of(teacher), timeout=WAKING)
        phone.get_by_role("button", name="Join", exact=True).click()
        expect(phone.get_by_text(FIRST.question)).to_be_visible()
        expect(teacher.get_by_text("1 phone · 0 answers")).to_be_visible()

        database.stop()
        phone.get_by_role("button", name=FIRST.choices[1], exact=True).click()
        expect(phone.get_by_text("does not answer")).to_be_visible()
        expect(phone.get_by_text(f"Your answer: {FIRST.choices[1]}")).to_be_visible()
        teacher.get_by_role("button", name="Next step").click()
        expect(teacher.get_by_text("Step 2 of")).to_be_visible()  # the lesson goes on
        database.start()
        expect(phone.get_by_text(SECOND.question)).to_be_visible()
        teacher.get_by_role("button", name="Previous step").click()
        expect(teacher.get_by_text("1 phone · 1 answer", exact=True)).to_be_visible()


@pytest.mark.slow
def test_a_page_that_shows_the_answer_is_covered_until_the_teacher_shows_it(new_page):
    """A student answers in the strip of the lesson; the bar of the room is never covered."""
    lesson = lessons.read("latent_space")
    number, step = next((k, s) for k, s in enumerate(lesson.steps, 1) if s.covered and s.prediction.choices)
    asked = step.prediction
    teacher = new_page(f"/?lesson={lesson.name}&step={number}")
    teacher.get_by_role("button", name="Open a room").click(timeout=WAKING)
    code = code_of(teacher)
    phone = new_page(f"/{step.link}&lesson={lesson.name}&lesson_step={number}&room={code}", **PHONE)
    phone.get_by_role("button", name=asked.choices[0]).click(timeout=WAKING)
    expect(phone.get_by_text("Your answer is in.")).to_be_visible()
    expect(teacher.get_by_text("1 phone · 1 answer", exact=True)).to_be_visible()
    heading = teacher.get_by_test_id("stMainBlockContainer").get_by_role("heading", level=1)
    assert heading.evaluate(BLURRED)
    assert not teacher.locator(".room-code").evaluate(BLURRED)
    teacher.get_by_role("button", name="Show the answers").click()
    expect(teacher.locator(".votes")).to_contain_text(asked.choices[0])
    expect(phone.locator(".explanation")).to_contain_text(asked.explanation[:20])
    teacher.wait_for_function(f"() => !({BLURRED})(document.querySelector('[data-testid=stMain] h1'))")
