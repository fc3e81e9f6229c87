"""The live explorer on its page: pictures of the network under the hand, the official one after it, and links.

With the network in the browser the hand goes anywhere; without, from step to step of the server's pictures. What the
component does by itself is tested in tests/components/test_explorer.py.
"""

import contextlib
from urllib.parse import quote, urlparse

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
import data
from evaluate import code_metrics
from models import directions
from tests.browser import screens
from tests.browser.conftest import served
from tests.conftest import PATIENCE
from ui import gallery, url

CARD = checkpoints.read("fashion_vae")  # more dimensions than one group
PREVIEW = checkpoints.preview(CARD.name)
ORDER = [int(d) for d in PREVIEW["order"]]
START = PREVIEW["codes"][0]
PATH = f"/latent_space?model={CARD.name}"


@pytest.fixture(scope="module")
def decode():
    """The grey picture (H, W) of a code (latent,)."""
    model = checkpoints.load(CARD.name)

    def picture(code):
        with torch.inference_mode():
            decoded = model.picture(torch.from_numpy(np.asarray(code, np.float32)[None]))[0, 0]
        return (decoded * 255).round().to(torch.uint8).numpy()

    return picture


def with_value(code, row, value):
    code = code.copy()
    code[ORDER[row]] = value
    return code


class Explorer:
    def __init__(self, page):
        self.page, self.view = page, page.locator("canvas.view")
        page.locator(".row").first.wait_for()
        screens.idle(page)

    def slider(self, row):
        return self.page.locator(".row input[type=range]").nth(row)

    def number(self, row):
        return self.page.locator(".row input[type=number]").nth(row)

    def place(self, row, value):
        """Where the thumb is for a value, in pixels of the window."""
        box = screens.box(self.slider(row))
        share, thumb = (value + 3) / 6, 16
        return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2

    def expect_link(self, code):
        screens.expect_in_link(self.page, f"z={quote(url.pack(code))}")

    def expect_whole(self):
        """Until sheet and map of the newest code are here."""
        expect(self.page.locator(".pad:not(.stale, .waiting)")).to_be_visible()

    def expect_network(self):
        """Until the network runs in the browser, the server knows that, and the plane is filled."""
        self.page.locator(".explorer[data-pictures=network][data-server=ready]").wait_for()
        self.expect_whole()

    def count_releases(self):
        """See `expect_releases`."""
        self.page.evaluate(COUNT_RELEASES)

    def expect_releases(self, count):
        """Until the server's pictures of so many releases since then have been drawn."""
        self.page.wait_for_function("count => releases === count", arg=count)

    def code(self):
        """That of the address."""
        return url.unpack(dict(part.split("=") for part in urlparse(self.page.url).query.split("&"))["z"], CARD.latent)


COUNT_RELEASES = """() => {
  window.releases = 0;
  addEventListener("explorer-measured", ({ detail }) => (releases += Number(detail.what === "release")));
}"""
WORKER = "**/networks/*/worker.js"
PART = "**/networks/*/*.onnx"


# Every download breaks off after its first bytes.
CUT = """
globalThis.fetch = async () => new Response(new ReadableStream({
  start: (stream) => stream.enqueue(new Uint8Array(9)),
  pull: (stream) => stream.error(new TypeError("network error")),
}));
"""
REFUSED = "globalThis.fetch = () => Promise.reject(new TypeError());\n"


def changed_worker(script):
    def change(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=script + answer.text())

    return {"before": lambda page: page.context.route(WORKER, change)}


