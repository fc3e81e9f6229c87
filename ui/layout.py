"""Where parts of a page stand: a spinner, and on a phone, which has one column, the parts of columns and of rows."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

AFTER = "after_the_picture"  # key of a container in a column that on a phone comes after the other column
# Of a container with pictures and, below them, columns: on a phone the first column, what to choose, comes before them.
BEFORE = "choices_before_the_picture"
# Where columns stand one under the other, that column and its block have no boxes, so that its parts can be ordered.
_COLUMN = f"[data-testid='stColumn']:has(.st-key-{AFTER})"
_BELOW = f".st-key-{BEFORE} > [data-testid='stLayoutWrapper']:has(> * > [data-testid='stColumn'])"
# Menus with long names: side by side on a phone, they would show half of them.
_LONG = ":is(.st-key-model, .st-key-beside, .st-key-p, .st-key-q)"
# Without a hover the bar of a chart is always there, and on a narrow one it lies on the title: it has a row of its own.
# Above the chart, since in full screen there is room for it above the chart alone.
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


def component_and_spinner() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A container for a live component and one below it, for spinners while the component's data are computed.

    Above it a spinner would push the component away from under the hand.
    """
    return st.container(), st.container()
