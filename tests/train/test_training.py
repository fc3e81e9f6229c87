"""The loop against a plain twin, a killed training against an uninterrupted one, two processes against one."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from models.adversarial import Wasserstein
from models.gan import MLPGAN
from models.vae import elbo_terms
from tests.toy_training import RECIPES, fresh, stripes
from train import cli, parallel, provenance
from train.adversarial import AdversarialRecipe, adversarial_game
from train.loop import ResumeError, fit, steps
from train.monitor import Monitor
from train.objectives import ImportanceRecipe, iwae
from train.optimisers import adam, soap
from train.recipe import Recipe, constant, cosine

ROOT = Path(__file__).parent.parent.parent
TOY = RECIPES[0]


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_loop_equals_a_plain_loop():
    """Same permutation, same noise, written out naively with torch.optim.Adam and no tricks."""
    recipe = dataclasses.replace(TOY, epochs=2, schedule=constant)
    split, ours, plain = stripes().train, fresh(), fresh()
    history, _ = fit(ours, recipe, split, quiet=True)

    optimiser, losses = torch.optim.Adam(plain.parameters(), recipe.learning_rate, fused=True), []
    for epoch in range(2):
        torch.manual_seed(recipe.seed * 1_000_003 + epoch)
        order = torch.randperm(len(split))
        for start in range(0, len(split), 64):
            x = split.images[order[start : start + 64]].float() / 255
            reconstruction, kl = elbo_terms(plain, x, torch.randn(64, 2))
            loss = (kl.sum(1) - reconstruction).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
    assert history["loss"] == pytest.approx([sum(losses[:32]) / 32, sum(losses[32:]) / 32], rel=1e-5)
    for p, q in zip(ours.parameters(), plain.parameters(), strict=True):
        assert torch.allclose(p, q, atol=1e-6)


@pytest.mark.parametrize(("optimiser", "tolerance"), [(adam, 0.05), (soap, 0.2)])
def test_bf16_gives_nearly_the_same_training(optimiser, tolerance):
    """Products in bfloat16 have eight bits of mantissa: other weights than in float32, but close."""
    recipe = dataclasses.replace(TOY, epochs=2, optimiser=optimiser)
    split, exact, half = stripes().train, fresh(), fresh()
    history, _ = fit(exact, recipe, split, quiet=True)
    found, _ = fit(half, recipe, split, quiet=True, bf16=True)
    assert found["loss"] == pytest.approx(history["loss"], rel=0.01)
    for p, q in zip(exact.parameters(), half.parameters(), strict=True):
        assert q.dtype == torch.float32
        assert torch.allclose(p, q, atol=tolerance)
    assert not all(torch.equal(p, q) for p, q in zip(exact.parameters(), half.parameters(), strict=True))


def test_bf16_uses_the_current_weights():
    """Autocast keeps converted weights for as long as it is on; several updates in one step must not meet old ones."""
    recipe = AdversarialRecipe(
        name="toy",
        title="Toy",
        summary="For tests.",
        model=MLPGAN,
        arguments={"latent": 4, "shape": (1, 8, 8), "widths": (16,), "dropout": 0.0},
        data=stripes,
        objective=adversarial_game,
        loss=Wasserstein(clip=1.0),
        critic_steps=5,
        interval=6,
        epochs=2,
        batch=32,
        learning_rate=3e-3,
    )
    split = stripes().train
    exact, _ = fit(fresh(recipe), recipe, split, quiet=True)
    half, _ = fit(fresh(recipe), recipe, split, quiet=True, bf16=True)
    assert half["discriminator"] == pytest.approx(exact["discriminator"], rel=0.05)
    assert half["generator"] == pytest.approx(exact["generator"], rel=0.1)


def test_monitored_values_are_in_the_history_and_averaged_weights_are_kept():
    recipe = ImportanceRecipe.of(TOY, epochs=2, objective=iwae)
    seen = []

    class Weights(Monitor):
        def __call__(self, model):
            assert not model.training
            seen.append(next(model.parameters()).detach().clone())
            return {"epochs": len(seen)}

    model = fresh()
    history, _ = fit(model, recipe, stripes().train, quiet=True, monitor=Weights(recipe, stripes()))
    assert history["epochs"] == [1, 2]
    assert torch.equal(next(model.parameters()), seen[-1])  # the averaged ones, not the last


def test_training_lowers_the_loss():
    history, _ = fit(fresh(), TOY, stripes().train, quiet=True)
    assert history["loss"][-1] < 0.95 * history["loss"][0]
    assert history["loss"][-1] == pytest.approx(history["reconstruction"][-1] + history["kl"][-1], rel=1e-5)


@pytest.mark.parametrize("progress", [0.0, 0.25, 0.5, 1.0])
def test_cosine_schedule(progress):
    assert cosine(progress) == pytest.approx({0.0: 1.0, 0.25: 0.8535534, 0.5: 0.5, 1.0: 0.0}[progress], abs=1e-7)


# Trains the toy and is killed in the middle of its fourth epoch of 32 steps.
KILLED = """
import dataclasses, functools, os, signal, sys
from tests.toy_training import RECIPES, fresh, stripes
from train import objectives
from train.loop import fit
@functools.wraps(objectives.elbo)  # so that the recipe, which names its objective, is the same
def deadly(model, recipe, steps):
    step, state = objectives.elbo(model, recipe, steps)
    taken = 0
    def stepped(x, y):
        nonlocal taken
        taken += 1
        if taken == 3 * 32 + 16:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(x, y)
    return stepped, state
