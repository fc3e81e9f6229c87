"""The layers of a decoder, a generator or an encoder, in order, and their outputs.

    rows    = layers(model, "decoder")        all layers, from code to picture
    outputs = activations(model, "decoder", z)        one tensor for each layer

A layer is a linear map together with the operations around it: those on its input (pooling, upsampling, pixel shuffle)
and those on its output (normalisation, activation function, reshaping). Its output is what the next layer reads, before
that layer pools or upsamples it.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.gan import GAN
from models.ssgan import UpBlock
from models.vae import VAE, TiedLinear

PARTS = ("decoder", "encoder")
LINEAR = (nn.Linear, TiedLinear, nn.Conv2d, nn.ConvTranspose2d)
BEFORE = (nn.AvgPool2d, nn.Upsample, nn.PixelShuffle, nn.Flatten)  # a layer begins with them
PRIOR_SHARE = 2.326  # standard deviations: 99 % of a normal distribution lie below


class LayerError(ValueError):
    """A network has no such part, layer or unit; the text is one sentence for the person."""


@dataclass(frozen=True)
class Layer:
    """title: in words. module: dotted name, in the network, of the module whose output is the layer's. shape: of that
    output for one input, (units,) or (C, H, W) with a unit for each channel."""

    title: str
    module: str
    shape: tuple[int, ...]

    @property
    def units(self) -> int:
        return self.shape[0]


def has(model: nn.Module, part: str) -> bool:
    """Whether a network turns a code into a picture ("decoder") or a picture into a code ("encoder") in one pass."""
    return (isinstance(model, VAE) and part in PARTS) or (isinstance(model, GAN) and part == "decoder")


def layers(model: nn.Module, part: str) -> list[Layer]:
    """All layers of a part of a network in eval mode, in the order of evaluation.

    Raises LayerError if the network does not have this part.
    """
    found = _ended(_walk(_stem(model, part), _root(model, part)))
    found[-1] = f"{found[-1][0]} ({_meaning(model, part)})", found[-1][1]
    outputs = _outputs(model, part, _example(model, part), [module for _, module in found])
    shapes = [tuple(output.shape[1:]) for output in outputs]
    return [Layer(title, module, _plain(shape)) for (title, module), shape in zip(found, shapes, strict=True)]


def activations(model: nn.Module, part: str, x: Tensor, only: list[Layer] | None = None) -> list[Tensor]:
    """Outputs (N, *shape) of all layers of a part, or of some of them, for codes (N, latent) or pictures (N, C, H, W).

    Pictures are in [0, 1]. Gradients reach x if it requires them. Raises LayerError as `layers` does.
    """
    wanted = layers(model, part) if only is None else only
    outputs = _outputs(model, part, x, [layer.module for layer in wanted])
    return [output.reshape(len(x), *layer.shape) for output, layer in zip(outputs, wanted, strict=True)]


def of_units(output: Tensor) -> Tensor:
    """One number for each unit of a layer's output, (N, units): for channels (N, C, H, W), the mean over positions."""
    return output.flatten(2).mean(2) if output.dim() == 4 else output


def longest(latent: int) -> float:
    """The 99 % quantile of the length of codes from N(0, I) in `latent` dimensions.

    Uses that the cube root of a χ² variable is nearly normal (Wilson & Hilferty 1931).
    """
    spread = 2 / (9 * latent)
    return math.sqrt(latent * (1 - spread + PRIOR_SHARE * math.sqrt(spread)) ** 3)


def ascent(
    model: VAE | GAN, part: str, layer: Layer, unit: int, start: Tensor, steps: int = 60, rate: float = 0.1
) -> tuple[Tensor, float]:
    """(code, activation): gradient ascent on a unit's activation over codes (latent,) no longer than `longest`.

    Adam from the code `start` (latent,), scaled back to that length whenever it is longer; the best code on the way. An
    encoder is applied to the picture of the code. Raises LayerError if the layer has no such unit.
    """
    if not 0 <= unit < layer.units:
        raise LayerError(f"{layer.title} has {layer.units} units, from 0 to {layer.units - 1}, and none is {unit}.")
    limit, z = longest(len(start)), start.detach().clone()[None]
    z *= (limit / z.norm().clamp(min=1e-9)).clamp(max=1)
    z.requires_grad_()
    optimiser, best, highest = torch.optim.Adam([z], lr=rate, maximize=True), z.detach().clone(), -math.inf
    for step in range(steps + 1):
        x = z if part == "decoder" else model.picture(z)
        value = of_units(activations(model, part, x, [layer])[0])[0, unit]
        if value.item() > highest:
            best, highest = z.detach().clone(), value.item()
        if step == steps:
            break
        (z.grad,) = torch.autograd.grad(value, z)
        optimiser.step()
        with torch.no_grad():
            z *= (limit / z.norm()).clamp(max=1)
    return best[0], highest


