"""Challenges checked in the app: lessons.challenges with the app's cached networks."""

from __future__ import annotations

from evaluate.shipped import Shipped
from lessons import challenges
from lessons.challenges import Outcome, Query
from ui import gallery, networks
from ui.evaluate import reactions

IN_APP = Shipped(networks.model, networks.preview, gallery.test_images, reactions.recording)


def check(name: str, query: Query, start: Query, measured: object = None) -> Outcome:
    """As lessons.challenges.check, but errors are returned as an outcome that is not reached."""
    try:
        return challenges.check(name, query, start, IN_APP, measured)
    except challenges.CheckError as error:
        return Outcome(False, [error.sentence], query=dict(query))
