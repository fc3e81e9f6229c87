"""Moved: `python -m evaluate.fid`."""

import runpy

runpy.run_module("evaluate.fid", run_name="__main__", alter_sys=True)
