"""Outputs of layers are those that torch's forward hooks see; a unit is raised as far as the ball of codes lets it."""

import math

import pytest
import torch
from scipy import stats
from torch import nn

from models import layers
from models.flow import MLPFlow
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from models.square_vae import SquareVAE
from models.ssgan import SSGAN
from models.vae import MLPVAE, ConvVAE, PooledConvVAE, SpriteVAE, StridedConvVAE

# {network: modules whose outputs are those of the layers, as a reader of its class writes them down}
DECODERS = [
    (lambda: ConvVAE(4, 3, 8), "decoder", "decoder.1 decoder.4 decoder.6 decoder.7"),
    (lambda: StridedConvVAE(6), "decoder", "decoder.1 decoder.4 decoder.7 decoder.10 decoder.11"),
    (lambda: MLPVAE(5, 12, (1, 6, 6)), "decoder", "decoder.1 decoder.3"),
    (lambda: PooledConvVAE(6, tied=True), "decoder", "decoder.1 decoder.4 decoder.7 decoder.10 decoder.11"),
    (lambda: SpriteVAE(3), "decoder", "decoder.2 decoder.4 decoder.6 decoder.8 decoder.10 decoder.11"),
    (lambda: SquareVAE((3, 32, 32), 4, 4, 8, normed=True), "decoder", "decoder.1 decoder.4 decoder.7 decoder.8"),
    (lambda: MLPGAN(5, (1, 6, 6), (7, 9)), "decoder", "generator.1 generator.3 generator.6"),
    (lambda: DCGAN(6, 4), "decoder", "generator.3 generator.6 generator.9 generator.11"),
    (lambda: PixelShuffleGAN(5), "decoder", "generator.2 generator.6 generator.10 generator.13"),
    (
        lambda: SSGAN(4, 8),
        "decoder",
        "generator.2 generator.3.residual.5 generator.3 generator.4.residual.5 generator.4 "
        "generator.5.residual.5 generator.6 generator.9",
    ),
]
ENCODERS = [
    (lambda: ConvVAE(4, 3, 8), "encoder", "encoder.1 encoder.3 encoder.6 encoder.7"),
    (lambda: StridedConvVAE(6), "encoder", "encoder.1 encoder.4 encoder.6 encoder.9 encoder.10"),
    (lambda: MLPVAE(5, 12, (1, 6, 6)), "encoder", "encoder.2 encoder.3"),
    (lambda: PooledConvVAE(6), "encoder", "encoder.1 encoder.4 encoder.8 encoder.9"),
]


def trained(build):
    """A network whose batch norms have statistics of their own, as after a training."""
    torch.manual_seed(0)
    model = build().eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
    return model


def seen_by_hooks(model, modules, call, x):
    kept = {}
    for name in modules:
        model.get_submodule(name).register_forward_hook(lambda _m, _i, out, name=name: kept.update({name: out}))
    with torch.no_grad():
        call(x)
    return [kept[name] for name in modules]


@pytest.mark.parametrize(("build", "part", "modules"), DECODERS + ENCODERS)
def test_outputs_match_forward_hooks(build, part, modules):
    model, modules = trained(build), modules.split()
    x = torch.randn(3, model.latent) if part == "decoder" else torch.rand(3, *model.shape)
    every = layers.layers(model, part)
    assert [layer.module for layer in every] == modules
    with torch.no_grad():
        outputs = layers.activations(model, part, x)
    wanted = seen_by_hooks(model, modules, model.picture if part == "decoder" else model.encode, x)
    for output, seen, layer in zip(outputs, wanted, every, strict=True):
        assert output.shape == (3, *layer.shape)
        assert torch.equal(output.flatten(), seen.flatten())


