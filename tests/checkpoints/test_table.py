"""The tables of results: which cards share one, its columns, and the text of its cells."""

import dataclasses
import math

import pytest
import torch

import checkpoints
from checkpoints import recorded, seeds
from checkpoints.__main__ import main
from checkpoints.table import COLUMNS, groups, table, with_error, with_table
from models.vae import MLPVAE
from tests.toy_card import toy_card


def card(name, dataset="digits", family="vae", protocol=(), **metrics):
    dataset = {"name": dataset, "train_images": 2000, "note": ""}
    return toy_card(
        name=name, title=name, family=family, dataset=dataset, metrics=metrics, protocol=dict(protocol),
        run={"seconds": 90, "command": "python -m train.vae toy"},
    )  # fmt: skip


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_figures_are_shown_with_their_floors_and_errors():
    protocol = {"frechet_digits_10k": "10,000 samples against 5,000 real pictures"}
    one = card("one", protocol=protocol, frechet_digits_10k=1.234, frechet_floor=0.05, test_elbo=-9.0)
    two = card("two", test_elbo=-8.0, test_elbo_standard_error=0.125, kid=0.01)
    head, _, *rows = map(cells, table([one, two]).splitlines())
    assert head[3:] == ["ELBO, nats", "Fréchet, 10,000 samples", "floor", "KID", "minutes"]
    assert rows[0][2:] == ["2,000 images", "-9.00", "1.23", "0.05", "–", "1.5"]
    assert rows[1][2:] == ["2,000 images", "-8.00 ± 0.12", "–", "–", "0.01000", "1.5"]
    assert {len(row) for row in (head, *rows)} == {8}


def test_a_distance_is_shown_with_its_spread():
    of_digits = {"frechet_digits_10k": 0.06014, "frechet_digits_10k_spread": 0.00123}
    head, _, row = map(cells, table([card("one", **of_digits, kid=0.01, kid_spread=0.00051)]).splitlines())
    assert (head[3][:7], head[4]) == ("Fréchet", "KID")
    assert row[3:5] == ["0.0601 ± 0.0012", "0.01000 ± 0.00051"]


def test_an_accuracy_is_shown_with_its_spread_over_seeds(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    one, other = (card(name, family="classifier", test_accuracy=0.9, test_f1=0.8) for name in ("one", "other"))
    runs = [{"metrics": {"test_accuracy": value}} for value in (0.9, 0.94, 0.98)]
    recorded.write("seeds_one", {"runs": runs})
    recorded.write("seeds_other", {"runs": runs[:1]})
    head, _, *rows = map(cells, table([one, other]).splitlines())
    assert head[3:5] == ["accuracy", "F1"]
    assert [row[3:5] for row in rows] == [["94.00% ± 4.00% ‡", "80.00%"], ["90.00%", "80.00%"]]


def test_a_mean_over_training_seeds_replaces_the_standard_error_of_one_training(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    one = card("one", mig=0.36, test_elbo=-34.5, test_elbo_standard_error=0.08)
    runs = [{"metrics": {"mig": v, "test_elbo": -34.14 - v}} for v in (0.36, 0.23, 0.13)]
    recorded.write("seeds_one", {"runs": runs})
    head, _, row = map(cells, table([one]).splitlines())
    assert dict(zip(head, row, strict=True)) | {"ELBO, nats": "-34.38 ± 0.12 ‡", "MIG": "0.24 ± 0.12 ‡"} == dict(
        zip(head, row, strict=True)
    )


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (3.876, 0.187, "3.88 ± 0.19"),
        (19.9132, 0.0304, "19.913 ± 0.030"),
        (15.48, 24.82, "15 ± 25"),
        (25120.1, 481.2, "25,120 ± 480"),
        (0.826, 0.0999, "0.83 ± 0.10"),
        (2.0, 0.0, "2 ± 0"),
        (2.0, math.inf, "2 ± inf"),
    ],
)
def test_a_figure_ends_at_the_second_digit_of_its_error(value, error, words):
    assert with_error("{:.3g}", value, error) == words


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.heading)
def test_a_figure_is_the_mean_over_training_seeds_if_all_were_measured_like_the_card(column, monkeypatch, tmp_path):
    """0.5, 0.625 and 0.75: the mean is 0.625, the standard deviation 0.125."""
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    one = card("one")
    key = column.keys[0].format(dataset="digits", latent=one.latent)
    one = dataclasses.replace(one, metrics={key: 0.5, f"{key}_spread": 0.01})
    alone = column.cells(one, [one])[0]
    recorded.write("seeds_one", {"runs": [{"metrics": {key: value}} for value in (0.5, 0.625, 0.75)]})
    digits = "{:.2f}" if column.format.endswith("g}") else column.format
    assert column.cells(one, [one])[0] == f"{digits.format(0.625)} ± {digits.format(0.125)} ‡"
    for others in ({"mig_of_before": 0.6}, {}):  # a training without the figure
        recorded.write("seeds_one", {"runs": [{"metrics": {key: 0.5}}, {"metrics": others}]})
        assert column.cells(one, [one])[0] == alone
    recorded.write("seeds_one", {"runs": [{"metrics": {key: value}} for value in (0.51, 0.64)]})
    assert column.cells(one, [one])[0] == alone  # the card has since been measured differently


