"""Texts of the Metrics page: what the metrics computed on demand say, and what they cannot see."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """What a metric of evaluate.catalogue says, and what it cannot see, in sentences."""

    says: str
    blind: str


EXPLANATIONS = {
    "frechet": Explanation(
        "Squared distance between two Gaussians fitted to the classifier's features of generated and of real pictures."
        " It mixes quality and variety in one number.",
        "Only mean and covariance count: other shapes of the cloud are invisible. With few samples it is too large.",
    ),
    "frechet_infinite": Explanation(
        "The same distance for infinitely many samples: a straight line through the values of ever larger subsets"
        " over 1/N, read off at 0. What remains is the bias of the real side.",
        "A line through eight noisy points: the fewer samples, the larger its error, and it may fall below 0.",
    ),
    "fid": Explanation(
        "The Fréchet distance on 2,048 features of Inception, a network for photographs: the figure of most "
        "papers. It takes an eighth of a second per picture.",
        "With few samples it is too large, so compare only values from equal numbers of samples. Digits are unlike "
        "all pictures that Inception was trained on.",
    ),
    "kid": Explanation(
        "Squared distance between the classifier's features of generated and of real pictures, in the space of a cubic "
        "kernel. It has no bias in the number of samples.",
        "Its scale has no meaning of its own; compare it only with other KIDs on the same features.",
    ),
    "inception_score": Explanation(
        "Is every picture recognised with certainty, and are all classes equally frequent? At most the number of "
        "classes. The classifier is ours and not Inception, so do not compare values with published ones.",
        "It never looks at real pictures: one perfect picture per class, repeated for ever, has the best score.",
    ),
    "recognised": Explanation(
        "Share of samples of which the classifier is surer than of the 5% least sure real pictures. Real "
        "pictures have 95%.",
        "Variety: one clear picture, repeated for ever, is recognised every time.",
    ),
    "density": Explanation(
        "How many real neighbourhoods a generated picture lies in. Near 1 the pictures are where real ones are.",
        "A model that repeats the most common picture has a high density.",
    ),
    "coverage": Explanation(
        "The share of real pictures with a generated one in their neighbourhood: variety. At most 1.",
        "It does not mind bad pictures as long as there are good ones too.",
    ),
    "mse": Explanation(
        "Mean squared error of the reconstructions, pixels in [0, 1].",
        "A picture moved by a few pixels is worse than none at all; a blurred one looks good to it.",
    ),
    "psnr": Explanation(
        "Peak signal-to-noise ratio of the reconstructions, −10 · log₁₀(MSE) of each picture, in dB.",
        "It orders two pictures as MSE does, so it has the same blind spots; only its mean over pictures differs.",
    ),
    "cosine": Explanation(
        "Cosine of the angle between a picture and its reconstruction as vectors of pixels. 1 is the same direction.",
        "Brightness: a picture that is all but black has cosine 1 with its original.",
    ),
    "elbo": Explanation(
        "Lower bound of log p(x) in nats per picture: how well the model explains pictures that it has not seen.",
        "Says little about samples, and values of different likelihoods (Bernoulli, Gaussian) cannot be compared.",
    ),
    "log_px": Explanation(
        "The log-likelihood itself, in nats per picture, by importance sampling with 200 codes for each. It takes"
        " a tenth of a second per picture.",
        "Simple pictures are probable pictures: a short stroke, which is not a digit, has a higher one than digits.",
    ),
}
