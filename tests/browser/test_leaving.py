"""What a page that was left asks for while the server runs the next one, said without a browser."""

import json

from benchmarks.visitor import Visitor
from tests.browser.test_visitor import run


class Watching(Visitor):
    """pages: hash of the page of every run, in order."""

    pages: list[str]

    def _hear(self, message):
        if message.WhichOneof("type") == "new_session":
            self.pages.append(message.new_session.page_script_hash)
        super()._hear(message)


def test_a_late_report_of_a_page_that_was_left_runs_nothing(app_url):
    async def visit():
        visitor = Watching(app_url, "latent_space", "model=mnist_vae")
        visitor.pages = []
        async with visitor:
            await visitor.finished()
            explorer = visitor.components["explorer"]
            late = visitor._rerun(explorer, json.dumps([{"event": "view", "value": {"dims": 0, "serial": 1}}]))
            del visitor.components["reconnect"]
            visitor.page, visitor.name, visitor.query = "", "metrics", ""
            visitor.widgets.clear()
            await visitor._send(visitor._rerun())
            await visitor.component("reconnect")  # the first that the next page's run sends
            await visitor._send(late)
            await visitor.finished(2)
            await visitor._send(visitor._rerun())
            await visitor.finished(3)
            return visitor

    visitor = run(visit)
    assert visitor.errors == []
    first, *others = visitor.pages
    assert len(others) == 2
    assert len({first, *others}) == 2
