"""Code: its text is whole, coloured by kind, and the button copies it."""

import pytest
from playwright.sync_api import expect

from ui.components.code_block import tokens

COMMAND = "python -m train mnist_gan --seed 3\npython -m train.studies.seeds mnist_gan"


def test_options_and_numbers_of_a_command_have_colours_and_names_with_a_dash_or_digit_have_none():
    coloured = [token for token in tokens("python -m train vae-2 --no-ema --seed 3", "bash") if token[0]]
    assert coloured == [["option", "-m"], ["option", "--no-ema"], ["option", "--seed"], ["number", "3"]]


def test_python_is_coloured_by_kind():
    kinds = dict(map(reversed, tokens("for x in p: y = x2 - 0.5  # a for", "python")))
    wanted = {
        "for": "keyword",
        "in": "keyword",
        "=": "operator",
        "-": "operator",
        "0.5": "number",
        "# a for": "comment",
    }
    assert {part: kinds[part] for part in wanted} == wanted
    assert kinds[" y "] == kinds[" x2 "] == ""


@pytest.mark.parametrize("language", ["bash", "python"])
@pytest.mark.parametrize("text", [COMMAND, "", "<b>&amp;</b> --x", "f(x)[0].g  # 3\n  y **= 2"])
def test_parts_joined_are_the_text(text, language):
    assert "".join(part for _, part in tokens(text, language)) == text


def block(text, **options):
    return {"tokens": tokens(text, "bash"), "wrap": False} | options


def test_markup_in_the_code_is_text(mounted):
    page = mounted("code_block", block("echo <img src=x onerror=alert(1)>")).page
    expect(page.locator("code")).to_have_text("echo <img src=x onerror=alert(1)>")
    expect(page.locator("code img")).to_have_count(0)


def test_new_code_replaces_the_old_one(mounted):
    component = mounted("code_block", block(COMMAND))
    component.send(block("python -m train"))
    expect(component.page.locator("code")).to_have_text("python -m train")


WITHOUT_CLIPBOARD = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  document.addEventListener("copy", () => (window.copied = String(getSelection())));
}"""
WITH_CLIPBOARD = """() => Object.defineProperty(navigator, "clipboard", {
  value: { writeText: async (text) => void (window.copied = text) }, configurable: true,
})"""


@pytest.mark.parametrize("clipboard", [WITH_CLIPBOARD, WITHOUT_CLIPBOARD])
def test_the_button_copies_the_code_and_says_so(mounted, clipboard):
    page = mounted("code_block", block(COMMAND)).page
    page.evaluate(clipboard)
    button = page.get_by_role("button", name="Copy to clipboard")
    button.focus()
    button.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("copied") == COMMAND
    expect(button).to_have_text("")  # it can be pressed again