fit(fresh(), dataclasses.replace(RECIPES[0], objective=deadly), stripes().train, state_file=sys.argv[1], quiet=True)
"""


def test_kill_and_resume_give_bit_identical_weights(tmp_path):
    whole, resumed, state = fresh(), fresh(), tmp_path / "cut.pt"
    fit(whole, TOY, stripes().train, quiet=True)
    assert subprocess.run([sys.executable, "-c", KILLED, str(state)], cwd=ROOT).returncode == -signal.SIGKILL
    assert torch.load(state, weights_only=True)["epoch"] == 3
    fit(resumed, TOY, stripes().train, state_file=state, resume=True, quiet=True)
    for name, weights in whole.state_dict().items():
        assert torch.equal(weights, resumed.state_dict()[name]), name


def test_a_stopped_training_with_soap_continues_identically(tmp_path):
    """Its matrices and the count that says when their eigenvectors are found again are part of the state."""
    recipe, state = dataclasses.replace(TOY, epochs=2, optimiser=soap), tmp_path / "cut.pt"
    whole, cut, resumed = fresh(), fresh(), fresh()
    fit(whole, recipe, stripes().train, quiet=True)
    training = steps(cut, recipe, stripes().train, state_file=state, quiet=True)
    for _ in range(32 + 15):  # an epoch and a half
        next(training)
    fit(resumed, recipe, stripes().train, state_file=state, resume=True, quiet=True)
    for name, weights in whole.state_dict().items():
        assert torch.equal(weights, resumed.state_dict()[name]), name


@pytest.mark.parametrize(("optimiser", "equal"), [(soap, True), (adam, False)])
def test_soap_is_invariant_to_rotation(optimiser, equal):
    """In rotated coordinates its steps are the rotated steps; those of Adam, which is element-wise, are not."""
    random = torch.Generator().manual_seed(0)
    data, target, start = (torch.randn(5, 5, dtype=torch.double, generator=random) for _ in range(3))
    left, right = (torch.linalg.qr(torch.randn(5, 5, dtype=torch.double, generator=random))[0] for _ in range(2))

    def trained(left, right):
        weights = torch.nn.Parameter(left @ start @ right)
        one = optimiser([weights], 0.01)
        for _ in range(25):  # the eigenvectors are found again twice
            one.zero_grad()
            (data @ (left.T @ weights @ right.T - target)).square().sum().backward()
            one.step()
        return left.T @ weights.detach() @ right.T

    same = torch.eye(5, dtype=torch.double)
    assert torch.allclose(trained(same, same), trained(left, right), atol=1e-3) == equal


def test_a_missing_soap_package_is_reported_in_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pytorch_optimizer", None)
    recipe = dataclasses.replace(TOY, optimiser=soap)
    with pytest.raises(SystemExit, match=r"SOAP is not installed: python -m pip install -r requirements-training.txt"):
        cli.main([recipe], ["toy", "--runs", str(tmp_path)])


def test_resume_refuses_the_state_of_another_recipe(tmp_path):
    state = tmp_path / "toy.pt"
    recipe = dataclasses.replace(TOY, epochs=1)
    fit(fresh(), recipe, stripes().train, state_file=state, quiet=True)
    with pytest.raises(ResumeError, match="another recipe"):
        fit(fresh(), TOY, stripes().train, state_file=state, resume=True, quiet=True)


def test_divergence_is_reported():
    recipe = dataclasses.replace(TOY, learning_rate=1e30)
    with pytest.raises(FloatingPointError, match="diverged"):
        fit(fresh(), recipe, stripes().train, quiet=True)


def test_a_batch_larger_than_the_data_is_reported_in_one_sentence():
    with pytest.raises(ValueError, match="smaller batch"):
        fit(fresh(), dataclasses.replace(TOY, batch=5000), stripes().train, quiet=True)


def test_dry_run_prints_the_recipe_and_trains_nothing(tmp_path, capsys):
    cli.main(RECIPES, ["toy", "--runs", str(tmp_path), "--dry-run"])
    assert json.loads(capsys.readouterr().out)["objective"] == "train.objectives.elbo"
    assert list(tmp_path.iterdir()) == []


def test_recipe_as_json_names_classes_and_functions():
    assert TOY.to_dict()["model"] == "models.vae.MLPVAE"
    beside = {"family", "evaluate", "monitor", "aim", "steered", "unshipped", "run", "chosen"}  # no weight needs them
    beside |= {"watched", "optimiser"}  # their defaults say nothing, so that recipes of before them are the same
    assert dataclasses.replace(TOY, watched=5).to_dict() == TOY.to_dict() | {"watched": 5}
    assert dataclasses.replace(TOY, optimiser=soap).to_dict() == TOY.to_dict() | {"optimiser": "train.optimisers.soap"}
    assert set(TOY.to_dict()) == {field.name for field in dataclasses.fields(Recipe)} - beside


ONE_STEP = """
import sys, torch
from train import parallel
from tests.toy_training import RECIPES, fresh, stripes
parallel.start(torch.device("cpu"))
model = fresh()
step, _ = RECIPES[0].objective(model, RECIPES[0], 10)
index = parallel.share(torch.arange(64))
split = stripes().train
step(split.images[index].float() / 255, split.labels[index])
if parallel.rank() == 0:
    torch.save([p.grad for p in model.parameters()], sys.argv[1])
