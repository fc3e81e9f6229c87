"""Pictures that follow sliders: stored ones first, then those of a network, whose worker is here a script."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands, samples
from tests.components.networks import network
from ui.components.live_pictures import Fact, _fact

# A worker that loads at once, or with `refuse` "wait" when `let()` is called, or never. It answers at once, or, while
# `held` is true, when `let()` is called: pictures of one colour, 50 for blue and 32·z + 128 for red and green. A
# classifier answers with the picture's red and green as logits, so large that one of the two classes is certain.
WORKER = """({ refuse }) => {
  window.asked = [];
  window.waiting = [];
  window.held = false;
  window.let = () => waiting.splice(0).forEach((answer) => answer());
  const pictures = ({ data, dims: [n, latent] }) => {
    const side = 4, size = side * side, level = (z) => 32 * z + 128;
    const colours = (k) => [level(data[k * latent]), level(data[k * latent + 1]), 50];
    const plain = (k) => colours(k).flatMap((level) => Array(size).fill(level / 255));
    const values = Float32Array.from(Array.from({ length: n }, (_, k) => plain(k)).flat());
    return { picture: { data: values, dims: [n, 3, side, side] } };
  };
  const seen = ({ data }) => ({ logits: { data: Float32Array.from([1000 * data[0], 1000 * data[16]]), dims: [1, 2] } });
  const ask = ({ load, inputs }) => {
    if (load && refuse === "wait") return new Promise((resolve) => waiting.push(() => resolve({})));
    if (load && refuse) return Promise.reject(refuse);
    if (load) return Promise.resolve({});
    asked.push(inputs);
    const outputs = inputs.x ? seen(inputs.x) : pictures(inputs.z);
    return new Promise((resolve) => (held ? waiting.push(() => resolve({ outputs })) : resolve({ outputs })));
  };
  const over = new Promise(() => {});
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask, over } };
}"""
PIXELS = """[...root.querySelectorAll(".pictures canvas")].map((canvas) =>
  [...canvas.getContext("2d").getImageData(1, 1, 1, 1).data].slice(0, 3))"""
CLOSE = "(rgb, k) => !wanted[k] || rgb.every((level, c) => Math.abs(level - wanted[k][c]) <= 1)"
NEAR = f"wanted => (shown => shown.length >= wanted.length && shown.every({CLOSE}))({PIXELS})"
START = samples.ENDS


def with_network(data, *, named=False):
    """The same with a network for all panels that mix no pictures, and a classifier of two classes for all."""
    panels = [
        {**panel, "part": None if panel["way"]["kind"] == "blend" else 0, "classifier": 0 if named else None}
        for panel in data["panels"]
    ]
    classifier = {"network": network("classifier"), "classes": ["red", "green"], "accuracy": 1.0}
    return {**data, "panels": panels, "networks": [network()], "classifiers": [classifier], "identity": "live"}


class Hand(hands.Hand):
    def expect_colours(self, *colours):
        """Wait until the panels show these colours, within a grey level; None: any."""
        self.page.wait_for_function(NEAR, arg=list(colours))

    def expect(self, pictures):
        self.page.locator(f".live-pictures[data-pictures={pictures}]").wait_for()

    def place(self, slider, share):
        """Move the pointer to where the thumb of a slider is at this share of it."""
        box, thumb = screens.box(slider), 16
        self.page.mouse.move(box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2)

    def asked(self):
        return self.page.evaluate("asked.length")


def colour(code):
    """What the worker makes of it."""
    return [float(32 * code[0] + 128), float(32 * code[1] + 128), 50.0]


def on_line(alpha):
    return (1 - alpha) * START[0] + alpha * START[1]


def on_circle(alpha):
    """The two ends are at a right angle."""
    length = 1 + alpha
    return length * np.array([np.cos(alpha * np.pi / 2), np.sin(alpha * np.pi / 2), 0])


def blended(alpha):
    return [10 + 100 * alpha, 20 + 200 * alpha, 30 + 100 * alpha]


def opened(mounted, data, refuse=None, **options):
    component = mounted("live_pictures", samples.paths(scene="before"), **options)
    component.page.evaluate(WORKER, {"refuse": refuse})
    component.send(data)
    return Hand(component)


@pytest.fixture
def live(mounted):
    hand = opened(mounted, with_network(samples.paths()))
    hand.expect_colours([200, 40, 0], [200, 40, 100], blended(0.5))  # decoded: until then no slider moves them
    hand.expect("network")
    return hand


def test_stored_pictures_are_there_first_and_follow_the_hand_in_steps(mounted):
    hand = Hand(mounted("live_pictures", samples.paths()))
    hand.expect_colours([200, 40, 0], [200, 40, 100], blended(0.5))
    slider = hand.page.get_by_label("from A (0) to B (1)", exact=True)
    hand.place(slider, 0.5)
    hand.page.mouse.down()
    hand.place(slider, 0.8)
    hand.expect_colours([200, 60, 0], [200, 60, 100])
    hand.component.expect_reports()
    hand.page.mouse.up()
    name, values = hand.component.last_report()
    assert (name, values) == ("values", {"alpha": pytest.approx(0.8, abs=0.01)})
    hand.expect_colours(None, None, blended(values["alpha"]))  # mixed here, so not in steps


def test_pictures_of_another_place_are_pale_until_the_network_comes(mounted):
    hand = opened(mounted, {**with_network(samples.paths()), "values": {"alpha": 0.53}}, refuse="wait")
    hand.expect_colours([200, 40, 0], [200, 40, 100], blended(0.53))
    line, circle, mixed = hand.page.locator(".pictures canvas").all()  # there when they have been decoded
    for canvas, opacity in ((line, "0.3"), (circle, "0.3"), (mixed, "1")):
        expect(canvas).to_have_css("opacity", opacity)
    hand.page.evaluate("let()")
    hand.expect_colours(colour(on_line(0.53)), colour(on_circle(0.53)), blended(0.53))
    for canvas in (line, circle, mixed):
        expect(canvas).to_have_css("opacity", "1")


def test_every_place_is_a_picture_of_the_network_and_one_report(live):
    slider = live.page.get_by_label("from A (0) to B (1)", exact=True)
    live.place(slider, 0.5)
    live.page.mouse.down()
    for share in (0.6, 0.61, 0.87):
        live.place(slider, share)
        live.page.wait_for_function(f"() => Math.abs({ALPHA} - {share}) < 0.01")
        alpha = live.page.evaluate(ALPHA)
        live.expect_colours(colour(on_line(alpha)), colour(on_circle(alpha)), blended(alpha))
    live.component.expect_reports()
    live.page.mouse.up()
    live.component.expect_reports(("values", {"alpha": alpha}))


ALPHA = "root.querySelector('input[type=range]').valueAsNumber"


def test_a_slow_network_draws_the_newest_place(live):
    slider = live.page.get_by_label("from A (0) to B (1)", exact=True)
    live.page.evaluate("() => void (held = true)")
    before = live.asked()
    live.place(slider, 0.5)
    live.page.mouse.down()
    for share in np.linspace(0.51, 0.95, 12):
        live.place(slider, share)
    live.page.wait_for_function("() => waiting.length === 2")  # one of each panel
    live.page.evaluate("() => (held = false, let())")
    alpha = live.page.evaluate(ALPHA)
    live.expect_colours(colour(on_line(alpha)), colour(on_circle(alpha)), blended(alpha))
    assert live.asked() == before + 4  # the first and the last place, the ten between them were left out
    live.page.mouse.up()


def test_an_older_picture_does_not_cover_a_stored_one(live):
    slider = live.page.get_by_label("from A (0) to B (1)", exact=True)
    live.page.evaluate("() => void (held = true)")
    slider.press("ArrowRight")
    live.page.wait_for_function("() => waiting.length === 2")
    slider.press("Home")  # of which there is a stored picture
    live.expect_colours([200, 0, 0], [200, 0, 100], blended(0))
    live.component.watch(PIXELS)
    live.page.evaluate("() => let()")
    assert [panels[0] for panels in live.component.drawn()] == [[200, 0, 0]]


def test_play_moves_continuously_and_pause_reports(live):
    play = live.page.get_by_role("button", name="Play")
    play.click()
    live.page.wait_for_function(f"() => {ALPHA} > 0.52")
    live.component.expect_reports()
    live.page.get_by_role("button", name="Pause").click()
    expect(play).to_be_visible()
    _, values = live.component.last_report()
    assert values["alpha"] == live.page.evaluate(ALPHA) == round(values["alpha"], 3)
    live.expect_colours(colour(on_line(values["alpha"])))


def test_the_clock_turns_at_the_ends(mounted):
    hand = Hand(mounted("live_pictures", samples.paths(alpha=0.97)))
    hand.page.get_by_label("Speed").select_option("4×")
    hand.component.watch(ALPHA)
    hand.page.get_by_role("button", name="Play").click()
    hand.page.wait_for_function("() => drawn.map(Number).some((alpha, k) => k > 2 && alpha < 0.9)")
    values = hand.component.drawn()
    assert max(values) <= 1
    top = int(np.argmax(values))
    assert values[: top + 1] == sorted(values[: top + 1])


def test_space_plays_and_a_hand_stops(live):
    slider = live.page.get_by_label("from A (0) to B (1)", exact=True)
    slider.press(" ")
    live.page.get_by_role("button", name="Pause").wait_for()
    slider.press("End")
    live.page.get_by_role("button", name="Play").wait_for()
    live.component.expect_reports(("values", {"alpha": 1}))


def test_keys(live):
    slider = live.page.get_by_label("from A (0) to B (1)", exact=True)
    keys = {"ArrowLeft": 0.49, "ArrowUp": 0.5, "PageUp": 0.6, "PageDown": 0.5, "Home": 0, "End": 1}
    for key, value in keys.items():
        slider.press(key)
        assert live.component.last_report() == ("values", {"alpha": pytest.approx(value)})
        live.component.forget_reports()


def test_a_field_takes_exact_values_and_keeps_the_last_one_of_nonsense(live):
    field = live.page.get_by_label("Exact value: from A (0) to B (1)")
    field.fill("0.617")
    field.press("Enter")
    assert live.component.last_report() == ("values", {"alpha": 0.617})
    live.expect_colours(colour(on_line(0.617)))
    live.component.forget_reports()
    for nonsense in ("7", ""):
        field.fill(nonsense)
        field.press("Enter")
        expect(live.page.locator(".sentence")).to_have_text("α must be a number from 0 to 1; 0.617 was kept.")
        expect(field).to_have_value("0.617")
    assert live.page.evaluate(ALPHA) == pytest.approx(0.617)
    live.component.expect_reports()
    field.fill("1")
    field.press("Enter")
    expect(live.page.locator(".sentence")).to_have_text("")


def test_strips_and_curves_are_sliders_too(live):
    strip, mark = live.page.locator(".strips canvas").first, live.page.locator(".mark")
    box = screens.box(strip)
    live.page.mouse.click(box["x"] + box["width"] * 3.5 / 5, box["y"] + 3)
    assert live.component.last_report() == ("values", {"alpha": 0.75})
    place = pytest.approx(box["x"] + box["width"] * 3.5 / 5, abs=1.5)
    screens.until(lambda: screens.box(mark)["x"] + 1, lambda x: x == place)
    live.component.forget_reports()
    marker = live.page.locator(".panels .marker")
    before = float(marker.get_attribute("x1"))
    svg = screens.box(live.page.locator(".panels svg"))
    live.page.mouse.click(svg["x"] + 54 + 0.25 * (svg["width"] - 68), svg["y"] + 90)
    assert live.component.last_report() == ("values", {"alpha": pytest.approx(0.25, abs=0.005)})
    assert float(marker.get_attribute("x1")) < before


@pytest.mark.parametrize("reason", ["this browser has no WebAssembly"])
def test_without_a_network_one_sentence_says_why_and_stored_pictures_follow(mounted, reason):
    hand = opened(mounted, with_network(samples.paths()) | {"more": True}, refuse=reason)
    expect(hand.page.locator(".quiet")).to_have_text(f"The pictures move in steps, because {reason}.")
    hand.component.expect_reports(("stored", True))
    hand.page.get_by_label("from A (0) to B (1)", exact=True).press("End")
    hand.expect_colours([200, 80, 0], [200, 80, 100], blended(1))
    hand.component.send(with_network(samples.paths()) | {"more": True, "identity": "more pictures"})
    hand.component.expect_reports(("stored", True), ("values", {"alpha": 1}))  # it is not asked for again
    assert hand.page.evaluate(ALPHA) == 1  # and the hand stays where it was


@pytest.mark.slow
def test_another_scene_starts_where_its_data_say(live):
    live.page.get_by_label("from A (0) to B (1)", exact=True).press("End")
    live.component.last_report()
    live.component.send(with_network(samples.paths(alpha=0.25, scene="another")) | {"identity": "another"})
    live.page.wait_for_function(f"() => {ALPHA} === 0.25")


def test_classes_of_every_picture_follow(mounted):
    hand = opened(mounted, with_network(samples.paths(), named=True))
    hand.expect("network")
    best = hand.page.locator(".classes li:first-child b")
    expect(best).to_have_text(["red", "red", "green"])
    hand.page.get_by_label("from A (0) to B (1)", exact=True).press("ArrowRight")  # off the stored pictures
    colours = colour(on_line(0.51)), colour(on_circle(0.51)), blended(0.51)
    expect(best).to_have_text(["green" if green > red else "red" for red, green, _ in colours])


def moved(epsilon=1.0, order=(2, 0, 1), panels=1):
    """One number of a code after another, the first two of which are shown with the picture itself."""
    code = np.array([0.5, -0.5, 0.0], np.float32)
    panel = samples.Panel(
        "VAE",
        "",
        "moved",
        (3, 4, 4),
        None,
        {"kind": "moved", "code": code, "order": list(order)},
        {(epsilon,): samples.plain((1, 1, 1), (2, 2, 2), (3, 3, 3))},
        shown=3,
        columns=2,
    )
    series = [samples.curves.series("VAE", "line", "#0072b2", [1, 2, 3], [0, 0, 0])]
    data = samples.described(
        [panel] * panels,
        [samples.Slider("epsilon", "ε", "how far", 0.0, 8.0, 100.0)],
        {"epsilon": epsilon},
        scene="moved",
        columns=1,
        without="They change when you let go",
        curves={
            "panels": [{"title": "Changes", "range": [0, 1], "log": False, "series": series}],
            "axis": [1, 3],
            "marked": False,
            "save": samples.slides.words("changes", "Changes"),
        },
    )
    return {**data, "key": "moved", "more": False}


GRID = """(() => {
  const context = root.querySelector(".pictures canvas").getContext("2d");
  return [[1, 1], [6, 1], [1, 6]].map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
})()"""


def test_a_grid_of_moved_codes_and_the_curve_of_their_changes(mounted):
    hand = opened(mounted, with_network(moved()))
    hand.expect("network")
    path = hand.page.locator(".panels path").first
    before = path.get_attribute("d")
    field = hand.page.get_by_label("Exact value: how far")
    field.fill("2.5")
    field.press("Enter")
    wanted = [colour((0.5, -0.5)), colour((0.5, -0.5)), colour((3.0, -0.5))]  # itself, dimensions 2 and 0
    hand.page.wait_for_function(f"wanted => {GRID}.every({CLOSE})", arg=wanted)
    expect(path).not_to_have_attribute("d", before)
    assert hand.page.evaluate("asked.map(({ z }) => z.dims)") == [[3, 3], [1, 3]]
    # Dimensions 0 and 1 change one colour of three by 2.5 · 32 grey levels, dimension 2 none: of y = 0 is the ground.
    heights = [float(point.split(",")[1]) for point in path.get_attribute("d").lstrip("M").split("L")]
    assert heights[0] == pytest.approx(heights[1], abs=0.6)
    assert heights[2] == pytest.approx(210 - 26, abs=0.1)
    assert heights[2] - heights[0] == pytest.approx((210 - 26 - 30) * (80 / 3**0.5) / 50, abs=0.6)


def test_words_beside_the_play_button_do_not_become_a_column(mounted):
    """Two sliders side by side, as with a kept direction: the first one also has the button and the speed."""
    data = samples.paths()
    first = {**data["sliders"][0], "label": "8 → 3: 0 is the start, 1 one step"}
    second = {**first, "name": "k1", "symbol": "•", "label": "kept"}
    more = {"identity": "two", "scene": "two", "sliders": [first, second], "values": data["values"] | {"k1": 0}}
    hand = Hand(mounted("live_pictures", {**data, **more}, viewport={"width": 600, "height": 800}))
    words = hand.page.locator(".head .words")
    expect(words).to_have_count(2)
    assert screens.box(words.first)["height"] < 40  # two lines


@pytest.mark.slow
def test_values_of_the_hand_outlive_new_stored_pictures(mounted):
    hand = opened(mounted, with_network(moved()))
    hand.expect("network")
    field = hand.page.get_by_label("Exact value: how far")
    for value in ("3", "4"):
        field.fill(value)
        field.press("Enter")
    hand.page.wait_for_function("() => reports.length === 2")
    canvas = hand.page.locator(".pictures canvas").element_handle()
    hand.component.send(with_network(moved(3.0)) | {"identity": "3"})  # the answer to the older one
    expect(field).to_have_value("4")
    hand.component.send(with_network(moved(4.0, order=(0, 1, 2))) | {"identity": "4"})
    hand.page.wait_for_function(f"() => JSON.stringify({GRID}) === '[[1,1,1],[2,2,2],[3,3,3]]'")  # the official ones
    expect(field).to_have_value("4")
    assert canvas.evaluate("canvas => canvas.isConnected")  # nothing blinks


def test_a_phone(mounted):
    hand = opened(mounted, samples.paths(), viewport={"width": 390, "height": 844}, has_touch=True)
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = screens.box(hand.page.locator(".strips canvas").first)
    hand.page.touchscreen.tap(box["x"] + box["width"] * 4.5 / 5, box["y"] + 3)
    hand.component.expect_reports(("values", {"alpha": 1}))
    hand.expect_colours([200, 80, 0])


@pytest.mark.slow
def test_what_was_measured_of_a_picture_stands_below_it_and_follows_the_hand(mounted):
    x, far = np.linspace(0, 1, 5), np.array([1.0, 2.0, 5.0, 2.0, 1.0])
    distance = Fact("Distance", x, far, (0.0, 6.0), "#009e73", ticks=(1.0, 3.0), band=(1.0, 3.0))
    seen = Fact("Class", x, np.linspace(1, 0.6, 5), (0.0, 1.0), "#009e73", names=[*"AAABB"], share=True)
    data = samples.paths()
    data["panels"][0] |= {"facts": [_fact(distance), _fact(seen)], "said": "Outside the data at picture 3."}
    page = Hand(mounted("live_pictures", data)).page
    row = page.locator(".row").first
    expect(row.locator(".said")).to_have_text("Outside the data at picture 3.")
    expect(row.locator("output")).to_have_text(["5.00", "A, 80%"])
    canvas, (curve, classes) = (
        screens.box(row.locator("canvas")),
        [screens.box(row.locator("svg").nth(k)) for k in (0, 1)],
    )
    assert curve["x"] == pytest.approx(canvas["x"], abs=0.5)
    assert curve["width"] == pytest.approx(canvas["width"], abs=0.5) == classes["width"]
    drawn = row.locator("svg").first.evaluate(
        """svg => { const { width, height } = svg.viewBox.baseVal;
          const points = svg.querySelector("path").getAttribute("d").slice(1).split("L");
          return { width, height, points: points.map((at) => at.split(",").map(Number)) }; }"""
    )
    places = [point[0] / drawn["width"] for point in drawn["points"]]
    assert places == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9], abs=1e-3)  # the middles of five pictures
    heights = [point[1] for point in drawn["points"]]
    assert heights.index(min(heights)) == 2
    expect(row.locator("svg").nth(1).locator("text")).to_have_text(["A", "B"])
    page.get_by_label("from A (0) to B (1)", exact=True).press("End")
    expect(row.locator("output")).to_have_text(["1.00", "B, 60%"])
