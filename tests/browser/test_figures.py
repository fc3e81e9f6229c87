"""Pages with live figures, end to end: a hand moves, the server answers, the link keeps it, and all of them agree."""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.conftest import WAKING
from ui.learn import losses


def opened(new_page, path, figure, **options):
    page = new_page(path, **options)
    page.locator(f"{figure} .panels svg").first.wait_for()
    screens.idle(page)
    return page


def again(new_page, page, figure):
    """The link of a page, opened by somebody else."""
    return opened(new_page, "/" + page.url.split("/", 3)[3], figure)


def drag(page, place, *ways):
    box = screens.box(place)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for right, down in ways:
        page.mouse.move(x + right, y + down)
    page.mouse.up()


def expect_parameter(page, name, text):
    """Wait until the link has it."""
    page.wait_for_function(
        "([name, text]) => new URLSearchParams(location.search).get(name) === text", arg=[name, text]
    )


def test_two_drags_and_two_keys_on_what_losses_measure(new_page):
    page = opened(new_page, "/gan_divergences", ".gaussians")
    slider, top = page.get_by_label("mean of q", exact=True), page.locator(".gaussians .stage .handle").nth(1)
    numbers = [slider.input_value()]
    for act in [
        lambda: drag(page, top, (30, 5), (60, 10)),
        lambda: drag(page, top, (-20, 0)),
        lambda: slider.press("ArrowRight"),
        lambda: slider.press("ArrowRight"),
    ]:
        before = page.url
        act()
        page.wait_for_function("before => location.href !== before", arg=before)
        screens.idle(page)
        numbers.append(slider.input_value())
        page.wait_for_function(
            "mean => location.search.split('bells=')[1].split('_')[2] === mean", arg=f"{float(numbers[-1]):g}"
        )
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert len(set(numbers)) == 5
    expect(again(new_page, page, ".gaussians").get_by_label("mean of q", exact=True)).to_have_value(numbers[-1])


def twenty(page, slider, key, held, end, parameter):
    """The same key twenty times: held down, so that it repeats, or pressed.

    end: where the slider then is and stays; parameter: its (name, text) in the link.
    """
    slider.focus()
    for _ in range(20):
        page.keyboard.down(key) if held else page.keyboard.press(key)
    page.keyboard.up(key)
    for _ in range(2):
        expect(slider).to_have_value(end)
        expect_parameter(page, *parameter)
        screens.idle(page)


@pytest.mark.slow
def test_twenty_keys_on_gan_losses_end_at_one_value(new_page):
    """Slider, link and table; of keys that are held and of keys that are pressed."""
    page = opened(new_page, "/gan_losses?logit=-1", ".curves")
    slider = page.get_by_label("a", exact=True)
    for key, held, end in (("ArrowRight", True, "1"), ("ArrowLeft", False, "-1")):
        twenty(page, slider, key, held, end, ("logit", end))
        minimax = losses.table("generator", float(end)).splitlines()[2].split("= ")[2].split(" ")[0]
        expect(page.get_by_role("row").filter(has_text="Minimax").first).to_contain_text(minimax)


@pytest.mark.slow
def test_twenty_keys_and_two_drags_on_control_vae_end_at_one_value_each(new_page):
    page = opened(new_page, "/control_vae", ".loop")
    slider = page.get_by_label("Set point C", exact=True)
    for key, held, end in (("ArrowRight", True, "10"), ("ArrowRight", False, "12")):
        twenty(page, slider, key, held, end, ("loop", f"{end}_12_0.01_0.001_1_100_0.1_0"))
        expect(page.locator(".loop .status")).to_contain_text(f"for C = {end},")
    field, stage = page.get_by_label("Set point C, later, typed"), page.locator(".loop .stage")
    for down in (20, 50):
        before = field.input_value()
        box = screens.box(stage)
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 80)
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 80 + down)
        page.mouse.up()
        expect(field).not_to_have_value(before)
        value = field.input_value()
        page.wait_for_function("value => location.search.includes(`loop=12_${value}_`)", arg=value)
        screens.idle(page)
        expect(field).to_have_value(value)
    other = again(new_page, page, ".loop")
    expect(other.get_by_label("Set point C", exact=True)).to_have_value("12")
    expect(other.get_by_label("Set point C, later, typed")).to_have_value(value)


