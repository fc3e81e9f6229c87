"""Networks and the pure functions of their mathematics. Imports torch and nothing else from the project."""
