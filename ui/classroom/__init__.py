"""Rooms for classes: the pages of teachers and phones on top of `classroom`, and their identities."""
