"""A lesson's file with the lines of its entries, for error messages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from lessons.model import LessonError

_HEADER = re.compile(r"\s*\[+([\w.]+)\]+")


class Source:
    """The entries of a TOML file."""

    def __init__(self, file: Path) -> None:
        """Raises LessonError if the file cannot be read or is not TOML."""
        self.file = file
        self.language = file.parent.name
        self.name = f"{file.parent.parent.name}/{file.parent.name}/{file.name}"
        try:
            self.lines = file.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise LessonError(f"{self.name} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise LessonError(f"{self.name}, line {line}: this is not UTF-8: save the file in that encoding.") from None
        try:
            self.entries: dict[str, Any] = tomllib.loads("\n".join(self.lines))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = place[1] if place else len(self.lines)
            raise LessonError(f"{self.name}, line {line}: this is not TOML: {error}.") from None

    def error(self, problem: str, key: str = "", step: int | None = None, table: str = "") -> LessonError:
        """The error to raise for an entry `key` of step `step` (from 0), or of `table` in it, else of the lesson."""
        return LessonError(f"{self.name}, line {self._line(key, step, table)}: {problem}")

    def _line(self, key, step, table):
        """The line, from 1, of the entry, else of the table that should contain it."""
        wanted = "step" if step is not None else ""
        wanted += f".{table}" if table else ""
        header, steps, line_of_table = "", -1, 1
        for number, line in enumerate(self.lines, 1):
            if found := _HEADER.match(line):
                header = found[1]
                steps += header == "step"
            if found and not wanted and header == key:
                return number
            inside = header == wanted and (step is None or steps == step)
            if inside and found:
                line_of_table = number
            elif inside and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number
        return line_of_table
