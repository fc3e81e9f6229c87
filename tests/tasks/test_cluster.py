"""The same on a cluster: one computation for many askers, progress and stopping from elsewhere, and what can fail;
then what goes there by one setting: metrics and sweeps of the pages, and studies of trainings."""

import functools
import os
import pickle
import sys

import numpy as np
import pytest

import checkpoints
import tasks
from checkpoints import recorded
from checkpoints.recorded.critic_settings import Settings
from tasks import cluster, version, worker
from tasks.errors import TaskError
from tests import apptest
from tests.tasks import pieces
from tests.tasks.conftest import NO_SETS, replica, running, until, wait_for_workers
from tests.toy_training import RECIPES
from tests.ui.own_visits import finished as finished_jobs
from tests.ui.own_visits import started, visit_fixture, weights  # noqa: F401
from train import studies
from train.studies import compare
from train.studies.variants import Comparison, Variant
from ui import jobs
from ui.distances import pairs
from ui.evaluate import job

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def setting(scheduler, monkeypatch, own_caches):
    """The app with a cluster, both without full data sets. A test before may have lost workers, which come again."""
    wait_for_workers(scheduler)
    monkeypatch.setenv("LATENT_LAB_CLUSTER", scheduler)
    monkeypatch.setenv("LATENT_LAB_DATA", NO_SETS)


@pytest.fixture
def ask(scheduler, request):
    """ask(function, *arguments): a Task of the cluster under a key of this test."""

    def submit(function, *arguments, name="", **options):
        key = tasks.key(f"{request.node.name} {name}", *map(str, arguments))
        return tasks.submit(key, function, *arguments, at=scheduler, **options)

    return submit


def progressed(task):
    """Whether it is further than before."""
    task.advance(0.1)
    return task.progress


def test_work_is_done_on_another_machine(ask):
    task = ask(os.getpid)
    assert task.remote
    assert task.result() != os.getpid()
    assert task.note is None


def test_the_same_request_from_30_visitors_on_4_servers_is_computed_once(ask, tmp_path):
    log, gate = tmp_path / "log", tmp_path / "gate"
    waiting = []
    for people in (8, 8, 7, 7):
        with replica():
            asked = [ask(pieces.steps, log, 5, gate) for _ in range(people)]
            until(lambda: progressed(asked[0]) == 4, "progress")  # noqa: B023  asked at once
            if len(waiting) < 23:
                waiting += asked  # these servers go away meanwhile
                continue
            gate.touch()
            assert [task.result() for task in asked] == [25] * people
    assert pieces.noted(log) == ["began", "ended"]
    assert ask(pieces.steps, log, 5, gate).result() == 25  # what came out stays
    assert pieces.noted(log) == ["began", "ended"]


def test_another_server_sees_the_progress_and_can_stop_it(ask, tmp_path):
    log, gate = tmp_path / "log", tmp_path / "gate"
    with replica():
        first = ask(pieces.steps, log, 3, gate)
        until(lambda: progressed(first), "progress")
    task = ask(pieces.steps, log, 3, gate)
    until(lambda: progressed(task) == 2, "progress")
    task.cancel()
    until(lambda: "stopped" in pieces.noted(log), "its end")
    gate.touch()
    again = ask(pieces.steps, log, 3, gate)
    assert again.result() == 9
    assert pieces.noted(log) == ["began", "stopped", "began", "ended"]


def test_cancelling_does_not_stop_the_work_for_others(ask, tmp_path):
    log, gate = tmp_path / "log", tmp_path / "gate"
    task = ask(pieces.steps, log, 3, gate)
    until(lambda: progressed(task), "progress")
    neighbour = ask(pieces.steps, log, 3, gate)
    neighbour.cancel()
    with replica():
        other = ask(pieces.steps, log, 3, gate)
        other.cancel()
    gate.touch()
    assert task.result() == 9
    assert pieces.noted(log) == ["began", "ended"]


def test_a_long_plain_function_reports_progress_and_can_be_stopped(ask, tmp_path):
    task = ask(pieces.reporting, tmp_path / "log")
    first = until(lambda: progressed(task), "progress")
    until(lambda: progressed(task) > first, "more progress")
    task.cancel()
    until(lambda: pieces.noted(tmp_path / "log") == ["began", "stopped"], "its end")


