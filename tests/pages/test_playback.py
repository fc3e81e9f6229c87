"""The Playback page through app.py, and the data of the film."""

import csv
import dataclasses
import functools
import io
import shutil

import pytest

import checkpoints
from tests import apptest
from ui import charts
from ui.training import histories, playback
from ui.url.reported import KEPT

opened = functools.partial(apptest.opened, "training/playback")


def read(*names):
    return [playback.read(checkpoints.read(name)) for name in names]


@pytest.mark.usefixtures("toy_gans")
class TestWithRecordings:
    def test_only_models_with_stages_are_offered(self):
        app = opened()
        assert {card.name for card in playback.recorded_models()} == {"toy_gan", "toy_twin", "toy_colour"}
        assert len(app.selectbox(key="model").options) == 3
        assert not app.warning

    def test_a_link_restores_models_and_step(self):
        app = opened(model="toy_gan", beside="toy_colour", step="300")
        assert not app.warning
        assert app.selectbox(key="model").value == "toy_gan"
        assert app.selectbox(key="beside").value == "toy_colour"
        assert app.session_state[KEPT]["step"][1] == 300
        assert apptest.address(app)["step"] == "300"

    def test_another_model_plays_from_its_start(self):
        app = opened(model="toy_gan", step="200")
        app.selectbox(key="model").select("toy_colour").run()
        assert not app.exception
        assert app.session_state[KEPT]["step"][1] == 0
        assert "step" not in app.query_params

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"model": "fashion_vae"}, "No snapshots were recorded while MLP VAE on Fashion-MNIST, ten epochs trained"),
            ({"model": "no_such_model"}, "not here"),
            ({"beside": "fashion_vae"}, "not one of"),
            ({"step": "1e9"}, "not a number from 0 to"),
            ({"step": "x"}, "not a number from 0 to"),
        ],
        ids=str,
    )
    def test_a_bad_link_is_reported_in_one_sentence_and_the_player_works(self, query, sentence):
        app = opened(**query)
        assert len(app.warning) == 1
        assert sentence in app.warning[0].value
        assert any("lower is better" in caption.value for caption in app.caption)
        assert any("Snapshots as stored" in caption.value for caption in app.caption)

    def test_two_models_on_one_timeline_show_their_latest_snapshots(self):
        both = read("toy_gan", "toy_colour")
        steps = playback.timeline(both)
        assert steps.tolist() == [100, 200, 300, 400, 600, 800, 1000, 1200]
        rows = playback.rows(both, steps)
        assert rows[0]["at"] == [0, 1, 2, 3, 3, 3, 3, 3]
        assert rows[1]["at"] == [0, 0, 0, 1, 2, 3, 4, 5]

    def test_curves_have_points_at_the_steps_of_the_snapshots(self):
        panels = {panel["title"]: panel for panel in playback.panels(read("toy_gan", "toy_twin"))}
        assert list(panels) == ["Fréchet distance to real pictures", "Losses"]
        losses = panels["Losses"]["series"]
        assert [one["name"] for one in losses] == ["discriminator", "generator"] * 2
        assert [one["dash"] for one in losses] == [False, False, True, True]
        assert losses[0]["x"] == [100, 200, 300, 400]
        assert losses[2]["x"] == [150, 300, 450, 600, 750]
        assert losses[2]["dash"]
        frechet = panels["Fréchet distance to real pictures"]["series"][0]
        assert frechet["y"] == [None, 2, 3, 4]

    @pytest.mark.parametrize(
        ("change", "apart"),
        [
            ({}, {"Fréchet distance to real pictures": False, "Losses": False}),
            ({"protocol": {"history": "other"}}, {"Fréchet distance to real pictures": True, "Losses": False}),
            (
                {"recipe": {"interval": 100, "loss": "Hinge()"}},
                {"Fréchet distance to real pictures": False, "Losses": True},
            ),
            ({"dataset": {"name": "emoji"}}, {"Fréchet distance to real pictures": True, "Losses": True}),
        ],
        ids=["alike", "another protocol", "another loss", "another data set"],
    )
    def test_an_axis_has_one_protocol(self, change, apart):
        one, other = read("toy_gan", "toy_twin")
        other = dataclasses.replace(other, card=dataclasses.replace(other.card, **change))
        panels = {panel["title"]: panel["series"] for panel in playback.panels([one, other])}
        expected = []
        for title, separate in apart.items():
            expected += [f"{title}, left", f"{title}, right"] if separate else [title]
        assert list(panels) == expected
        for title, series in panels.items():
            assert {one["dash"] for one in series} == {False, True} - ({True} if "left" in title else set()) - (
                {False} if "right" in title else set()
            )

    def test_colours_mark_quantities_and_real_pictures_are_blue(self):
        panels = playback.panels([playback.read(checkpoints.read("toy_gan"))])
        colours = {one["name"]: one["colour"] for panel in panels for one in panel["series"]}
        assert len(set(colours.values())) == len(colours)
        assert histories.colour("real") == charts.REAL != histories.colour("fake")

    def test_a_critic_estimates_a_distance_and_a_discriminator_does_not(self):
        critic, other = read("toy_gan", "toy_twin")
        history = {"real": [3.0, 1.0, 0.5, 0.25], "fake": [1.0, -1.0, 0.5, 0.0], "generator": [0.0, 0.0, 0.0, 0.0]}
        card = dataclasses.replace(
            critic.card, history=history, recipe={"interval": 100, "loss": "Wasserstein(clip=0.01)"}
        )
        critic = dataclasses.replace(critic, card=card)
        (panel,) = (p for p in playback.panels([critic, other]) if "estimate" in p["title"])
        assert [(one["name"], one["y"]) for one in panel["series"]] == [("estimate", [2, 2, 0, 0.25])]
        assert "critic_estimate" in playback.curves_table([critic])
        assert "in units of its output" in panel["title"]
        assert not any("logit" in p["title"] for p in playback.panels([critic]))  # a critic has no sigmoid
        assert "no fixed multiple" in playback.about_critics([other, critic])
        assert "Euclidean" not in playback.about_critics([other, critic])
        recipe = {"interval": 100, "loss": "WassersteinGP(weight=10.0)"}
        penalised = dataclasses.replace(critic, card=dataclasses.replace(card, recipe=recipe))
        assert "in units of the Euclidean distance" in playback.about_critics([penalised])
        assert "clipped" not in playback.about_critics([penalised])
        assert playback.about_critics([other]) == ""

    def test_grids_of_a_grey_and_a_colour_model_are_side_by_side(self):
        slide = playback.slide(read("toy_gan", "toy_colour"), 600)
        grey, colour = (grid.pictures for grid in slide.grids)
        assert (grey.shape, colour.shape) == ((56, 56), (64, 64, 3))
        assert (grey == 150).all()
        assert (colour == 110).all()
        assert "step 600 of " in slide.note
        assert slide.models == ["toy_gan", "toy_colour"]

    def test_the_film_has_every_snapshot(self):
        frames = playback.film(read("toy_gan", "toy_colour"))
        assert len({frame.note for frame in frames}) == len(frames) == 8
        assert (frames[0].grids[0].pictures == 30).all()

    def test_the_csv_file_has_the_whole_history(self):
        rows = list(csv.DictReader(io.StringIO(playback.curves_table(read("toy_gan", "toy_twin")).to_csv(index=False))))
        twin = [row for row in rows if row["model"] == "toy_twin"]
        assert [float(row["step"]) for row in twin] == [150, 300, 450, 600, 750]
        assert [float(row["discriminator"]) for row in twin] == checkpoints.read("toy_twin").history["discriminator"]
        assert twin[0]["frechet"] == ""


