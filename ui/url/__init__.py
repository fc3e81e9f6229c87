"""Values in links: numbers, choices and latent codes, validated, with one warning for a value that does not exist.

A widget and its query parameter have the same name, and values equal to the default are left out of the link. Values
reported by live components are stored apart from the keys of widgets and components, so that names cannot collide.
"""

from checkpoints.codes import LinkError, pack, unpack
from ui.url.codes import carry
from ui.url.param import (
    FRAME,
    Param,
    address,
    flag,
    forget,
    holds,
    index,
    left_out,
    natural,
    opened,
    page_query,
    plain,
    query,
    remind,
    renew,
    visit,
    visit_number,
    warn,
    warning,
    warnings_in,
    write,
    written,
)
from ui.url.reported import keep, kept, listed, picked, within
from ui.url.widgets import choice, decimal, hold, seed, several, whole_number

__all__ = [
    "FRAME",
    "LinkError",
    "Param",
    "address",
    "carry",
    "choice",
    "decimal",
    "flag",
    "forget",
    "hold",
    "holds",
    "index",
    "keep",
    "kept",
    "left_out",
    "listed",
    "natural",
    "opened",
    "pack",
    "page_query",
    "picked",
    "plain",
    "query",
    "remind",
    "renew",
    "seed",
    "several",
    "unpack",
    "visit",
    "visit_number",
    "warn",
    "warning",
    "warnings_in",
    "whole_number",
    "within",
    "write",
    "written",
]
