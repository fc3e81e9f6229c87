"""How components are put together: bundles, vendored libraries, and keys apart from those of the link."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
import streamlit as st

from ui import components
from ui.components import esm

ROOT = Path(components.__file__).parent.parent.parent
FOLDERS = sorted(file.parent for file in Path(components.__file__).parent.glob("*/index.js"))
# {name: type of the default export, or the error} of the modules that are named on the command line.
EXPORTS = """
const load = (name) => import(`./${name}.mjs`).then((one) => typeof one.default, String);
const names = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await load(name)])))));
"""


def write(folder, **files):
    for name, code in files.items():
        (folder / f"{name}.js").write_text(code)
    return folder / "index.js"


def evaluated(node, folder, entry):
    """The default export of a bundle under node."""
    (folder / "bundle.mjs").write_text(esm.bundle(entry))
    code = 'import value from "./bundle.mjs"; console.log(JSON.stringify(value))'
    (folder / "main.mjs").write_text(code)
    return json.loads(subprocess.run([node, folder / "main.mjs"], check=True, capture_output=True).stdout)


def test_every_export_is_imported():
    code = {
        file: file.read_text()
        for folder in (*FOLDERS, FOLDERS[0].parent / "lib", ROOT / "ui" / "standalone", ROOT / "tests" / "js")
        for file in folder.glob("*.*js")
    }
    imported = {
        ((file.parent / source).resolve(), name.split(" as ")[0].strip())
        for file, text in code.items()
        for _, names, source in esm._IMPORT.findall(text)
        for name in names.split(",")
    }
    exported = {
        (file, name) for file, text in code.items() for default, _, name in esm._EXPORT.findall(text) if not default
    }
    assert sorted(f"{file.name}: {name}" for file, name in exported - imported) == []


def test_a_bundle_keeps_equal_names_apart(node, tmp_path):
    entry = write(
        tmp_path,
        one="const secret = 1;\nexport const one = secret;\nexport function twice(x) {\n  return 2 * x;\n}\n",
        two='import { one, twice as double } from "./one.js";\nconst secret = 2;\nexport default function (x) {\n'
        "  return double(x) + secret + one;\n}\n",
        index='import {\n  one,\n} from "./one.js";\nimport two from "./two.js";\nconst secret = 3;\n'
        "export default [one, two(10), secret];\n",
    )
    assert evaluated(node, tmp_path, entry) == [1, 23, 3]


def test_a_module_may_export_what_a_call_gives(node, tmp_path):
    entry = write(
        tmp_path,
        one="const make = (x) => [x];\nexport default make(7);\n",
        index='import seven from "./one.js";\nexport default seven;\n',
    )
    assert evaluated(node, tmp_path, entry) == [7]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"index": 'import { x } from "./one.js";\n', "one": "export const y = 1;\n"}, "does not export x"),
        ({"index": 'import x from "./one.js";\n', "one": "export const x = 1;\n"}, "does not export default"),
        ({"index": 'import { x } from "./one.js";\n', "one": "export const x = 1;\nexport { x as y };\n"}, "export {"),
        ({"index": 'import * as one from "./one.js";\n', "one": "export const x = 1;\n"}, "import [*]"),
        ({"index": 'import { x } from "lodash";\n'}, "lodash is not among the vendored"),
        (
            {
                "index": 'import { x } from "./one.js";\n',
                "one": 'import { y } from "./two.js";\nexport const x = 1;\n',
                "two": 'import { x } from "./one.js";\nexport const y = 1;\n',
            },
            "imports itself by way of .*two.js",
        ),
    ],
)
def test_a_bundle_says_what_it_cannot_do(tmp_path, files, words):
    entry = write(tmp_path, **files)
    with pytest.raises(ValueError, match=words):
        esm.bundle(entry)


def test_every_component_is_a_module_with_a_default_export(node, tmp_path):
    parts = {folder.name: components.parts(folder) for folder in FOLDERS}
    for name, part in parts.items():
        (tmp_path / f"{name}.mjs").write_text(part["js"] + "\n")
    (tmp_path / "main.mjs").write_text(EXPORTS)
    done = subprocess.run([node, tmp_path / "main.mjs", *parts], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == dict.fromkeys(parts, "function")
    assert not [name for name, part in parts.items() if "<script" in part["html"]]


def test_vendored_libraries_are_unmodified():
    lines = (esm.VENDOR / "SHA256SUMS").read_text().splitlines()
    sums = dict(reversed(line.split()) for line in lines)
    files = [file for file in esm.VENDOR.glob("*/**/*") if file.is_file()]
    assert {str(file.relative_to(esm.VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == sums
    versions = json.loads((esm.VENDOR / "VERSIONS.json").read_text())
    assert versions.keys() == {file.relative_to(esm.VENDOR).parts[0] for file in files}
    assert all("Copyright" in (esm.VENDOR / name / "LICENSE").read_text() for name in versions)


def test_a_component_is_apart_from_a_link_of_the_same_name(monkeypatch):
    """A component "cells" beside the session's key "cells" of the link: neither overwrites the other."""
    calls, received = [], []
    monkeypatch.setattr(
        components.st.components.v2, "component", lambda name, **parts: lambda **call: calls.append(call)
    )
    monkeypatch.setattr(st, "session_state", {"cells": ("4x3", [1, 2])})
    mount = components.component(FOLDERS[0])
    mount("cells", data={"x": 1}, on_typed=received.append)
    (call,) = calls
    assert call["key"] != "cells"
    assert call["data"]["x"] == 1
    st.session_state[call["key"]] = {"typed": [3, 4]}
    call["on_typed_change"]()
    assert received == [[3, 4]]
    assert st.session_state["cells"] == ("4x3", [1, 2])