def test_a_long_film_starts_and_ends_with_the_training(monkeypatch):
    monkeypatch.setattr(playback, "slide", lambda recordings, step: int(step))
    recording = read("emoji_dcgan_plus")
    steps = recording[0].snapshots.steps
    film = playback.film(recording)
    assert len(steps) > len(film) == playback.FRAMES
    assert (film[0], film[-1]) == (steps[0], steps[-1])
    assert film == sorted(set(film))


def test_a_truncated_recording_is_reported_and_the_other_model_plays(folders, tmp_path):
    shutil.copytree(folders("toy_gan")[0], tmp_path / "checkpoints")
    file = tmp_path / "checkpoints" / "toy_gan.stages.safetensors"
    file.write_bytes(file.read_bytes()[:500])
    with apptest.with_checkpoints(file.parent):
        app = opened(model="toy_gan")
        assert [error.value for error in app.error] == [
            "The recorded snapshots of toy_gan are cut or damaged; "
            "restore toy_gan.stages.safetensors from the repository."
        ]
        app.selectbox(key="beside").select("toy_twin").run()
        assert not app.exception
        assert len(app.error) == 1
        assert any("Snapshots as stored" in caption.value for caption in app.caption)


def test_missing_recordings_are_reported_with_the_way_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setattr(playback, "recorded_models", list)
    app = opened(model="fashion_vae")
    assert "No snapshots were recorded" in app.warning[0].value
    assert "records one" in app.info[0].value


@pytest.mark.slow
def test_first_paint_needs_no_torch():
    apptest.run_without_torch(
        "app = AppTest.from_file('pages/menu.py', default_timeout=60).switch_page('training/playback.py').run()",
        "assert not app.exception",
    )
