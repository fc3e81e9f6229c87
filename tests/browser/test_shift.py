"""Two distributions under the hand in a real browser: everything moves before release; a training can be stopped."""

import pytest

PATH = "/jsd_wasserstein"
STAGE = ".curves svg.stage"


@pytest.fixture
def shift(new_page):
    page = new_page(PATH)
    page.locator(f"{STAGE} circle").first.wait_for()
    settled(page)
    return page


def settled(page):
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")


def told(page):
    """What is drawn: the stage, the output, and the values in the legend."""
    legend = page.locator(".curves .legend button b").all_inner_texts()
    return page.locator(STAGE).inner_html(), page.locator(".curves output").inner_text(), legend


def test_distributions_and_values_follow_the_hand_before_it_lets_go(shift):
    box = shift.locator(".curves input[type=range]").bounding_box()
    height = box["y"] + box["height"] / 2
    seen = [told(shift)]
    shift.mouse.move(box["x"] + 0.7 * box["width"], height)
    shift.mouse.down()
    for share in (0.8, 0.9, 1.0):
        shift.mouse.move(box["x"] + share * box["width"] - 8, height)
        seen.append(told(shift))
    assert "theta=" not in shift.url  # the server has heard of nothing yet
    assert len({stage for stage, _, _ in seen}) == 4
    assert len({output for _, output, _ in seen}) == 4
    wasserstein = [float(values[1]) for _, _, values in seen]
    assert wasserstein == sorted(wasserstein)
    shift.mouse.up()
    shift.wait_for_url("**theta=*")


def test_a_panel_is_a_slider_and_a_link_restores_it(shift, new_page):
    box = shift.locator(".curves .panels svg").first.bounding_box()
    shift.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 100)
    shift.wait_for_url("**theta=-*")
    output = shift.locator(".curves output").inner_text()
    other = new_page("/" + shift.url.split("/", 3)[3])
    other.locator(f"{STAGE} circle").first.wait_for()
    assert other.locator(".curves output").inner_text() == output


def test_a_name_hides_its_curve(shift):
    paths = shift.locator(".curves .panels path")
    before = paths.count()
    shift.locator(".curves .legend button", has_text="JSD, exact").click()
    assert paths.count() == before - 1


def test_networks_train_while_the_hand_moves_and_stop(new_page):
    page = new_page(f"{PATH}?steps=15000")
    page.get_by_role("button", name="Train 42 networks now").click()
    page.get_by_text("training", exact=False).filter(has_text="of 15,000").first.wait_for()
    page.locator(".curves .panels circle").nth(20).wait_for()
    slider = page.locator(".curves input[type=range]")
    slider.focus()
    before = page.locator(".curves output").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator(".curves output").inner_text() != before
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("stopped").first.wait_for()
    settled(page)
    assert page.locator(".curves .panels circle").count() > 20


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = new_page(PATH, viewport={"width": size[0], "height": size[1]})
    page.locator(f"{STAGE} circle").first.wait_for()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]


def test_arrows_and_values_of_the_gan_losses_follow_the_hand(new_page):
    page = new_page("/gan_losses")
    page.locator(f"{STAGE} circle").nth(4).wait_for()
    settled(page)
    slider = page.locator(".curves input[type=range]")
    slider.evaluate("slider => { slider.value = -6; slider.dispatchEvent(new Event('input')); }")
    _, output, values = told(page)
    assert output == "a −6.00"
    assert values[0] == "−0.002 · −0.002"  # minimax: log(1 − σ(−6)) and −σ(−6)
    assert values[1] == "6.002 · −0.998"
    assert page.locator(f"{STAGE} path").count() == 4  # the minimax loss has no arrow there
    page.locator(".curves .legend button", has_text="Least squares").click()
    assert page.locator(f"{STAGE} path").count() == 3
    assert page.locator(f"{STAGE} circle").count() == 4
