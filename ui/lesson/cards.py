"""The look of cards of lessons: each is one link, picture included."""

CARDS = "lesson_cards"  # key of the container around all cards
STYLE = f"""<style>
.st-key-{CARDS} [class*="st-key-card_"] {{ position: relative; gap: 0.5rem }}
.st-key-{CARDS} [class*="st-key-card_"]:hover {{ outline: 2px solid var(--st-primary-color, #3355dd) }}
.st-key-{CARDS} [class*="st-key-card_"] > [data-testid="stElementContainer"]:has(a) {{ position: static }}
.st-key-{CARDS} a {{ padding: 0; min-height: 0; background: none }}
.st-key-{CARDS} a p {{ font-size: 1.05rem; line-height: 1.3; white-space: normal; overflow: visible }}
.st-key-{CARDS} a::after {{ content: ""; position: absolute !important; inset: 0 }}
.st-key-{CARDS} a:focus-visible::after {{ outline: 2px solid currentColor; border-radius: 6px }}
.st-key-{CARDS} [data-testid="stImage"] img {{ border-radius: 4px }}
</style>"""
