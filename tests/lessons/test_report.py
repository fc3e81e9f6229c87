"""A report that a student hands in: it is consistent, and every change in it is named with both values."""

import html
import json
import re

import numpy as np
import pytest

import lessons
from checkpoints.codes import pack
from evaluate.shipped import FILES
from lessons import challenges, check
from lessons.report import facts, page, pictures, reading
from lessons.report.compare import close, leaves
from lessons.report.reading import parsed

CARD = "mnist_gan.frechet_mnist_10k"


def code_of_a_nine(start):
    code = challenges.code_of(start, start, FILES)[1].copy()
    code[[1, 2]] = 3.0, 0.0
    return {**start, "z": pack(code)}


def far_code(start):
    """A code far from all digits of which the classifier is sure."""
    draws = np.clip(2.5 * np.random.default_rng(0).standard_normal((64, 16)), -3, 3).astype(np.float32)
    views = ({**start, "z": pack(code)} for code in draws)
    return next(view for view in views if challenges.check("sure_of_nothing", view, start, FILES).reached)


SOLUTIONS = {
    "another_digit": code_of_a_nine,
    "sure_of_nothing": far_code,
    "unseen_by_eye": lambda start: {"spoil": "noise", "strength_of": "0.2"},
    "unknowable": lambda start: {**start, "row": "16", "column": "4"},
    "saved": lambda start: start,
}
MEASURED = [[600, 1.4], [700, 1.7], [2000, 0.05]]


def outcomes_of(lesson):
    steps = {place: step for place, step in enumerate(lesson.steps) if step.challenge}
    return {
        place: challenges.check(name := step.challenge.check, SOLUTIONS[name](step.query), step.query, FILES, MEASURED)
        for place, step in steps.items()
    }


def written(name, language="en", answers=None, hidden=()):
    """The text of a report, all of whose questions are answered rightly and all of whose challenges are reached."""
    lesson = lessons.read(name, language)
    right = {place: step.prediction.answer for place, step in enumerate(lesson.steps) if step.prediction}
    said = facts.of(
        lesson,
        day="2026-11-30",
        address="http://localhost:8501/",
        answers=right if answers is None else answers,
        outcomes=outcomes_of(lesson),
        hidden=hidden,
    )
    return page.html(said, pictures.of(lesson, said, FILES))


@pytest.fixture(scope="module")
def challenged():
    return written("challenges")


@pytest.fixture(scope="module")
def gan():
    return written("gan")


@pytest.fixture
def checked(tmp_path, capsys):
    """checked(text or bytes, *options): (exit code, what is printed without the name of the file)."""

    def run(content, *options):
        file = tmp_path / "report.html"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = check.main([str(file), *options])
        printed = capsys.readouterr().out
        assert printed.startswith(f"{file}: ")
        return status, printed.removeprefix(f"{file}: ").strip()

    return run


def facts_of(text):
    return parsed(text).facts


def with_facts(text, change):
    """The report with other facts; the page around them stays."""
    said = facts_of(text)
    change(said)
    start = text.index(">", text.index(f'id="{page.FACTS}"')) + 1
    return text[:start] + page._json(said) + text[text.index("</script>", start) :]


@pytest.mark.parametrize("name", lessons.names())
def test_a_report_of_every_lesson_is_confirmed(checked, name):
    for language in lessons.languages(name):
        text = written(name, language)
        status, words = checked(text)
        assert status == 0, words
        assert words.startswith("agrees: ")
        said = facts_of(text)
        assert said["right"] == said["asked"] > 0


def test_reached_challenges_are_confirmed_by_computing_them_again(challenged, checked):
    said = facts_of(challenged)
    assert [step["challenge"]["reached"] for step in said["steps"]] == [True] * 5
    measured = sum(len(step["challenge"]["numbers"]) for step in said["steps"][:4])
    assert checked(challenged) == (
        0,
        f"agrees: {measured} numbers computed again. Step 5 was measured by a training in the browser and cannot be "
        "computed again.",
    )