def _stem(model, part):
    if not has(model, part):
        words = "no encoder" if part == "encoder" else "no decoder that makes a picture in one pass"
        raise LayerError(f"This network has {words}.")
    return getattr(model, _root(model, part))


def _root(model, part):
    return "generator" if isinstance(model, GAN) and part == "decoder" else part


def _meaning(model, part):
    if part == "encoder":
        return "the mean, then the log variance"
    bernoulli = isinstance(model, VAE) and model.variance is None
    return "logits of the pixels" if bernoulli else "the picture, before it is brought into [0, 1]"


def _example(model, part):
    example = torch.zeros(1, model.latent) if part == "decoder" else torch.zeros(1, *model.shape)
    return example.to(next(model.parameters()).device)


def _plain(shape):
    """The shape, with (C, 1, 1) as (units,)."""
    return shape[:1] if len(shape) == 3 and shape[1:] == (1, 1) else shape


def _outputs(model, part, x, modules):
    # No hooks: all requests share one network, and a hook would also see other people's inputs.
    outputs = {}
    _run(_stem(model, part), _root(model, part), x, set(modules), outputs)
    return [outputs[name] for name in modules]


def _run(module, name, x, wanted, outputs):
    if isinstance(module, nn.Sequential):
        for key, child in module.named_children():
            x = _run(child, f"{name}.{key}", x, wanted, outputs)
    elif isinstance(module, UpBlock):
        x = module.joined(_run(module.residual, f"{name}.residual", x, wanted, outputs), x)
    else:
        x = module(x)
    if name in wanted:
        outputs[name] = x
    return x


def _walk(module, name):
    """(kind, words, name) of every operation below a module, in order; kind is "linear", "before" or "after" a linear
    map, "block" at the start of a block of layers, or "sum" where a block's input is added."""
    if isinstance(module, nn.Sequential):
        for key, child in module.named_children():
            yield from _walk(child, f"{name}.{key}")
    elif isinstance(module, UpBlock):
        yield "block", "", name
        yield from _walk(module.residual, f"{name}.residual")
        yield "sum", "plus the block’s input", name
    else:
        kind = "linear" if isinstance(module, LINEAR) else "before" if isinstance(module, BEFORE) else "after"
        yield kind, _words(module), name


def _ended(steps):
    """[(title, name of its last module)] of all layers in the steps of a walk."""
    found, words, last, waiting = [], [], "", []
    for kind, text, name in [*steps, ("block", "", "")]:
        if kind in ("linear", "before", "block") and words:
            found.append((", ".join(words), last))
            words = []
        if kind == "linear":
            words, last, waiting = [*waiting, text], name, []
        elif kind in ("after", "sum") and words:
            words, last = words + [text] * bool(text), name
        else:
            waiting += [text] * bool(text)
    return found


def _words(module):
    """What a module does, in words; "" if it changes no number."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        name = "transposed convolution" if isinstance(module, nn.ConvTranspose2d) else "convolution"
        stride = f", stride {module.stride[0]}" if module.stride[0] > 1 else ""
        return f"{name} {module.kernel_size[0]}×{module.kernel_size[1]}{stride}"
    if isinstance(module, nn.AvgPool2d):
        return f"mean of {module.kernel_size}×{module.kernel_size}"
    if isinstance(module, nn.Upsample):
        return f"enlarged {module.scale_factor:g} times"
    if isinstance(module, nn.PixelShuffle):
        return f"pixel shuffle {module.upscale_factor}"
    for kinds, words in NAMES:
        if isinstance(module, kinds):
            return words
    return module.__class__.__name__


NAMES = [
    ((nn.Linear, TiedLinear), "dense"),
    ((nn.BatchNorm1d, nn.BatchNorm2d), "batch norm"),
    ((nn.ReLU,), "ReLU"),
    ((nn.LeakyReLU,), "leaky ReLU"),
    ((nn.ELU,), "ELU"),
    ((nn.Tanh,), "tanh"),
    ((nn.Sigmoid,), "sigmoid"),
    ((nn.ZeroPad2d,), "cropped"),
    ((nn.Flatten, nn.Unflatten, nn.Dropout, nn.Identity), ""),
]
