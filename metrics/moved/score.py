"""Moved: `python -m evaluate.score`."""

import runpy

runpy.run_module("evaluate.score", run_name="__main__", alter_sys=True)