parallel.wait()
parallel.finish()
parallel.leave()
"""


@pytest.mark.slow
def test_two_processes_average_to_the_gradients_of_one(tmp_path):
    (tmp_path / "step.py").write_text(ONE_STEP)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PYTHONFAULTHANDLER": "1"}
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [*torchrun, str(tmp_path / "step.py"), str(tmp_path / "two")]
    two = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert two.returncode == 0, two.stderr
    model, split = fresh(), stripes().train
    step, _ = TOY.objective(model, TOY, 10)
    step(split.images[:64].float() / 255, split.labels[:64])
    for one, both in zip(model.parameters(), torch.load(tmp_path / "two", weights_only=True), strict=True):
        assert torch.allclose(one.grad, both, rtol=1e-4, atol=1e-6)


def test_a_batch_that_cannot_be_split_evenly_is_reported_in_one_sentence(monkeypatch):
    """Shares of 22, 21 and 21 pictures would count alike, and each process would draw other noise than its share."""
    monkeypatch.setattr(parallel, "world", lambda: 3)
    with pytest.raises(ValueError, match="A batch of 64 cannot be shared out evenly among 3 processes"):
        fit(fresh(), TOY, stripes().train, quiet=True)


def test_without_git_a_card_has_no_commit(monkeypatch, tmp_path):
    assert provenance.versions()["commit"]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provenance.versions()["commit"] is None