def test_an_initial_value_stays_until_the_content_changes(monkeypatch):
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    key = components._state_key("film")
    assert components.initial_value("film", "a", 1) == 1
    state[key] = {}  # mounted
    assert components.initial_value("film", "a", 2) == 1
    assert components.initial_value("film", "b", 3) == 3
    assert components.initial_value("film", "b", 4) == 3
    del state[key]  # another page was visited
    assert components.initial_value("film", "b", 5) == 5


def test_numbered_reports_are_unwrapped_and_data_say_which_one_they_answer(monkeypatch):
    calls, received = [], []
    monkeypatch.setattr(
        components.st.components.v2, "component", lambda name, **parts: lambda **call: calls.append(call)
    )
    monkeypatch.setattr(st, "session_state", {})
    mount = components.component(FOLDERS[0], numbered=["moved"])
    for report, number, value in [
        (None, 0, None),
        ({"number": 3, "value": [1, 2]}, 3, [1, 2]),
        ({"number": 2, "value": "older"}, 3, "older"),
        ({"number": "4", "value": "forged"}, 3, None),
        ("forged", 3, None),
        ({"number": 4}, 4, None),
    ]:
        mount("one", data={"x": 1}, on_moved=received.append)
        st.session_state[calls[-1]["key"]] = {"moved": report}
        calls[-1]["on_moved_change"]()
        mount("one", data={"x": 1}, on_moved=received.append)
        assert calls[-1]["data"]["answers"]["number"] == number
        assert received[-1] == value
    mount("one", data={"x": 1}, on_looked=received.append)
    st.session_state[calls[-1]["key"]] = {"looked": 7}
    calls[-1]["on_looked_change"]()
    mount("one", data={"x": 1}, on_looked=received.append)
    assert received[-1] == 7
    assert calls[-1]["data"] == calls[-2]["data"]  # nothing answers it
    assert calls[-1]["data"]["answers"]["of"] == ["moved"]
    assert {call["data"]["answers"]["session"] for call in calls} == {calls[0]["data"]["answers"]["session"]}
    mount("another", data={"x": 1})
    assert calls[-1]["data"]["answers"]["session"] != calls[0]["data"]["answers"]["session"]
