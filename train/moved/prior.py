"""Moved: `python -m evaluate.prior`."""

import runpy

runpy.run_module("evaluate.prior", run_name="__main__", alter_sys=True)
