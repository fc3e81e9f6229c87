"""Pages to take home, opened from a disk without a network: as live as in the app, or one sentence why not.

The page's policy forbids `eval`, which Playwright's wait_for_function needs, so these tests look again and again.
"""

import dataclasses
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from checkpoints import commands, recorded
from tests.browser import screens
from tests.browser.screens import until
from tests.conftest import PATIENCE
from ui import gallery
from ui.distances import pairs
from ui.distances import saved as saved_distances
from ui.explore import bases, images, saved, saved_chain, saved_paths
from ui.explore.chain import vaes
from ui.explore.chain import visit as chain_visit
from ui.explore.endpoints import End
from ui.explore.position import Position
from ui.images import denoising
from ui.images import saved as saved_images
from ui.images.classify import saved as saved_classify
from ui.images.classify import sets, visit
from ui.images.intake import Input
from ui.images.reconstruction import error_map
from ui.training import saved as saved_training
from ui.training import toy_flow, toy_vae

CARD = checkpoints.read("mnist_vae")
START = checkpoints.preview(CARD.name)["codes"][0]
ORDER = [int(d) for d in checkpoints.preview(CARD.name)["order"]]
PIXELS = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, k) => data[4 * k]);
}"""


@pytest.fixture(scope="module")
def explorer_page():
    return saved.page(Position.at_first(CARD))


@pytest.fixture(scope="module")
def decode():
    """The grey picture (H, W) of a code (latent,), by PyTorch."""
    model = checkpoints.load(CARD.name)

    def picture(code):
        with torch.inference_mode():
            return model.picture(torch.from_numpy(np.asarray(code, np.float32)[None]))[0, 0].numpy() * 255

    return picture


@pytest.fixture
def from_disk(browser, tmp_path):
    """from_disk(raw, before=None, errors=True, **context options): the page of a file, without any network.

    Whatever it asks for beside itself fails the test, and so does a console error where `errors` is true.
    """
    contexts, wrong = [], []

    def open_file(raw, before=None, errors=True, **options):
        file = tmp_path / "page.html"
        file.write_bytes(raw)
        options = {"viewport": {"width": 1440, "height": 900}, "offline": True} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda asked: asked.url in (file.as_uri(), *_local(asked)) or wrong.append(asked.url))
        if errors:
            page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
            page.on("pageerror", lambda error: wrong.append(str(error)))
        if before:
            before(page)
        page.goto(file.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not wrong


def _local(request):
    return [request.url] if request.url.startswith(("blob:", "data:")) else []


class Explorer:
    def __init__(self, page):
        self.page, self.view = page, page.locator("canvas.view")
        page.locator(".explorer[data-pictures=network]").wait_for()
        page.locator(".pad:not(.stale)").wait_for()

    def numbers(self):
        return [float(number.input_value()) for number in self.page.locator(".row input[type=number]").all()]

    def code(self, vectors=None):
        """The code of the fields, all but the last of which are its coordinates."""
        code = np.zeros(CARD.latent)
        code[ORDER if vectors is None else range(CARD.latent)] = self.numbers()[: CARD.latent]
        return code if vectors is None else code @ vectors

    def expect_picture(self, picture, tolerance=1.0):
        """Until the canvas shows a picture (H, W) of grey values within grey levels."""
        until(
            lambda: np.abs(np.array(self.view.evaluate(PIXELS)) - np.ravel(picture)).max(),
            lambda difference: difference <= tolerance,
        )


@pytest.mark.slow
def test_the_explorer_from_a_disk_follows_the_hand_with_pytorchs_pictures(from_disk, explorer_page, decode):
    hand = Explorer(from_disk(explorer_page))
    expect(hand.page).to_have_title(f"Latent space: {CARD.title}")
    hand.expect_picture(decode(START), 1.5)  # a PNG of whole grey levels, of weights in half precision
    slider = hand.page.locator(".row input[type=range]").first
    box = screens.box(slider)
    screens.watch(hand.view)
    middle = box["y"] + box["height"] / 2
    hand.page.mouse.move(box["x"] + box["width"] / 2, middle)
    hand.page.mouse.down()
    reached = []
    for share in np.linspace(0.55, 0.9, 8):
        hand.page.mouse.move(box["x"] + share * box["width"], middle)
        reached.append(until(hand.code, lambda code: not reached or not np.array_equal(code, reached[-1])))
        hand.expect_picture(decode(reached[-1]))
    hand.page.mouse.up()
    assert len({tuple(code) for code in reached}) == len(reached)
    assert screens.drawn(hand.page) >= len(reached)
    expect(hand.page.locator(".origin")).to_have_text("Set by hand")
    hand.expect_picture(decode(reached[-1]))


@pytest.mark.slow
def test_what_the_server_answers_in_the_app_is_answered_in_the_page(from_disk, explorer_page, decode):
    hand = Explorer(from_disk(explorer_page))
    starts = images.start_pictures(CARD)
    picture = starts.strip(1)["pictures"][3]
    hand.page.get_by_role("button", name="Others").click()
    hand.page.get_by_role("button", name=picture["words"]).click()
    expect(hand.page.locator(".origin")).to_have_text(f"The code of {picture['words']}")
    expect(hand.page.locator(".original")).to_be_visible()
    with torch.inference_mode():
        image = torch.from_numpy(starts.pictures.images[picture["number"]][None] / np.float32(255))
        code = checkpoints.load(CARD.name).encode(image)[0][0].numpy()
    hand.expect_picture(decode(code), 1.5)

    hand.page.locator("select.basis").select_option("features")
    expect(hand.page.locator(".row .name b").first).to_have_text("v1")
    basis = bases.basis(CARD, "features")
    until(hand.numbers, lambda numbers: np.allclose(numbers[: CARD.latent], basis.coordinates(code), atol=2e-3))
    hand.expect_picture(decode(code), 1.5)
    hand.page.locator(".row input[type=number]").first.fill("-2.5")
    hand.page.keyboard.press("Enter")
    expect(hand.page.locator(".origin")).to_have_text("Set by hand")
    moved = basis.coordinates(code)
    moved[0] = -2.5
    hand.expect_picture(decode(basis.codes(moved)), 1.5)

    hand.page.locator("select.axis").first.select_option(str(ORDER[2]))
    expect(hand.page.locator(".where")).to_contain_text(f"z{ORDER[2]} ")
    hand.page.get_by_role("button", name="Reset to 0").click()
    hand.expect_picture(decode(np.zeros(CARD.latent)), 1.5)
    hand.page.get_by_role("button", name="Draw from the prior").click()
    until(hand.numbers, lambda numbers: any(numbers))


@pytest.mark.slow
def test_a_page_whose_worker_breaks_says_so_and_the_next_press_starts_another(from_disk, explorer_page):
    hand = Explorer(from_disk(explorer_page))
    button, status = hand.page.get_by_role("button", name="Draw from the prior"), hand.page.locator("#status")
    button.click()
    expect(hand.page.locator(".origin")).to_have_text("A draw from the prior")
    hand.page.evaluate("globalThis[Symbol.for('latent-lab network worker')].asked.worker.onerror(new Event('error'))")
    button.click()
    expect(status).to_contain_text("This did not work: try again")
    button.click()
    expect(status).to_be_empty()


@pytest.mark.slow
def test_the_live_chain_from_a_disk_moves_with_the_pen_as_pytorch_has_it(from_disk):
    visit = chain_visit.Visit("v", CARD.name, dict(chain_visit.START))
    page = from_disk(saved_chain.page(CARD, visit, None))
    page.locator(".chain[data-networks=live]").wait_for()
    page.locator(".near figure").first.wait_for()
    paper, picture = page.locator(".paper canvas"), page.locator("canvas.picture")
    before = picture.evaluate(PIXELS)
    box = screens.box(paper)
    for k, (x, y) in enumerate([(70, 70), (210, 70), (150, 160), (120, 235)]):
        page.mouse.move(box["x"] + x * box["width"] / 280, box["y"] + y * box["height"] / 280, steps=5)
        if k == 0:
            page.mouse.down()
    page.mouse.up()
    until(lambda: picture.evaluate(PIXELS), lambda pixels: pixels != before)

    def difference():
        """Of the picture on the screen to PyTorch's for the input on the screen, in grey levels."""
        model = checkpoints.load(CARD.name)
        x = np.array(page.locator("canvas.input").evaluate(PIXELS), np.float32).reshape(1, 1, 28, 28) / 255
        with torch.inference_mode():
            wanted = model.picture(model.encode(torch.from_numpy(x))[0]).numpy().ravel() * 255
        return np.abs(np.array(picture.evaluate(PIXELS)) - wanted).max()

    until(difference, lambda levels: levels <= 1)
    page.get_by_role("button", name="Other pictures").click()
    words = vaes.strip(CARD, 1)["images"][2]["words"]
    drawn = picture.evaluate(PIXELS)
    page.get_by_role("button", name=f"Take {words}").click()
    until(lambda: picture.evaluate(PIXELS), lambda pixels: pixels != drawn)
    until(difference, lambda levels: levels <= 1)


