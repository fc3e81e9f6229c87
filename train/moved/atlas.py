"""Moved: `python -m evaluate.preview`."""

import runpy

runpy.run_module("evaluate.preview", run_name="__main__", alter_sys=True)
