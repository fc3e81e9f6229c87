// The losses of models/adversarial.py as functions of one logit.

export const softplus = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
export const sigmoid = (t) => 1 / (1 + Math.exp(-t));

// [value, slope] at a logit: the discriminator's losses on real and on generated points, and the generator's loss.
export const LOSSES = {
  minimax: {
    real: [(t) => softplus(-t), (t) => -sigmoid(-t)],
    fake: [softplus, sigmoid],
    generator: [(t) => -softplus(t), (t) => -sigmoid(t)],
  },
  non_saturating: {
    real: [(t) => softplus(-t), (t) => -sigmoid(-t)],
    fake: [softplus, sigmoid],
    generator: [(t) => softplus(-t), (t) => -sigmoid(-t)],
  },
  least_squares: {
    real: [(t) => (t - 1) ** 2 / 2, (t) => t - 1],
    fake: [(t) => t ** 2 / 2, (t) => t],
    generator: [(t) => (t - 1) ** 2, (t) => 2 * (t - 1)],
  },
  hinge: {
    real: [(t) => Math.max(0, 1 - t), (t) => (t < 1 ? -1 : 0)],
    fake: [(t) => Math.max(0, 1 + t), (t) => (t > -1 ? 1 : 0)],
    generator: [(t) => -t, () => -1],
  },
  wasserstein: {
    real: [(t) => -t, () => -1],
    fake: [(t) => t, () => 1],
    generator: [(t) => -t, () => -1],
  },
};
LOSSES.wasserstein_gp = LOSSES.wasserstein; // with a penalty instead of clipping
