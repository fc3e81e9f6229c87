"""What Inception penalises in samples of models of dSprites: as they are, and with every pixel black or white.

    LATENT_LAB_DATA=… python -m benchmarks.soft_edges [--samples 500]

Prints FID and the Fréchet distance on dsprites_classifier for both, against 5,000 real pictures, and how soft the edges
are: grey pixels (a tenth to nine tenths of white) over white ones (more than half). Few samples make every distance too
high, by about the same amount. It takes an eighth of a second per picture on one core.
"""

import argparse

import torch

import checkpoints
from evaluate import feature_networks, inception
from evaluate.features import features, features_with_bar, real_features
from evaluate.fid import SAMPLES, shuffled
from evaluate.samples import pictures as draw
from metrics.frechet import frechet_of_features
from train.dsprites import SMALL, TOTAL_CORRELATION


def main(samples):
    network, classifier = inception.load(), feature_networks.load("dsprites")
    tested = SMALL[0].data().test.images
    real = tested[shuffled(tested)[:SAMPLES]]
    truth, own_truth = real_features(network, real), features(classifier, real)
    for recipe in [*SMALL, TOTAL_CORRELATION]:
        soft = draw(checkpoints.load(recipe.name), samples, seed=1)
        hard = (soft > 127).to(torch.uint8) * 255
        grey = ((soft > 25) & (soft < 230)).sum() / (soft > 127).sum()
        print(f"{recipe.name:25} {grey:.2f} grey pixels for each white one")
        for name, pictures in (("as they are", soft), ("black or white", hard)):
            fid = frechet_of_features(features_with_bar(network, pictures, "samples"), truth)
            own = frechet_of_features(features(classifier, pictures), own_truth)
            print(f"{recipe.name:25} {name:15} FID {fid:6.1f}   Fréchet {own:.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=500)
    main(parser.parse_args().samples)
