"""Every public function is annotated: all arguments and the result."""

import ast

import pytest

from tests.test_layers import ROOT

LAYERS = ["models", "data", "metrics", "checkpoints", "tasks", "evaluate", "train", "ui", "pages"]
INIT = {"__init__", "__post_init__"}  # return nothing


def public_functions(tree):
    """Functions and methods of a module, with whether they are methods, whose names and classes are public."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node, False
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from ((method, True) for method in node.body if isinstance(method, ast.FunctionDef))


def annotated(function, method):
    """Whether all arguments (of a method: but the first) and the result have a type."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    results = function.returns is not None or function.name in INIT
    return results and all(argument.annotation for argument in arguments[method:])


@pytest.mark.parametrize("layer", LAYERS)
def test_public_functions_are_annotated(layer):
    without = [
        f"{file.relative_to(ROOT)}:{function.lineno} {function.name}"
        for file in sorted((ROOT / layer).rglob("*.py"))
        for function, method in public_functions(ast.parse(file.read_text()))
        if (not function.name.startswith("_") or function.name in INIT) and not annotated(function, method)
    ]
    assert without == []
