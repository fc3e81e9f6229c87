"""python -m lessons.check REPORT …: compute the reports of students again, and name what was changed.

Prints one line for each report: it agrees, or which step and which number differ, with both values. The exit status is
1 if one differs or is not a report. `--step 3` shows the numbers of one step, each as reported and as computed again.
"""

from __future__ import annotations

import argparse
import glob
import sys
from pathlib import Path

from lessons.report import again, words
from lessons.report.reading import ReportError, read

MOST = 3  # differences in a line


def line(result: again.Result, step: int | None = None) -> str:
    """The line for a report that could be read. step: restricts it to one step, from 1."""
    differences = [one for one in result.differences if step is None or one[0] == step]
    numbers = [number for number in result.numbers if step is None or number.step == step]
    browser = [number for number in result.browser if step is None or number == step]
    if differences:
        clauses = [f"step {number}, {clause}" if number else clause for number, clause in differences[:MOST]]
        more = f"; and {len(differences) - MOST} more" if len(differences) > MOST else ""
        return f"differs: {'; '.join(clauses)}{more}."
    answers = sum(number.name == "answer" for number in numbers)
    counted = {"answer": answers, "number": len(numbers) - answers}
    counts = " and ".join(f"{count} {noun}{'s' * (count != 1)}" for noun, count in counted.items() if count)
    words = f"agrees: {counts or 'nothing to be'} computed again."
    for number in browser:
        words += f" Step {number} was measured by a training in the browser and cannot be computed again."
    return words


def table(result: again.Result, step: int) -> list[str]:
    """A line for each number of a step, from 1."""
    return [
        f"  {words.number(number.name)}: {_written(number.reported)} in the report, "
        f"{_written(number.computed)} computed again"
        for number in result.numbers
        if number.step == step
    ]


def _written(value):
    if isinstance(value, bool):
        return "right" if value else "not right"
    return f"{value:.6g}" if isinstance(value, int | float) else value


def main(arguments: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m lessons.check", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", nargs="+", metavar="REPORT", help="an HTML file, or a pattern like 'folder/*.html'")
    parser.add_argument("--step", type=int, metavar="N", help="show the numbers of this step, from 1")
    given = parser.parse_args(arguments)
    status = 0
    for pattern in given.reports:
        files = [pattern] if Path(pattern).exists() else sorted(glob.glob(pattern)) or [pattern]
        for file in files:
            try:
                result = again.check(read(Path(file)))
            except ReportError as error:
                print(f"{file}: {error}.")
                status = 1
                continue
            print(f"{file}: {line(result, given.step)}")
            if given.step is not None:
                print("\n".join(table(result, given.step)) or "  This step has no numbers.")
            status = max(status, int(bool(result.differences)))
    return status


if __name__ == "__main__":
    sys.exit(main())
