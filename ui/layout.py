"""Where parts of a page stand: a spinner, and on a phone, which has one column, the parts of columns and of rows."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

AFTER = "after_the_picture"  # key of a container in a column that on a phone comes after the other column
# Where columns stand one under the other, that column and its block have no boxes, so that its parts can be ordered.
_COLUMN = f"[data-testid='stColumn']:has(.st-key-{AFTER})"
# Menus with long names: side by side on a phone, they would show half of them.
_LONG = ":is(.st-key-model, .st-key-beside, .st-key-p, .st-key-q)"
ORDER = f"""<style>
[data-testid='stSelectbox'] input {{ text-overflow: ellipsis }} /* of a name that is cut all the same */
@media (max-width: 640px) {{
  [data-testid='stHorizontalBlock'] {{ row-gap: 1rem }}
  [data-testid='stHorizontalBlock'] > {_LONG} {{ flex-basis: 100% }}
  {_COLUMN}, {_COLUMN} > * {{ display: contents }}
  {_COLUMN} > * > * {{ flex: 0 0 100% }}
  {_COLUMN} > * > :is(.st-key-{AFTER}, :has(> .st-key-{AFTER})) {{ order: 1 }}
}}</style>"""


def component_and_spinner() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A container for a live component and one below it, for spinners while the component's data are computed.

    Above it a spinner would push the component away from under the hand.
    """
    return st.container(), st.container()
