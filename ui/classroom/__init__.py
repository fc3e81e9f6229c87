"""A class in a room: the view of teachers and phones on `classroom`, and their identities."""
