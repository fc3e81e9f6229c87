"""Work at the end of a page, which waits for the browser between two runs."""

import pytest

from tests import apptest  # replaces the browser's response by its own
from ui import jobs


@pytest.fixture
def page(monkeypatch):
    """(run, mounted, worked): a run of a page that works; numbers that were mounted; seconds of each piece of work."""
    state, mounted, worked = {}, [], []
    monkeypatch.setattr(jobs.st, "session_state", state)
    monkeypatch.setattr(jobs, "next_run", lambda number, on_drawn: mounted.append((number, on_drawn)))
    return lambda work=worked.append: jobs.go_on(work, 0.3), mounted, worked


def test_work_waits_until_the_browser_has_the_last_run(page):
    run, mounted, worked = page
    run()
    run()  # a press elsewhere on the page
    assert len(worked) == 1
    assert [number for number, _ in mounted] == [1, 1]
    hear = mounted[-1][1]
    for other in (0, 2, None, "1", [1]):  # from a browser comes anything
        hear(other)
        run()
    assert len(worked) == 1
    hear(1)
    run()
    assert len(worked) == 2
    assert mounted[-1][0] == 2


def test_a_run_that_starts_during_the_work_does_not_work_too(page):
    run, mounted, worked = page
    run(lambda seconds: (worked.append(seconds), run()))
    assert len(worked) == 1
    assert [number for number, _ in mounted] == [1, 1]


def test_work_for_a_slow_browser_lasts_as_long_as_its_response(page, monkeypatch):
    run, mounted, worked = page
    clock = [0.0]
    monkeypatch.setattr(jobs.time, "perf_counter", lambda: clock[0])
    for took in (0.0, 0.1, 0.7, 60.0):
        run()
        clock[0] += took
        mounted[-1][1](mounted[-1][0])
    run()
    assert worked == pytest.approx([0.3, 0.3, 0.3, 0.7, jobs.LONGEST])


def test_tests_without_a_browser_replace_the_next_run():
    assert jobs.next_run is apptest._run_again
