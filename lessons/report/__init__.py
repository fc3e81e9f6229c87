"""A student's report on a lesson: one HTML file, written by the app and checked by `python -m lessons.check`.

facts      the contents as plain values, computed from a lesson, its answers and the outcomes of its challenges
pictures   stored views, and the pictures for the student's own link of a challenge
page       facts and pictures as HTML, with the facts embedded for programs
reading    parses a file into facts and visible pieces
again      computes again what can be computed, and compares it with the report
"""
