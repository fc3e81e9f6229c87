"""Moved: `python -m train.studies.costs`."""

import runpy

runpy.run_module("train.studies.costs", run_name="__main__", alter_sys=True)