def test_the_command_beside_each_number_computes_it(challenged, checked):
    for step, entry in enumerate(facts_of(challenged)["steps"][:4], 1):
        assert f"<code>python -m lessons.check report_challenges.html --step {step}</code>" in challenged
        status, words = checked(challenged, "--step", str(step))
        assert status == 0
        lines = words.splitlines()[1:]
        assert len(lines) == len(entry["challenge"]["numbers"])
        for line, value in zip(lines, entry["challenge"]["numbers"].values(), strict=True):
            assert f": {value:.6g} in the report, {value:.6g} computed again" in line
    assert "This step has no numbers." in checked(challenged, "--step", "5")[1]


def test_the_visible_report_is_complete(challenged, gan):
    texts = " ".join(piece.content for piece in parsed(challenged).pieces if piece.kind == "text")
    assert "4 of 5 right" not in texts
    assert "5 of 5 right" in texts
    links = [piece.content for piece in parsed(challenged).pieces if piece.kind == "link"]
    own = facts_of(challenged)["steps"][0]["challenge"]["view"]
    assert f"http://localhost:8501/{own}" in links
    shown = [piece for piece in parsed(challenged).pieces if piece.kind == "picture"]
    assert sum(piece.content.startswith("data:image/png") for piece in shown) == 4  # of all but the training
    assert not re.search(r'(src|href)="(?!data:|http://localhost:8501/)', challenged + gan)  # needs no other file
    lesson = lessons.read("gan")
    texts = " ".join(piece.content for piece in parsed(gan).pieces if piece.kind == "text")
    for step in lesson.steps:
        if step.prediction:
            assert step.prediction.question in texts
            assert step.prediction.explanation in texts
    assert f"{facts_of(gan)['steps'][4]['figures'][CARD]:.6g}" in texts


def test_the_file_omits_what_the_class_has_not_seen(checked):
    lesson = lessons.read("gan")
    place = next(place for place, step in enumerate(lesson.steps) if step.prediction)
    prediction = lesson.steps[place].prediction
    for text in (written("gan", answers={}), written("gan", answers={place: prediction.answer}, hidden={place})):
        assert html.escape(prediction.explanation) not in text
        assert checked(text)[0] == 0


def change_number(said):
    said["steps"][0]["challenge"]["numbers"]["probability"] = 0.999


def change_link(said):
    said["steps"][1]["challenge"]["view"] = said["steps"][0]["challenge"]["view"]


def change_outcome(said):
    said["steps"][3]["challenge"]["reached"] = False


def change_saved(said):
    said["steps"][4]["challenge"]["numbers"]["smallest_since"] = 0.7


def change_total(said):
    said["right"] = 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_number, r"step 1, the classifier's probability: the report says 0\.999, computed again it is 0\.9[67]"),
        (
            change_link,
            r"step 2, distance to the nearest code of a test digit: the report says \d.*computed again it is \d",
        ),
        (change_outcome, "step 4, whether it was reached: the report says no, computed again it is yes"),
        (change_saved, "step 5, whether it was reached: the report says yes, computed again it is no"),
        (change_total, "how many are right: the report says 3, computed again it is 5"),
    ],
)
def test_changed_facts_of_a_challenge_are_named(challenged, checked, change, words):
    status, printed = checked(with_facts(challenged, change))
    assert status == 1
    assert printed.startswith("differs: ")
    assert re.search(words, printed), printed


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ((4, "figures", CARD), 0.02, rf"step 5, {CARD}: the report says 0\.02, computed again it is 0\.06"),
        ((0, "question", "right"), False, "step 1, whether it is right: the report says no, computed again it is yes"),
        (
            (0, "question", "given"),
            0.9,
            "step 1, words of the answer: the report says “0.5”, computed again it is “0.9”",
        ),
        ((0, "question", "question"), "What?", "step 1, question: the report says “What.”"),
        ((4, "question", "expected"), "0.9", r"step 5, right answer: the report says “0.9”"),
        ((1, "view"), "gan_losses?a=1", "step 2, link of the view: the report says “gan_losses.a=1”"),
        ((1, "more"), 1, "step 2, more: the report says 1, computed again it is nothing"),
    ],
)
def test_changed_facts_of_a_question_are_named(gan, checked, path, value, words):
    def change(said):
        part = said["steps"]
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value

    status, printed = checked(with_facts(gan, change))
    assert status == 1
    assert re.search(words, printed), printed


