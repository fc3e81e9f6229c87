"""Presenting to a room: large type, no menus, and the presenter's tools."""
