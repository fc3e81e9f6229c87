"""Print the results table; `python -m checkpoints README.md` writes it into that file between its markers.

python -m checkpoints add FILE…              check and add a checkpoint from elsewhere, as a zip or its files
python -m checkpoints add FILE… --replace    replace one of the same name
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from checkpoints import CheckpointError, files, packed
from checkpoints.table import results_table, with_table


def main(words: Sequence[str]) -> None:
    """Run the command line `words`. Ends the process with one sentence if that is impossible."""
    try:
        if words[:1] == ["add"]:
            _add(words[1:])
        elif {"-h", "--help"} & {*words}:
            print(__doc__)
        elif words:
            file = Path(words[0])
            files.rewrite(file, with_table(file.read_text(encoding="utf-8")).encode())
        else:
            print(results_table(), end="")
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}.")
    except (CheckpointError, ValueError) as error:
        sys.exit(str(error))


def _add(words):
    named = [Path(word) for word in words if word != "--replace"]
    if not named:
        sys.exit("Name the zip, or the files, of a checkpoint: python -m checkpoints add FILE…")
    card = packed.add(packed.gathered(named), "--replace" in words)
    print(f"checkpoints/{card.name}.json: {card.title}")


if __name__ == "__main__":
    main(sys.argv[1:])