def test_work_of_a_dead_worker_is_done_by_another(ask, tmp_path):
    task = ask(pieces.dying, tmp_path / "log", 1)
    assert task.result() == "alive"
    assert len(set(pieces.noted(tmp_path / "log"))) == 2
    assert task.remote


@pytest.mark.parametrize(
    ("function", "times"),
    [(pieces.out_of_memory, ()), pytest.param(pieces.dying, (10,), marks=pytest.mark.slow)],
)
def test_work_that_kills_workers_is_reported_in_one_sentence(ask, tmp_path, function, times):
    task = ask(function, *(tmp_path / "log", *times)[: 2 * len(times)])
    with pytest.raises(TaskError, match="ran out of memory or crashed; choose less work"):
        task.result()
    assert task.remote  # it would kill this process as well
    assert len(set(pieces.noted(tmp_path / "log"))) == 2 * len(times)


def test_an_exception_is_raised_here_and_not_stored(ask):
    task = ask(pieces.no_number)
    with pytest.raises(FloatingPointError, match="That is no number"):
        task.result()
    again = ask(pieces.no_number)
    with pytest.raises(FloatingPointError):
        again.result()


def test_work_on_local_files_is_done_here_with_a_sentence(ask):
    task = ask(pieces.without_pictures, os.getpid())
    assert task.result() == "with pictures"
    assert not task.remote
    assert task.note == (
        "Computed by this machine, not by the cluster: a worker says: There are no real pictures of mnist here."
    )


@pytest.mark.slow  # two processes import torch; the test of metrics below compares one task
def test_results_are_bit_identical(ask):
    import torch

    threads = torch.get_num_threads()
    for seed in range(3):
        there = ask(pieces.of_torch, seed, threads=threads)
        assert there.result() == pieces.of_torch(seed)


def test_workers_of_another_version_are_reported_in_one_sentence(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda: "0123456789ab")
    task = tasks.submit("square", pieces.square, 3, at=scheduler)
    assert task.note == (
        "Computed by this machine, not by the cluster: its workers have another version of Latent Lab "
        f"({version.version()}, not 0123456789ab)."
    )
    assert task.result() == 9


def test_workers_without_this_project_are_reported_in_one_sentence(scheduler, monkeypatch):
    def nowhere():
        raise ModuleNotFoundError("No module named 'tasks'")

    monkeypatch.setattr(worker, "version", nowhere)
    task = tasks.submit("square", pieces.square, 3, at=scheduler)
    assert "do not have Latent Lab in their folder" in task.note
    assert task.result() == 9


def test_a_later_worker_of_another_version_is_reported_in_one_sentence(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda: "0123456789ab")
    monkeypatch.setattr(cluster.Connection, "check", lambda self: None)
    task = tasks.submit("square", pieces.square, 3, at=scheduler)
    assert task.remote
    assert task.result() == 9
    assert "another version of Latent Lab" in task.note


def test_work_is_found_again_after_a_lost_connection(ask, tmp_path):
    log, gate = tmp_path / "log", tmp_path / "gate"
    task = ask(pieces.steps, log, 3, gate)
    until(lambda: progressed(task), "progress")
    client = task._work._connection.client
    client.sync(client.scheduler_comm.comm.close)
    until(lambda: progressed(task) and task._work._renewals, "another connection")
    gate.touch()
    assert task.result() == 9
    assert task.remote
    assert pieces.noted(log) == ["began", "ended"]


