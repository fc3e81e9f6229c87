"""An address as a QR code that phones can read from the last row."""

from __future__ import annotations

from html import escape

import segno


def image(address: str, label: str) -> str:
    """A QR code as an HTML image (SVG) that fills its box, black on white in both themes; label: for screen readers.

    Error correction M: a tilted phone can read it, and its modules are larger than with a higher level. The white
    border is four modules wide, as the standard requires.
    """
    code = segno.make(address, error="m", micro=False, boost_error=False)
    source = code.svg_data_uri(xmldecl=False, omitsize=True, dark="#000", light="#fff", border=4)
    return f'<img class="qr" src="{escape(source)}" alt="{escape(label)}">'
