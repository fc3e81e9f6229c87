"""The toy GAN in a real browser: what a hand can do with it."""

import pytest

from checkpoints.recorded import toy_runs


def step_of(page):
    return int(page.locator(".toy .caption").inner_text().split()[1].strip(",:").replace(",", ""))


def seen(page):
    return page.locator(".toy .plane").evaluate("canvas => canvas.toDataURL()")


def opened(new_page, path, **options):
    page = new_page(path, reduced_motion="reduce", **options)  # so that the film waits for the hand
    page.locator(".toy .caption").get_by_text("step").wait_for(timeout=90_000)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def test_play_moves_the_points_and_pause_holds(new_page):
    page = opened(new_page, "/toy_gan")
    assert step_of(page) == 0
    before = seen(page)
    page.locator(".toy .play").click()
    page.locator(".toy .play[aria-label='Pause the film']").wait_for()
    page.wait_for_timeout(1200)
    page.locator(".toy .play").click()
    held = step_of(page)
    assert held > 0
    assert seen(page) != before
    page.wait_for_timeout(500)
    assert step_of(page) == held


def test_the_film_starts_by_itself_for_a_new_visitor(new_page):
    page = new_page("/toy_gan")
    page.locator(".toy .play[aria-label='Pause the film']").wait_for(timeout=90_000)


def test_scrubbing_the_recording(new_page):
    page = opened(new_page, "/toy_gan?toy=mode_collapse")
    slider = page.locator(".toy .time")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    pictures = [seen(page)]
    for share in (0.5, 0.75, 0.98):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        pictures.append(seen(page))
    page.mouse.up()
    assert len(set(pictures)) == 4
    slider.focus()
    page.keyboard.press("End")
    assert step_of(page) == 4000
    chart = page.locator(".toy .energy").bounding_box()
    page.mouse.click(chart["x"] + 45, chart["y"] + 40)
    assert step_of(page) < 400


def test_single_steps_of_each_player(new_page):
    page = opened(new_page, "/toy_gan?toy=own")
    pictures = [seen(page)]
    for player, step in (("both", 1), ("discriminator", 1), ("generator", 1), ("both", 2)):
        page.locator(f".toy [data-step={player}]").click()
        assert step_of(page) == step
        pictures.append(seen(page))
    assert len(set(pictures)) == 5


def test_training_live_and_editing_in_the_middle(new_page):
    page = opened(new_page, "/toy_gan?toy=own&set=moons")
    page.locator(".toy .train").click()
    page.wait_for_function(f"() => {CAPTION}.match(/step ([\\d,]+)/)[1].replace(',', '') > 20")
    page.get_by_label("D rate").fill("0.002")
    page.get_by_label("D rate").press("Enter")
    page.wait_for_url("**rate_d=0.002*")
    before = step_of(page)
    page.wait_for_timeout(1500)
    assert step_of(page) > before  # it went on
    page.locator(".toy .train").click()
    held = step_of(page)
    page.wait_for_timeout(400)
    assert step_of(page) == held
    page.locator(".toy .again").click()
    assert step_of(page) == 0


def test_divergence_is_one_sentence_and_the_page_lives_on(new_page):
    page = opened(new_page, "/toy_gan?toy=own&rate_d=1000.0&rate_g=1000.0")
    page.locator(".toy .train").click()
    page.locator(".toy .message").get_by_text("diverged").wait_for()
    page.locator(".toy .again").click()
    assert not page.locator(".toy .message").is_visible()
    page.locator(".toy [data-step=discriminator]").click()
    assert step_of(page) == 0


def test_training_on_from_a_film(new_page):
    page = opened(new_page, "/toy_gan")
    page.locator(".toy .time").focus()
    page.keyboard.press("End")
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    start = step_of(page)
    page.locator(".toy [data-step=both]").click()
    assert step_of(page) == start + 1
    page.locator(".toy .again").click()
    page.locator(".toy .time").focus()
    page.keyboard.press("End")
    assert step_of(page) == 20_000


def test_drawing_ones_own_points(new_page):
    page = opened(new_page, "/toy_gan?toy=own&set=own")
    box = page.locator(".toy .plane").bounding_box()
    page.locator(".toy .clear").click()
    page.get_by_text("Draw 8").wait_for()
    page.mouse.move(box["x"] + 60, box["y"] + 80)
    page.mouse.down()
    for k in range(20):
        page.mouse.move(box["x"] + 60 + 12 * k, box["y"] + 80 + 9 * k)
    page.mouse.up()
    page.get_by_text("Draw 8").wait_for(state="hidden")
    page.locator(".toy [data-step=both]").click()
    assert step_of(page) == 1


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = opened(new_page, "/toy_gan", viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]


@pytest.mark.parametrize("kind", ["PNG", "CSV"])
def test_downloads(new_page, kind):
    page = opened(new_page, "/toy_gan")
    with page.expect_download() as download:
        page.locator(f".toy .{kind.lower()}").click()
    raw = download.value.path().read_bytes()
    if kind == "PNG":
        assert raw.startswith(b"\x89PNG")
    else:
        assert len(raw.decode().splitlines()) == 1 + len(toy_runs.film_steps(20_000))


# The caption's text, through the component's shadow root.
CAPTION = """(() => {
  const find = (node) => {
    for (const element of node.querySelectorAll('*')) {
      if (element.matches('.toy .caption')) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
  };
  return find(document).textContent;
})()"""