@pytest.mark.slow
def test_q_of_the_elbo_stays_in_the_link_and_moves_the_ring_of_the_last_part(new_page):
    page = opened(new_page, "/elbo", ".elbo")
    drag(page, page.locator(".elbo .stage .handle"), (30, 4))
    page.wait_for_function("() => location.search.includes('elbo=')")
    screens.idle(page)
    output = page.locator(".elbo output").inner_text()
    other = again(new_page, page, ".elbo")
    expect(other.locator(".elbo output")).to_have_text(output)
    rings = []
    for one in (page, other, opened(new_page, "/elbo", ".elbo")):
        one.get_by_role("radio", name="β and the KL").click()
        one.locator(".trade-off .panels svg").first.wait_for()
        rings.append(one.locator(".trade-off .stage circle[fill=none]").get_attribute("cx"))
    assert rings[0] == rings[1] != rings[2]


@pytest.mark.slow
def test_density_plays_from_step_0_and_its_step_and_figures_are_those_of_the_link(new_page):
    page = opened(new_page, "/density", ".curves")
    caption, error = page.locator(".curves output"), page.locator(".curves .figures b").first
    expect(caption).not_to_have_text("step 0 of 1,000")  # it plays
    page.locator(".curves input[type=range]").press("End")
    expect_parameter(page, "step", "1000")
    expect(caption).to_have_text("step 1,000 of 1,000")
    page.locator(".curves input[type=range]").press("ArrowLeft")
    expect_parameter(page, "step", "695")
    last = error.inner_text()
    other = again(new_page, page, ".curves")
    expect(other.locator(".curves output")).to_have_text("step 695 of 1,000")
    expect(other.locator(".curves .figures b").first).to_have_text(last)
    expect(other.locator(".curves .play")).to_have_attribute("aria-label", "Play")  # a link does not play


@pytest.mark.slow
def test_a_clip_value_is_kept_in_the_link(new_page):
    page = opened(new_page, "/wgan?clip=3", ".curves")
    slider = page.locator(".curves input[type=range]")
    expect(slider).to_have_value("3")
    slider.press("ArrowRight")
    expect_parameter(page, "clip", "4")
    expect(page.locator(".curves output")).to_contain_text("c = 0.3")


@pytest.mark.slow
def test_networks_train_while_the_hand_moves_and_stop(new_page):
    page = opened(new_page, "/jsd_wasserstein?steps=15000", ".curves")
    page.get_by_role("button", name="Train 42 networks now").click()
    page.get_by_text("training", exact=False).filter(has_text="of 15,000").first.wait_for(timeout=WAKING)
    page.locator(".curves .panels circle").nth(20).wait_for()
    slider, output = page.locator(".curves input[type=range]"), page.locator(".curves output")
    before = output.inner_text()
    slider.press("ArrowRight")
    expect(output).not_to_have_text(before)
    moved = slider.input_value()
    # By key: a click waits for two frames in which nothing moves, which a busy machine may not draw between updates.
    page.get_by_role("button", name="Stop").press("Enter")
    page.get_by_text("stopped").first.wait_for()
    screens.idle(page)
    expect(slider).to_have_value(moved)
    page.locator(".curves .panels circle").nth(20).wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["elbo", "gan_divergences", "control_vae", "jsd_wasserstein", "density"])
def test_a_phone_shows_a_page_without_scrolling_sideways(new_page, path):
    page = opened(new_page, f"/{path}", ".curves", viewport=screens.PHONE)
    screens.expect_no_overflow(page)
