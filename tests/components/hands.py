"""A hand on a mounted component."""

from tests.browser import screens

PAGE = 280  # pixels along each side of the page to draw on


class Hand:
    def __init__(self, component):
        self.component, self.page, self.mouse = component, component.page, component.page.mouse


class Pen(Hand):
    """Draws on a component's page."""

    def __init__(self, component):
        super().__init__(component)
        self.paper = self.page.locator(".paper canvas")

    def move_pen(self, *points, first=False):
        """Through points (x, y) of the page; first: the pen comes down at the first of them, and stays there."""
        box = screens.box(self.paper)
        for k, (x, y) in enumerate(points):
            to = box["x"] + x * box["width"] / PAGE, box["y"] + y * box["height"] / PAGE
            self.mouse.move(*to, steps=4 if k else 1)
            if first and k == 0:
                self.mouse.down()

    def draw(self, *points):
        """A stroke."""
        self.move_pen(*points, first=True)
        self.mouse.up()