def with_another_part(page):
    def changed(route):
        answer = route.fetch()
        raw = bytearray(answer.body())
        raw[len(raw) // 2] ^= 1
        route.fulfill(response=answer, body=bytes(raw))

    page.context.route(PART, changed)


@pytest.fixture
def hand(new_page):
    """Without the network in the browser."""
    explorer = Explorer(new_page(PATH, script=screens.WITHOUT_WORKERS))
    explorer.page.locator(".explorer[data-pictures=tiles]").wait_for()
    return explorer


@pytest.fixture
def live(new_page):
    explorer = Explorer(new_page(PATH))
    explorer.expect_network()
    return explorer


def slowly(hand, row, values):
    """Hold a slider and move it over `values`, a frame after the other; the codes of its fields at each of them."""
    hand.page.mouse.move(*hand.place(row, values[0]))
    hand.page.mouse.down()
    for value in values:
        hand.page.mouse.move(*hand.place(row, value))
        hand.page.evaluate(screens.FRAMES)
        yield with_value(START, row, float(hand.number(row).input_value()))


@pytest.mark.slow
def test_the_picture_of_every_place_under_the_hand_comes_from_the_network(live, decode):
    reached = []
    live.page.on("websocket", lambda socket: pytest.fail("the page connected again"))
    live.page.evaluate(screens.COUNT_MESSAGES)
    screens.watch(live.view)
    places = np.linspace(0.02, 0.18, 9)  # between two of the 31 steps
    for code in slowly(live, 0, places):
        screens.expect_picture(live.view, decode(code))
        reached.append(code[ORDER[0]])
    assert len(set(reached)) == len(places)
    assert screens.drawn(live.page) >= len(places)  # and the recorded picture before them
    assert live.page.evaluate("messages") == 0
    screens.watch(live.view, decode(code))
    live.page.mouse.up()
    live.expect_link(code)
    expect(live.page.locator(".badge")).to_contain_text("release")
    screens.idle(live.page)
    assert screens.worst(live.page) <= 1  # no jump when the official picture arrives
    assert live.page.evaluate("messages") >= 1
    assert live.page.locator(".quiet").text_content() == ""


@pytest.mark.slow
def test_the_plane_follows_the_pointer_anywhere(live, decode):
    box, axes = screens.box(live.page.locator(".pad")), PREVIEW["components"] * PREVIEW["scale"][:, None]
    start = axes / PREVIEW["scale"][:, None] ** 2 @ (START - PREVIEW["centre"])
    live.page.evaluate(screens.COUNT_MESSAGES)
    for share in (0.5, 0.51, 0.52):  # a cell has 0.048
        live.page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.4)
        u = np.array([(share * 21 - 0.5) * 0.3 - 3, (0.6 * 21 - 0.5) * 0.3 - 3])
        screens.expect_picture(live.view, decode(START + (u - start) @ axes), tolerance=3)  # u is rounded to a pixel
    assert live.page.evaluate("messages") == 0
    live.page.mouse.down()
    live.page.mouse.up()
    live.page.wait_for_url("**z=*")
    screens.expect_picture(live.view, decode(live.code()))


@pytest.mark.slow
def test_a_walk_sends_nothing_until_it_stops_and_numbers_are_those_of_the_server(live, decode):
    page, words = live.page, ("norm", "density", "nearest")
    expect(page.locator(".classes li").first).to_contain_text("%")
    expect(page.locator(".facts .nearest dd")).to_have_text("0.00 (Ankle boot)")
    page.evaluate(screens.COUNT_MESSAGES)
    screens.watch(live.view)
    page.get_by_role("button", name="Walk").click()
    page.wait_for_function("() => drawn.length > 20")
    assert page.evaluate("messages") == 0
    page.keyboard.press("Escape")
    page.wait_for_url("**z=*")
    expect(page.locator(".origin")).to_have_text("Where a walk stopped")
    code = live.code()
    screens.expect_picture(live.view, decode(code))
    _, distance, _ = code_metrics.nearest(PREVIEW, code)
    norm, density, nearest = (page.locator(f".facts .{word} dd").inner_text() for word in words)
    assert float(norm) == pytest.approx(np.linalg.norm(code), abs=0.006)
    assert float(density.split()[0].replace("−", "-")) == pytest.approx(code_metrics.log_prior(code), abs=0.006)
    assert float(nearest.split()[0]) == pytest.approx(distance, abs=0.01)
    with torch.inference_mode():
        classifier = checkpoints.load("fashion_classifier")
        picture = checkpoints.load(CARD.name).picture(torch.from_numpy(code[None]))
        best = classifier(picture).softmax(1)[0].max(0)
    names = data.class_names("fashion_mnist")
    expect(page.locator(".classes li").first).to_contain_text(names[best.indices])
    share = page.locator(".classes li").first.locator("span")
    wanted = (
        100 * best.values.item()
    )  # the classifier answers behind the picture: until then the last share stands here
    page.wait_for_function(
        "([share, wanted]) => Math.abs(Number(share.textContent.replace(/[<>%]/g, '')) - wanted) < 1.1",
        arg=[share.element_handle(), wanted],
    )
    assert float(share.inner_text().strip("<>%")) == pytest.approx(wanted, abs=1.1)


