"""A connection that is lost and comes back, on a blank page with Streamlit's root."""

import json

import pytest
from playwright.sync_api import expect

from tests.components import samples

APP = """() => {
  const app = document.body.appendChild(document.createElement("div"));
  app.dataset.testid = "stApp";
  app.dataset.testConnectionState = "CONNECTED";
}"""
STATE = """async (state) => {
  document.querySelector("[data-testid=stApp]").dataset.testConnectionState = state;
  await new Promise((heard) => setTimeout(heard));
}"""


def data(run, visit="one", holds=(), replica=None):
    return {"run": run, "visit": visit, "holds": list(holds), "replica": replica}


def test_the_page_is_covered_until_it_has_run_again(mounted):
    component = mounted("reconnect", data(1), (APP,))
    cover = component.page.get_by_role("status")

    def connection(*states):
        """Names of all reports after the connection has gone through these states."""
        for state in states:
            component.page.evaluate(STATE, state)
        return component.page.evaluate("reports.map(([name]) => name)")

    assert connection("CONNECTED") == []
    expect(cover).to_be_hidden()
    assert connection("PINGING_SERVER", "CONNECTING") == []
    expect(cover).to_be_visible()
    component.send(data(1))  # of a run that ended before
    expect(cover).to_be_visible()
    assert connection("CONNECTED", "CONNECTED") == ["back"]
    expect(cover).to_be_visible()
    component.send(data(2))
    expect(cover).to_be_hidden()
    assert connection("DISCONNECTED_FOREVER", "CONNECTED") == ["back", "back"]
    component.leave()
    assert connection("PINGING_SERVER", "CONNECTED") == ["back", "back"]


def test_one_sentence_says_what_another_server_does_not_have(mounted):
    component = mounted("reconnect", data(1, holds=["computed metrics", "the trained density"]), (APP,))
    note = component.page.get_by_role("alert")
    component.send(data(2, holds=["computed metrics"]))  # the same visit, in which the density was reset
    expect(note).to_be_hidden()
    component.send(data(3, visit="two"))
    expect(note).to_contain_text("The server no longer has computed metrics, since the connection was lost.")
    component.page.get_by_role("button", name="Close").click()
    expect(note).to_be_hidden()
    component.send(data(4, visit="two"))
    expect(note).to_be_hidden()
    component.send(data(5, visit="three"))  # nothing was there
    expect(note).to_be_hidden()


@pytest.mark.parametrize(("ids", "said"), [(["a"], False), (["a", "b"], True)], ids=["one server", "two in turn"])
def test_a_proxy_that_spreads_one_visit_is_noticed_once(mounted, empty_address, ids, said):
    asked = []  # the first answer is of the other server

    def answer(route):
        asked.append(None)
        route.fulfill(body=json.dumps({"id": ids[len(asked) % len(ids)]}), content_type="application/json")

    component = mounted("reconnect", data(1), (APP,), address=empty_address)
    component.page.route("**/replica", answer)
    component.send(data(1, replica="a"))
    sentence = component.page.get_by_text("This address leads to several servers in turn")
    wanted = 1 if said else 4
    component.page.wait_for_function(
        "(count) => performance.getEntriesByName(new URL('replica', document.baseURI)).length >= count", arg=wanted
    )
    expect(sentence).to_be_visible(visible=said)
    assert len(asked) == wanted
    component.send(data(2, replica="a"))
    assert len(asked) == wanted


def test_what_the_hand_left_without_a_connection_is_sent_when_the_page_has_run_again(mounted):
    component = mounted("gaussians", samples.gaussians(), (APP,))
    slider = component.page.get_by_role("slider", name="mean of q")
    component.page.evaluate(STATE, "PINGING_SERVER")
    slider.press("ArrowRight")
    slider.blur()  # the key is let go
    moved = slider.input_value()
    component.page.evaluate(STATE, "CONNECTED")
    component.send(samples.gaussians(numbers=[*samples.gaussians()["numbers"][:-2], 0.0, 1.0]))  # as the server knew it
    expect(slider).to_have_value(moved)
    component.expect_reports()
    component.page.evaluate("() => void dispatchEvent(new Event('page has run again'))")
    name, numbers = component.last_report()
    assert (name, str(numbers[2])) == ("moved", moved)
