"""Moved: `python -m train.recordings.clipping`."""

import runpy

runpy.run_module("train.recordings.clipping", run_name="__main__", alter_sys=True)
