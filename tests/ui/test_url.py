"""A code survives a link bit for bit; damaged links are recognised."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.apptest import address
from ui.url import LinkError, pack, param, unpack
from ui.url.reported import KEPT


@pytest.mark.parametrize("latent", [1, 2, 16, 20, 128])
def test_round_trip_is_exact(latent):
    code = np.random.default_rng(latent).standard_normal(latent).astype(np.float32)
    assert np.array_equal(unpack(pack(code), latent), code)
    assert set(pack(code)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (pack(np.zeros(19)), "19 numbers"),
        (pack(np.full(20, np.nan)), "not finite"),
        (pack(np.full(20, np.inf)), "not finite"),
        ("AAA", "damaged"),
        ("!!!!", "damaged"),
        ("<script>", "damaged"),
        ("ä", "damaged"),
        ("A", "damaged"),
        ("", "0 numbers"),
    ],
)
def test_bad_links_are_reported_in_one_sentence(text, reason):
    with pytest.raises(LinkError, match=reason):
        unpack(text, 20)


def page_of_one_name():
    """A page whose link parameters and widget have one name, with buttons that report as a live component does."""
    import streamlit as st

    from ui import url

    where = st.session_state.setdefault("where", [0.0])
    st.button("drag", on_click=lambda: (where.append(where[-1] + 1), url.keep("bells", [where[-1], 2.0], "one")))
    numbers = url.listed("bells", "one", [0.0, 1.0], float, lambda given: len(given) == 2, "no such bells")
    st.number_input("How many", 0, 9, 4, key="bells")
    st.text(str(numbers))


def test_two_drags_do_not_change_a_widget_or_component_of_the_same_name():
    app = AppTest.from_function(page_of_one_name).run()
    for expected in ("[1.0, 2.0]", "[2.0, 2.0]"):
        app.button[0].click().run()
        assert not app.exception
        assert app.text[0].value == expected
        assert app.number_input(key="bells").value == 4
    assert address(app)["bells"] == "2_2"


def page_that_visits():
    import streamlit as st

    from ui import url

    url.visit(st.session_state.get("page", "one"))
    st.text(f"{url.kept('logit', -8, 8, 1.0):g}")


def test_a_late_address_is_not_a_link_but_the_same_address_on_another_page_is():
    app = AppTest.from_function(page_that_visits).run()
    for value in (2.0, 3.0):  # as a component reports it
        app.session_state[KEPT] = {"logit": (None, value)}
        app.run()
    app.query_params["logit"] = "2"  # what the browser still shows when the next run begins
    app.run()
    assert app.text[0].value == "3"
    assert address(app)["logit"] == "3"
    app.session_state["page"] = "two"
    app.query_params["logit"] = "2"
    app.run()
    assert app.text[0].value == "2"


def page_of_numbers():
    import streamlit as st

    from ui import url

    page = st.session_state.get("page", "one")
    url.visit(page)
    url.hold("batch", "way", "some")
    if page == "two" or not st.toggle("hide"):
        st.text(url.whole_number("batch", 2, 99, {"one": 64, "two": 32}[page], label="Batch"))
        st.text(url.choice("way", {"a": "A", "b": "B"}, label="Way"))
        st.text(" ".join(url.several("some", {"a": "A", "b": "B"}, ["a"], most=2, label="Some")))


@pytest.mark.parametrize("hidden", [False, True])
def test_widgets_of_another_page_start_at_its_defaults(hidden):
    app = AppTest.from_function(page_of_numbers).run()
    app.number_input(key="batch").set_value(5).run()
    app.button_group(key="way").set_value("b").run()
    app.multiselect(key="some").set_value(["b", "a"]).run()
    shown = lambda: [text.value for text in app.text]  # noqa: E731
    for now in (True, hidden):
        app.toggle[0].set_value(now).run()
    assert shown() == ([] if hidden else ["5", "b", "b a"])
    app.session_state["page"] = "two"
    app.query_params.clear()
    app.run()
    assert shown() == ["32", "a", "a"]
    assert address(app) == {}


def page_with_a_picture():
    import streamlit as st

    from ui import url

    url.visit(st.session_state.get("page", "one"))
    st.text(url.whole_number("image", 0, 99, 7, label="Number"))
    st.text(url.choice("image_from", {"test": "Test", "draw": "Draw"}, label="Picture from", carried=True))


def test_carried_values_open_the_next_page_and_are_in_its_link():
    app = AppTest.from_function(page_with_a_picture).run()
    app.number_input(key="image").set_value(5).run()
    app.button_group(key="image_from").set_value("draw").run()
    app.session_state["page"] = "two"
    app.query_params.clear()
    app.run()
    assert [text.value for text in app.text] == ["7", "draw"]
    assert address(app) == {"image_from": "draw"}


def page_with_state():
    import streamlit as st

    from ui import url

    url.visit("one")
    st.text(f"{url.kept('logit', -8, 8, 1.0):g}")
    st.text(url.choice("way", {"a": "A", "b": "B"}, label="Way"))
    st.text(" ".join(url.several("some", {"a": "A", "b": "B"}, ["a"], most=2, label="Some")))
    st.button("drag", on_click=lambda: url.keep("logit", 3.0))


@pytest.mark.parametrize(
    ("query", "expected"), [({}, ["1", "a", "a"]), ({"logit": "2", "some": "b", "way": "b"}, ["2", "b", "b"])]
)
def test_back_shows_the_values_of_its_address_and_defaults_for_others(monkeypatch, query, expected):
    app = AppTest.from_function(page_with_state).run()
    app.button[0].click().run()
    app.button_group(key="way").set_value("b").run()
    app.multiselect(key="some").set_value(["b", "a"]).run()
    shown = lambda: [text.value for text in app.text]  # noqa: E731
    assert shown() == ["3", "b", "b a"]
    app.query_params.clear()
    app.query_params.update(query)
    with monkeypatch.context() as patch:
        patch.setattr(param, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
        app.run()
    assert shown() == expected
    app.button[0].click().run()  # and then the user's value is used again
    assert shown()[0] == "3"
    app.run()
    assert shown() == ["3", *expected[1:]]


def page_of_two_kinds():
    import streamlit as st

    from ui import url

    kind = st.radio("kind", ["a", "b"])
    st.button("drag", on_click=lambda: (url.keep("list", [5], kind), url.keep("one", 5.0, kind)))
    st.text(str(url.listed("list", kind, [1], int, lambda given: len(given) == 1, "no such numbers")))
    st.text(f"{url.kept('one', 0, 9, 1, kind):g}")


def test_reported_values_belong_to_their_kind():
    app = AppTest.from_function(page_of_two_kinds).run()
    values = lambda: [text.value for text in app.text]  # noqa: E731
    app.button[0].click().run()
    assert values() == ["[5]", "5"]
    app.radio[0].set_value("b").run()
    assert values() == ["[1]", "1"]
    assert not {"list", "one"} & set(app.query_params)
    app.radio[0].set_value("a").run()
    assert values() == ["[5]", "1"]  # the list waits for its kind, the number is forgotten


@pytest.mark.parametrize(("text", "expected"), [("3", 3), ("10", None), ("-1", None), ("1e0", None), ("²", None)])
def test_an_index_of_the_link_is_checked(text, expected):
    def page():
        import streamlit as st

        from ui import url

        st.text(str(url.index("row", 10, "no such row")))

    app = AppTest.from_function(page)
    app.query_params["row"] = text
    app.run()
    assert app.text[0].value == str(expected)
    assert [warning.value for warning in app.warning] == ([] if expected else ["no such row"])


def page_with_a_box():
    from ui import url

    url.decimal("psi", 0.0, 1.5, 1.0, label="ψ")
    url.seed()


def test_a_box_with_nonsense_keeps_its_last_valid_number_and_says_so():
    app = AppTest.from_function(page_with_a_box).run()
    for number in (0.7, None):  # None is what the browser sends for “foo”
        app.number_input(key="psi").set_value(number).run()
        assert app.number_input(key="psi").value == 0.7
        assert address(app)["psi"] == "0.7"
    assert [toast.value for toast in app.toast] == ["ψ takes a number; 0.7 was kept."]
    app.number_input(key="seed").set_value(None)
    app.button[0].click().run()  # the button's callback reads the box
    assert app.number_input(key="seed").value == 1
    assert not app.exception


def run_with(page, **query):
    """A page's function run as an app with this link."""
    app = AppTest.from_function(page)
    app.query_params.update(query)
    return app.run()