@pytest.mark.slow
def test_favourites_outlive_a_reload(live):
    live.page.get_by_role("button", name="Keep this code").click()
    expect(live.page.locator(".favourite")).to_have_count(1)
    live.page.reload()
    hand = Explorer(live.page)
    hand.expect_network()
    expect(hand.page.locator(".favourite")).to_have_count(1)


@pytest.mark.slow
def test_the_hand_does_not_notice_that_the_server_stops(browser, tmp_path, decode):
    with contextlib.ExitStack() as app, contextlib.ExitStack() as stack:
        url = app.enter_context(served(tmp_path))
        page = stack.enter_context(contextlib.closing(browser.new_page(viewport={"width": 1440, "height": 900})))
        page.set_default_timeout(PATIENCE)
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}{PATH}")
        hand = Explorer(page)
        hand.expect_network()
        page.mouse.move(*hand.place(0, -1))
        page.mouse.down()
        page.mouse.move(*hand.place(0, -0.5))
        app.close()  # the server is gone
        for value in (0.3, 1.1, 1.7):
            page.mouse.move(*hand.place(0, value))
            page.evaluate(screens.FRAMES)
            screens.expect_picture(hand.view, decode(with_value(START, 0, float(hand.number(0).input_value()))))
        page.mouse.up()
        moved = hand.number(0).input_value()
        page.mouse.move(*hand.place(1, 0))
        page.mouse.down()
        page.mouse.move(*hand.place(1, 1))
        page.mouse.up()
        page.evaluate(screens.FRAMES)
        code = with_value(with_value(START, 0, float(moved)), 1, float(hand.number(1).input_value()))
        screens.expect_picture(hand.view, decode(code))  # and the next drag goes on from there
        assert not errors


@pytest.mark.slow
def test_principal_directions_run_in_the_browser(live, decode):
    live.page.locator("select.basis").select_option("features")
    screens.expect_in_link(live.page, "basis=features")
    expect(live.page.get_by_label("Direction 1, rank 1").first).to_be_visible()
    screens.idle(live.page)
    live.page.mouse.move(*live.place(0, 1.0))
    live.page.mouse.down()
    live.page.mouse.move(*live.place(0, 1.1))
    live.page.evaluate(screens.FRAMES)
    first = directions.basis(checkpoints.load(CARD.name))[0].numpy()
    moved = START + (float(live.number(0).input_value()) - first @ START) * first
    screens.expect_picture(live.view, decode(moved))
    live.page.mouse.up()


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        pytest.param({"script": screens.WITHOUT_WORKERS}, "this browser has no workers", id="workers"),
        *(
            pytest.param(block, reason, id=name, marks=pytest.mark.slow)
            for name, block, reason in [
                ("webassembly", changed_worker("delete globalThis.WebAssembly;\n"), "this browser has no WebAssembly"),
                ("bytes", {"before": with_another_part}, "a file is not the one that its card describes"),
                ("server", changed_worker(REFUSED), "the server cannot be reached"),
                ("cut", changed_worker(CUT), "the download was cut"),
            ]
        ),
    ],
)
def test_without_the_network_the_server_gives_the_pictures_and_one_sentence_says_why(new_page, decode, block, reason):
    hand = Explorer(new_page(PATH, **block))
    expect(hand.page.locator(".quiet")).to_have_text(
        f"While you drag, the pictures come from the server, in steps, because {reason}."
    )
    hand.expect_whole()
    hand.page.mouse.move(*hand.place(0, 0.1))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.place(0, 1.09))
    screens.expect_picture(hand.view, decode(with_value(START, 0, 1.0)))
    hand.page.mouse.up()
    hand.expect_link(with_value(START, 0, 1.0))


