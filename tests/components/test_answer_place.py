"""A number line and a plane on which somebody answers: by pointer, finger, keys and typing; and what is shown then."""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from ui.lesson import words

LINE = {
    "question": "How far?",
    "choices": [],
    "axes": [{"low": 0, "high": 2, "name": "", "unit": "nats"}],
    "background": [],
    "given": None,
}
GROUP = {"name": "1", "colour": "#0072b2", "mean": [1, 0], "x": [1, 1.2], "y": [0, 0.1]}
PLANE = {
    "question": "Where?",
    "choices": [],
    "axes": [{"low": -4, "high": 4, "name": "PCA 1", "unit": ""}, {"low": -2, "high": 2, "name": "PCA 2", "unit": ""}],
    "background": [GROUP],
    "given": None,
}
SOLVED_LINE = {"answer": 0.5, "tolerance": 0.1, "explanation": "", "missing": []}
SOLVED_PLANE = {"answer": [1, 1], "tolerance": 0.5, "explanation": "", "missing": [{**GROUP, "name": "9"}]}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def data(asked, **more):
    return {"asked": {**asked, **more}, "words": words.ENGLISH, "projected": False}


class Place:
    """The component, and where its numbers are on the screen."""

    def __init__(self, component, asked):
        self.component, self.page, self.axes = component, component.page, asked["axes"]
        self.marker = self.page.get_by_role("slider", name=asked["question"])
        self.give = self.page.get_by_role("button", name="That is my answer")
        self.fields = self.page.get_by_role("spinbutton")

    def at(self, *values):
        """The pixel of a number, or of a point."""
        box = screens.box(self.page.locator(".surface"))
        pairs = zip(self.axes, values, strict=True)
        x, *y = [(value - axis["low"]) / (axis["high"] - axis["low"]) for axis, value in pairs]
        return box["x"] + x * box["width"], box["y"] + (1 - (y or [0.5])[0]) * box["height"]

    def middle(self, selector):
        box = screens.box(self.page.locator(selector))
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, *points):
        self.page.mouse.move(*self.at(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.at(*point))

    def expect_values(self, *wanted, within):
        """Wait until the fields show these: a finger's events arrive behind the command that sent them."""
        self.page.wait_for_function(
            """([wanted, within]) => {
              const fields = [...root.querySelectorAll("input[type=number]")];
              const near = (field, k) => field.value && Math.abs(field.value - wanted[k]) <= within;
              return fields.length === wanted.length && fields.every(near); }""",
            arg=[wanted, within],
        )

    def values(self):
        return [float(field.input_value()) for field in self.fields.all()]


@pytest.fixture(params=["line", "plane"])
def place(mounted, request):
    asked = {"line": LINE, "plane": PLANE}[request.param]
    return Place(mounted("answer_place", data(asked)), asked)


def ends(place, share):
    """The number, or the point, at this share of every axis."""
    return [axis["low"] + share * (axis["high"] - axis["low"]) for axis in place.axes]


def reported(place):
    """The numbers of the last report."""
    name, report = place.component.last_report()
    assert name == "answer"
    return report["answer"] if isinstance(report["answer"], list) else [report["answer"]]


def test_a_marker_is_dragged_and_nothing_is_said_until_it_is_given(place):
    expect(place.give).to_be_disabled()
    place.drag(ends(place, 0.5), ends(place, 0.7), ends(place, 0.25))
    place.component.expect_reports()
    assert place.values() == pytest.approx(ends(place, 0.25), abs=0.03)
    place.page.mouse.up()
    place.component.expect_reports()
    left, _ = place.middle(".marker")
    assert left == pytest.approx(place.at(*ends(place, 0.25))[0], abs=2)
    shown = place.values()
    place.give.click()
    assert reported(place) == shown


@pytest.mark.slow
def test_beyond_the_ends_is_at_the_ends(place):
    place.drag(ends(place, 0.5), ends(place, 1.4))
    place.page.mouse.up()
    assert place.values() == ends(place, 1)


def test_a_press_in_the_middle_is_an_answer_too(place):
    place.page.mouse.click(*place.at(*ends(place, 0.5)))
    expect(place.give).to_be_enabled()
    assert place.values() == pytest.approx(ends(place, 0.5), abs=0.03)


def test_keys_move_the_marker(place):
    place.marker.focus()
    place.page.keyboard.press("Enter")
    expect(place.give).to_be_enabled()
    assert place.values() == pytest.approx(ends(place, 0.05))  # where it waits
    place.page.keyboard.press("ArrowRight")
    first = place.axes[0]
    assert place.values()[0] == pytest.approx(ends(place, 0.06)[0])
    for _ in range(3):
        place.page.keyboard.press("PageUp")
    assert place.values()[-1] == pytest.approx(ends(place, 0.35)[-1], abs=0.05)
    place.page.keyboard.press("Home")
    assert place.values()[0] == first["low"]
    expect(place.marker).to_have_attribute("aria-valuenow", str(first["low"]))
    text = place.marker.get_attribute("aria-valuetext")
    assert text == "0 nats" if len(place.axes) == 1 else text.startswith("(−4, ")


def test_numbers_are_typed_and_what_is_none_is_one_sentence_and_loses_nothing(place):
    for field, axis in zip(place.fields.all(), place.axes, strict=True):
        expect(place.give).to_be_disabled()  # one coordinate alone is no answer
        field.fill(str(axis["high"] / 4))
        field.press("Enter")
    expect(place.give).to_be_enabled()
    for wrong in ("99", ""):
        place.fields.first.fill(wrong)
        place.fields.first.press("Enter")
        low, high = (str(place.axes[0][end]).replace("-", "−") for end in ("low", "high"))
        expect(place.page.get_by_role("alert")).to_have_text(f"Type a number from {low} to {high}.")
    place.give.click()
    assert reported(place) == [axis["high"] / 4 for axis in place.axes]


def test_the_same_data_leave_the_marker_where_it_is(place):
    place.page.mouse.click(*place.at(*ends(place, 0.25)))
    before = place.values()
    place.component.send(data({1: LINE, 2: PLANE}[len(place.axes)]))
    assert place.values() == before


@pytest.mark.slow
@pytest.mark.parametrize("asked", [LINE, PLANE], ids=["line", "plane"])
def test_a_finger_drags_it_on_a_phone(mounted, asked):
    place = Place(mounted("answer_place", data(asked), **PHONE), asked)
    assert place.page.evaluate("document.documentElement.scrollWidth") <= 390
    touch = place.page.context.new_cdp_session(place.page)
    for kind, share in [("touchStart", 0.5), ("touchMove", 0.6), ("touchMove", 0.75), ("touchEnd", None)]:
        x, y = place.at(*ends(place, share or 0))
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}] if share else []})
    place.expect_values(*ends(place, 0.75), within=0.06)
    place.give.tap()
    assert reported(place) == place.values()


