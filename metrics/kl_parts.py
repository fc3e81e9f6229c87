"""The KL of a VAE's codes to the prior in three parts (Chen et al. 2018, equation 2; Hoffman and Johnson 2016).

    mean over x of KL( q(z|x) ‖ p(z) ) = I(x; z) + KL( q(z) ‖ Π_j q(z_j) ) + Σ_j KL( q(z_j) ‖ p(z_j) )        nats

q(z), the aggregate posterior, is the mixture of the encoder's Gaussians of all pictures. The first part says how
well codes tell pictures apart: it is at most log N for N pictures. The second, the total correlation, is 0 if the
dimensions of a code are independent. The third says how far single dimensions are from the prior's N(0, 1). The last
two together are KL( q(z) ‖ p(z) ): how far the codes of pictures are from the random codes that samples are made from.

The expectations are means over codes; the mixtures are sums over all pictures, not over a batch as in training.
"""

import torch

from models.probability import (
    gaussian_log_density,
    mixtures_log_density,
    reparameterise,
    standard_normal_log_prob,
)

CODES = 2000
BLOCK = 16  # codes at once, which bounds the memory


def kl_parts(mean: torch.Tensor, log_var: torch.Tensor, codes: int = CODES, seed: int = 0) -> torch.Tensor:
    """The three parts at single codes, (M, 3) float64 in nats: their means over the first axis estimate the parts.

    mean and log_var (N, D) of the encoder's Gaussians; all N pictures are equally likely. The codes are drawn from M
    random pictures, one from each; M is `codes`, or N if that is less.
    """
    mean, log_var = mean.double(), log_var.double()
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.randperm(len(mean), generator=generator)[:codes]
    noise = torch.randn(len(chosen), mean.shape[1], generator=generator, dtype=torch.float64)
    z = reparameterise(mean[chosen], log_var[chosen], noise.to(mean))
    own, prior = gaussian_log_density(z, mean[chosen], log_var[chosen]), standard_normal_log_prob(z)
    equal = -mean.new_tensor(len(mean)).log()
    mixtures = [mixtures_log_density(block, mean, log_var, equal) for block in z.split(BLOCK)]
    joint, product = (torch.cat(part) for part in zip(*mixtures, strict=True))
    return torch.stack([own - joint, joint - product, product - prior], 1)