@pytest.mark.slow
def test_the_interpolation_from_a_disk_follows_the_hand(from_disk, decode):
    preview = checkpoints.preview(CARD.name)
    a, b = (End(code, np.round(decode(code)).astype(np.uint8)[None], "an end") for code in preview["codes"][:2])
    page = from_disk(saved_paths.page(CARD, a, b, 0.5))
    page.locator(".live-pictures[data-pictures=network]").wait_for()
    slider, line = page.locator("#component input[type=range]").first, page.locator(".pictures canvas").first
    box = screens.box(slider)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    seen = set()
    for share in (0.571, 0.683, 0.797):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        alpha = until(lambda: float(slider.input_value()), lambda value: value not in seen)
        seen.add(alpha)

        def difference(alpha=alpha):
            wanted = decode((1 - alpha) * a.code + alpha * b.code)
            return np.abs(np.array(line.evaluate(PIXELS)) - wanted.ravel()).max()

        until(difference, lambda levels: levels <= 1.5)
    page.mouse.up()


def test_distances_from_a_disk_follow_the_hand(from_disk):
    settings, snapshots = recorded.theta_sweep()
    raw = saved_distances.page(pairs.Pair("line", "line"), snapshots[-1], settings, 0.4, recorded=True)
    page = from_disk(raw)
    words = page.locator("#component output")
    expect(words).to_have_text("θ 0.40")
    before = page.locator("#component svg").first.inner_html()
    box = screens.box(page.locator("#component .panels svg").first)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    expect(words).to_have_text(re.compile("θ −0"))
    assert page.locator("#component svg").first.inner_html() != before
    page.mouse.up()
    expect(page.locator(".legend").get_by_role("button", name=re.compile(r"^JSD \d"))).to_contain_text("0.693")


