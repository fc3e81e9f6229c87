"""The toy GAN on its page: a recording, training with the page's settings, and a person's own points.

What the component does by itself is tested in tests/components/test_toy_gan.py, its mathematics in tests/js.
"""

import pytest
from playwright.sync_api import expect

from checkpoints.recorded import toy_runs
from tests.browser import screens

STEP = "caption => Number(caption.textContent.match(/step ([\\d,]+)/)?.[1].replaceAll(',', '') ?? NaN)"


def opened(new_page, path="/toy_gan", **options):
    page = new_page(path, reduced_motion="reduce", **options)  # so that the recording waits for the hand
    expect(page.locator(".toy .caption")).to_contain_text("step")
    screens.idle(page)
    return page


def expect_step(page, condition):
    """Wait until the step that is shown fulfils a condition in JavaScript, like "step > 20"; returns the step."""
    caption = page.locator(".toy .caption")
    page.wait_for_function(f"caption => ((step) => {condition})(({STEP})(caption))", arg=caption.element_handle())
    return caption.evaluate(STEP)


@pytest.mark.slow
def test_a_recording_is_played_scrubbed_and_trained_on(new_page):
    page = opened(new_page, "/toy_gan?toy=mode_collapse")
    screens.expect_no_overflow(page)
    expect_step(page, "step === 0")
    screens.watch(page.locator(".toy .plane"))
    page.locator(".toy .play").click()
    expect_step(page, "step > 0")
    page.locator(".toy .play").click()
    assert screens.drawn(page) > 1
    slider = page.locator(".toy .time")
    box = screens.box(slider)
    for share in (0.98, 0.02):  # two drags
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=3)
        page.mouse.up()
        expect_step(page, "step > 3000" if share > 0.5 else "step < 1000")
    slider.press("End")
    expect_step(page, "step === 4000")
    slider.press("ArrowLeft")
    start = expect_step(page, "step < 4000")
    page.locator(".toy [data-step=both]").click()
    expect_step(page, f"step === {start + 1}")


@pytest.mark.slow
def test_a_recording_starts_by_itself_for_a_new_visitor(new_page):
    page = new_page("/toy_gan")
    expect(page.locator(".toy .play")).to_have_attribute("aria-label", "Pause the recording")
    expect_step(page, "step > 0")


@pytest.mark.slow
def test_training_goes_on_when_a_rate_is_changed_and_the_link_holds_it(new_page):
    page = opened(new_page, "/toy_gan?toy=own&set=moons")
    page.locator(".toy .train").click()
    expect_step(page, "step > 20")
    page.get_by_label("D rate").fill("0.002")
    page.get_by_label("D rate").press("Enter")
    screens.expect_in_link(page, "rate_d=0.002")
    screens.idle(page)
    before = expect_step(page, "step > 20")
    expect_step(page, f"step > {before + 20}")
    page.locator(".toy .train").click()
    expect(page.locator(".toy .train")).to_have_text("Train more")
    page.locator(".toy .again").click()
    expect_step(page, "step === 0")


@pytest.mark.slow
def test_a_layer_that_cannot_be_leaves_the_trained_networks_alone(new_page):
    page = opened(new_page, "/toy_gan?toy=own&set=ring")
    for step in (1, 2):
        page.locator(".toy [data-step=both]").click()
        expect_step(page, f"step === {step}")
    for _ in screens.refused_layers(page, "G layer 1", most=128, kept=16):
        expect_step(page, "step === 2")


@pytest.mark.slow
def test_drawing_ones_own_points_in_two_strokes(new_page):
    page = opened(new_page, "/toy_gan?toy=own&set=own")
    box = screens.box(page.locator(".toy .plane"))
    page.locator(".toy .clear").click()
    expect(page.get_by_text("Draw 8")).to_be_visible()
    for left in (60, 320):
        before = page.url
        page.mouse.move(box["x"] + left, box["y"] + 80)
        page.mouse.down()
        page.mouse.move(box["x"] + left, box["y"] + 400, steps=20)
        page.mouse.up()
        page.wait_for_function("before => location.href !== before", arg=before)  # it holds this stroke
    expect(page.get_by_text("Draw 8")).to_be_hidden()
    screens.idle(page)
    page.locator(".toy [data-step=both]").click()
    expect_step(page, "step === 1")


@pytest.mark.slow
def test_the_csv_holds_every_snapshot_of_a_recording(new_page):
    page = opened(new_page)
    with page.expect_download() as download:
        page.locator(".toy .csv").click()
    assert len(download.value.path().read_text().splitlines()) == 1 + len(toy_runs.recorded_steps(20_000))


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    screens.expect_no_overflow(opened(new_page, viewport=screens.PHONE))