def test_a_finger_that_scrolls_the_page_answers_nothing(place):
    place.page.mouse.click(*place.at(*ends(place, 0.25)))
    before = place.values()
    place.page.evaluate(
        """([x, y]) => {
          const surface = root.querySelector(".surface");
          const options = { pointerId: 7, clientX: x, clientY: y, bubbles: true };
          surface.setPointerCapture = () => {};
          for (const type of ["pointerdown", "pointercancel"]) surface.dispatchEvent(new PointerEvent(type, options));
        }""",
        place.at(*ends(place, 0.9)),
    )
    assert place.values() == before


@pytest.mark.parametrize(("language", "told"), [("en", "You: 1.5% ·"), ("de", "Sie: 1,5 % ·")])
def test_percent_stand_as_the_language_writes_them(mounted, language, told):
    axes = [{**LINE["axes"][0], "unit": "%"}]
    asked = data(LINE, axes=axes, given=1.5, open=False, **SOLVED_LINE) | {"words": words.WORDS[language]}
    expect(mounted("answer_place", asked).page.locator(".said")).to_contain_text(told)


def test_on_the_line_are_the_own_answer_the_right_one_and_its_tolerance(mounted):
    place = Place(mounted("answer_place", data(LINE, given=1.5, open=False, **SOLVED_LINE)), LINE)
    expect(place.page.locator(".said")).to_have_text("You: 1.5 nats · Right: 0.5 nats ± 0.1")
    assert place.middle(".own")[0] == pytest.approx(place.at(1.5)[0], abs=1)
    assert place.middle(".right")[0] == pytest.approx(place.at(0.5)[0], abs=1)
    band = screens.box(place.page.locator(".tolerance"))
    assert [band["x"], band["x"] + band["width"]] == pytest.approx([place.at(0.4)[0], place.at(0.6)[0]], abs=2)
    expect(place.marker).to_have_count(0)


