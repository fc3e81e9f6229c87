"""A lesson in a real browser: answered, wandered from, gone through by key, and left by Back."""

import re

import pytest
from playwright.sync_api import expect

import lessons
from lessons.model import HEADINGS
from lessons.report import again, reading
from tests import slow
from tests.browser import screens
from tests.conftest import WAKING

JSD = lessons.read("jsd")


def strip(page, step):
    """The strip, once it shows this step (from 0) and the page has been drawn."""
    section = page.locator("section.lesson")
    expect(section.locator(".count")).to_have_text(f"Step {step + 1} of {len(JSD.steps)}", timeout=WAKING)
    screens.idle(page)
    return section


def on_step(page, step):
    """Wait for the view of a step: its address, with nothing else in it, and no way back to it."""
    query = {**JSD.steps[step].query, "lesson": "jsd", "lesson_step": str(step + 1)}
    page.wait_for_function(
        """([path, query]) => location.pathname === path
          && JSON.stringify([...new URLSearchParams(location.search)].sort())
          === JSON.stringify(Object.entries(query).sort())""",
        arg=[f"/{JSD.steps[step].page}", query],
    )
    section = strip(page, step)
    expect(section.get_by_role("button", name="Back to the lesson")).to_be_hidden()
    return section


def test_no_introduction_of_a_page_answers_the_question_of_the_step(new_page):
    page = new_page("/?lesson=vae")
    question = lessons.read("vae").steps[0].prediction.question
    expect(page.locator("section.lesson").get_by_text(question)).to_be_visible(timeout=WAKING)
    screens.idle(page)
    introduction = page.get_by_text("the ELBO reaches it when q is the posterior")  # which is the answer
    expect(introduction).to_be_attached()
    expect(introduction).to_be_hidden()


