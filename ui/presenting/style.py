"""The layout for a projector: no menus, and nothing that is smaller than a room can read.

The page is laid out as in a window of WIDTH pixels and enlarged to the width of the real one, so that it looks the same
on every projector. What would be smaller than LEAST there grows to it; components do so too (ui.components), and
figures (ui.charts).
"""

WIDTH = 1120  # CSS pixels
LEAST = 14  # of type: 24 in a window of 1920
ENLARGED = LEAST * 1920 / WIDTH  # the same there
PHONE = 640  # a window that is not wider shows the page as always
STEPS = range(1200, 7681, 80)  # widths of windows that enlarge; 1280 and 1920 are among them

BAR = 42  # CSS pixels at the foot of the window for what stands at the presenter's hand, which else lies on the page
BAR_ON_PHONE = 45  # which stands there above the buttons of a lesson (--foot, ui/lesson/strip.py)

PRESENTER = "presenter"  # key of the box of what stands at the presenter's hand
INTRODUCTION = "introduction"  # key of the box of what a page says under its title
MENU = "data-presenter-menu"  # of the document, while the menu is open (ui/components/presenter)

# Each begins where the one before ends; a zoom is rounded up.
_ENLARGED = "\n".join(
    f"@media (min-width: {width}px) {{ :root {{ --zoom: {width / WIDTH + 5e-5:.4f} }} }}" for width in STEPS
)
# Selectors of Streamlit's own type that is smaller.
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
  [data-testid=stMainBlockContainer] h1 {{ font-size: 1.75rem; padding: 0 0 0.25rem }}
}}
</style>"""
