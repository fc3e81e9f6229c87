"""The options that the small commands beside a training share."""

import argparse

import torch


class Options(argparse.ArgumentParser):
    """A parser for `python -m MODULE` with the first line of its docstring, --threads, which works at once, and --bf16
    where it is asked for."""

    def __init__(self, module, doc, bf16=False):
        super().__init__(prog=f"python -m {module}", description=doc.splitlines()[0])
        self.add_argument("--threads", type=int, help="CPU threads (default: torch's)")
        if bf16:
            add_bf16(self)

    def parse_args(self, arguments=None):
        options = super().parse_args(arguments)
        if options.threads:
            torch.set_num_threads(options.threads)
        return options


def add_bf16(parser):
    parser.add_argument(
        "--bf16", action="store_true", help="products in bfloat16, for a GPU or a CPU with AMX or avx512_bf16"
    )
