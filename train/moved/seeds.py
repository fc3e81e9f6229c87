"""Moved: `python -m train.studies.seeds`."""

import runpy

runpy.run_module("train.studies.seeds", run_name="__main__", alter_sys=True)
