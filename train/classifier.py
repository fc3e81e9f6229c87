"""Classifiers whose features and classes are used to measure pictures."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import dsprites_factors, fashion_mnist, kmnist, mnist, street_digits, svhn
from evaluate import classification
from models.classifier import ConvClassifier, SpriteClassifier
from train import cli
from train.augment import flip_and_shift, shift_and_turn
from train.objectives import cross_entropy, factors_cross_entropy
from train.recipe import Recipe, cosine

Classifier = partial(Recipe, family="classifier", evaluate=classification.evaluate)

RECIPES = [
    Classifier(
        name="mnist_classifier",
        title="Convolutional classifier of MNIST digits",
        summary="Judges whether an interpolated picture is still the digit it should be.",
        model=ConvClassifier,
        data=mnist,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
        augment=shift_and_turn,
        aim=Aim("99.3 % of the test set", "test_accuracy", least=0.993),
    ),
    Classifier(
        name="fashion_classifier",
        title="Convolutional classifier of Fashion-MNIST",
        summary="Its features measure the distances between generated and real clothes.",
        model=ConvClassifier,
        data=fashion_mnist,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
        augment=flip_and_shift,
        aim=Aim("93 % of the test set", "test_accuracy", least=0.93),
    ),
    Classifier(
        name="kmnist_classifier",
        title="Convolutional classifier of Kuzushiji-MNIST",
        summary="Its features measure the distances between generated and real cursive characters.",
        model=ConvClassifier,
        data=kmnist,
        objective=cross_entropy,
        epochs=20,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
        augment=shift_and_turn,
    ),
    Classifier(
        name="street_classifier",
        title="Convolutional classifier of synthetic street numbers",
        summary="Trained on drawn street numbers only, with few channels and epochs so that one thread suffices; its "
        "accuracy on real SVHN digits says how far drawings stand in for photographs.",
        model=ConvClassifier,
        arguments={"channels": [16, 32, 64], "shape": [3, 32, 32]},
        data=street_digits,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=4e-3,
        schedule=cosine,
    ),
    Classifier(
        name="dsprites_classifier",
        title="Classifier of shape, scale and place of dSprites",
        summary="Its hidden layer of 64 numbers has to know all four factors, so that a distance between features sees "
        "wrong shapes, sizes and places.",
        model=SpriteClassifier,
        data=dsprites_factors,
        objective=factors_cross_entropy,
        epochs=12,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
    ),
    Classifier(
        name="svhn_classifier",
        title="Convolutional classifier of SVHN street numbers",
        summary="Judges generated street numbers by real ones.",
        model=ConvClassifier,
        arguments={"channels": [16, 32, 64], "shape": [3, 32, 32]},
        data=svhn,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=4e-3,
        schedule=cosine,
        unshipped="the whole SVHN was not at hand, only 1,569 of its 99,289 digits",
    ),
]

if __name__ == "__main__":
    cli.main(RECIPES)