def test_the_oldest_result_is_dropped_when_there_are_too_many(scheduler, ask):
    run = cluster.connection(scheduler).client.run_on_scheduler

    def fill(oldest, n, dask_scheduler):  # within this test, so that it travels whole: a scheduler imports nothing
        names = dask_scheduler.extensions["queues"].queues["latent-lab results"]._queue
        there = [name["value"] for name in names]
        names.clear()  # some of these results are gone, by whoever had asked for them
        names.extend({"type": "msgpack", "value": name} for name in [oldest, *map(str, range(n - 1))])
        return there

    def held(dask_scheduler):
        return [name.removeprefix("result of ") for name in dask_scheduler.extensions["variables"].variables]

    old = ask(pieces.square, 4)
    assert old.result() == 16
    oldest = old._work.key
    assert oldest in run(held)
    assert oldest in run(fill, oldest, worker.KEPT)
    new = ask(pieces.square, 5)
    assert new.result() == 25
    until(lambda: oldest not in run(held), "the end of the oldest result")
    assert new._work.key in run(held)


def test_a_stopped_scheduler_is_reported_in_one_sentence_and_the_work_continues_here(tmp_path, monkeypatch):
    """One without workers: that is a sentence at once, and one that loses its workers later."""
    monkeypatch.setattr(cluster, "RECONNECT", 1.0)
    with running(tmp_path, workers=0) as address:
        assert "has no workers" in tasks.submit("square", pieces.square, 3, at=address).note
        monkeypatch.setattr(cluster.Connection, "check", lambda self: None)
        monkeypatch.setattr(cluster, "AGAIN", 0)
        monkeypatch.setattr(cluster, "LONELY", 0.5)
        waits = tasks.submit("square 4", pieces.square, 4, at=address)
        assert waits.remote
        assert waits.result() == 16
        assert "has no workers any more" in waits.note
        monkeypatch.setattr(cluster, "LONELY", 1000)
        lost = tasks.submit("square 5", pieces.square, 5, at=address)
        lost.advance(0.1)
        assert lost.remote
    assert lost.result() == 25
    assert "does not answer any more" in lost.note


def test_progress_messages_are_small(scheduler, ask, tmp_path):
    """The scheduler keeps progress as bytes: it needs no torch, and none of this code but tasks/."""
    task = ask(pieces.steps, tmp_path / "log", 3)
    assert task.result() == 9
    work = task._work._work[2]
    assert isinstance(work, bytes)
    assert pickle.loads(work)[0] is pieces.steps

    def modules(dask_scheduler):

        return sorted(name for name in ("torch", "evaluate", "tests.tasks.pieces") if name in sys.modules)

    assert cluster.connection(scheduler).client.run_on_scheduler(modules) == []


def finished(run):
    """A job that is over, after as many turns as a page would give it."""
    until(lambda: run.advance(0.2) or not run.going, "the end of a job")
    assert run.problem is None
    return run


def metrics(n):
    return job.Run(checkpoints.read("mnist_vae"), ("frechet", "mse"), n, 3)


def test_metrics_computed_on_the_cluster_are_bit_identical(setting, monkeypatch):
    with replica():
        there = finished(metrics(60))
        assert there.task.remote
    page = apptest.opened("evaluate/metrics", model="mnist_vae", samples="60", samples_seed="3")
    page.multiselect(key="metrics").set_value(["mse", "frechet"]).run()
    apptest.press(page, "Compute")
    run = page.session_state["metrics run"]
    assert (run.task.remote, run.finished) == (True, True)
    assert len(page.dataframe[0].value) == 2
    monkeypatch.delenv("LATENT_LAB_CLUSTER")
    here = finished(metrics(60))
    assert not here.task.remote
    assert [score.metric for score in here.scores] == ["frechet", "mse"]
    assert repr(here.scores) == repr(run.scores) == repr(there.scores)  # all digits, and NaN where there is no floor
    assert here.trail == run.trail
    assert (here.first == run.first).all()


@pytest.mark.slow
def test_a_visitor_of_another_server_sees_the_progress_and_can_stop_it(setting):
    with replica():
        first = metrics(10_000)
        until(lambda: first.advance(0.2) or first.seen, "progress")
        first = None  # its visitor leaves
    other = metrics(10_000)
    until(lambda: other.advance(0.2) or other.seen, "progress")
    assert 0 < other.progress < 1
    other.stop()
    assert not other.going
    client = cluster.connection(tasks.address()).client
    until(lambda: not any(client.processing().values()), "idle workers")
    assert other.scores == []


