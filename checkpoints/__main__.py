"""Print the results table; `python -m checkpoints README.md` writes it into that file between its markers."""

import sys
from pathlib import Path

from checkpoints.table import results_table, with_table

if len(sys.argv) > 1:
    file = Path(sys.argv[1])
    file.write_text(with_table(file.read_text()))
else:
    print(results_table(), end="")
