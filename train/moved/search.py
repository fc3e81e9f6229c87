"""Moved: `python -m train.studies.search`."""

import runpy

runpy.run_module("train.studies.search", run_name="__main__", alter_sys=True)
