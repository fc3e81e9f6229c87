"""Moved: `python -m train.studies.ablation`."""

import runpy

runpy.run_module("train.studies.ablation", run_name="__main__", alter_sys=True)