def test_a_changed_text_on_the_page_is_named(challenged, checked):
    value = facts_of(challenged)["steps"][0]["challenge"]["numbers"]["probability"]
    status, printed = checked(challenged.replace(f"<td>{value:.6g}</td>", "<td>0.999</td>"))
    assert status == 1
    assert f"step 1, the page says “0.999”, and its facts “{value:.6g}”" in printed
    status, printed = checked(challenged.replace("5 of 5 right", "9 of 5 right"))
    assert status == 1
    assert "the page says “· 9 of”, and its facts “· 5 of”" in printed


def test_a_changed_picture_a_changed_link_and_hidden_text_are_named(challenged, checked):
    first, second = re.findall(r'src="(data:image/png[^"]*)"', challenged)[:2]
    assert checked(challenged.replace(first, second)) == (
        1,
        "differs: step 1, its picture is not the one that belongs to its link.",
    )
    status, printed = checked(challenged.replace('href="http://localhost:8501/denoise', 'href="http://evil/denoise', 1))
    assert status == 1
    assert "step 4, the link on the page says “http://evil/denoise" in printed
    status, printed = checked(challenged.replace("<p><b>", '<p style="display:none"><b>', 1))
    assert status == 1
    assert "step 1, the HTML around the text says" in printed


def test_saving_the_file_in_a_browser_is_no_change(gan, checked):
    """Its own white space, entities and elements at the top."""
    saved = gan.replace("\n<section>", "\n\n  <section>").replace("<p>", "<P>").replace("✓", "&#10003;")
    saved = "<!-- saved from url=(0014)about:internet -->\n" + saved.replace(
        '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
    )
    assert checked(saved)[0] == 0


def test_names_and_links_do_not_become_markup():
    lesson = lessons.read("gan")
    said = facts.of(lesson, day="<i>", address='http://x/"><script>alert(1)</script>', answers={}, outcomes={})
    text = page.html(said | {"title": "</script><script>alert(2)"}, pictures.of(lesson, said, FILES))
    assert text.count("<script") == text.count("</script") == 1
    assert "<i>" not in text
    assert facts_of(text)["title"] == "</script><script>alert(2)"


def dropped_step(said):
    del said["steps"][-1]


def of(**entries):
    return lambda said: said.update(entries)


def in_challenge(**entries):
    return lambda said: said["steps"][0]["challenge"].update(entries)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (dropped_step, "is of another version of the lesson “challenges”: it has 4 steps, and today's lesson has 5."),
        (of(lesson="no_such"), "is of a lesson that cannot be read: There is no lesson “no_such”."),
        (of(lesson="../en/gan"), "is of a lesson that cannot be read: There is no lesson “../en/gan”."),
        (of(language="xx"), "is of a lesson that cannot be read: The lesson “challenges” is not available in “xx”."),
        (
            of(lesson="gan", title=""),
            "is of another version of the lesson “gan”: it has 5 steps, and today's lesson has 6.",
        ),
        (of(address="javascript:alert(1)"), "has links that lead to no app: “javascript:alert(1)”."),
        (of(address="http://["), "has links that lead to no app: “http://[”."),
        (of(report=99), "has facts of another kind than reports have (version 1)."),
        (of(steps="x"), "has facts without “steps”."),
        (of(steps=[1]), "has facts in which a step is none."),
        (of(steps=[{}] * 5), "is of another version of its lesson: step 1 has a challenge today."),
        (
            in_challenge(view="http://evil/x?z=1"),
            "has a link in step 1 that leads to “http://evil/x” and not to its page.",
        ),
        (in_challenge(view="latent_space?" + "a=1&" * 99), "has a damaged link in step 1: “latent_space?a=1&a=1"),
        (in_challenge(view="latent_space?z"), "has a damaged link in step 1: “latent_space?z”."),
        (in_challenge(view=7), "has no link or no numbers in the facts of step 1."),
        (in_challenge(numbers=[]), "has no link or no numbers in the facts of step 1."),
    ],
)
def test_a_report_that_cannot_be_recomputed_is_reported_in_one_sentence(challenged, checked, change, words):
    status, printed = checked(with_facts(challenged, change))
    assert status == 1
    assert printed.startswith(words)
    assert "\n" not in printed