def test_the_toy_gan_from_a_disk_trains(from_disk):
    run = recorded.toy_gan("mode_collapse")
    page = from_disk(saved_training.page(run.settings, run=run, card=None), reduced_motion="reduce")
    caption = page.locator("#component .caption")
    expect(caption).to_contain_text("step 0")
    page.get_by_role("button", name="Train", exact=True).click()
    until(caption.inner_text, lambda words: int(re.search(r"step ([\d,]+)", words)[1].replace(",", "")) > 20)


@pytest.mark.slow
def test_the_denoiser_from_a_disk_restores_as_pytorch_does(from_disk):
    card, noise = checkpoints.read("mnist_patch_denoiser"), denoising.Noise("gaussian", 0.5, 10, 10, 0)
    given = Input(gallery.test_images(card).images[3], (), "a test image")
    single = denoising.results(card, given.image[None], noise)
    page = from_disk(saved_images.page(card, denoising.content(card, given, noise, single, drawn=False), single))
    page.locator(".denoiser[data-answers=network]").wait_for()
    question = page.locator(".question canvas.view")
    box = screens.box(question)
    page.mouse.move(box["x"] + box["width"] * 14 / 28, box["y"] + box["height"] * 14 / 28)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 11 / 28, box["y"] + box["height"] * 12 / 28, steps=4)
    expect(page.locator(".where")).to_have_text("row 8, column 7")
    expect(page.locator(".denoiser.stale")).to_have_count(0)
    moved = denoising.results(card, given.image[None], dataclasses.replace(noise, row=8, column=7))
    for name in ("blind", "informed"):
        # Of the small error map beside each answer, which is as large as the picture.
        wanted = error_map(given.image, moved[name].pictures[0])
        canvas = page.locator(f".{name} canvas.small")
        until(
            lambda canvas=canvas, wanted=wanted: np.abs(np.array(canvas.evaluate(PIXELS)) - np.ravel(wanted)).max(),
            lambda difference: difference <= 1,
        )
    page.mouse.up()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["digits", pytest.param("hands", marks=pytest.mark.slow)])
