"""ES modules joined into one text: Streamlit accepts a component's code only as a single inline module."""

from __future__ import annotations

import json
import re
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"
_IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "([^"]+)";?$', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?(async function\*?|function\*?|class|const|let|var) ?(\w*)", re.MULTILINE)
_EXPRESSION = re.compile(r"^export default (?=\w+\()", re.MULTILINE)


def bundle(entry: Path) -> str:
    """One ES module, as text, from `entry` and all its imports.

    Every imported module keeps its own scope, so that equal names in two of them do not collide. An import has one name
    or one pair of braces, an export precedes one declaration or a call. Raises ValueError, with the file, for other
    forms, for a name that is not exported, and for cyclic imports.
    """
    files, exports, parts = modules(entry), {}, []
    for place, file in enumerate(files):

        def binding(match, file=file):
            default, names, source = match.groups()
            names = f"default as {default}" if default else names
            pairs = [name.split(" as ") for name in re.findall(r"\w+(?: as \w+)?", names)]
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
    """(the code, {exported name: name in the code})."""
    names = {}

    def declaration(match):
        default, kind, name = match.groups()
        names["default" if default else name] = name or "unnamed"
        return f"{kind} {name}" if name else f"const unnamed = {kind}"

    code = _EXPORT.sub(declaration, code)
    if _EXPRESSION.search(code):
        names["default"] = "unnamed"
    return _EXPRESSION.sub("const unnamed = ", code), names


def modules(entry: Path) -> list[Path]:
    """`entry` last, preceded by its imports, each after its own imports."""
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
    package = json.loads((VENDOR / "package.json").read_text())  # node looks there, too
    if source != package["name"]:
        raise ValueError(f"{file}: {source} is not among the vendored libraries")
    return (VENDOR / package["exports"]).resolve()