def test_the_latent_flow_shows_and_is_judged_by_the_mean_of_its_recorded_trainings():
    flow, key = checkpoints.read("kmnist_latent_flow"), "frechet_kmnist_10k_classes"
    values = [run["metrics"][key] for run in recorded.read("seeds_kmnist_latent_flow")["runs"]]
    head, _, row = map(cells, table([flow]).splitlines())
    cell = dict(zip(head, row, strict=True))["Fréchet, every class asked for"]
    assert cell.endswith(" ‡")
    assert float(cell.split(" ± ")[0]) == pytest.approx(sum(values) / 3, rel=2e-3)
    assert seeds.mean(flow, key) == pytest.approx(sum(values) / 3, rel=1e-12)


def test_aims_are_judged_by_the_figures_in_the_table():
    aim = {"words": "an ELBO of −9 nats", "figure": "test_elbo", "least": -9.0}
    one, two = card("one", test_elbo=-9.5), card("two", test_elbo=-8.0)
    cards = [dataclasses.replace(one, aim=aim), dataclasses.replace(two, aim=aim), card("three", test_elbo=-1.0)]
    head, _, *rows = map(cells, table(cards).splitlines())
    assert head[-2:] == ["aim", "reached"]
    assert [row[-2:] for row in rows] == [["an ELBO of −9 nats", "no"], ["an ELBO of −9 nats", "yes"], ["–", "–"]]
    assert cells(table(cards[2:]).splitlines()[0])[-1] == "minutes"


def test_a_model_selected_with_its_own_metric_is_marked():
    marked = dataclasses.replace(card("one", test_elbo=-9.5), steered="By the test set.")
    assert [cells(table([one]).splitlines()[2])[1] for one in (marked, card("one"))] == ["one †", "one"]


def test_every_shipped_row_has_as_many_cells_as_its_table_has_columns():
    for cards in groups().values():
        lines = table(cards).splitlines()
        assert len({line.count("|") for line in lines}) == 1
        assert len(lines) == 2 + len(cards)


def test_generators_are_grouped_by_data_set_and_other_models_by_family(folder):
    model = MLPVAE(latent=3, hidden=8, shape=(1, 4, 4))
    for one in (
        card("b", "zebras"),
        card("a", "zebras"),
        card("c", "apples"),
        card("d", "zebras", "gan"),
        card("e", "zebras", "classifier"),
        card("f", "apples", "classifier"),
    ):
        checkpoints.save(model, one)
    found = {title: [card.name for card in cards] for title, cards in groups().items()}
    assert found == {"VAE, apples": ["c"], "VAE, zebras": ["a", "b"], "GAN, zebras": ["d"], "Classifier": ["f", "e"]}
    assert list(found) == ["VAE, apples", "VAE, zebras", "GAN, zebras", "Classifier"]


@pytest.mark.parametrize("stored", [False, True])
def test_tables_are_replaced_between_their_markers(folder, stored):
    torch.manual_seed(0)
    if stored:
        checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), card("toy"))
    text = with_table("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n")
    assert text.startswith("before\n<!-- results -->\n")
    assert ("**VAE, digits**\n\n| checkpoint |" in text) == stored
    assert text.endswith("<!-- /results -->\nafter\n")
    assert "old" not in text
    assert with_table(text) == text


@pytest.mark.parametrize(
    "text", ["before\n", "before\n<!-- results -->\nafter\n", "<!-- /results --> <!-- results -->"]
)
def test_a_file_without_both_markers_is_not_changed(folder, text):
    file = folder / "README.md"
    file.write_text(text)
    with pytest.raises(SystemExit, match="has no markers"):
        main([str(file)])
    assert file.read_text() == text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["nothing.md"], r"^nothing\.md: No such file"), (["add"], "Name the zip"), (["add", "nothing.zip"], "cannot be")],
)
def test_impossible_commands_are_reported_in_one_sentence(folder, words, sentence):
    with pytest.raises(SystemExit, match=sentence):
        main(words)