@pytest.mark.parametrize(
    "query",
    [
        "model=mnist_vae&z=%3Cscript%3E",
        "model=mnist_vae&z=AAAA",
        "model=../../etc/passwd",
        "model=mnist_vae&z=" + pack(np.full(16, 3e38)),
        "",
    ],
)
def test_a_challenge_whose_link_does_not_reach_it_is_a_difference(challenged, checked, query):
    status, printed = checked(with_facts(challenged, in_challenge(view=f"latent_space?{query}".rstrip("?"))))
    assert status == 1
    assert printed.startswith("differs: step 1, ")
    assert "\n" not in printed


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a report of a lesson."),
        (b"\x89PNG\r\n\x00\xff\xfe", "is not a report of a lesson: it is not even text."),
        ("<html><body><p>A page.</p></body></html>", "is not a report of a lesson."),
        ("<![x" * 50, "is not a report of a lesson"),
        (f'<script id="{page.FACTS}">{{"report": 1</script>', "has facts that are not JSON: they were damaged."),
        (f'<script id="{page.FACTS}">{"[" * 100000}</script>', "has facts that are not JSON: they were damaged."),
        (f'<script id="{page.FACTS}">[1]</script>', "has facts of another kind"),
        (f'<script id="{page.FACTS}">{{"report": NaN}}</script>', "has facts that are not JSON"),
        (b" " * (reading.LARGEST + 1), "is larger than 5 MB, more than any report has."),
    ],
)
def test_a_file_that_is_not_a_report_is_reported_in_one_sentence(checked, content, words):
    status, printed = checked(content)
    assert status == 1
    assert printed.startswith(words)
    assert "\n" not in printed


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_report_is_reported_in_one_sentence(gan, checked, share):
    status, printed = checked(gan[: int(share * len(gan))])
    assert (status, printed) == (1, "is cut off: its facts, which are at the end, are missing.")
    assert checked(gan[: gan.index("</script>") - 20])[1].startswith("is cut off within its facts")


def test_several_reports_are_found_by_a_pattern_and_missing_ones_are_named(gan, tmp_path, capsys):
    for name, text in {"a": gan, "b": "no report"}.items():
        (tmp_path / f"{name}.html").write_text(text)
    status = check.main([str(tmp_path / "*.html"), str(tmp_path), str(tmp_path / "c.html")])
    lines = [line.removeprefix(f"{tmp_path}") for line in capsys.readouterr().out.splitlines()]
    assert status == 1
    assert lines[0].startswith("/a.html: agrees")
    assert lines[1:] == [
        "/b.html: is not a report of a lesson.",
        ": is a folder; name the reports in it, like FOLDER/*.html.",
        "/c.html: cannot be read: No such file or directory.",
    ]


def test_differences_between_machines_are_tolerated_and_larger_ones_are_not():
    assert close(0.9695, 0.9696)
    assert not close(0.97, 0.98)
    assert not list(leaves({"a": [1, 2.0]}, {"a": [1.0, 2]}))
    assert [path for path, *_ in leaves({"a": [1, True]}, {"a": [2, 1], "b": None})] == [("a", 0), ("a", 1), ("b",)]


def test_a_picture_may_differ_by_rounding(tmp_path):
    grey = np.full((4, 4), 100, np.uint8)
    url = pictures._as_png
    assert pictures.alike(url(grey), url(grey + 2))
    assert not pictures.alike(url(grey), url(grey + 9))
    assert not pictures.alike(url(grey), url(grey[:3]))
    assert not pictures.alike(url(grey), "data:image/png;base64,AAAA")
    assert not pictures.alike(url(grey), "data:image/svg+xml,<svg>")
    assert not pictures.alike(url(np.zeros((600, 4), np.uint8)), url(np.ones((600, 4), np.uint8)))


def test_the_facts_are_standard_json(gan):
    source = re.search(rf'id="{page.FACTS}">(.*?)</script>', gan, re.DOTALL)[1]
    assert json.loads(source) == facts_of(gan)
