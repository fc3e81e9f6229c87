"""Sliders and draggable things for live components (handles.js, .css); they come with what curves.py has."""

from pathlib import Path

from ui.components import curves

_here = Path(__file__).parent
CSS = curves.CSS + (_here / "lib" / "handles.css").read_text()
JS = curves.JS + (_here / "lib" / "handles.js").read_text()
