"""Live components: one folder each, drawn in the browser during a drag.

A folder holds markup.html, style.css and index.js, an ES module whose default export comes from mount() in
lib/mount.js; `component(folder)` returns the function that mounts the component. In the markup `<!-- lib/NAME.html -->`
includes that file.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v2

from ui import url
from ui.components.esm import bundle, modules

# Type in components is at least as large as the page requires: ui.presenting sets this for projectors.
_TYPE = re.compile(r"font-size: ([\d.]+(?:px|rem|em))")
_SHARED = re.compile(r"<!-- (lib/\w+\.html) -->")  # markup shared by several components


def component(folder: Path, *, numbered: Collection[str] = (), of_page: bool = True) -> Callable[..., None]:
    """The function mount(key, data, **on) of the component in `folder`.

    data is sent as JSON to `receive` of its class. on_NAME(value) is called, before the page is rerun, with every value
    that the class reports under NAME: values come from a browser, so check them.

    numbered: names of reports with a number; data include the number that they answer, so that lib/mount.js can drop
    answers to older ones. For reports after which all of the data are sent again.
    of_page: whether it starts anew when its page is opened again (ui.url.visit_number).
    """
    content = parts(folder)
    mounted: Callable[..., Any] = v2.component(
        f"latent_lab_{folder.name}", html=content["html"], css=content["css"], js=content["js"]
    )

    def mount(key: str, data: dict[str, Any], **on: Callable[[Any], None]) -> None:
        state_key = _state_key(key) if of_page else _lasting_key(key)

        def caller(name, handler):
            def call():
                if state_key not in st.session_state:
                    return  # the page has been left, and Streamlit keeps no state of its components
                value = st.session_state[state_key].get(name)
                handler(_unnumbered(key, value) if name in numbered else value)

            return call

        if numbered:
            data = {**data, "answers": {**_answered(key), "of": list(numbered)}}
        data = {**data, "order": _order(state_key, data)}
        callbacks = {f"{name}_change": caller(name.removeprefix("on_"), handler) for name, handler in on.items()}
        mounted(key=state_key, data=data, **callbacks)

    return mount


def parts(folder: Path) -> dict[str, str]:
    """{"html", "css", "js"} of a component, including the code and the styles of all modules imported by index.js."""
    entry = folder / "index.js"
    styles = [file.with_suffix(".css") for file in modules(entry)[:-1]] + [folder / "style.css"]
    return {
        "html": _SHARED.sub(lambda name: (folder.parent / name[1]).read_text(), (folder / "markup.html").read_text()),
        "css": _TYPE.sub(
            r"font-size: max(\1, var(--least, 0px))", "".join(style.read_text() for style in styles if style.exists())
        ),
        "js": bundle(entry),
    }


Heard = Callable[[dict[str, Any]], None]


def of_dicts(**handlers: Heard) -> dict[str, Callable[[Any], None]]:
    """Handlers of reports for the function returned by `component`; reports that are not dicts are replaced by {}."""

    def of_dict(handler):
        return lambda report: handler(report if isinstance(report, dict) else {})

    return {name: of_dict(handler) for name, handler in handlers.items()}


def _order(state_key, data):
    """{"session", "number"}: the number grows whenever the data change, so that lib/mount.js can tell the newest.

    Streamlit 1.67 may deliver the data of two runs in the wrong order to a component that is being loaded. Equal data
    have equal numbers, so they are still sent as a short reference.
    """
    digest = hashlib.sha256(json.dumps(data).encode()).digest()
    kept = f"{state_key}, order"
    session, number, before = st.session_state.get(kept, (secrets.token_hex(4), 0, digest))
    number += digest != before
    st.session_state[kept] = session, number, digest
    return {"session": session, "number": number}


def _answered(key):
    """{"session", "number"}: an id of this visit, and the number of the newest report."""
    return st.session_state.setdefault(f"{_lasting_key(key)}, answers", {"session": secrets.token_hex(4), "number": 0})


def _unnumbered(key, report):
    """The value of a numbered report; None if it has no number, as in other reports that our script cannot send."""
    number = report.get("number") if isinstance(report, dict) else None
    if type(number) is not int:
        return None
    st.session_state[f"{_lasting_key(key)}, answers"] = {
        **_answered(key),
        "number": max(number, _answered(key)["number"]),
    }
    return report.get("value")


def _state_key(key: str) -> str:
    """The key under which Streamlit keeps a component's state.

    A page opened again while it is shown gets new components, since the present ones prefer their state to the link.
    """
    number = url.visit_number()
    return f"{_lasting_key(key)}, opened again {number}" if number else _lasting_key(key)


def _lasting_key(key: str) -> str:
    """The component's key with a prefix, distinct from keys of widgets and of the link (ui/url)."""
    return f"component {key}"


def initial_value(key: str, identity: object, value: Any) -> Any:
    """`value` at the time when component `key` appeared or its content `identity` changed.

    A component that reports its own changes already knows them. If they were sent back, its data would differ from the
    previous run's and all its pictures would be sent again; unchanged data are sent as a short reference.
    """
    stored = f"{_lasting_key(key)}, initial value"
    if _state_key(key) not in st.session_state or st.session_state.get(stored, (None,))[0] != identity:
        st.session_state[stored] = (identity, value)
    return st.session_state[stored][1]