def test_layers_are_named_after_their_operation():
    titles = {layer.title: layer.shape for layer in layers.layers(trained(lambda: PooledConvVAE(6)), "encoder")}
    assert titles == {
        "convolution 3×3, ELU": (32, 26, 26),
        "mean of 2×2, convolution 3×3, ELU": (64, 11, 11),
        "mean of 2×2, dense, ELU": (256,),
        "dense (the mean, then the log variance)": (12,),
    }
    last = layers.layers(trained(lambda: SSGAN(4, 8)), "decoder")[-2:]
    assert [layer.title for layer in last] == [
        "convolution 3×3, plus the block’s input, ReLU",
        "convolution 3×3, tanh, cropped (the picture, before it is brought into [0, 1])",
    ]


def test_the_output_of_a_channel_is_the_mean_over_positions():
    output = torch.arange(24.0).reshape(1, 2, 3, 4)
    assert layers.of_units(output).tolist() == [[5.5, 17.5]]
    assert layers.of_units(torch.tensor([[1.0, 2.0]])).tolist() == [[1, 2]]


@pytest.mark.parametrize("latent", [2, 10, 128])
def test_the_length_of_random_codes_is_that_of_the_chi_distribution(latent):
    assert layers.longest(latent) == pytest.approx(stats.chi.ppf(0.99, latent), rel=5e-3)


def test_ascent_finds_the_maximum_of_a_linear_unit_in_the_ball():
    """w · z + b is at most ‖w‖ R + b, at R w / ‖w‖."""
    model = trained(lambda: MLPVAE(4, 3, (1, 4, 4)))
    with torch.no_grad():
        model.decoder[0].bias[1] = 2.0  # so that the unit has a slope where the search begins
    w, b = model.decoder[0].weight[1].detach(), 2.0
    layer, limit = layers.layers(model, "decoder")[0], layers.longest(4)
    start = 9 * (w + 0.3 * torch.tensor([1.0, -1.0, 1.0, -1.0]))
    code, value = layers.ascent(model, "decoder", layer, 1, start)
    assert code.norm().item() == pytest.approx(limit, rel=1e-5)
    assert value == pytest.approx(limit * w.norm().item() + b, rel=1e-2)
    assert torch.cosine_similarity(code, w, dim=0) > 0.98


def test_ascent_of_an_encoder_unit_never_ends_below_its_start():
    model = trained(lambda: MLPVAE(4, 12, (1, 6, 6)))
    layer, start = layers.layers(model, "encoder")[0], torch.zeros(4)
    with torch.no_grad():
        before = layers.activations(model, "encoder", model.picture(start[None]))[0][0]
    unit = int(before.argmax())
    code, value = layers.ascent(model, "encoder", layer, unit, start)
    with torch.no_grad():
        again = layers.activations(model, "encoder", model.picture(code[None]))[0][0, unit].item()
    assert value == pytest.approx(again, rel=1e-5)
    assert value > before[unit].item()
    assert math.isfinite(code.norm().item())


def test_ascent_of_a_unit_without_a_gradient_does_not_move():
    model = trained(lambda: MLPVAE(4, 3, (1, 4, 4)))
    with torch.no_grad():
        model.decoder[0].bias[0] = -1e3
    start = torch.tensor([0.5, 0.0, 0.0, 0.0])
    code, value = layers.ascent(model, "decoder", layers.layers(model, "decoder")[0], 0, start)
    assert value == 0
    assert torch.equal(code, start)


@pytest.mark.parametrize(
    ("build", "part", "words"),
    [
        (lambda: MLPGAN(5, (1, 6, 6), (7,)), "encoder", "This network has no encoder."),
        (MLPFlow, "decoder", "This network has no decoder that makes a picture in one pass."),
    ],
)
def test_a_network_without_the_part_is_reported_in_one_sentence(build, part, words):
    with pytest.raises(layers.LayerError, match=words):
        layers.layers(build(), part)


@pytest.mark.parametrize("unit", [-1, 12])
def test_an_unknown_unit_is_reported_in_one_sentence(unit):
    model = trained(lambda: MLPVAE(4, 12, (1, 6, 6)))
    with pytest.raises(layers.LayerError, match=f"dense, ReLU has 12 units, from 0 to 11, and none is {unit}."):
        layers.ascent(model, "decoder", layers.layers(model, "decoder")[0], unit, torch.zeros(4))
