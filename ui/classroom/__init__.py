"""A class in a room: what teachers and phones see of `classroom`, and who they are."""