def page_that_reads_the_address():
    import streamlit as st

    from ui import url

    def odd(text):
        if not text.isdigit():
            raise ValueError(f"“{text[:20]}” is no number.")
        return int(text)

    param = url.Param("row", odd, valid=lambda number: number % 2 == 1)
    st.text(param.in_link(7))
    st.text(param.in_link(7, "no odd row: {text}, {text}"))
    if st.button("write"):
        url.write("row", "5")
        st.text(param.in_link(7))


NOT_VALID = "This link asks for “4” as row, which does not exist, so it is left out."  # `parse` had nothing to say
LINK = "\\[a\\]\\(http\\:\u2060\\/\\/b\\.de\\)"  # as Markdown that is no link


@pytest.mark.parametrize(
    ("query", "value", "warnings"),
    [
        ({}, "7", []),
        ({"row": "3"}, "3", []),
        ({"row": "x y"}, "7", ["“x y” is no number.", "no odd row: x y, x y"]),
        ({"row": "{text}"}, "7", ["“{text}” is no number.", r"no odd row: \{text\}, \{text\}"]),
        ({"row": "4"}, "7", [NOT_VALID, "no odd row: 4, 4"]),
        ({"row": "[a](http://b.de)"}, "7", ["“[a](http://b.de)” is no number.", f"no odd row: {LINK}, {LINK}"]),
        ({"row": "a" * 50}, "7", [f"“{'a' * 20}” is no number.", f"no odd row: {'a' * 20}, {'a' * 20}"]),
    ],
)
def test_a_value_of_the_address_is_parsed_and_checked(query, value, warnings):
    app = run_with(page_that_reads_the_address, **query)
    assert not app.exception
    assert [text.value for text in app.text] == [value, value]
    assert [warning.value for warning in app.warning] == warnings
    assert "row" not in app.session_state


