"""A number line or a plane on paper as SVG: empty, to be marked with a pencil, or with the right answer."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

from lessons import Prediction
from lessons.figures import localised
from lessons.model import Axis, coordinates
from ui.lesson.asked import background

LINE, SIDE = 420, 260  # pixels: length of a line, width of a plane
MARGIN = 56
RIGHT = "#00704f"
TEXT = 'font-family="system-ui, sans-serif" font-size="12"'


def ticks(axis: Axis, count: int = 5) -> list[float]:
    """About `count` round numbers along an axis: multiples of 1, 2 or 5 times a power of ten."""
    rough = (axis.high - axis.low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= 0.75 * rough)
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    return [round(k * step, 12) for k in range(first, last + 1)]


def drawing(asked: Prediction, language: str, *, answer: bool) -> str:
    """The axes of a question without choices, and its background.

    language: of the number format. answer: whether to mark the right answer and its tolerance.
    """
    draw = _plane if len(asked.axes) == 2 else _line
    return draw(asked, answer, lambda axis, value, form="g": localised(axis.written(value, form), language))


def _line(asked, answer, written):
    (axis,) = asked.axes
    ground = 44

    def x(value):
        return MARGIN + LINE * (value - axis.low) / (axis.high - axis.low)

    parts = [_segment(MARGIN, ground, MARGIN + LINE, ground)]
    for tick in ticks(axis):
        parts.append(_segment(x(tick), ground - 5, x(tick), ground + 5))
        parts.append(_text(x(tick), ground + 20, written(replace(axis, unit=""), tick)))
    if answer:
        (right,) = coordinates(asked.answer)
        low, high = max(axis.low, right - asked.tolerance), min(axis.high, right + asked.tolerance)
        band = f'<rect x="{x(low):.1f}" y="{ground - 14}" width="{x(high) - x(low):.1f}" height="14"'
        parts += [f'{band} fill="{RIGHT}" opacity="0.25"/>', _segment(x(right), 18, x(right), ground, RIGHT, 3)]
        parts.append(_text(x(right), 14, written(axis, right, ".3g")))
    return _svg(LINE + 2 * MARGIN, 72, asked, parts)


def _plane(asked, answer, written):
    across, up = asked.axes
    scale = SIDE / (across.high - across.low)
    top, height = 10, scale * (up.high - up.low)
    ground = top + height

    def place(values):
        return MARGIN + scale * (values[0] - across.low), ground - scale * (values[1] - up.low)

    parts = []
    for group in background(asked, answered=False) + (background(asked, answered=True) if answer else []):
        dots = (place(point) for point in zip(group["x"], group["y"], strict=True))
        circles = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6"/>' for x, y in dots)
        parts.append(f'<g fill="{group["colour"] or "#777"}" opacity="0.6">{circles}</g>')
        if group["mean"]:
            x, y = place(group["mean"])
            parts.append(_text(x, y + 4, group["name"], 'font-weight="700" stroke="white" stroke-width="3"'))
            parts.append(_text(x, y + 4, group["name"], 'font-weight="700"'))
    parts.append(f'<rect x="{MARGIN}" y="{top}" width="{SIDE}" height="{height:.1f}" fill="none" stroke="#333"/>')
    for tick in ticks(across):
        x, _ = place((tick, up.low))
        parts += [_segment(x, ground, x, ground + 5), _text(x, ground + 18, written(across, tick))]
    for tick in ticks(up):
        _, y = place((across.low, tick))
        parts += [_segment(MARGIN - 5, y, MARGIN, y), _text(MARGIN - 9, y + 4, written(up, tick), anchor="end")]
    middle = top + height / 2
    turned = f'transform="rotate(-90 14 {middle:.1f})"'
    parts += [_text(MARGIN + SIDE / 2, ground + 36, across.name), _text(14, middle, up.name, turned)]
    if answer:
        x, y = place(coordinates(asked.answer))
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{scale * asked.tolerance:.1f}"'
        parts.append(f'{circle} fill="{RIGHT}" fill-opacity="0.2" stroke="{RIGHT}" stroke-width="2"/>')
        parts.append(_text(x, y - scale * asked.tolerance + 4, "✓", 'font-weight="700"'))  # beside the point itself
    return _svg(SIDE + MARGIN + 16, ground + 46, asked, parts)


def _svg(width, height, asked, parts):
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg {size} role="img" aria-label="{escape(asked.question)}">{"".join(parts)}</svg>\n'


def _segment(x1, y1, x2, y2, colour="#333", width=1):
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} stroke="{colour}" stroke-width="{width}"/>'


def _text(x, y, words, more="", anchor="middle"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {TEXT} {more}>{escape(words)}</text>'
