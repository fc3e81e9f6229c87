"""Moved: `python -m evaluate.generated`."""

import runpy

runpy.run_module("evaluate.generated", run_name="__main__", alter_sys=True)