def test_two_drags_and_a_key_and_the_same_picture_from_the_link(hand, decode, new_page):
    screens.expect_picture(hand.view, PREVIEW["start_picture"][0], tolerance=0)  # the recorded one
    hand.count_releases()
    code = START
    for count, (row, values) in enumerate([(0, np.round(np.arange(-2, 2.01, 0.8), 1)), (1, [0.6, -1.0])], 1):
        before = hand.page.url
        hand.page.mouse.move(*hand.place(row, values[0]))
        hand.page.mouse.down()
        for value in values:
            hand.page.mouse.move(*hand.place(row, value))
            code = with_value(code, row, value)
            screens.expect_picture(hand.view, decode(code))
        assert hand.page.url == before  # nothing was released yet
        screens.watch(hand.view, decode(code))
        hand.page.mouse.up()
        hand.expect_link(code)
        hand.expect_releases(count)
        expect(hand.page.locator(".badge")).to_contain_text("release")
        hand.expect_whole()
        assert screens.worst(hand.page) <= 1  # no jump when the official picture and the next sheet arrive
    hand.slider(1).press("ArrowRight")
    code = with_value(code, 1, -0.8)
    hand.expect_link(code)
    hand.expect_releases(3)  # until then the picture is a tile of the sheet before
    hand.expect_whole()
    screens.expect_picture(hand.view, decode(code))
    official = hand.view.evaluate("canvas => canvas.toDataURL()")

    other = Explorer(new_page("/?" + urlparse(hand.page.url).query))  # as links were when this was the first page
    expect(other.number(0)).to_have_value("2")
    other.page.wait_for_function(
        "([canvas, wanted]) => canvas.toDataURL() === wanted", arg=[other.view.element_handle(), official]
    )


@pytest.mark.slow
def test_the_last_of_many_quick_releases_remains(hand, decode):
    for value in (-2.0, 2.0, -1.0, 1.0, -0.4):
        hand.page.mouse.click(*hand.place(0, value))
    code = with_value(START, 0, -0.4)
    hand.expect_link(code)
    hand.expect_whole()
    screens.idle(hand.page)
    screens.expect_picture(hand.view, decode(code))
    expect(hand.number(0)).to_have_value("-0.4")
    assert np.array_equal(hand.code(), code)


@pytest.mark.slow
def test_the_plane_moves_its_two_directions_only(hand, decode):
    hand.expect_whole()
    box = screens.box(hand.page.locator(".pad"))
    hand.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    hand.page.wait_for_url("**z=*")
    code = hand.code()
    screens.expect_picture(hand.view, decode(code))
    moved, axes = code - START, PREVIEW["components"]
    assert moved == pytest.approx(moved @ axes.T @ axes, abs=1e-4)
    hand.expect_whole()
    hand.page.locator(".pad").press("ArrowLeft")
    hand.page.wait_for_url(lambda address: "z=" in address and quote(url.pack(code)) not in address)
    step = (hand.code() - code) @ axes[0] / PREVIEW["scale"][0]
    assert step == pytest.approx(-0.3, abs=0.01)


@pytest.mark.slow
def test_every_choice_reaches_the_server(hand, decode):
    hand.page.locator("select.page").select_option("2")
    screens.expect_in_link(hand.page, "dims=2")
    expect(hand.page.get_by_label(f"Dimension {ORDER[16]}, rank 17")).to_be_visible()
    hand.page.locator("select.axis").first.select_option(str(ORDER[3]))
    screens.expect_in_link(hand.page, f"plane={ORDER[3]}.{ORDER[0]}")
    expect(hand.page.locator("select.axis").nth(1)).to_have_value(str(ORDER[0]))
    hand.page.locator(".strip button").nth(2).click()
    expect(hand.page.locator(".original")).to_be_visible()
    expect(hand.page.locator(".strip button").nth(2)).to_have_attribute("aria-pressed", "true")
    hand.page.get_by_role("button", name="Reset to 0").click()
    screens.expect_picture(hand.view, decode(np.zeros(CARD.latent)))


@pytest.mark.slow
def test_a_finger_on_a_phone(new_page, decode):
    hand = Explorer(new_page(PATH, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    screens.expect_no_overflow(hand.page)
    beside = hand.page.locator(".class"), hand.page.locator(".walk")
    screens.expect_on_first_screen(hand.view, *beside, hand.slider(0), hand.slider(1))
    x, y = hand.place(3, 0)
    hand.page.touchscreen.tap(x + 40, y)
    hand.page.wait_for_url("**z=*")
    assert hand.code()[ORDER[3]] != START[ORDER[3]]
    screens.expect_picture(hand.view, decode(hand.code()))


@pytest.mark.slow
def test_a_bad_link_is_one_sentence(new_page):
    page = new_page("/?z=" + quote("AAAA") + "&model=nothing")
    expect(page.get_by_text("so the start picture is shown")).to_be_visible()
    first = checkpoints.preview(gallery.FIRST)["start_picture"][0]
    screens.expect_picture(Explorer(page).view, first, tolerance=0)
