"""Flows against the velocity of Gaussian data in closed form, and the arithmetic of guidance."""

import pytest
import torch

from models.flow import SKETCH, Flow, MLPFlow, UNetFlow, sinusoid_frequencies, sinusoids
from models.ode import SOLVERS

MEAN, SPREAD = torch.tensor([1.5, -0.5], dtype=torch.float64), torch.tensor([0.3, 2.0], dtype=torch.float64)


class GaussianFlow(Flow):
    """The exact velocity where the data are N(MEAN, SPREAD²): E[x − z | x_t], linear in x_t, for z ~ N(0, I)."""

    def velocity(self, x, t, label):
        t = t[:, None]
        slope = (t * SPREAD**2 - (1 - t)) / ((1 - t) ** 2 + t**2 * SPREAD**2)
        return MEAN + slope * (x - t * MEAN)


class LimitedFlow(GaussianFlow):
    limit = 1.0


@pytest.mark.parametrize("kind", [GaussianFlow, LimitedFlow])
@pytest.mark.parametrize("solver", SOLVERS)
def test_the_flow_maps_noise_to_the_gaussian(solver, kind):
    z = torch.randn(64, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    made = kind((2,)).generate(z, steps=400, solver=solver)
    assert (made - (MEAN + SPREAD * z)).abs().max() < {1: 0.03, 2: 1e-4}[SOLVERS[solver].evaluations]


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_path_follows_the_exact_solution_from_noise_to_picture(solver):
    """At time t, x = t · mean + √((1 − t)² + t² · spread²) · z: the path that keeps every quantile."""
    z, flow = torch.randn(16, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(2)), GaussianFlow((2,))
    path = flow.path(z, steps=400, solver=solver)
    assert path.shape == (401, 16, 2)
    assert torch.equal(path[0], z)
    assert torch.equal(path[-1], flow.generate(z, steps=400, solver=solver))
    exact = 0.25 * MEAN + (0.75**2 + 0.25**2 * SPREAD**2).sqrt() * z
    assert (path[100] - exact).abs().max() < {1: 0.03, 2: 1e-4}[SOLVERS[solver].evaluations]


@pytest.mark.parametrize("kind", [GaussianFlow, LimitedFlow])
def test_the_backward_path_recovers_the_code(kind):
    z = torch.randn(64, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    flow = kind((2,))
    picture = flow.generate(z, steps=400) * 0.5 + 0.5  # `code` takes [0, 1], and these leave it: it does not matter
    assert (flow.code(picture, steps=400) - z).abs().max() < 1e-4


class TwoConstants(Flow):
    """The velocity 1 for class 0 and 3 for any."""

    calls = 0

    def velocity(self, x, t, label):
        self.calls += len(x)
        return torch.where(label == self.classes, 3.0, 1.0)[:, None].expand_as(x)


@pytest.mark.parametrize(
    ("label", "guidance", "expected", "evaluations"), [(0, 1, 1, 1), (0, 0, 3, 1), (0, 2, -1, 2), (None, 2, 3, 1)]
)
def test_guidance_multiplies_the_contribution_of_the_class(label, guidance, expected, evaluations):
    flow = TwoConstants((2,), classes=1)
    labels = None if label is None else torch.full((4,), label)
    assert (flow.guided(torch.zeros(4, 2), 0.5, labels, guidance) == expected).all()
    assert flow.calls == 4 * evaluations


def trained_a_little():
    """A U-Net with classes whose output weights are no longer 0."""
    torch.manual_seed(0)
    model = UNetFlow(channels=8, width=16).eval()
    for values in model.head[-1].parameters():
        torch.nn.init.normal_(values, std=0.1)
    return model


def test_a_new_network_gives_grey_and_depends_on_time_and_class_after_a_step():
    torch.manual_seed(0)
    model = UNetFlow(channels=8, width=16)
    x, t, label = torch.randn(3, 1, 28, 28), torch.tensor([0.1, 0.5, 0.9]), torch.tensor([0, 4, 10])
    assert torch.allclose(model.velocity(x, t, label), -x / (1 - t).view(-1, 1, 1, 1))  # straight to 0
    optimiser = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(3):
        optimiser.zero_grad()
        (model.velocity(x, t, label) - x).square().mean().backward()
        optimiser.step()
    with torch.no_grad():
        values = model.velocity(x, t, label)
        assert values.shape == x.shape
        assert not torch.allclose(values, model.velocity(x, 1 - t, label))
        assert not torch.allclose(values, model.velocity(x, t, torch.tensor([1, 5, 9])))
        alone = torch.cat([model.velocity(x[k : k + 1], t[k : k + 1], label[k : k + 1]) for k in range(3)])
        assert torch.allclose(values, alone, atol=1e-5)  # no picture of the batch changes another one


def test_pictures_stay_in_range():
    torch.manual_seed(0)
    model = UNetFlow(channels=8, width=16).eval()
    with torch.no_grad():
        pictures = model.picture(torch.randn(2, model.latent))
    assert pictures.shape == (2, 1, 28, 28)
    assert pictures.min() >= 0
    assert pictures.max() <= 1
    assert MLPFlow().picture(torch.randn(3, 2)).shape == (3, 2)


def test_the_last_step_ends_at_the_predicted_picture():
    """Of any solver: at 1 − h, where a second-order step would end at a sharper one (see docs/log/flow-matching.md)."""
    model, z = trained_a_little(), torch.randn(3, 784, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        for solver in SOLVERS:
            *_, before, last = model.path(z, torch.tensor([1, 2, 3]), steps=4, solver=solver)
            assert torch.allclose(last, model.end(before, torch.tensor([0.75]), torch.tensor([1, 2, 3])), atol=1e-5)


def test_one_step_from_noise_is_the_mean():
    flow, z = GaussianFlow((2,)), torch.randn(50, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    assert (flow.expected(z) - MEAN).abs().max() < 1e-12


def test_a_sketch_is_the_picture_with_fewer_steps():
    model, z = trained_a_little(), torch.randn(3, 784)
    with torch.no_grad():
        assert torch.equal(model.sketch(z), (model.generate(z, steps=SKETCH) * 0.5 + 0.5).clamp(0, 1))
        assert not torch.equal(model.sketch(z), model.picture(z))


@pytest.mark.parametrize(
    ("steps", "guidance"),
    [(1, 1.0), pytest.param(1000, 1.0, marks=pytest.mark.slow), (10, 0.0), (10, -3.0), (10, 50.0)],
    ids=lambda value: f"{value:g}",
)
def test_extreme_steps_and_guidance_give_finite_pictures(steps, guidance):
    model, z = trained_a_little(), torch.randn(2, 784, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.isfinite(model.generate(z, torch.tensor([3, 9]), guidance, steps)).all()


@pytest.mark.parametrize("solver", SOLVERS)
def test_white_noise_and_a_photograph_have_finite_codes(solver):
    ramp = torch.linspace(0, 1, 784).view(1, 1, 28, 28)
    pictures = torch.cat([torch.rand(1, 1, 28, 28), ramp, ramp.sin().abs(), torch.ones(1, 1, 28, 28)])
    with torch.no_grad():
        codes = trained_a_little().code(pictures, solver=solver)
    assert codes.shape == (4, 784)
    assert torch.isfinite(codes).all()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (lambda m: m.generate(torch.zeros(2, 783)), "784 numbers, but these have the shape \\(2, 783\\)"),
        (lambda m: m.generate(torch.zeros(784)), "784 numbers"),
        (lambda m: m.generate(torch.zeros(1, 784), torch.tensor([10])), "classes 0 to 9"),
        (lambda m: m.generate(torch.zeros(1, 784), torch.tensor([-1])), "classes 0 to 9"),
        (lambda m: m.generate(torch.zeros(1, 784), guidance=float("nan")), "a finite number, not nan"),
        (lambda m: m.generate(torch.zeros(1, 784), guidance=float("inf")), "a finite number, not inf"),
        (lambda m: m.generate(torch.zeros(1, 784), steps=0), "at least one whole step"),
        (lambda m: m.generate(torch.zeros(1, 784), solver="rk45"), "no solver rk45"),
        (lambda m: m.code(torch.zeros(1, 1, 32, 32)), "finite numbers \\(N, 1, 28, 28\\)"),
        (lambda m: m.code(torch.full((1, 1, 28, 28), float("nan"))), "finite numbers"),
    ],
)
def test_meaningless_settings_are_reported_in_one_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        asked(trained_a_little())


def test_a_flow_without_classes_takes_no_label():
    with pytest.raises(ValueError, match="classes none; leave the label out"):
        MLPFlow().generate(torch.zeros(1, 2), torch.tensor([0]))


def test_sinusoids_differ_between_times():
    table = sinusoids(torch.linspace(0, 1, 101), sinusoid_frequencies(16))
    distances = torch.cdist(table, table) + 10 * torch.eye(101)
    assert distances.min() > 0.1
