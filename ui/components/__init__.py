"""Live components: one folder each, drawn in the browser while the hand moves."""
