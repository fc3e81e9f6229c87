"""A connection that is lost and comes back, on a blank page with Streamlit's root."""

from playwright.sync_api import expect

APP = """() => {
  const app = document.body.appendChild(document.createElement("div"));
  app.dataset.testid = "stApp";
  app.dataset.testConnectionState = "CONNECTED";
}"""


def test_the_page_is_covered_until_it_has_run_again(mounted):
    component = mounted("reconnect", {"run": 1}, (APP,))
    cover = component.page.get_by_role("status")

    def connection(*states):
        """Names of all reports after the connection has gone through these states."""
        for state in states:
            component.page.evaluate(
                """async (state) => {
                  document.querySelector("[data-testid=stApp]").dataset.testConnectionState = state;
                  await new Promise((heard) => setTimeout(heard));
                }""",
                state,
            )
        return component.page.evaluate("reports.map(([name]) => name)")

    assert connection("CONNECTED") == []
    expect(cover).to_be_hidden()
    assert connection("PINGING_SERVER", "CONNECTING") == []
    expect(cover).to_be_visible()
    component.send({"run": 1})  # of a run that ended before
    expect(cover).to_be_visible()
    assert connection("CONNECTED", "CONNECTED") == ["back"]
    expect(cover).to_be_visible()
    component.send({"run": 2})
    expect(cover).to_be_hidden()
    assert connection("DISCONNECTED_FOREVER", "CONNECTED") == ["back", "back"]
    component.leave()
    assert connection("PINGING_SERVER", "CONNECTED") == ["back", "back"]
