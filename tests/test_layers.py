"""Imports go one way and are not circular, read from the syntax tree; and the first paint does not wait for torch."""

import ast
import graphlib
import subprocess
import symtable
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the top down; classroom, which keeps rooms in a database, uses data/folders.py only.
LAYERS = [
    "app",
    "pages",
    "ui",
    "lessons",
    "train",
    "evaluate",
    "tasks",
    "checkpoints",
    "metrics",
    "classroom",
    "data",
    "models",
]
FILES = [ROOT / "app.py", *(f for layer in LAYERS[1:] for f in sorted((ROOT / layer).rglob("*.py")))]
MODELS_MAY_IMPORT = {"models", "math", "torch", "dataclasses", "collections", "itertools", "typing"}
SCRIPTS = [file for folder in ("benchmarks", "deploy") for file in sorted((ROOT / folder).rglob("*.py"))]  # run by hand


def dotted(file):
    """Name under which a file is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {dotted(file): file for file in FILES}


def imports(file):
    """Nodes of all import statements of a file, at any depth of its code."""
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(file):
    """Every module that a file imports: of `from a import b` it is a.b where that is a module of ours, and a."""
    for node in imports(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in names if name in MODULES]
            yield from modules
            if len(modules) < len(names):
                yield node.module


def offenders(wrong):
    """`FILE imports MODULE` for each import for which wrong(layer of the file, top-level name, file) holds."""
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in FILES
        for module in imported(file)
        if wrong(LAYERS.index(dotted(file).split(".")[0]), module.split(".")[0], file)
    ]


def test_imports_are_absolute():
    relative = [file for file in FILES for node in imports(file) if getattr(node, "level", 0)]
    assert relative == []


def test_imports_go_to_lower_layers():
    def up(layer, name, file):
        return name in LAYERS and LAYERS.index(name) < layer

    assert offenders(up) == []


def test_only_the_first_three_layers_import_streamlit():
    assert offenders(lambda layer, name, file: name == "streamlit" and layer > LAYERS.index("ui")) == []


def test_models_import_torch_only():
    beside = offenders(lambda layer, name, file: LAYERS[layer] == "models" and name not in MODELS_MAY_IMPORT)
    assert beside == []


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_no_layer_has_circular_imports(layer):
    graph = {
        module: {other for other in imported(file) if other in MODULES and other != module}
        for module, file in MODULES.items()
        if module.split(".")[0] == layer
    }
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the cycle


def test_every_name_that_is_imported_exists():
    """Also in scripts that no test runs."""
    modules = {dotted(file): file for file in [*FILES, *SCRIPTS]}
    known = {}
    for module, file in modules.items():
        symbols = symtable.symtable(file.read_text(), str(file), "exec").get_symbols()
        bound = {one.get_name() for one in symbols if one.is_assigned() or one.is_imported()}
        known[module] = bound | {other.rpartition(".")[2] for other in modules if other.rpartition(".")[0] == module}
    missing = [
        f"{file.relative_to(ROOT)} imports {alias.name} from {node.module}"
        for file in modules.values()
        for node in imports(file)
        if isinstance(node, ast.ImportFrom) and node.module in known
        for alias in node.names
        if alias.name not in known[node.module] and not (modules[node.module].parent / alias.name).is_dir()
    ]
    assert missing == []


def test_page_stems_are_unique():
    stems = [file.stem for file in (ROOT / "pages").rglob("*.py")]
    assert len(stems) == len(set(stems))


def test_cards_and_previews_do_not_import_torch():
    code = (
        "import sys, checkpoints, data, data.pictures\n"
        "for card in checkpoints.gallery(): checkpoints.preview(card.name)\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_only_ui_url_reads_and_writes_the_link():
    """So links are parsed, checked and reported in one way, and Back works with all parameters."""
    elsewhere = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        if file.parent != ROOT / "ui" / "url"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "query_params"
    ]
    assert elsewhere == []
