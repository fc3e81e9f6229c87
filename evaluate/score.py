"""Score a folder of pictures: python -m evaluate.score DIR --against mnist_test --features mnist_classifier

Prints the Fréchet distance between DIR and a data set's split (or another folder) on the features of one of our
classifiers, what was compared, and the floor: the same distance between two halves of the real pictures. With
--features inception it is the FID of pytorch-fid's command. A folder that cannot be scored ends with one sentence
and exit code 2.
"""

import argparse

import checkpoints
import data
from data.own.files import readable
from evaluate import folders, inception
from evaluate.features import features_with_bar, floor, real_features
from metrics.frechet import frechet_of_features


def score(
    folder: str, against: str, network: str, *, skip_broken: bool = False, weights: str | None = None
) -> tuple[float, float, str]:
    """(distance, floor, words) of the pictures in a folder.

    network: name of a classifier, or "inception" (weights: its file). Raises FolderError, DataError, CheckpointError
    or ValueError with one sentence.
    """
    extractor = inception.load(weights) if network == "inception" else checkpoints.load(network)
    if not hasattr(extractor, "features"):
        raise ValueError(f"{network} has no features; choose a classifier.")
    pictures, skipped = folders.read(folder, extractor.shape, skip_broken=skip_broken)
    name, _, split = against.rpartition("_")
    if name in data.names() and split in data.split_names(name):
        real = data.load(name, split).images
        if extractor.shape and real.shape[1:] != extractor.shape:
            raise ValueError(f"{against} has pictures of another size than {network} takes.")
    else:
        real, broken = folders.read(against, extractor.shape, skip_broken=skip_broken)
        skipped += broken
    if len(pictures) < 2 or len(real) < 4:
        raise ValueError(f"A distance needs at least 2 pictures against 4, not {len(pictures)} against {len(real)}.")
    own = features_with_bar(extractor, pictures, "pictures")
    truth = real_features(extractor, real)
    words = f"{len(pictures):,} pictures of {folder} against {len(real):,} of {against}, features of {network}"
    if skipped:
        words += f"; left out as damaged: {folders.named(skipped)}"
    return frechet_of_features(own, truth), floor(frechet_of_features, truth)[0], readable(words)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluate.score", description="Fréchet distance of a folder.")
    parser.add_argument("folder", help="pictures of the size that the feature network takes")
    parser.add_argument("--against", default="mnist_test", help="a data set's split such as mnist_test, or a folder")
    parser.add_argument("--features", default="mnist_classifier", help="checkpoint of a classifier, or inception: FID")
    parser.add_argument("--weights", help="file with Inception's weights (default: LATENT_LAB_INCEPTION, caches)")
    parser.add_argument("--skip-broken", action="store_true", help="leave damaged files out and name them")
    options = parser.parse_args(arguments)
    try:
        value, floor, words = score(
            options.folder,
            options.against,
            options.features,
            skip_broken=options.skip_broken,
            weights=options.weights,
        )
    except (folders.FolderError, data.DataError, checkpoints.CheckpointError, ValueError) as error:
        parser.exit(2, f"{error}\n")
    print(f"{'FID' if options.features == 'inception' else 'frechet':7} {value:.8g}")
    print(f"floor   {floor:.8g}   two halves of the real pictures")
    print(words)


if __name__ == "__main__":
    main()
