"""Visits with a few pictures, and short trainings on them, without a page."""

import pytest

import checkpoints
from data.own.intake import Intake, opened
from data.own.preparation import Settings
from tests.data.own_files import of_pictures
from ui.own.jobs import Training
from ui.own.visit import Visit

CHANGES = {"epochs": 2, "start": None, "arguments": {"latent": 3, "channels": 4}}
ZIPS = {"small": of_pictures(16), "other": of_pictures(20, ("a", "b"))}


@pytest.fixture(name="visit")
def visit_fixture():
    """visit(name): a new Visit with the pictures of a zip; all are deleted at the end."""
    made = []

    def begun(name="small"):
        made.append(Visit(intake=Intake(opened("some.zip", ZIPS[name])).read()))
        return made[-1]

    yield begun
    for each in made:
        each.delete()


def started(visit, title="Spots"):
    visit.job = Training(visit=visit, settings=Settings("grey", 28), title=title, changes=dict(CHANGES))
    return visit.job


def finished(*jobs):
    """All of them, after as many short turns as they need."""
    while any(job.going for job in jobs):
        for job in jobs:
            if job.going:
                job.advance(0)
    assert [job.problem for job in jobs] == [None] * len(jobs)
    return jobs


def weights(job):
    return checkpoints.load(job.name).state_dict()
