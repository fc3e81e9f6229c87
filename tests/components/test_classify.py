"""Classify: all networks follow the pen, one report for each stroke, and the server's answers where none runs."""

import base64
import dataclasses
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import expect

import checkpoints
from data import prepare
from tests.components import hands
from tests.components.networks import network
from ui import browser_networks
from ui.components import grey
from ui.images.classify import sets, visit

# A worker of the test with two networks of three classes. Logits of "up": the share of ink in the input's upper, middle
# and lower third, times 30; of "down" the same from below. Answers wait where `held` is an array.
WORKER = """(failures) => {
  window.asked = [];
  window.held = failures.late ? [] : null;
  const answer = ({ load, run, inputs }) => {
    if (load) return failures[load.sha256] ? Promise.reject(failures[load.sha256]) : Promise.resolve({});
    const { data } = inputs.x, thirds = [0, 0, 0];
    data.forEach((value, k) => (thirds[Math.min(2, Math.floor((3 * k) / data.length))] += (30 * value) / data.length));
    if (run === "down") thirds.reverse();
    return Promise.resolve({ outputs: { logits: { data: Float32Array.from(thirds), dims: [1, 3] } } });
  };
  const ask = (message) => {
    asked.push(message);
    return held ? new Promise((resolve) => held.push(() => resolve(answer(message)))) : answer(message);
  };
  const over = new Promise(() => {});
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask, over } };
}"""
# ONNX Runtime and networks as a saved page has them, their bytes fetched from `host`.
EMBED = """() => {
  const raw = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
  const once = {};
  globalThis[Symbol.for("latent-lab embedded files")] = async ({ url, sha256, runtime: { worker, script, wasm } }) => {
    once.script ??= raw(script);
    once.wasm ??= raw(wasm.url);
    once.code ??= raw(worker).then((code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    const runtime = { script: { bytes: await once.script }, wasm: { ...wasm, bytes: await once.wasm } };
    return { code: await once.code, load: { bytes: await raw(url), sha256 }, runtime };
  };
}"""
SHARES = """[...root.querySelectorAll(".answer")].map((one) =>
  [...one.querySelectorAll("i")].map((bar) => Number(bar.style.getPropertyValue("--share"))))"""
SIDE = 28


def described(name, given=None):
    return {"name": name, "title": f"Network {name}", "note": "90.0% right", "network": given}


def picture(source=None, image=None, words="", label=None):
    return {"source": source or {}, "image": image, "words": words, "label": label}


def levels(value, shape=(1, SIDE, SIDE)):
    return grey.text(np.full(shape, value, np.uint8))


def data(number=0, identity="one", **more):
    images = [
        {"source": {"test": ["sample", k]}, "words": f"picture {k}", "label": k % 3, "image": levels(20 * k)}
        for k in range(10)
    ]
    return {
        "set": {
            "identity": identity,
            "shape": [1, SIDE, SIDE],
            "pictures": "28×28 pixels, grey",
            "preset": dataclasses.asdict(prepare.preset("mnist")),
            "classes": ["top", "middle", "bottom"],
            "networks": [described("up", network("up")), described("down", network("down"))],
        },
        "picture": picture(),
        "official": None,
        "problems": {},
        "strip": {"identity": "digits 0", "page": 0, "name": "Or take one", "images": images},
        "answers": {"session": "a", "number": number, "of": ["moved"]},
    } | more


def as_set(first, **fields):
    """The data with other fields of its set."""
    return first | {"set": first["set"] | fields}


class Hand(hands.Pen):
    def expect_live(self):
        self.page.locator(".classify[data-networks=live]").wait_for()

    def press(self, name):
        self.page.get_by_role("button", name=name).click()

    def reported(self, count):
        """The value of the last of so many reports."""
        self.page.wait_for_function("count => reports.length === count", arg=count)
        name, report = self.component.last_report()
        assert name == "moved"
        assert report["number"] == count
        return report["value"]

    def expect_shares(self, *wanted, of=""):
        """Wait until every network shows these probabilities. of: the set, for the message."""
        near = f"""wanted => {{ const shown = {SHARES};
          const near = (row, k) => row.every((v, j) => Math.abs(v - wanted[k][j]) < 2e-3);
          const equal = (row, k) => row.length === wanted[k].length && near(row, k);
          return shown.length === wanted.length && shown.every(equal); }}"""
        try:
            self.page.wait_for_function(near, arg=[list(row) for row in wanted])
        except Exception:
            raise AssertionError(f"{of} expected {wanted}, shown {self.page.evaluate(SHARES)}") from None

    def prepared(self, preset="mnist", shape=(1, SIDE, SIDE)):
        """What the server would make of the page."""
        text = self.paper.evaluate("canvas => canvas.toDataURL()").partition(",")[2]
        page = Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")
        return prepare.prepare(page, shape, prepare.preset(preset))[-1].image