def test_in_the_plane_are_both_points_the_circle_and_the_distance(mounted):
    place = Place(mounted("answer_place", data(PLANE, given=[-2, -3 + 2], open=False, **SOLVED_PLANE)), PLANE)
    expect(place.page.locator(".said")).to_have_text("You: (−2, −1) · Right: (1, 1) ± 0.5 · Distance: 3.6")
    assert place.middle(".own") == pytest.approx(place.at(-2, -1), abs=1)
    assert place.middle(".right") == pytest.approx(place.at(1, 1.5), abs=1)
    circle = screens.box(place.page.locator("circle.tolerance"))
    (left, _), (right, _) = place.at(0.5, 1), place.at(1.5, 1)
    assert [circle["width"], circle["height"]] == pytest.approx([right - left] * 2, abs=3)
    assert place.page.locator(".class").all_inner_texts() == ["1", "9"]


@pytest.mark.parametrize("numbers", [[], [0.5], [0.5, 0.5, 0.5, 2.0], [0.0] * 300])
def test_a_point_for_each_answer_of_a_class_on_the_line(mounted, numbers):
    others = [[number] for number in numbers]
    place = Place(mounted("answer_place", data(LINE, open=False, others=others, **SOLVED_LINE)), LINE)
    surface, points = screens.box(place.page.locator(".surface")), place.page.locator("i")
    expect(points).to_have_count(len(numbers))
    boxes = points.evaluate_all("all => all.map((point) => point.getBoundingClientRect().toJSON())")
    places = sorted(box["x"] + box["width"] / 2 for box in boxes)
    expected = {number: place.at(number)[0] for number in set(numbers)}
    assert places == pytest.approx(sorted(expected[number] for number in numbers), abs=12)
    assert len({(box["x"], box["y"]) for box in boxes}) == len(numbers)  # none hides another one
    assert all(box["y"] >= surface["y"] for box in boxes)
    within = sum(abs(number - 0.5) <= 0.1 for number in numbers)
    expect(place.page.locator(".said")).to_contain_text(f"Within the tolerance: {within} of {len(numbers)}")


def test_a_cloud_of_a_class_in_the_plane(mounted):
    others = [[1, 1], [1.2, 1.2], [-4, 2], [3, -2]]
    place = Place(mounted("answer_place", data(PLANE, open=False, others=others, **SOLVED_PLANE)), PLANE)
    boxes = [screens.box(point) for point in place.page.locator(".others circle").all()]
    for box, other in zip(boxes, others, strict=True):
        assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx(place.at(*other), abs=2)
    expect(place.page.locator(".said")).to_have_text("Right: (1, 1) ± 0.5 · Within the tolerance: 2 of 4")


def test_names_and_texts_are_no_markup(mounted):
    hostile = "<img src=x onerror=alert(1)>"
    asked = {**PLANE, "background": [{**GROUP, "name": hostile}], "question": hostile}
    place = Place(mounted("answer_place", data(asked)), asked)
    assert place.page.locator("img").count() == 0
    expect(place.page.locator(".class")).to_have_text(hostile)