def test_classify_from_a_disk_names_what_is_drawn_and_taken_as_pytorch_does(from_disk, name):
    one = sets.SETS[name]
    cards = saved_classify.fitting(one.cards())
    page = from_disk(saved_classify.page(one, one.cards(), visit.Visit(one.dataset, {"ink": sets.FOUR})))
    page.locator(".classify[data-networks=live]").wait_for()
    models = {card.name: checkpoints.load(card.name) for card in cards}

    def difference():
        """Of all probabilities on the screen to PyTorch's for the input on the screen."""
        grey = np.array(page.locator("canvas.input").evaluate(PIXELS), np.float32).reshape(1, 28, 28) / 255
        x = torch.from_numpy(np.broadcast_to(grey, (1, *cards[0].shape)).copy())
        worst = 0.0
        for card in cards:
            bars = page.locator(f"[data-network={card.name}] .bars i").evaluate_all(
                "bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))"
            )
            with torch.inference_mode():
                worst = max(worst, np.abs(models[card.name](x)[0].softmax(0).numpy() - np.array(bars)).max())
        return worst

    until(difference, lambda worst: worst < 0.005)
    page.locator(".classify .clear").click()
    paper = page.locator(".paper canvas")
    before, box = page.locator("canvas.input").evaluate(PIXELS), screens.box(paper)
    for k, (x, y) in enumerate([(70, 70), (210, 70), (150, 160), (120, 235)]):
        page.mouse.move(box["x"] + x * box["width"] / 280, box["y"] + y * box["height"] / 280, steps=5)
        if k == 0:
            page.mouse.down()
    page.mouse.up()
    until(lambda: page.locator("canvas.input").evaluate(PIXELS), lambda pixels: pixels != before)
    until(difference, lambda worst: worst < 0.005)
    if name == "digits":  # whose pictures come with the app
        expect(page.locator(".first")).to_contain_text("7")
        taken = visit.strip(cards[0], 1)["images"][3]
        page.get_by_role("button", name="Other pictures").click()
        page.get_by_role("button", name=f"Take {taken['words']}").click()
        expect(page.locator("li.label .name")).to_have_text(one.classes[taken["label"]])
        expect(page.locator(".words")).to_contain_text(taken["words"])
        until(difference, lambda worst: worst < 0.005)
    expect(page.locator(".answer")).to_have_count(len(cards))


@pytest.mark.slow
def test_the_toy_vae_from_a_disk_trains_with_a_beta_that_is_moved(from_disk):
    preset = toy_vae.PRESETS["digits"]
    page = from_disk(saved_training.vae_page(preset.settings, kind="digits", shows=preset.shows))
    caption = page.locator("#component .caption")
    expect(caption).to_contain_text("step 0")
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator("#component [data-knob=beta]").press("End")
    until(caption.inner_text, lambda words: int(re.search(r"step ([\d,]+)", words)[1].replace(",", "")) > 20)
    expect(page.locator("#component [data-knob=beta]")).to_have_attribute("aria-valuetext", "100")


@pytest.mark.slow
def test_the_toy_flow_from_a_disk_trains(from_disk):
    page = from_disk(saved_training.flow_page(toy_flow.Settings(), toy_flow.View(steps=4)))
    caption = page.locator("#component .caption")
    expect(caption).to_contain_text("step 0")
    page.get_by_role("button", name="Train", exact=True).click()
    until(caption.inner_text, lambda words: int(re.search(r"step ([\d,]+)", words)[1].replace(",", "")) > 20)
    expect(page.locator("#component .count")).to_have_attribute("aria-valuetext", "4")