def softmax(logits):
    weights = np.exp(np.asarray(logits, float) - np.max(logits))
    return (weights / weights.sum()).tolist()


def thirds(image):
    """Logits of "up" of a picture uint8."""
    flat, size = image.ravel() / 255, image.size
    return [30 * flat[[min(2, 3 * k // size) == third for k in range(size)]].sum() / size for third in range(3)]


@pytest.fixture
def opened(mounted):
    """opened(data, failures): the component; failures {network: why it does not run}."""

    def open_it(first=None, failures=None, **options):
        return Hand(mounted("classify", first or data(), before=(WORKER, failures or {}), **options))

    return open_it


@pytest.fixture
def hand(opened):
    hand = opened()
    hand.expect_live()
    return hand


def test_all_networks_follow_the_pen_and_one_report_ends_the_stroke(hand):
    hand.component.watch(SHARES)
    hand.move_pen((140, 40), (140, 240), (60, 240), (220, 240), first=True)
    up = softmax(thirds(hand.prepared()))
    hand.expect_shares(up, up[::-1])
    assert len({str(shares) for shares in hand.component.drawn()}) > 4
    hand.component.expect_reports()
    hand.mouse.up()
    report = hand.reported(1)
    assert report["set"] == "one"
    assert report["source"]["ink"].startswith("P")
    sent = grey.read(report["input"], (1, SIDE, SIDE)).astype(int)
    assert np.abs(sent - hand.prepared()).max() <= 1
    expect(hand.page.locator(".words")).to_have_text("your drawing, prepared · 28×28 pixels, grey")


@pytest.mark.slow
def test_official_numbers_are_drawn_for_the_picture_that_they_are_of(hand):
    hand.draw((140, 40), (140, 240))
    report = hand.reported(1)
    answer = data(1, picture=picture(report["source"]), official={"up": [0, 0, 3], "down": [1, 0, 0]})
    hand.component.send(answer)
    hand.expect_shares(softmax([0, 0, 3]), softmax([1, 0, 0]))
    expect(hand.page.locator(".official").first).to_have_text("Computed on the server: bottom, 90.94%")
    expect(hand.page.locator(".spoken")).to_have_text("Network up: bottom 91%; Network down: top 58%")
    hand.move_pen((60, 60), (60, 220), first=True)
    expect(hand.page.locator(".official").first).to_be_empty()
    up = softmax(thirds(hand.prepared()))
    hand.expect_shares(up, up[::-1])
    hand.mouse.up()
    hand.reported(2)
    hand.component.send(answer)  # it is of the picture before
    hand.expect_shares(up, up[::-1])


def test_the_newest_picture_wins(hand):
    hand.page.evaluate("() => void (held = [])")
    hand.move_pen((140, 40), (140, 240), (60, 240), first=True)
    hand.page.wait_for_function("() => held.length === 2")  # one of each network is under way, and none waits behind it
    hand.page.evaluate("() => { const waiting = held; held = null; waiting.forEach((release) => release()) }")
    up = softmax(thirds(hand.prepared()))
    hand.expect_shares(up, up[::-1])
    hand.mouse.up()


@pytest.mark.slow
def test_a_labelled_picture_is_taken_and_its_class_is_marked(hand):
    hand.page.get_by_label("Take picture 4").click()
    report = hand.reported(1)
    assert report["source"] == {"test": ["sample", 4]}
    assert report["input"] is None
    expect(hand.page.locator(".words")).to_have_text("picture 4 · 28×28 pixels, grey")
    marked = hand.page.locator(".answer").first.locator("li.label")
    expect(marked).to_have_count(1)
    expect(marked.locator(".name")).to_have_text("middle")
    hand.draw((60, 60), (60, 220))
    hand.reported(2)
    expect(hand.page.locator("li.label")).to_have_count(0)
    hand.press("Other pictures")
    assert hand.reported(3)["page"] == 1


def test_an_empty_page_is_one_sentence_and_the_last_answers_stay(hand):
    hand.draw((140, 40), (140, 240))
    before = hand.reported(1)
    up = softmax(thirds(hand.prepared()))
    hand.press("Clear")
    expect(hand.page.locator(".sentence")).to_have_text(
        "There is nothing on the page: draw something, or take a picture. The last answers stay."
    )
    assert hand.reported(2) == before
    hand.expect_shares(up, up[::-1])
    hand.draw((60, 60), (60, 220))
    expect(hand.page.locator(".sentence")).to_be_empty()


@pytest.mark.slow
def test_an_empty_page_of_a_network_for_photographs_is_no_picture(opened):
    hand = opened(as_set(data(), shape=[3, 12, 12], preset=dataclasses.asdict(prepare.preset("rock_paper_scissors"))))
    hand.expect_live()
    hand.press("Clear")
    expect(hand.page.locator(".sentence")).to_contain_text("There is nothing on the page")
    hand.component.expect_reports()
    hand.draw((60, 60), (220, 220))
    sent = grey.read(hand.reported(1)["input"], (3, 12, 12)).astype(int)
    wanted = hand.prepared("rock_paper_scissors", (3, 12, 12)).astype(int)
    assert np.abs(sent - wanted).max() <= 1
    assert sent.min() < 100 < 250 < sent.max()


def test_a_link_restores_a_drawing_and_asks_for_its_official_numbers_once(hand, opened):
    hand.draw((140, 40), (140, 240), (220, 240))
    report = hand.reported(1)
    other = opened(data(picture=picture(report["source"])))
    other.expect_live()
    assert other.reported(1) == report
    up = softmax(thirds(hand.prepared()))
    other.expect_shares(up, up[::-1])
    other.component.send(data(1, picture=picture(report["source"]), official={"up": [0, 0, 0], "down": [0, 0, 0]}))
    expect(other.page.locator(".official").first).to_contain_text("Computed on the server")
    assert other.reported(1) == report


@pytest.mark.slow
def test_another_set_prepares_the_drawing_anew(hand):
    hand.draw((140, 40), (140, 240), (220, 240))
    report = hand.reported(1)
    other = as_set(
        data(1, "two"),
        classes=["a", "b", "c"],
        preset=dataclasses.asdict(prepare.preset("fashion_mnist")),
        networks=[described("down", network("down"))],
    )
    hand.component.send(other | {"picture": picture(report["source"])})
    again = hand.reported(2)
    assert again["set"] == "two"
    assert again["source"] == report["source"]
    wanted = hand.prepared("fashion_mnist")
    assert np.abs(grey.read(again["input"], wanted.shape).astype(int) - wanted).max() <= 1
    hand.expect_shares(softmax(thirds(wanted))[::-1])
    expect(hand.page.locator(".answer .name").first).to_have_text("a")


def test_a_network_that_fails_is_answered_for_by_the_server(opened):
    hand = opened(failures={"down": "the test keeps it away"})
    hand.expect_live()
    expect(hand.page.locator(".quiet")).to_have_text(
        "Network down: the server answers when you let go, because the test keeps it away."
    )
    hand.move_pen((140, 40), (140, 240), first=True)
    expect(hand.page.locator("[data-network=down]")).to_have_class("answer unknown stale")
    expect(hand.page.locator("[data-network=up]")).to_have_class("answer")
    hand.mouse.up()
    report = hand.reported(1)
    hand.component.send(data(1, picture=picture(report["source"]), official={"up": [0, 0, 3], "down": [3, 0, 0]}))
    hand.expect_shares(softmax([0, 0, 3]), softmax([3, 0, 0]))
    expect(hand.page.locator("[data-network=down]")).to_have_class("answer")


@pytest.mark.slow
def test_networks_that_come_late_replace_the_server(opened):
    drawn = {"ink": sets.FOUR}
    hand = opened(data(picture=picture(drawn)), failures={"late": True})
    hand.page.wait_for_function("() => held.length === 2")
    hand.page.clock.install()
    hand.component.send(data(identity="again", picture=picture(drawn)))  # from now on time passes in fast_forward
    hand.page.wait_for_function("() => held.length === 4")
    hand.page.clock.fast_forward(21_000)
    expect(hand.page.locator(".quiet")).to_contain_text("because the network is not here yet.")
    hand.reported(1)
    both = {"up": [0, 0, 3], "down": [3, 0, 0]}
    hand.component.send(data(1, identity="again", picture=picture(drawn), official=both))
    expect(hand.page.locator(".official")).to_have_text(
        ["Computed on the server: bottom, 90.94%", "Computed on the server: top, 90.94%"]
    )
    hand.page.evaluate("() => { const waiting = held; held = null; waiting.forEach((release) => release()) }")
    expect(hand.page.locator(".quiet")).to_be_empty()
    expect(hand.page.locator(".official")).to_have_text(
        ["Computed on the server: bottom, 90.94%", "Computed on the server: top, 90.94%"]
    )


def test_without_any_network_the_page_lives_on(opened):
    hand = opened(failures={"up": "this browser has no WebAssembly", "down": "this browser has no WebAssembly"})
    expect(hand.page.locator(".quiet")).to_have_text(
        "The networks answer when you let go, because this browser has no WebAssembly."
    )
    hand.draw((140, 40), (140, 240))
    report = hand.reported(1)
    hand.component.send(data(1, picture=picture(report["source"]), official={"up": [0, 0, 3], "down": [3, 0, 0]}))
    hand.expect_shares(softmax([0, 0, 3]), softmax([3, 0, 0]))


@pytest.mark.slow
def test_a_network_for_the_server_alone_waits_for_the_report_without_an_excuse(opened):
    both = as_set(data(), networks=[described("up", network("up")), described("large")])
    hand = opened(both)
    hand.expect_live()
    expect(hand.page.locator(".quiet")).to_be_empty()
    hand.draw((140, 40), (140, 240))
    report = hand.reported(1)
    expect(hand.page.locator("[data-network=large] .official")).to_have_text("The server answers when you let go.")
    answer = data(1, picture=picture(report["source"]), official={"up": [0, 0, 3]})
    hand.component.send(answer | {"set": both["set"], "problems": {"large": "Its weights are not here."}})
    expect(hand.page.locator("[data-network=up] .official")).to_contain_text("Computed on the server")
    expect(hand.page.locator("[data-network=large] .official")).to_have_text("Its weights are not here.")


def test_the_keyboard_draws_and_takes_pictures(hand):
    for key in ("ArrowLeft", " ", *["ArrowDown"] * 5, " "):
        hand.paper.press(key)
    assert hand.reported(1)["source"]["ink"]
    hand.page.get_by_label("Take picture 2").press("Enter")
    assert hand.reported(2)["source"] == {"test": ["sample", 2]}


class Files(BaseHTTPRequestHandler):
    """An empty page, and beside it what `browser_networks.given` names."""

    def do_GET(self):
        body = browser_networks.content(*self.path.split("/")[2:]) if self.path != "/" else b"<!doctype html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def host():
    """Where the files are served. Sent through Playwright, 14 MB take seconds."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_probabilities_are_those_of_pytorch(mounted, host):
    """Of every set, in one page: ONNX Runtime is compiled once, as for a visitor who goes from one set to the next."""
    names = ["digits", "garments", "kana"]
    cards = {name: sets.SETS[name].cards()[0] for name in names}

    def of_set(name, reports):
        one = sets.SETS[name]
        return as_set(
            data(reports, picture=picture({"ink": sets.FOUR})),
            identity=name,
            networks=[visit.described(cards[name], one)],
            classes=list(one.classes),
            preset=dataclasses.asdict(prepare.preset(one.dataset)),
        )

    hand = Hand(mounted("classify", of_set(names[0], 0), before=(EMBED, None), address=host))
    for name in names:
        if name != names[0]:
            hand.component.send(of_set(name, hand.page.evaluate("reports.length")))
        hand.page.locator(f"[data-network={cards[name].name}]").wait_for()
        hand.expect_live()
        model = checkpoints.load(cards[name].name)
        for x in (100, 240):
            hand.draw((92, 60), (x, 70))
            prepared = hand.prepared(sets.SETS[name].dataset)
            with torch.inference_mode():
                wanted = model(torch.from_numpy(prepared)[None].float() / 255)[0].softmax(0).tolist()
            hand.expect_shares(wanted, of=name)
