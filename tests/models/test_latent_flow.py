"""A flow of codes with the decoder of a VAE: its samples, its inputs, and its checkpoint."""

import pytest
import torch

import checkpoints
from checkpoints.families import FAMILIES
from evaluate import export
from models import directions
from models.latent_flow import LatentFlow, ResidualFlow
from models.vae import StridedConvVAE


def small():
    torch.manual_seed(0)
    model = LatentFlow(width=16, layers=2).eval()
    with torch.no_grad():
        model.centre.normal_()
        model.scale.uniform_(0.5, 2)
    return model


def test_the_standardised_code_is_the_noise_if_the_velocity_is_0():
    model, z = small(), torch.randn(3, 128)
    with torch.no_grad():
        pictures = model.picture(z)
        assert torch.equal(pictures, model.decoder(z * model.scale + model.centre).clamp(0, 1))
        assert torch.allclose(model.standardised(z * model.scale + model.centre), z, atol=1e-5)
        assert torch.equal(model.sketch(z), pictures)


def test_a_constant_velocity_shifts_every_code_for_every_class():
    model, z = small(), torch.randn(3, 128)
    with torch.no_grad():
        model.flow.head[-1].bias.fill_(0.25)
        moved = model.decoder((z + 0.25) * model.scale + model.centre).clamp(0, 1)
        for label in (None, torch.tensor([0, 4, 9])):
            assert torch.allclose(model.picture(z, label), moved, atol=1e-5)


def test_the_velocity_depends_on_place_time_and_class_and_not_on_the_batch():
    torch.manual_seed(0)
    flow = ResidualFlow((4,), classes=3, width=8, layers=2)
    for values in flow.parameters():
        torch.nn.init.normal_(values, std=0.3)
    x, t, label = torch.randn(3, 4), torch.tensor([0.1, 0.5, 0.9]), torch.tensor([0, 2, 3])
    with torch.no_grad():
        velocity = flow.velocity(x, t, label)
        for other in (flow.velocity(-x, t, label), flow.velocity(x, 1 - t, label), flow.velocity(x, t, label.flip(0))):
            assert not torch.allclose(velocity[::2], other[::2], atol=1e-4)
        alone = torch.cat([flow.velocity(x[k : k + 1], t[k : k + 1], label[k : k + 1]) for k in range(3)])
    assert torch.allclose(velocity, alone, atol=1e-5)


def test_training_the_flow_does_not_change_the_decoder():
    model = small().train()
    assert model.flow.training
    assert not model.decoder.training
    assert not any(values.requires_grad for values in model.decoder.parameters())
    assert all(values.requires_grad for values in model.flow.parameters())


def test_weights_are_complete_and_stored_in_half_precision():
    """With those of the decoder, and without those of the encoder."""
    model, decoder = small(), StridedConvVAE().decoder
    names = set(model.state_dict())
    assert {name for name in names if name.startswith("decoder.")} == {f"decoder.{n}" for n in decoder.state_dict()}
    assert {"centre", "scale"} < names
    assert not any("encoder" in name for name in names)
    assert checkpoints.stored_as_half(model, FAMILIES["latent_flow"])


def test_the_latent_flow_is_exported_as_one_decoder():
    assert list(export.parts_of(small())) == ["decoder"]


def test_directions_come_from_features_of_the_codes_and_not_of_the_time():
    model, z = small(), torch.randn(5, 128)
    assert directions.first_features(model, z).shape == (5, 16)


@pytest.mark.parametrize("asked", [lambda m: m.picture(torch.zeros(1, 127)), lambda m: m.picture(torch.zeros(128))])
def test_codes_of_a_wrong_length_are_reported_in_one_sentence(asked):
    with pytest.raises(ValueError, match="A code of this flow has 128 numbers"):
        asked(small())