@pytest.mark.slow
def test_colours_of_the_system_and_of_the_button(from_disk, explorer_page):
    page = from_disk(explorer_page, color_scheme="dark", viewport={"width": 390, "height": 844})
    Explorer(page)
    colour = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(15, 18, 32)"
    page.get_by_role("button", name="Light colours").click()
    until(lambda: page.evaluate(colour), "rgb(255, 255, 255)".__eq__)
    until(lambda: page.evaluate("() => document.documentElement.scrollWidth"), lambda wide: wide <= 390)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("canvas", "make"),
    [
        (".bars", lambda: saved_chain.page(CARD, chain_visit.Visit("v", CARD.name, dict(chain_visit.START)), None)),
        (".plane", lambda: saved_training.flow_page(toy_flow.Settings(), toy_flow.View(steps=4))),
        (".plane", lambda: saved_training.vae_page(toy_vae.Settings(), kind="manifold", shows="samples")),
    ],
    ids=["chain", "toy_flow", "toy_vae"],
)
def test_canvases_have_the_colours_of_the_button(from_disk, canvas, make):
    page = from_disk(make(), color_scheme="light", reduced_motion="reduce")
    # The numbers beside the axes stand on nothing, in the ink of the page.
    ink = """(canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, 16, canvas.height), seen = [];
      for (let k = 0; k < data.length; k += 4) if (data[k + 3] > 90) seen.push(data[k]);
      return seen.length ? Math.max(...seen) : null;
    }"""
    drawn = page.locator(f"#component canvas{canvas}")
    until(lambda: drawn.evaluate(ink), lambda red: red is not None and red < 60)
    page.get_by_role("button", name="Dark colours").click()
    until(lambda: drawn.evaluate(ink), lambda red: red > 200)


def without_workers(page):
    page.add_init_script("delete window.Worker")


def with_another_part(raw):
    """The same page with one letter of the packed decoder changed."""
    address = f"{CARD.name}.decoder.onnx".encode()
    at = raw.index(b">", raw.index(b'data-file="networks', raw.index(address) - 120)) + 100_000
    letter = b"A" if raw[at : at + 1] != b"A" else b"B"
    return raw[:at] + letter + raw[at + 1 :]


@pytest.mark.parametrize(
    ("change", "before", "sentence"),
    [
        (lambda raw: raw[: len(raw) - 2_000_000], None, "This file is not complete: its end is missing."),
        (None, without_workers, "because this browser has no workers."),
        (None, lambda page: page.add_init_script("delete window.DecompressionStream"), "this browser is too old"),
        (with_another_part, None, "do not run, because a file"),
        (
            lambda raw: raw.replace(b'<script type="module">', b'<script type="module">\n@@', 1),
            None,
            "This browser is too old for this page.",
        ),
    ],
    ids=["cut", "no workers", "cannot unpack", "damaged", "no modules"],
)
def test_what_does_not_run_is_one_sentence_beside_the_recorded_picture(
    from_disk, explorer_page, change, before, sentence
):
    page = from_disk(change(explorer_page) if change else explorer_page, before=before, errors=False)
    expect(page.get_by_role("status")).to_contain_text(sentence)
    expect(page.get_by_role("img", name="The picture of the code")).to_be_visible()
    expect(page.get_by_text(commands.of_card(CARD))).to_be_visible()


@pytest.mark.slow
def test_a_page_saved_in_the_app_is_the_one_that_was_seen(new_page, from_disk, decode):
    page = new_page(f"/latent_space?model={CARD.name}")
    page.locator(".explorer[data-pictures=network]").wait_for()
    page.get_by_role("button", name="Reset to 0").click()
    expect(page.locator(".origin")).to_contain_text("The origin")
    screens.idle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a page").click()
    assert download.value.suggested_filename == f"latent_space_{CARD.name}.html"
    hand = Explorer(from_disk(download.value.path().read_bytes()))
    hand.expect_picture(decode(np.zeros(CARD.latent)), 1.5)
