"""What a tab keeps for a server that has forgotten the visit, on an empty page of an address of its own."""

STORED = "() => Object.values(sessionStorage).map((one) => JSON.parse(one).text)"
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"


def data(visit, text, name="image upload"):
    return {"name": name, "visit": visit, "text": text}


def test_another_server_gets_back_what_the_tab_kept(mounted, empty_address):
    component = mounted("kept", data("one", "QUJD"), address=empty_address)
    assert component.page.evaluate(STORED) == ["QUJD"]
    component.send(data("two", None))
    component.expect_reports(("back", "QUJD"))
    component.send(data("two", None))  # it did not take it
    component.expect_reports(("back", "QUJD"))
    component.send(data("three", None))
    component.expect_reports(("back", "QUJD"), ("back", "QUJD"))
    component.send(data("three", "QUJD"))
    component.send(data("three", None))  # the same visit forgot it
    assert component.page.evaluate(STORED) == []
    component.send(data("four", None))
    component.expect_reports(("back", "QUJD"), ("back", "QUJD"))


def test_two_names_are_two_things(mounted, empty_address):
    component = mounted("kept", data("one", "QUJD"), address=empty_address)
    component.send(data("two", None, name="image draw"))
    component.expect_reports()


def test_a_browser_without_room_says_so_once_and_keeps_nothing_old(mounted, empty_address):
    component = mounted("kept", data("one", "QUJD"), address=empty_address)
    component.page.evaluate(FULL)
    component.send(data("one", "REVG"))
    component.send(data("one", "REVG"))
    component.expect_reports(("stored", False))
    assert component.page.evaluate(STORED) == []
