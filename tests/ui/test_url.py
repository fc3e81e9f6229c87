"""A code survives a link to the last bit; damaged links are told apart."""

from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

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
def test_bad_links_are_one_sentence(text, reason):
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


def test_two_drags_in_one_visit_leave_a_widget_or_component_of_the_same_name_alone():
    app = AppTest.from_function(page_of_one_name).run()
    for expected in ("[1.0, 2.0]", "[2.0, 2.0]"):
        app.button[0].click().run()
        assert not app.exception
        assert app.text[0].value == expected
        assert app.number_input(key="bells").value == 4
    assert app.query_params["bells"] in ("2_2", ["2_2"])


def page_that_visits():
    import streamlit as st

    from ui import url

    url.visit(st.session_state.get("page", "one"))
    st.text(f"{url.kept('logit', -8, 8, 1.0):g}")


def test_an_address_that_lags_behind_is_no_link_but_the_same_address_on_another_page_is():
    app = AppTest.from_function(page_that_visits).run()
    for value in (2.0, 3.0):  # as a component reports it
        app.session_state[KEPT] = {"logit": (None, value)}
        app.run()
    app.query_params["logit"] = "2"  # what the browser still shows when the next run begins
    app.run()
    assert app.text[0].value == "3"
    assert app.query_params["logit"] in ("3", ["3"])
    app.session_state["page"] = "two"
    app.query_params["logit"] = "2"
    app.run()
    assert app.text[0].value == "2"


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
def test_back_shows_what_its_address_says_and_defaults_for_the_rest(monkeypatch, query, expected):
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
    app.button[0].click().run()  # and then the hand wins again
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


def test_what_was_reported_belongs_to_its_kind():
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


def test_a_box_with_nonsense_keeps_its_last_good_number_and_says_so():
    app = AppTest.from_function(page_with_a_box).run()
    for number in (0.7, None):  # None is what the browser sends for “foo”
        app.number_input(key="psi").set_value(number).run()
        assert app.number_input(key="psi").value == 0.7
        assert app.query_params["psi"] in ("0.7", ["0.7"])
    assert [toast.value for toast in app.toast] == ["ψ takes a number; 0.7 was kept."]
    app.number_input(key="seed").set_value(None)
    app.button[0].click().run()  # the button's callback reads the box
    assert app.number_input(key="seed").value == 1
    assert not app.exception
