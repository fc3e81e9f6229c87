"""The options that the small commands beside a training share."""

import argparse

import torch


class Options(argparse.ArgumentParser):
    """A parser for `python -m MODULE` with the first line of its docstring and --threads, which works at once."""

    def __init__(self, module, doc):
        super().__init__(prog=f"python -m {module}", description=doc.splitlines()[0])
        self.add_argument("--threads", type=int, help="CPU threads (default: torch's)")

    def parse_args(self, arguments=None):
        options = super().parse_args(arguments)
        if options.threads:
            torch.set_num_threads(options.threads)
        return options
