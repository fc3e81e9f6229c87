"""The campaign itself: its cases are tried, and failures are counted and named."""

import numpy as np
import pytest

from tests.campaign import Case, __main__, damage, pictures


def test_a_few_pictures():
    tried, failures, _ = __main__.tried("pictures", 8, seed=0)
    assert (tried, failures) == (8, [])


def test_a_failure_is_counted_and_the_other_tests_continue(monkeypatch):
    def fails():
        raise KeyError("lost")

    cases = [Case("first", fails), Case("second", lambda: None)]
    monkeypatch.setitem(__main__.KINDS, "pictures", (lambda count, rng: iter(cases), 2))
    assert __main__.tried("pictures", 2, seed=0)[:2] == (2, ["first: KeyError: 'lost'"])


def test_the_exit_status_is_1_after_a_failure(monkeypatch, capsys):
    def fails():
        raise ValueError

    monkeypatch.setitem(__main__.KINDS, "pictures", (lambda count, rng: iter([Case("it", fails)]), 1))
    monkeypatch.setattr("sys.argv", ["tests.campaign", "pictures=1"])
    with pytest.raises(SystemExit) as end:
        __main__.main()
    assert end.value.code
    assert "pictures         1       1" in capsys.readouterr().out


@pytest.mark.parametrize("kinds", ["nonsense", "pictures=x"])
def test_unknown_kinds_and_invalid_numbers_are_refused(monkeypatch, capsys, kinds):
    monkeypatch.setattr("sys.argv", ["tests.campaign", kinds])
    with pytest.raises(SystemExit):
        __main__.main()
    assert "there is no kind" in (message := capsys.readouterr().err) or "no number of cases" in message


def test_damages_cover_every_file_of_a_checkpoint_and_every_field_of_its_card():
    rng = np.random.default_rng(0)
    words = [case.words for case in damage.cases(100_000, rng)]
    for suffix in (".json", ".safetensors", ".atlas.safetensors", ".stages.safetensors", ".decoder.onnx"):
        assert any(word.startswith(f"mnist_gan{suffix} cut at") for word in words), suffix
    assert any(word.startswith("mnist_gan.json no metrics") for word in words)


def test_a_damaged_file_differs_from_the_original():
    rng = np.random.default_rng(0)
    raw = bytes(range(200))
    assert all(content != raw for _, content in damage.spoiled(raw, rng))
    assert pictures.file(rng)[1]
