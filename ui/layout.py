"""Where parts of a page stand on a phone, which has one column, and how far apart."""

AFTER = "after_the_picture"  # key of a container in a column that on a phone comes after the other column
# Where columns stand one under the other, that column and its block have no boxes, so that its parts can be ordered.
_COLUMN = f"[data-testid='stColumn']:has(.st-key-{AFTER})"
ORDER = f"""<style>@media (max-width: 640px) {{
  [data-testid='stHorizontalBlock'] {{ row-gap: 1rem }}
  {_COLUMN}, {_COLUMN} > * {{ display: contents }}
  {_COLUMN} > * > * {{ flex: 0 0 100% }}
  {_COLUMN} > * > :is(.st-key-{AFTER}, :has(> .st-key-{AFTER})) {{ order: 1 }}
}}</style>"""
