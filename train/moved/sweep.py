"""Moved: `python -m train.recordings.theta_sweep`."""

import runpy

runpy.run_module("train.recordings.theta_sweep", run_name="__main__", alter_sys=True)
