"""Which data sets are there, and their download.

python -m data                       list the sets
python -m data mnist fashion_mnist   download what is missing of these; Ctrl-C stops, the same command goes on
"""

import argparse
import sys

import data
from data.folders import folder


def listing():
    """One line per set: what the data root holds of each split."""
    yield f"Data root: {data.root()}"
    for name in data.names():
        found = ", ".join(f"{split} {data.state(name, split) or 'missing'}" for split in data.split_names(name))
        yield f"{name:20} {found:45} {folder(name)}"


class Bars:
    """A tqdm bar for each file."""

    def __init__(self):
        self.name, self.bar = None, None

    def __call__(self, name, done, total):
        if name != self.name:
            from tqdm import tqdm

            self.close()
            self.name, self.bar = name, tqdm(desc=name, total=total, unit="B", unit_scale=True, unit_divisor=1024)
        self.bar.update(done - self.bar.n)

    def close(self):
        if self.bar is not None:
            self.bar.close()


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m data", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(data.names()))
    failed = False
    for name in parser.parse_args(arguments).names:
        bars = Bars()
        try:
            for split in data.split_names(name):
                data.download_split(name, split, bars)
        except data.DataError as error:
            failed = True
            bars.close()
            print(error, file=sys.stderr)
        except KeyboardInterrupt:
            bars.close()
            sys.exit("\nStopped; the same command goes on where it was.")
        bars.close()
    print("\n".join(listing()))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
