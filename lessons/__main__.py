"""python -m lessons: check every lesson, and write times and expected answers into docs/teaching.md."""

import sys
from pathlib import Path

from lessons import LessonError, languages, names, read
from lessons.glance import BEGIN, END, text
from lessons.reading import FIRST

FILE = Path(__file__).parent.parent / "docs" / "teaching.md"


def main() -> int:
    """The exit status: 1 if a lesson cannot be read; prints file and line for each."""
    found, problems = [], []
    for name in names():
        for language in languages(name):
            try:
                lesson = read(name, language)
            except LessonError as error:
                problems.append(str(error))
            else:
                found += [lesson] * (language == FIRST)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    before, _, rest = FILE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    FILE.write_text(f"{before}{BEGIN}\n{text(found)}{END}{after}", encoding="utf-8")
    print(f"{len(found)} lessons are well; docs/teaching.md has their times and answers.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
