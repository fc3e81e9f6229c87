"""Drawings as text, in links and reports of components: strokes of the pen (P) and the eraser (E)."""

import re

INK = re.compile("([PE]([0-9a-z]{4})+)*")  # as components/lib/pen.js writes it
LONGEST = 24_000  # characters of a drawing in a link
