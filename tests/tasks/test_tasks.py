"""Heavy work in this process: in turns, equal tasks computed once, and the cost of a missing cluster."""

import gc
import sys
import threading

import pytest

import tasks
from tasks import cluster, worker
from tests.tasks import pieces
from tests.toy_training import RECIPES, fresh
from train import studies
from train.loop import fit
from train.studies import search


def test_equal_tasks_have_equal_keys_and_different_tasks_do_not():
    assert tasks.key("metrics", "a", 1000, {"b": 1, "c": 2}) == tasks.key("metrics", "a", 1000, {"c": 2, "b": 1})
    others = {tasks.key("metrics", *parts) for parts in (("a", 1000), ("a", 1001), ("b", 1000), ("a1", 0), (["a", 1],))}
    assert len(others) == 5


def test_work_advances_while_a_visitor_waits(tmp_path):
    task = tasks.submit("steps", pieces.steps, tmp_path / "log", 3)
    assert (task.progress, task.done, task.remote) == (None, False, False)
    assert pieces.noted(tmp_path / "log") == []
    task.advance(0)
    assert (task.progress, task.done) == (1, False)
    assert task.result() == 9
    assert (task.progress, task.done) == (3, True)
    assert pieces.noted(tmp_path / "log") == ["began", "ended"]


def test_the_same_task_is_computed_once_and_any_visitor_continues_it(tmp_path):
    asked = [tasks.submit("steps", pieces.steps, tmp_path / "log", 40) for _ in range(30)]
    for task in asked:
        task.advance(0)
    assert asked[0].progress == 30
    threads = [threading.Thread(target=task.result) for task in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [task.result() for task in asked] == [1600] * 30
    assert pieces.noted(tmp_path / "log") == ["began", "ended"]


def test_cancelling_does_not_stop_the_work_for_others(tmp_path):
    one, other = (tasks.submit("steps", pieces.steps, tmp_path / "log", 3) for _ in range(2))
    one.advance(0)
    one.cancel()
    assert other.result() == 9
    third = tasks.submit("steps", pieces.steps, tmp_path / "log", 3)
    assert third.done  # as long as its result is on somebody's screen
    other.cancel()
    third.cancel()
    assert not tasks.submit("steps", pieces.steps, tmp_path / "log", 3).done


def test_abandoned_work_leaves_nothing(tmp_path):
    task = tasks.submit("steps", pieces.steps, tmp_path / "log", 3)
    task.advance(0)
    del task
    gc.collect()
    assert pieces.noted(tmp_path / "log") == ["began", "stopped"]
    assert (None, "steps") not in tasks._works


def test_an_exception_is_raised_and_not_stored():
    task = tasks.submit("none", pieces.no_number)
    for _ in range(2):
        with pytest.raises(FloatingPointError, match="no number"):
            task.advance(1)
    assert tasks.submit("none", pieces.square, 3).result() == 9


def test_local_arguments_are_passed_to_work_in_this_process():
    assert tasks.submit("square", pieces.square, local={"x": 4}).result() == 16


def test_interrupted_work_can_be_continued_by_another_visitor(monkeypatch):
    def interrupted():
        if interrupted.times:
            return "whole"
        interrupted.times += 1
        yield 1
        raise KeyboardInterrupt

    interrupted.times = 0
    task = tasks.submit("interrupted", interrupted)
    with pytest.raises(KeyboardInterrupt):
        task.advance(10)
    assert task.result() == "whole"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers at tcp://127.0.0.1:9"),
        ("nonsense", "“nonsense” is not the address of a scheduler, such as tcp://localhost:8786"),
        ("tcp://127.0.0.1:none", "is not the address of a scheduler"),
    ],
)
def test_a_missing_scheduler_is_reported_in_one_sentence_and_the_work_is_done_here(alone, monkeypatch, address, words):
    monkeypatch.setenv("LATENT_LAB_CLUSTER", address)
    task = tasks.submit("square", pieces.square, 3)
    assert not task.remote
    assert task.note.startswith("Computed by this machine, not by the cluster: ")
    assert words in task.note
    assert task.result() == 9


def test_an_unavailable_scheduler_is_not_contacted_for_every_task(alone, monkeypatch):
    tried = []
    monkeypatch.setattr(
        cluster.socket, "create_connection", lambda *_: tried.append(1) or (_ for _ in ()).throw(OSError)
    )
    notes = {tasks.submit(f"square {x}", pieces.square, x, at="tcp://192.0.2.1:8786").note for x in range(3)}
    assert len(notes) == len(tried) == 1
    monkeypatch.setattr(cluster, "AGAIN", 0)
    tasks.submit("square 3", pieces.square, 3, at="tcp://192.0.2.1:8786")
    assert len(tried) == 2


def test_a_missing_dask_package_is_reported_in_one_sentence(alone, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    task = tasks.submit("square", pieces.square, 3, at="tcp://127.0.0.1:9")
    assert "Dask is not installed (pip install -r requirements-cluster.txt)" in task.note
    assert task.result() == 9


def test_a_study_without_a_cluster_continues_here_with_one_sentence(alone, capsys):
    missing = {0: pieces.quick, 1: pieces.quick}
    nobody = studies.Cluster("tcp://127.0.0.1:9", 1)
    assert len(list(studies._trained(missing, {0: "a", 1: "b"}, nobody))) == 2
    assert capsys.readouterr().err.count("no scheduler answers at tcp://127.0.0.1:9.") == 1


def test_a_missing_cluster_address_is_reported_in_one_sentence(monkeypatch, capsys):
    monkeypatch.delenv("LATENT_LAB_CLUSTER", raising=False)
    monkeypatch.setattr(sys, "argv", ["search", "mnist_gan", "--cluster"])
    with pytest.raises(SystemExit):
        search.main()
    assert "--cluster needs LATENT_LAB_CLUSTER, the address of a scheduler" in capsys.readouterr().err


def test_a_training_reports_progress_after_every_step():
    said, recipe = [], RECIPES[0]
    token = worker._report.set(said.append)
    try:
        fit(fresh(recipe), recipe, recipe.splits().train, quiet=True)
    finally:
        worker._report.reset(token)
    steps = recipe.epochs * recipe.steps_per_epoch(2048)
    assert said == [(step, steps) for step in range(1, steps + 1)]