def test_the_address_is_read_in_every_run():
    """Unlike `requested`, which reads a link once: no widget keeps the value here."""
    app = run_with(page_that_reads_the_address, row="3")
    app.run()
    assert [text.value for text in app.text] == ["3", "3"]
    app.button[0].click().run()
    assert [text.value for text in app.text] == ["3", "3", "5"]
    app.run()
    assert [text.value for text in app.text] == ["5", "5"]


def page_of_an_address():
    import streamlit as st

    from ui import url

    st.text([url.flag("plain"), url.holds("plain"), url.holds("a", "b"), url.holds()])
    st.json(url.query())


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ({}, [False, False, False, False]),
        ({"plain": "true"}, [True, True, False, False]),
        ({"plain": "True", "b": ""}, [False, True, True, False]),
        ({"plain": "1", "a": "0", "b": "x"}, [False, True, True, False]),
        ({"c": "ä&b=1"}, [False, False, False, False]),
    ],
)
def test_flags_and_values_are_read_from_the_address(query, answers):
    app = run_with(page_of_an_address, **query)
    assert app.text[0].value == str(answers)
    assert json.loads(app.json[0].value) == query


def test_the_last_value_of_a_repeated_parameter_is_used():
    app = run_with(page_of_an_address, plain=["no", "true"])
    assert app.text[0].value == str([True, True, False, False])
    assert json.loads(app.json[0].value) == {"plain": "true"}


def test_a_query_to_pass_on_is_a_copy():
    def page():
        from ui import url

        url.query()["a"] = "2"

    app = run_with(page, a="1")
    assert address(app)["a"] == "1"
