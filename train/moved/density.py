"""Moved: `python -m train.recordings.density`."""

import runpy

runpy.run_module("train.recordings.density", run_name="__main__", alter_sys=True)
