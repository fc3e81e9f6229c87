"""Slides: a pixel of a picture is a square of one colour, names are next to pictures, the file has its text."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tests import slow
from ui import slides
from ui.slides import Grid, Slide


def random_pictures(count=6, channels=1, side=7, seed=0):
    # From 40 to 200, so that neither the white paper nor the ink of the words is among them.
    return np.random.default_rng(seed).integers(40, 200, (count, channels, side, side), dtype=np.uint8)


def enlarged(picture, factor):
    """(H, W, 3) of a picture (C, H, W): the twin of what a slide does."""
    rgb = np.broadcast_to(picture, (3, *picture.shape[1:])).transpose(1, 2, 0)
    return np.repeat(np.repeat(rgb, factor, 0), factor, 1)


def places(sheet, picture):
    """[(x, y, factor)] of every place at which the picture is in an (H, W, 3) sheet, on paper of another colour."""
    first = enlarged(picture[:, :1, :1], 1)[0, 0]
    same = (sheet == first).all(-1)
    corners = same.copy()
    corners[1:] &= ~same[:-1]
    corners[:, 1:] &= ~same[:, :-1]
    found = []
    for y, x in np.argwhere(corners):
        run = int(np.argmin(same[y, x:])) or sheet.shape[1] - x
        for factor in range(1, run + 1):
            wanted = enlarged(picture, factor)
            if np.array_equal(sheet[y : y + wanted.shape[0], x : x + wanted.shape[1]], wanted):
                found.append((int(x), int(y), factor))
    return found


def pixels(slide, **options):
    return np.asarray(slides.draw(slide, **options))


@pytest.mark.parametrize("channels", [1, 3])
def test_every_picture_is_its_source_enlarged(channels):
    pictures = random_pictures(6, channels)
    names = {"across": ["α = 0.00", "α = 0.50", "α = 1.00"], "down": ["Latent path", "Pixel blend"]}
    sheet = pixels(Slide("Interpolation", [Grid(pictures, 3, **names)], "MLP VAE"))
    corners = [places(sheet, picture) for picture in pictures]
    assert [len(found) for found in corners] == [1] * 6
    (x, y, factor) = np.array(corners)[:, 0].T
    assert (factor == factor[0]).all()
    assert factor[0] > 10
    assert (np.diff(x.reshape(2, 3), axis=1) > 7 * factor[0]).all()
    assert (np.diff(y.reshape(2, 3), axis=0) > 7 * factor[0]).all()


def test_an_array_of_one_picture():
    picture = random_pictures(1)[0]
    sheet = pixels(Slide("One", [Grid(picture[0])]))
    assert len(places(sheet, picture)) == 1
    colour = random_pictures(1, 3)[0]
    assert len(places(pixels(Slide("One", [Grid(colour.transpose(1, 2, 0))])), colour)) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("side", [8, 28, 64, 400])
def test_width_of_a_file(count, side):
    grids = [Grid(random_pictures(4, side=side, seed=k), 2, title=f"Model {k}") for k in range(count)]
    image = slides.draw(Slide("A title", grids))
    assert image.width >= 960
    if count * side < 500:
        assert image.width <= 1600
        assert image.height <= 1300


def ink(sheet, box):
    """How many pixels in (left, top, right, bottom) are not paper."""
    left, top, right, bottom = box
    return int((sheet[top:bottom, left:right] < 200).all(-1).sum())


def test_names_are_next_to_their_pictures():
    pictures = random_pictures(4)
    bare = pixels(Slide("T", [Grid(pictures, 2)]))
    sheet = pixels(Slide("T", [Grid(pictures, 2, across=["first", "second"], down=["above", "below"])]))
    for k, picture in enumerate(pictures):
        ((x, y, factor),) = places(sheet, picture)
        assert len(places(bare, picture)) == 1
        if k < 2:
            assert ink(sheet, (x, y - 46, x + 7 * factor, y)) > 100
        if k % 2 == 0:
            assert ink(sheet, (0, y, x, y + 7 * factor)) > 100


def test_a_long_title_is_wrapped_and_not_truncated():
    title = "A picture through every variational autoencoder for pictures of its size that this application has " * 2
    sheet = pixels(Slide(title, [Grid(random_pictures(1))], title))
    assert (sheet[:, :30] == 255).all()
    assert (sheet[:, -30:] == 255).all()


def test_the_font_has_all_characters_used_by_pages():
    face = slides.font(32)
    missing = bytes(face.getmask("\uffff"))
    letters = "αβεσμλθδηγπψφ−–·×…±²³₁₂√→≤≥‖é“”’°"
    assert [letter for letter in letters if bytes(face.getmask(letter)) == missing] == []
    assert missing != bytes(face.getmask("a"))


def test_text_in_a_png():
    link = "https://lab.example/compare?seed=3&psi=0.7"
    raw = slides.png(Slide("Interpolation", [Grid(random_pictures(1))], "α of one", models=["a", "b"], link=link))
    text = Image.open(io.BytesIO(raw)).text
    assert text == {
        "Title": "Interpolation",
        "Description": "α of one",
        "Model": "a, b",
        "Source": link,
        "Software": slides.software(),
    }
    assert slides.software().startswith("Latent Lab ")


def frames(channels, count=5):
    slide = Slide("Interpolation", [Grid(random_pictures(2, channels), 2)], "MLP VAE & more", link="https://x?a=1&b=2")
    moving = [random_pictures(2, channels, seed=10 + k) for k in range(count)]
    return [slides.noted(slide, f"α = {k / 4:.2f}", one) for k, one in enumerate(moving)], moving


@pytest.mark.parametrize("format", ["gif", "webp"])
@pytest.mark.parametrize("channels", slow.all_but([1], [1, 3]))
def test_frames_of_an_animation(format, channels):
    made, moving = frames(channels)
    movie = Image.open(io.BytesIO(slides.animation(made, format, 120)))
    assert (movie.n_frames, movie.info["loop"]) == (5, 0)
    assert 800 <= movie.width <= 1000
    notes = set()
    for k, pictures in enumerate(moving):
        movie.seek(k)
        movie.load()
        assert movie.info["duration"] == 120
        sheet = np.asarray(movie.convert("RGB"))
        ((_x, y, _),) = places(np.asarray(slides.draw(made[k], slides.MOVING)), pictures[0])
        notes.add(sheet[: y - 4].tobytes())
        if format == "gif" and channels == 3:  # at most 256 colours in a frame
            assert (sheet[:30] == 255).all()  # white stays white
            continue
        assert all(len(places(sheet, picture)) == 1 for picture in pictures)
    assert len(notes) == 5


def test_text_in_animations():
    made, _ = frames(1)
    comment = Image.open(io.BytesIO(slides.animation(made, "gif"))).info["comment"].decode()
    assert "Title: Interpolation" in comment
    assert "https://x?a=1&b=2" in comment
    packet = ElementTree.fromstring(Image.open(io.BytesIO(slides.animation(made, "webp"))).info["xmp"])
    described = {element.tag.partition("}")[2]: element.text for element in packet[0][0]}
    assert (described["title"], described["description"]) == ("Interpolation", "MLP VAE & more")
    assert described["source"] == "https://x?a=1&b=2"
    assert described["CreatorTool"] == slides.software()
