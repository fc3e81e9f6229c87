"""The confusion matrix: cells by pointer and by keys, the pictures in them, one report for each press."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests import slow
from ui.components import grey

COUNTS = [[8, 2, 0], [1, 9, 0], [0, 0, 0]]


def data(cell=None, count=3, **more):
    images = [
        {"number": 10 + k, "words": f"a → b {90 - k}.0%", "image": grey.text(np.full((3, 4, 5), 40 * k, np.uint8))}
        for k in range(count)
    ]
    return {
        "classes": ["a", "b", "c"],
        "counts": COUNTS,
        "caption": "Counted over 20 pictures.",
        "cell": cell,
        "title": "85.0% right; the most confident of 3 mistakes",
        "none": "There is no such picture.",
        "shape": [3, 4, 5],
        "images": images,
    } | more


@pytest.fixture
def matrix(mounted):
    return mounted("classify_matrix", data())


def cell(matrix, label, named):
    return matrix.page.get_by_role("button", name=f"Labelled {label}, the network says {named}:")


def test_counts_and_pictures_are_there(matrix):
    expect(cell(matrix, "a", "b")).to_have_text("2")
    expect(cell(matrix, "c", "c")).to_have_text("·")
    expect(matrix.page.locator(".pictures button")).to_have_count(3)
    pixel = "[...root.querySelectorAll('canvas')].map((one) => one.getContext('2d').getImageData(4, 3, 1, 1).data[1])"
    assert matrix.page.evaluate(pixel) == [0, 40, 80]
    expect(matrix.page.locator(".back")).to_be_hidden()


def test_the_caption_changes_with_the_pictures_though_the_counts_stay(matrix):
    matrix.send(data(caption="Counted over 20 pictures. Press a number to see its pictures."))
    expect(matrix.page.locator("caption")).to_contain_text("Press a number")


def test_a_cell_is_opened_and_closed(matrix):
    cell(matrix, "a", "b").click()
    matrix.expect_reports(("chosen", {"cell": [0, 1]}))
    matrix.send(data([0, 1], count=2, title="Labelled a, the network says b: 2"))
    expect(cell(matrix, "a", "b")).to_have_attribute("aria-pressed", "true")
    expect(matrix.page.locator("h3")).to_have_text("Labelled a, the network says b: 2")
    cell(matrix, "a", "b").click()
    matrix.expect_reports(("chosen", {"cell": [0, 1]}), ("chosen", {"cell": None}))
    matrix.page.get_by_role("button", name="Most confident mistakes").click()
    matrix.expect_reports(*[("chosen", {"cell": each}) for each in ([0, 1], None, None)])


def test_arrow_keys_go_from_cell_to_cell_and_stop_at_the_edge(matrix):
    cell(matrix, "a", "a").focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        matrix.page.keyboard.press(key)
    matrix.expect_reports(("chosen", {"cell": [1, 1]}))
    assert (
        matrix.page.evaluate("[...root.querySelectorAll('td button')].filter((one) => one.tabIndex === 0).length") == 1
    )


def test_a_picture_is_taken(matrix):
    matrix.page.locator(".pictures button").nth(1).click()
    matrix.expect_reports(("taken", {"number": 11}))
    matrix.send(data(caption="Counted again."))
    expect(matrix.page.locator("caption")).to_have_text("Counted again.")
    expect(matrix.page.locator(".pictures button").nth(1)).to_be_focused()


def test_an_empty_cell_is_one_sentence_and_the_focus_stays(matrix):
    cell(matrix, "c", "c").click()
    matrix.send(data([2, 2], count=0, title="Labelled c, the network says c: 0"))
    expect(matrix.page.locator(".none")).to_have_text("There is no such picture.")
    assert matrix.page.evaluate("root.activeElement.dataset.label") == "2"


@pytest.mark.parametrize("width", slow.all_but([1200], [390, 1200]))
def test_both_axes_have_names_and_no_class_is_cut(mounted, width):
    names = ["T-shirt/top", "Pullover", "Ankle boot", *"abcdefg"]
    counts = np.eye(10, dtype=int).tolist()
    matrix = mounted("classify_matrix", data(classes=names, counts=counts), viewport={"width": width, "height": 900})
    expect(matrix.page.locator(".axis")).to_have_text(["what the network says →", "true class ↓"])
    heads = matrix.page.locator("thead th")
    expect(heads).to_have_text(names)
    for head in heads.all():
        # The words themselves: what a cell lets out of it counts as well.
        assert head.evaluate(
            """(head) => {
              const words = document.createRange(), cell = head.getBoundingClientRect();
              words.selectNodeContents(head);
              const { left, right, top, bottom } = words.getBoundingClientRect();
              const over = [cell.left - left, right - cell.right, cell.top - top, bottom - cell.bottom];
              return over.every((by) => by <= 2);
            }"""
        )
