"""Print the results table; `python -m checkpoints README.md` writes it into that file between its markers.

python -m checkpoints add FILE…              a checkpoint from elsewhere, as a zip or its files, checked
python -m checkpoints add FILE… --replace    in place of one of the same name
"""

import sys
from pathlib import Path

from checkpoints import CheckpointError, packed
from checkpoints.table import results_table, with_table

if sys.argv[1:2] == ["add"]:
    named = [Path(word) for word in sys.argv[2:] if word != "--replace"]
    if not named:
        sys.exit("Name the zip, or the files, of a checkpoint: python -m checkpoints add FILE…")
    try:
        card = packed.add(packed.gathered(named), "--replace" in sys.argv)
    except (CheckpointError, OSError) as error:
        sys.exit(str(error))
    print(f"checkpoints/{card.name}.json: {card.title}")
elif len(sys.argv) > 1:
    file = Path(sys.argv[1])
    file.write_text(with_table(file.read_text()))
else:
    print(results_table(), end="")
