"""What a student hands in after a lesson: one HTML file, written by the app and checked by `python -m lessons.check`.

facts      what a report says, as plain values, computed from a lesson, its answers and the outcomes of its challenges
pictures   what it shows: stored views, and what the student's own link of a challenge shows
page       facts and pictures as HTML, with the facts inside for programs
reading    a file back into facts and what a reader sees of it
again      everything that can be computed again, beside what a report says
"""
