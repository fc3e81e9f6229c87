"""The button for a report: lessons.check recomputes the report of a visit, outside and inside a room."""

import pytest

import lessons
from classroom import rooms
from lessons.report import again
from lessons.report.reading import parsed
from tests.apptest import opened
from ui.classroom import connection, live, outbox, presence
from ui.classroom.lessons import question
from ui.lesson import words
from ui.lesson.answers import ANSWERS
from ui.lesson.checks import check
from ui.lesson.outcome import BEST, OUTCOMES

JSD = lessons.read("jsd")
LAST = str(len(JSD.steps))


def report(downloads, name):
    """The facts of the report that a page offers, which agree with what is computed again."""
    written = parsed(downloads[name]())
    assert again.check(written).differences == []
    return written.facts


def buttons(app):
    labels = [button.proto.label for button in app.get("download_button")]
    return [label for label in labels if label in (words.of(language)["report"] for language in words.WORDS)]


@pytest.mark.parametrize(("step", "count"), [("1", 1), (LAST, 2)])
def test_a_report_is_offered_in_the_side_bar_and_at_the_end(downloads, step, count):
    app = opened(lesson="jsd", step=step)
    assert buttons(app) == ["Download report"] * count
    assert report(downloads, "report_jsd.html")["right"] == 0
    assert buttons(opened("learn/gan_losses")) == []


def test_a_report_has_the_answers_of_the_visit(downloads):
    app = opened(lesson="jsd", lang="de")
    right, wrong = JSD.steps[0].prediction.answer, 2
    app.session_state[ANSWERS] = {("jsd", 0): right, ("jsd", 1): wrong}
    app.run()
    assert buttons(app) == ["Bericht herunterladen"]
    said = report(downloads, "report_jsd_de.html")
    assert (said["right"], said["asked"]) == (1, sum(step.prediction is not None for step in JSD.steps))
    assert [step["question"]["given"] for step in said["steps"][:2]] == [right, wrong]
    assert said["title"] == lessons.read("jsd", "de").title


def test_a_challenge_reached_once_is_in_the_report(downloads):
    app = opened("evaluate/reactions", lesson="challenges", lesson_step="3")
    reached = check("unseen_by_eye", {"spoil": "noise", "strength_of": "0.2"}, {})
    missed = check("unseen_by_eye", {"spoil": "no such way"}, {})
    assert (reached.reached, missed.reached) == (True, False)
    app.session_state[BEST] = {("challenges", 2): reached}
    app.session_state[OUTCOMES] = {("challenges", 2): missed}
    app.run()
    challenge = report(downloads, "report_challenges.html")["steps"][2]["challenge"]
    assert (challenge["reached"], challenge["view"]) == (True, "reactions?spoil=noise&strength_of=0.2")
    app.session_state[BEST] = {}
    app.run()
    challenge = report(downloads, "report_challenges.html")["steps"][2]["challenge"]
    assert (challenge["reached"], challenge["words"]) == (False, missed.words("en"))


def test_answers_in_a_room_are_explained_when_the_teacher_has_shown_them(downloads, tmp_path, monkeypatch, own_caches):
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{tmp_path}/rooms.sqlite")
    engine = connection.engine()
    room, secret = rooms.open_room(engine, "en/jsd", "")
    app = opened("distances/jsd_wasserstein", room=room.code, lesson="jsd", lesson_step="1", theta="1")
    app.session_state[outbox.WAITING] = {(room.code, "step 1"): (question(JSD, 0), "2")}
    app.run()
    first = report(downloads, "report_jsd.html")["steps"][0]["question"]
    assert (first["given"], first["explained"]) == (2, False)
    assert JSD.steps[0].prediction.explanation not in downloads["report_jsd.html"]()
    for changes in ({"revealed": "step 1"}, {"step": 1}):  # and then she goes on
        rooms.steer(engine, room.code, secret, **changes)
        live.forget(room.code)
        app.run()
        first = report(downloads, "report_jsd.html")["steps"][0]["question"]
        assert (first["right"], first["explanation"]) == (True, JSD.steps[0].prediction.explanation)
    assert app.session_state[presence.REVEALED][room.code] >= {"step 1"}
