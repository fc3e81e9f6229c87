"""Trainings on visitors' pictures as jobs: several at once, visits that end during one, no mixing of visits."""

import numpy as np
import pytest

import checkpoints
from checkpoints import visits
from evaluate import brought
from tests.ui.own_visits import finished, started, visit_fixture, weights  # noqa: F401
from train import cli


@pytest.mark.slow
def test_two_simultaneous_visitors_get_the_same_results_as_single_ones(visit):
    (alone,) = finished(started(visit()))
    one, other = visit(), visit("other")
    jobs = finished(started(one), started(other))
    assert all((weights(alone)[key] == value).all() for key, value in weights(jobs[0]).items())
    assert [len(each.models) for each in (one, other)] == [1, 1]
    for each, count in ((one, 16), (other, 20)):
        (model,) = each.models.values()
        assert len(model.pictures) == count
        held_out, trained_on = brought.held_out(model.card), brought.trained_on(model.card)
        assert np.array_equal(np.concatenate([held_out.images, trained_on]), model.pictures.images)
        assert len(held_out) == 2
        names = {file.name.partition(".")[0] for file in visits.folder(each.token).iterdir()}
        assert names == {model.card.name}
    name = jobs[0].name
    one.delete()
    assert brought.held_out(alone.visit.models[alone.name].card) is not None  # of the same title and another visit
    with pytest.raises(checkpoints.CheckpointError):
        checkpoints.read(name)
    checkpoints.load(jobs[1].name)


@pytest.mark.slow
def test_a_second_model_with_the_same_title_gets_a_number(visit):
    mine = visit()
    finished(started(mine, "x" * 40))
    finished(started(mine, "x" * 40))
    first, second = mine.models.values()
    assert second.card.name == f"{first.card.name}_2"
    assert second.card.title == f"VAE of “{'x' * 40} 2”"
    checkpoints.load(first.card.name)


def test_closing_a_tab_stops_the_training_and_leaves_nothing(visit, monkeypatch):
    mine = visit()
    job = started(mine)
    while not job.history:
        job.advance(0)
    mine.delete()
    assert not job.going
    assert mine.intake is None
    assert not visits.folder_of(job.name).exists()

    late = visit()  # this one ends while its checkpoint is being measured
    stored = cli.stored

    def ended(*arguments):
        late.delete()
        return stored(*arguments)

    monkeypatch.setattr(cli, "stored", ended)
    job = started(late)
    while job.going and not job.finished:
        job.advance(0)
    assert job.problem is None
    assert late.models == {}
    assert not visits.folder_of(job.name).exists()
