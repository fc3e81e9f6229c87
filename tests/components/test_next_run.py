"""The browser's answer to a run of a page: once for each, and again after the connection was lost."""


def test_every_run_is_answered_once_and_again_after_a_lost_connection(mounted):
    component = mounted("next_run", {"number": 1, "connection": "a"})
    component.expect_reports(("drawn", 1))
    component.send({"number": 1, "connection": "a"})  # drawn again, for another reason
    component.send({"number": 2, "connection": "a"})
    component.expect_reports(("drawn", 1), ("drawn", 2))
    component.send({"number": 2, "connection": "b"})
    component.expect_reports(("drawn", 1), ("drawn", 2), ("drawn", 2))
