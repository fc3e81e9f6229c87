"""List and download data sets.

python -m data                       list the sets
python -m data mnist fashion_mnist   download missing files of these; after Ctrl-C, the same command continues
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import data
from data.folders import folder


def listing() -> Iterator[str]:
    """Lines of text: the data root, then for each set the state of each split."""
    yield f"Data root: {data.root()}"
    for name in data.names():
        states = ", ".join(f"{split} {data.state(name, split) or 'missing'}" for split in data.split_names(name))
        yield f"{name:20} {states:45} {folder(name)}"


class Bars:
    """A `progress` for data.load that draws a tqdm bar for each file, one after another."""

    def __init__(self):
        self.name: str | None = None
        self.bar: Any = None

    def __call__(self, name: str, received: int, total: int | None) -> None:
        """Move the bar of the file `name` to `received` of `total` bytes (None: unknown)."""
        if name != self.name:
            from tqdm import tqdm

            self.close()
            self.name, self.bar = name, tqdm(desc=name, total=total, unit="B", unit_scale=True, unit_divisor=1024)
        self.bar.update(received - self.bar.n)

    def close(self) -> None:
        """Finish the last bar; call before any other output, and at the end."""
        if self.bar is not None:
            self.bar.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 if a download failed, else 0. arguments: of the command line, by default the process's."""
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
