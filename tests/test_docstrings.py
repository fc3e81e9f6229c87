"""Docstrings, read from the syntax tree: they give shapes and errors, and papers.md has every paper that they cite."""

import ast
import re

import pytest

from tests.test_layers import ROOT
from tests.test_types import INIT, public_functions

LAYERS = ["models", "metrics", "data", "checkpoints", "evaluate", "train"]
BY_NAME = re.compile(r"\bdict\[[^]]*\]")  # arrays by name: whoever gives the names says what they are
ARRAY = re.compile(r"Tensor|ndarray")
LENGTH = r"[*\w\[\]+−·²/-]+"  # of one axis: N, 28, latent, *shape, 2·latent, channels[-1]
TUPLE = re.compile(rf"\(…\)|\((?:…|{LENGTH}),(?: (?:…|{LENGTH}),?)*\)")  # (N,)  (N, C, H, W)  (…, n, d)
AXIS = re.compile(r"\b[A-Zndkm]\b|\b\d+\b|…|\*|,\)")  # what (mean, sd), two values by name, has not
WORDS = re.compile(r"\b(any|same|equal) shapes?\b|\bscalars?\b")
FOR_ALL = re.compile(r"\b(every|all) functions?\b", re.IGNORECASE)  # of a module


def says_shape(docstring):
    """Whether a docstring holds a shape such as (N, latent) or (K,), or says that there are none or all."""
    shapes = [text for text in TUPLE.findall(docstring) if AXIS.search(text)]
    return bool(shapes or WORDS.search(docstring))


@pytest.mark.parametrize("shape", ["(N,)", "(N, C, H, W)", "(…, G)", "(members, N)", "(N, *shape)", "(classes,)"])
def test_shapes_are_recognised(shape):
    assert says_shape(f"Points {shape} in the plane.")


@pytest.mark.parametrize("text", ["(mean, sd)", "(Mao et al. 2017, equation 9)", "(one, a pair)", "of a shape"])
def test_other_texts_are_not_recognised_as_shapes(text):
    assert not says_shape(f"Points {text} in the plane.")


def takes_arrays(function):
    """Whether an argument or the result of a function is an array, or holds arrays otherwise than by name."""
    nodes = [a.annotation for a in ast.walk(function.args) if isinstance(a, ast.arg)] + [function.returns]
    return any(ARRAY.search(BY_NAME.sub("", ast.unparse(node))) for node in nodes if node)


def with_bases(node, classes):
    """A class and its base classes, as far as they are in `classes`, {name: node}."""
    yield node
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            yield from with_bases(classes[base.id], classes)


def documented(function, tree, classes):
    """All docstrings that hold for a function or method.

    Beside its own: that of its class, those of base classes and of the same method there, and that of a module which
    says that it holds for every function.
    """
    owners = [node for node in tree.body if isinstance(node, ast.ClassDef) and function in node.body]
    family = [base for owner in owners for base in with_bases(owner, classes)]
    inherited = [m for node in family for m in node.body if getattr(m, "name", None) == function.name]
    module = ast.get_docstring(tree) or ""
    own = [ast.get_docstring(node) or "" for node in (function, *family, *inherited)]
    return [*own, module] if FOR_ALL.search(module) else own


def trees(layer):
    """{file: syntax tree} of a layer."""
    return {file: ast.parse(file.read_text()) for file in sorted((ROOT / layer).rglob("*.py"))}


def documented_functions(layer):
    """(place and name, function, docstrings that speak of it) for each public function of a layer."""
    files = trees(layer)
    classes = {node.name: node for tree in files.values() for node in tree.body if isinstance(node, ast.ClassDef)}
    for file, tree in files.items():
        for function, _ in public_functions(tree):
            where = f"{file.relative_to(ROOT)}:{function.lineno} {function.name}"
            yield where, function, documented(function, tree, classes)


@pytest.mark.parametrize("layer", LAYERS)
def test_public_functions_document_shapes(layer):
    without = [
        where
        for where, function, docstrings in documented_functions(layer)
        if not function.name.startswith("_") and takes_arrays(function) and not any(map(says_shape, docstrings))
    ]
    assert without == []


def raised(node):
    """Names of the exceptions that a function raises itself, but for those in a `try`, which may be caught there."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise):
            error = child.exc.func if isinstance(child.exc, ast.Call) else child.exc
            if isinstance(error, ast.Name) and error.id[0].isupper() and error.id != "NotImplementedError":
                yield error.id
        elif isinstance(child, ast.Try):
            for part in (*child.handlers, *child.orelse, *child.finalbody):
                yield from raised(part)
        elif not isinstance(child, ast.FunctionDef):
            yield from raised(child)


@pytest.mark.parametrize("layer", LAYERS)
def test_public_functions_document_exceptions(layer):
    unsaid = [
        f"{where} raises {error}"
        for where, function, docstrings in documented_functions(layer)
        if not function.name.startswith("_") or function.name in INIT
        for error in raised(function)
        if error not in " ".join(docstrings)
    ]
    assert unsaid == []


NAME = r"[A-Z][\w-]+"
CITED = re.compile(rf"({NAME})(?:(?:, {NAME})* (?:&|and) {NAME}| et al\.)?,? \(?((?:19|20)\d\d)\b")


def cited(text):
    """{(first author, year)} of the papers that a text names: "Mao et al. 2017", "Lim & Ye (2017)", "Williams 1992"."""
    return set(CITED.findall(" ".join(text.split())))


def test_papers_lists_every_paper_cited_in_a_docstring():
    papers = cited((ROOT / "docs" / "papers.md").read_text())
    nodes = (node for layer in LAYERS for tree in trees(layer).values() for node in ast.walk(tree))
    documented = (n for n in nodes if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef))
    assert {paper for node in documented for paper in cited(ast.get_docstring(node) or "")} - papers == set()
