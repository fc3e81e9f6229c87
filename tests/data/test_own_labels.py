"""Classes of a visitor's pictures: from a table, from folders, or none; mismatches are reported."""

import numpy as np
import pytest

from data import DataError
from data.own import labels

NAMES = ["a.png", "b.png", "c.png"]


@pytest.mark.parametrize(
    "text",
    [
        "file,class\na.png,cat\nb.png,dog\nc.png,cat\n",
        "a.png,cat\nb.png,dog\nc.png,cat",
        "label;name\ncat;a.png\ndog;b.png\ncat;c.png\n",
        "id\tlabel\tmore\na\tcat\t1\nb\tdog\t2\nc\tcat\t3\n",
        "\ufefffilename,split,label\nx/a.png,t,cat\nb.png,t,dog\nc.png,t,cat\n".replace("x/", ""),
    ],
)
def test_tables(text):
    known = labels.of(NAMES, labels.table(text.encode(), "classes.csv"))
    assert (known.labels.tolist(), known.classes, known.notes) == ([0, 1, 0], ("cat", "dog"), ())


@pytest.mark.parametrize("text", ["", "only one column\na.png\n", "a.png,cat\nb.png\n", "file,class\n"])
def test_files_that_are_not_tables_are_refused(text):
    with pytest.raises(DataError, match="names no classes"):
        labels.table(text.encode(), "classes.csv")


def test_a_table_in_the_encoding_of_a_spreadsheet_is_read():
    text = "file\tclass\r\na.png\tcät\r\nb.png\tdog\r\n"
    for encoding in ("utf-8-sig", "utf-16", "latin-1"):
        assert labels.table(text.encode(encoding), "classes.csv") == {"a.png": "cät", "b.png": "dog"}


def test_pictures_without_a_row_and_rows_without_a_picture_are_reported():
    known = labels.of(NAMES, {"a.png": "cat", "b.png": "dog", "z.png": "dog"})
    assert known.classes == ("cat", "dog", "no label")
    assert known.labels.tolist() == [0, 1, 2]
    assert [
        note[: len(part)]
        for note, part in zip(
            known.notes, ("1 of 3 pictures", "One row of the table names a file that is not here"), strict=True
        )
    ] == ["1 of 3 pictures", "One row of the table names a file that is not here"]


def test_a_table_without_any_of_the_pictures_is_refused():
    known = labels.of(["x/a.png", "y/b.png"], {"1.jpg": "cat", "2.jpg": "dog"})
    assert known.classes == ("x", "y")
    assert "names none of the pictures (its first file is “1.jpg”)" in known.notes[0]


def test_a_table_with_paths_has_precedence_over_one_with_names():
    given = {"x/a.png": "cat", "a.png": "dog"}
    assert labels.of(["x/a.png", "y/a.png"], given).classes == ("cat", "dog")


@pytest.mark.parametrize(
    ("names", "classes"),
    [
        (["set/cats/1.png", "set/dogs/2.png"], ("cats", "dogs")),
        (["set/train/cats/1.png", "set/train/dogs/old/2.png"], ("cats", "dogs")),
        (["set/1.png", "set/dogs/2.png"], (labels.ONE,)),
        (["1.png", "2.png"], (labels.ONE,)),
        (["cats/1.png", "cats/2.png"], (labels.ONE,)),
    ],
)
def test_folders(names, classes):
    assert labels.of(names).classes == classes


def test_a_single_class_is_reported():
    known = labels.of(NAMES, dict.fromkeys(NAMES, "cat"))
    assert not known.named
    assert "one class" in known.notes[0]


def test_too_many_classes_count_as_no_classes():
    names = [f"{k}/p.png" for k in range(60)]
    known = labels.of(names)
    assert (known.classes, len(known.labels)) == ((labels.ONE,), 60)
    assert "60 classes" in known.notes[0]


def test_markup_is_removed():
    known = labels.of(["<script>*x*</script>/1.png", "[a](http://b.c)/2.png", "naïve_Größe/3.png"])
    assert not set("<>*[]()_:/.$`") & set("".join(known.classes))
    assert "naïve Größe" in known.classes
    assert np.array_equal(np.unique(known.labels), np.arange(len(known.classes)))
