"""Placement on a page: spinners, and on a phone, with its single column, the order of columns and their contents."""

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

AFTER = "after_the_picture"  # key of a container in a column that on a phone follows the other column
# Key of a container with pictures and, below them, columns: on a phone the first column, the choices, comes first.
BEFORE = "choices_before_the_picture"
# When columns are stacked, this column and its block get no boxes, so that their contents can be ordered.
_COLUMN = f"[data-testid='stColumn']:has(.st-key-{AFTER})"
_BELOW = f".st-key-{BEFORE} > [data-testid='stLayoutWrapper']:has(> * > [data-testid='stColumn'])"
# Select boxes with long names: side by side on a phone, they would be cut in half.
_LONG = ":is(.st-key-model, .st-key-beside, .st-key-p, .st-key-q)"
# On touch screens a chart's bar is always visible, and on a narrow chart it would cover the title: it gets its own row,
# above the chart, since in full screen only there is room for it.
ORDER = f"""<style>
@media (max-width: 640px), (hover: none) {{
  [data-testid='stElementContainer']:has(.stPlotlyChart) {{ box-sizing: content-box; padding-top: 2rem }}
  .stPlotlyChart .js-plotly-plot {{ overflow: visible !important }}
  .stPlotlyChart .modebar-container {{ top: -2rem !important }}
  .stPlotlyChart .modebar-group {{ opacity: 1 !important; background: none !important }}
}}
[data-testid='stSelectbox'] input {{ text-overflow: ellipsis }} /* of a name that is cut all the same */
@media (max-width: 640px) {{
  [data-testid='stHorizontalBlock'] {{ row-gap: 1rem }}
  [data-testid='stHorizontalBlock'] > {_LONG} {{ flex-basis: 100% }}
  {_BELOW}, {_BELOW} > * {{ display: contents }}
  {_BELOW} > * > [data-testid='stColumn'] {{ flex: 0 0 auto; width: 100% }}
  {_BELOW} > * > [data-testid='stColumn']:first-child {{ order: -1 }}
  {_COLUMN}, {_COLUMN} > * {{ display: contents }}
  {_COLUMN} > * > * {{ flex: 0 0 100% }}
  {_COLUMN} > * > :is(.st-key-{AFTER}, :has(> .st-key-{AFTER})) {{ order: 1 }}
}}</style>"""


def unbroken(text: str) -> str:
    """The text with formulas such as "2(a − 1)" or "a = 1" each kept on one line. Not for LaTeX."""
    return re.sub(r" ([−+=/]) ", "\u00a0\\1\u00a0", text)


def component_and_spinner() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A container for a live component and one below it, for spinners while the component's data are computed.

    Above the component, a spinner would push it away while it is being dragged.
    """
    return st.container(), st.container()
