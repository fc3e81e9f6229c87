"""Live components: one folder each, drawn in the browser while the hand moves.

A folder holds markup.html, style.css and index.js, an ES module whose default export comes from mount() in
lib/mount.js; `component(folder)` makes of them the function that mounts the component.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

VENDOR = Path(__file__).parent / "vendor"
_IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "([^"]+)";?$', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?(async function\*?|function\*?|class|const|let|var) ?(\w*)", re.MULTILINE)


def component(folder: Path) -> Callable[..., None]:
    """The function mount(key, data, **on) of the component in `folder`.

    data is sent as JSON to `receive` of its class. on_NAME(value) is called with every value that the class reports
    under NAME, before the page runs again: values come from a browser, so check them. The styles of modules that
    index.js imports come along.
    """
    files = modules(folder / "index.js")
    styles = [file.with_suffix(".css") for file in files[:-1]] + [folder / "style.css"]
    mounted = st.components.v2.component(
        f"latent_lab_{folder.name}",
        html=(folder / "markup.html").read_text(),
        css="".join(style.read_text() for style in styles if style.exists()),
        js=bundle(folder / "index.js"),
    )

    def mount(key: str, data: dict[str, Any], **on: Callable[[Any], None]) -> None:
        def caller(name, handler):
            return lambda: handler(reported(key, name))

        callbacks = {f"{name}_change": caller(name.removeprefix("on_"), handler) for name, handler in on.items()}
        mounted(key=_state_key(key), data=data, **callbacks)

    return mount


def _state_key(key: str) -> str:
    """Where Streamlit keeps the component: apart from the keys of widgets and of the link (ui/url.py)."""
    return f"component {key}"


def reported(key: str, name: str) -> Any:
    """What component `key` reported as `name` in this run, else None."""
    return st.session_state[_state_key(key)].get(name)


def initial_value(key: str, identity: object, value: Any) -> Any:
    """`value` as it was when component `key` appeared or its content `identity` changed.

    A component that reports where the hand went knows it already. Sent again, its data would differ from the run
    before, and all pictures in it would be sent once more; unchanged data is sent as a short reference.
    """
    stored = f"{_state_key(key)}, initial value"
    if _state_key(key) not in st.session_state or st.session_state.get(stored, (None,))[0] != identity:
        st.session_state[stored] = (identity, value)
    return st.session_state[stored][1]


def bundle(entry: Path) -> str:
    """One ES module, as text, of `entry` and of all that it imports.

    Every imported module keeps a scope of its own, so that equal names in two of them never meet. An import takes one
    name or one pair of braces, an export stands before one declaration. ValueError, with the file, for other forms, for
    a name that is not exported, and for modules that import each other.
    """
    files, exports, parts = modules(entry), {}, []
    for place, file in enumerate(files):

        def binding(match, file=file):
            default, names, source = match.groups()
            pairs = (
                [("default", default)]
                if default
                else [name.split(" as ") for name in re.findall(r"\w+(?: as \w+)?", names)]
            )
            target = _resolved(file, source)
            if missing := [name for name, *_ in pairs if name not in exports[target]]:
                raise ValueError(f"{file}: {source} does not export {', '.join(missing)}")
            return f"const {{ {', '.join(': '.join(pair) for pair in pairs)} }} = module{files.index(target)};"

        code = _IMPORT.sub(binding, file.read_text())
        if place < len(files) - 1:
            code, exports[file] = _without_exports(code)
            returned = ", ".join(f"{name}: {inside}" for name, inside in exports[file].items())
            code = f"const module{place} = (() => {{\n{code}\nreturn {{ {returned} }};\n}})();\n"
        if unknown := re.search(r"^import\b.*" if file == files[-1] else r"^(?:import|export)\b.*", code, re.MULTILINE):
            raise ValueError(f"{file}: “{unknown[0]}” is a form that bundle() does not know")
        parts.append(code)
    return "".join(parts)


def _without_exports(code):
    """(the code, {exported name: name in the code})"""
    names = {}

    def declaration(match):
        default, kind, name = match.groups()
        names["default" if default else name] = name or "unnamed"
        return f"{kind} {name}" if name else f"const unnamed = {kind}"

    return _EXPORT.sub(declaration, code), names


def modules(entry: Path) -> list[Path]:
    """`entry` last, and before it what it imports, each after what it needs itself."""
    ordered = []

    def visit(file, above):
        if file in above:
            raise ValueError(f"{file} imports itself by way of {above[-1]}")
        if file not in ordered:
            for *_, source in _IMPORT.findall(file.read_text()):
                visit(_resolved(file, source), (*above, file))
            ordered.append(file)

    visit(entry.resolve(), ())
    return ordered


def _resolved(file, source):
    if source.startswith("."):
        return (file.parent / source).resolve()
    package = json.loads((VENDOR / "package.json").read_text())  # where node looks, too
    if source != package["name"]:
        raise ValueError(f"{file}: {source} is not among the vendored libraries")
    return (VENDOR / package["exports"]).resolve()
