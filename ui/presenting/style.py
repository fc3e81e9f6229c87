"""The layout for a projector: no menus, and no type too small to read across a room.

The page is laid out as in a window of WIDTH pixels and enlarged to the width of the real one, so that it looks the same
on every projector. Type below LEAST is enlarged to it, also in components (ui.components) and figures (ui.charts).
"""

WIDTH = 1120  # CSS pixels
LEAST = 14  # font size; 24 in a window of 1920
ENLARGED = LEAST * 1920 / WIDTH  # the same size on the screen
PHONE = 640  # windows up to this width keep the normal layout
STEPS = range(1200, 7681, 80)  # widths of windows that enlarge; 1280 and 1920 are among them

BAR = 42  # CSS pixels at the bottom of the window for the presenter's tools, which would otherwise cover the page
BAR_ON_PHONE = 45  # above the buttons of a lesson (--foot, ui/lesson/strip.py)

PRESENTER = "presenter"  # key of the container with the presenter's tools
INTRODUCTION = "introduction"  # key of the container with a page's introduction
MENU = "data-presenter-menu"  # attribute of the document while the menu is open (ui/components/presenter)

# Each range begins where the previous one ends; the zoom is rounded up.
_ENLARGED = "\n".join(
    f"@media (min-width: {width}px) {{ :root {{ --zoom: {width / WIDTH + 5e-5:.4f} }} }}" for width in STEPS
)
# Selectors of Streamlit's own type below LEAST.
_SMALL = """:is(small, sub, sup, code, kbd, [data-testid=stMetricDelta], [data-testid=stSliderTickBar] *,
  [data-testid=stTooltipIcon],
  :is([data-testid=stJson], [data-testid=stWidgetLabel], [data-testid=stCaptionContainer]) *)"""

STYLE = f"""<style>
:root {{ --zoom: 1 }}
{_ENLARGED}
[data-testid=stHeader], html:not([{MENU}]) [data-testid=stSidebar] {{ display: none }}
[data-testid=stLayoutWrapper]:has(> :is(.st-key-{PRESENTER}, .st-key-{INTRODUCTION})) {{ position: absolute; width: 0 }}
.st-key-{INTRODUCTION} {{ display: none }} /* in the speaker's notes */
html[{MENU}] [data-testid=stSidebar] {{
  position: fixed !important; z-index: 999; inset: 0 auto 0 0;
  transform: none !important; visibility: visible !important;
  width: 20rem !important; min-width: 20rem !important; zoom: var(--zoom, 1); height: auto;
}}
[data-testid=stMainBlockContainer] {{ padding: 1rem clamp(1rem, 3.3vw, 3rem) 4rem; max-width: none }}
@media (max-width: {PHONE}px) {{
  :root {{ --head: 1rem }} /* there is no header */
  [data-testid=stMain] {{
    height: calc(100dvh - {BAR_ON_PHONE}px - var(--foot, 0px)) !important; bottom: auto !important }}
}}
@media (min-width: {PHONE + 1}px) {{
  :root {{ --room: calc(100vh - {BAR}px * var(--zoom)) }} /* for the page */
  [data-testid=stMain] {{ height: var(--room) !important; bottom: auto !important }}
  [data-testid=stMainBlockContainer] {{
    zoom: var(--zoom);
    padding: 0.75rem 1.25rem 1rem;
    --least: {LEAST}px;
    --window: calc(var(--room) / var(--zoom)); /* its height */
    --tallest: calc(0.6 * var(--window)); /* of a picture, so that all around it fits, too */
  }}
  [data-testid=stMainBlockContainer] {_SMALL} {{ font-size: max(1em, {LEAST}px) }}
  .katex {{ font-size: 1.26em !important }} /* indices, too */
  .katex .reset-size3.size1 {{ font-size: 1em !important }} /* and their indices */
  /* Streamlit tells Plotly the size in pixels of the window, and Plotly places the mouse by them. */
  .js-plotly-plot .plot-container {{ zoom: calc(1 / var(--zoom)) }}
  .js-plotly-plot text, .js-plotly-plot .gtitle-subtitle tspan, #js-plotly-tester text {{
    font-size: calc({LEAST}px * var(--zoom)) !important }}
  /* Streamlit hides these in boxes narrower than 120 px, but measures enlarged ones, in which a number has no room. */
  [data-testid=stNumberInput] {{ container-type: inline-size }}
  @container (max-width: 120px) {{ :is([data-testid=stNumberInputStepDown], [data-testid=stNumberInputStepUp]) {{
    display: none }} }}
  [data-testid=stMainBlockContainer] h1 {{ font-size: 1.75rem; padding: 0 0 0.25rem }}
}}
</style>"""
