"""Presenting to a room: large type, no menus, and what stands at the presenter's hand."""