def test_a_lesson_is_answered_wandered_from_and_gone_through(new_page):
    page = new_page("/?lesson=jsd")
    section = on_step(page, 0)
    theta = page.get_by_label("θ", exact=True).first
    expect(page.get_by_label("p", exact=True)).to_be_hidden()  # no control of this step
    section.get_by_role("button", name="It falls a little.").click()
    expect(section.get_by_role("status")).to_contain_text("Not quite.")
    theta.press("ArrowLeft")
    expect(theta).to_have_value("0.99")
    section.get_by_role("button", name="Back to the lesson").click()
    on_step(page, 0)
    expect(page.get_by_label("θ", exact=True).first).to_have_value("1")
    section.get_by_role("button", name="Next step").click()
    on_step(page, 1)
    page.keyboard.press("ArrowRight")  # the button of the strip has the focus, or the page
    on_step(page, 2)
    screens.choose(page, "Latent space")
    expect(page.get_by_role("heading", name="Latent space", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("latent_space.*lesson_step=3"))
    section.get_by_role("button", name="Back to the lesson").click()
    section = on_step(page, 2)
    section.get_by_role("button", name="Leave the lesson").click()
    expect(section).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/{re.escape(JSD.steps[2].link)}$"))


@pytest.mark.slow
def test_back_and_forward_go_from_step_to_step_and_out_of_the_lesson(new_page):
    page = new_page("/gan_losses")
    expect(page.get_by_role("heading", name="GAN losses", exact=True)).to_be_visible(timeout=WAKING)
    page.goto(page.url.replace("gan_losses", "?lesson=jsd"))
    on_step(page, 0).get_by_role("button", name="Next step").click()
    on_step(page, 1).get_by_role("button", name="Next step").click()
    on_step(page, 2)
    for step in (1, 0):
        page.go_back()
        on_step(page, step)
        expect(page.get_by_label("θ", exact=True).first).to_have_value(JSD.steps[step].query["theta"])
    page.go_forward()
    on_step(page, 1)
    for _ in range(2):
        page.go_back()
    expect(page).to_have_url(re.compile("/gan_losses$"))
    expect(page.locator("section.lesson")).to_have_count(0)


# The scroll position ends within this many pixels of the strip's lower edge.
BELOW_STRIP = """([words, away, names]) => {
  const headings = [...document.querySelectorAll(names)];
  const heading = headings.find((one) => one.textContent.trim() === words);
  const main = document.querySelector("[data-testid=stMain]"), strip = document.querySelector(".st-key-lesson_strip");
  if (!heading || !strip) return false;
  const below = heading.getBoundingClientRect().top - strip.getBoundingClientRect().bottom;
  const atEnd = main.scrollTop + main.clientHeight >= main.scrollHeight - 2;
  return below >= 0 && (below < away || atEnd);
}"""
MARKED_IN_SIGHT = """() => {
  const strip = document.querySelector(".st-key-lesson_strip");
  const roots = [document, ...[...document.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? [])];
  const marked = roots.flatMap((root) => [...root.querySelectorAll("[style*=outline-offset]")]);
  return marked.map((element) => element.getBoundingClientRect()).some(
    (box) => box.height && box.top >= strip.getBoundingClientRect().bottom && box.bottom <= innerHeight);
}"""


# {lesson: places of its steps that name controls or a heading}
NAMING = {
    name: [k for k, step in enumerate(lessons.read(name).steps) if step.controls or step.at] for name in lessons.names()
}


@pytest.mark.parametrize("name", slow.all_but(["challenges"], [name for name, places in NAMING.items() if places]))
def test_controls_and_headings_that_a_lesson_names_are_on_its_pages(new_page, app_url, name):
    first, *others = (f"/?lesson={name}&step={place + 1}" for place in NAMING[name])
    page = new_page(first)
    section = page.locator("section.lesson")
    for place, link in zip(NAMING[name], [None, *others], strict=True):
        step = lessons.read(name).steps[place]
        if link:
            page.goto(app_url + link)
        expect(section.locator(".count")).to_contain_text(f"Step {place + 1} of", timeout=WAKING)
        if step.controls:
            expect(section).to_have_attribute("data-missing", "", timeout=WAKING)
        if step.controls and not step.at:
            page.wait_for_function(MARKED_IN_SIGHT, timeout=WAKING)
        if step.at:
            page.wait_for_function(BELOW_STRIP, arg=[step.at, 80, HEADINGS], timeout=WAKING)


@pytest.mark.slow
def test_a_covered_page_is_seen_when_the_question_is_answered(new_page):
    page = new_page("/?lesson=gan&step=2")
    figure = page.locator("[data-testid=stLayoutWrapper]:has(> .st-key-lesson_strip) ~ *").last
    expect(figure).to_have_css("filter", "blur(14px)", timeout=WAKING)
    page.get_by_role("button", name="Least squares", exact=True).click()
    expect(page.locator("section.lesson").get_by_role("status")).to_contain_text("Not quite.")
    expect(figure).to_have_css("filter", "none")


@pytest.mark.slow
def test_the_last_step_leads_to_the_other_lessons(new_page):
    page = new_page(f"/?lesson=jsd&step={len(JSD.steps)}")
    section = on_step(page, len(JSD.steps) - 1)
    expect(section.locator(".end")).to_contain_text("0 of")
    with page.expect_download(timeout=WAKING) as download:
        page.get_by_test_id("stMain").get_by_role("button", name="Download report").click()
    result = again.check(reading.read(download.value.path()))
    assert result.differences == []
    assert download.value.suggested_filename == "report_jsd.html"
    section.get_by_role("button", name="All lessons").click()
    expect(page.get_by_role("heading", name="Lessons", exact=True, level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("/lessons$"))
    expect(section).to_have_count(0)


@pytest.mark.slow
def test_a_challenge_is_met_by_hand(new_page):
    page = new_page("/?lesson=challenges&step=3")
    section = page.locator("section.lesson")
    expect(section.locator(".count")).to_have_text(re.compile("Step 3 of"), timeout=WAKING)
    section.get_by_role("button", name="Check").click()
    expect(section.locator(".said")).to_contain_text("Not yet.")
    page.get_by_role("radio", name="Noise").or_(page.get_by_role("button", name="Noise")).first.click()
    strength = page.get_by_label("strength", exact=True).first
    expect(page.get_by_text("you read the digits without effort", exact=False)).to_be_attached()
    for _ in range(4):  # from 0.6
        strength.press("ArrowLeft")
    screens.expect_in_link(page, "spoil=noise", "strength_of=0.2")
    section.get_by_role("button", name="Check").click()
    expect(section.locator(".said")).to_contain_text("✓ Done.")


@pytest.mark.slow
def test_a_lesson_fits_a_phone(new_page):
    page = new_page("/?lesson=jsd", viewport=screens.PHONE, has_touch=True)
    section = on_step(page, 0)
    screens.expect_no_overflow(page)
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 400)")
    expect(section.get_by_role("button", name="Next step")).to_be_in_viewport(ratio=1)
    section.get_by_role("button", name="Next step").tap()
    on_step(page, 1)


@pytest.mark.slow
def test_a_phone_shows_the_question_of_a_step_that_begins_further_down(new_page):
    lesson = lessons.read("holes")
    place, step = next((k, step) for k, step in enumerate(lesson.steps) if step.at and step.prediction)
    page = new_page(f"/?lesson=holes&step={place + 1}", viewport=screens.PHONE, has_touch=True)
    question = page.locator("section.lesson").get_by_text(step.prediction.question)
    expect(question).to_be_visible(timeout=WAKING)
    page.get_by_role("heading", name=step.at, exact=True).wait_for(state="attached", timeout=WAKING)
    screens.idle(page)
    expect(question).to_be_in_viewport()


@pytest.mark.slow
def test_a_card_has_a_picture_when_it_has_its_link(new_page):
    """The code for links comes late, as on a busy machine: a press on a picture without its link would be lost."""
    held = []
    page = new_page("/lessons", lambda page: page.route(screens.LINKS_CODE, lambda route: held.append(route)))
    picture = page.locator(".st-key-card_jsd img")
    picture.wait_for(state="attached")
    screens.idle(page)
    expect(picture).to_be_hidden()
    screens.until(lambda: page.evaluate("0") or held, bool)
    for route in held:
        route.continue_()
    page.unroute(screens.LINKS_CODE)
    expect(picture).to_be_visible()
    picture.click(force=True)  # the link lies over it
    on_step(page, 0)
