"""A hand on the toys that train in the browser."""

from tests.browser import screens
from tests.components import hands
from ui.training import points as page

CAPTION = "root.querySelector('.caption').textContent"
STEP = f"Number({CAPTION}.match(/step ([\\d,]+)/)[1].replaceAll(',', ''))"
PLANE = "root.querySelector('.plane').toDataURL()"
SMILE = [[0.1 * k - 0.5, 0.2] for k in range(10)]


class Toy(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.slider, self.message = self.page.locator(".time"), self.page.locator(".message")

    def press(self, name):
        self.page.locator(f".{name}").click()

    def download(self, name):
        with self.page.expect_download() as download:
            self.press(name)
        return download.value.path().read_bytes()

    def downloads(self):
        """Save both files: the picture must be a PNG wide enough for a slide; returns the lines of the table."""
        png = self.download("png")
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") >= 1600  # pixels wide
        return self.download("csv").decode().splitlines()

    def take(self, player):
        self.page.locator(f"[data-step={player}]").click()

    def expect_step(self, step):
        self.page.wait_for_function(f"step => {STEP} === step", arg=step)

    def expect_after(self, step):
        self.page.wait_for_function(f"step => {STEP} > step", arg=step)

    def step(self):
        return self.page.evaluate(STEP)

    def picture(self):
        return self.page.evaluate(PLANE)

    def hold(self, frames=30):
        """The steps that are shown over so many animation frames."""
        self.component.watch(STEP)
        self.page.evaluate(
            "async count => { while (count--) await new Promise((done) => requestAnimationFrame(done)); }", frames
        )
        return self.component.drawn()

    def stroke(self, *points):
        """Draw on the plane, in its units."""
        box, [[x0, x1], [y0, y1]] = screens.box(self.page.locator(".plane")), page.PAGE
        places = [
            (box["x"] + (x - x0) / (x1 - x0) * box["width"], box["y"] + (y1 - y) / (y1 - y0) * box["height"])
            for x, y in points
        ]
        self.mouse.move(*places[0])
        self.mouse.down()
        for place in places[1:]:
            self.mouse.move(*place)
        self.mouse.up()