@pytest.mark.slow
def test_features_computed_on_the_cluster_are_bit_identical(scheduler):
    images = np.random.default_rng(0).integers(0, 256, (7, 1, 28, 28), np.uint8)
    there = tasks.submit("features", pieces.seen, images, threads=1, at=scheduler)
    here = tasks.submit("features", pieces.seen, images, at=None)
    assert there.remote
    assert np.array_equal(jobs.result(there), jobs.result(here))
    assert jobs.result(there).shape == (7, 4)
    assert here.progress == 1


@pytest.mark.slow
def test_a_sweep_trained_on_the_cluster_is_bit_identical(setting, monkeypatch):
    asked = pairs.Pair("line", "line"), Settings(steps=20, width=4, batch=16)
    there = finished(pairs.Run(*asked))
    assert there.task.remote
    monkeypatch.delenv("LATENT_LAB_CLUSTER")
    here = finished(pairs.Run(*asked))
    assert here.history == there.history
    assert here.snapshot.to_dict(17) == there.snapshot.to_dict(17)


@pytest.mark.slow  # two processes import all that trains; the sweep is trained and the next training is stopped there
def test_a_training_on_own_pictures_is_bit_identical_and_leaves_nothing_on_the_cluster(setting, visit, monkeypatch):
    there = started(visit())
    keys = []
    while there.going:
        there.advance(0)
        if there.task is not None:
            assert there.task.remote
            keys.append(there.task.key)
    assert there.problem is None
    (model,) = there.visit.models.values()

    def known(key, dask_scheduler):  # within this function, so that it travels whole: a scheduler imports nothing
        names = [*dask_scheduler.tasks, *dask_scheduler.extensions["variables"].variables]
        return [name for name in names if key in str(name)]

    client = cluster.connection(tasks.address()).client
    until(lambda: not client.run_on_scheduler(known, keys[-1]), "the end of the result")
    monkeypatch.delenv("LATENT_LAB_CLUSTER")
    (here,) = finished_jobs(started(visit()))
    for key, value in weights(here).items():
        assert (weights(there)[key] == value).all()
    assert checkpoints.preview(there.name).keys() == checkpoints.preview(here.name).keys()
    assert model.card.parts.keys() == checkpoints.read(here.name).parts.keys()
    assert model.card.metrics == checkpoints.read(here.name).metrics


@pytest.mark.slow
def test_a_cluster_training_on_own_pictures_shows_progress_and_can_be_stopped(setting, visit):
    job = started(visit())
    job.changes["epochs"] = 10_000
    until(lambda: job.advance(0) or (job.history and job.grid is not None), "progress")
    assert job.grid.shape == (56, 56, 1)
    job.visit.delete()  # its tab was closed
    assert not job.going
    client = cluster.connection(tasks.address()).client
    until(lambda: not any(client.processing().values()), "idle workers")


@pytest.mark.slow  # two processes import all that trains; the study that is stopped goes the same way
def test_a_study_trained_on_the_cluster_is_bit_identical(scheduler, monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    recipe = RECIPES[0]
    toy = Comparison("?", "toy", "weight", False, pieces.first_weight, {"one": Variant(recipe, "")}, seeds=(0, 1))
    there = compare.record("toy", toy, pool=studies.Cluster(scheduler, 1))
    assert [run["seed"] for run in there] == [0, 1]
    monkeypatch.setattr(recorded, "FOLDER", tmp_path / "here")
    (tmp_path / "here").mkdir()
    here = compare.record("toy", toy)
    assert [run["metrics"] for run in here] == [run["metrics"] for run in there]


@pytest.mark.slow
def test_a_study_that_is_stopped_stops_its_workers(scheduler, tmp_path):
    log = str(tmp_path / "log")
    missing = {0: pieces.quick, 1: functools.partial(pieces.reporting, log)}
    trained = studies._trained(missing, {0: "quick", 1: log}, studies.Cluster(scheduler, 1))
    assert next(trained) == (0, {"seconds": 0.1})
    until(lambda: pieces.noted(log), "its begin")
    trained.close()
    until(lambda: pieces.noted(log) == ["began", "stopped"], "its end")
