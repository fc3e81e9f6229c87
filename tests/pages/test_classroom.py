"""The page of phones and the teacher's bar, through the app: wrong codes, answers that wait, other teachers."""

import contextlib
import re
import sqlite3

import pytest

import lessons
from classroom import answers, clock, codes, database, limits, rooms
from classroom.errors import Unavailable
from classroom.questions import Question
from lessons.sentences import Sentence
from tests.apptest import address, mountings, opened, press
from tests.classroom import postgres
from ui.classroom import connection, live, outbox, visitor
from ui.classroom import lessons as lessons_of_room
from ui.classroom.bar import MORE
from ui.classroom.lessons import markdown
from ui.classroom.own import OfStudent, OfTeacher
from ui.components import answer_place
from ui.components import lesson as component
from ui.lesson import Outcome
from ui.lesson.answers import ANSWERS
from ui.lesson.place import PLACE, WANTED, Place

JSD = lessons.read("jsd")
FIRST, SECOND = (JSD.steps[k].prediction for k in (0, 1))
QUESTION = Question("step 1", {str(k): words for k, words in enumerate(FIRST.choices)})
NAME = "en/jsd"
NO_ROOM = "No room has this code: check it against the six letters and digits on the teacher's screen."


@pytest.fixture(autouse=True)
def standing(monkeypatch):
    """The rooms' clock stands still: what is counted in windows of time is counted in one of them."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def engine(tmp_path, monkeypatch, own_caches):
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{tmp_path}/rooms.sqlite")
    return connection.engine()


@pytest.fixture
def room(engine):
    """(code, secret) of a room at the first step."""
    room, secret = rooms.open_room(engine, NAME, "")
    return room.code, secret


def sentences(app):
    return [element.value for kind in (app.error, app.warning, app.info, app.success) for element in kind]


def phone(code):
    return opened("classroom/join", room=code)


def steered(app, engine, code, secret, **changes):
    """A phone after its next look, when the teacher has changed something."""
    rooms.steer(engine, code, secret, **changes)
    live.forget(code)
    app.run()
    return app


def test_without_a_room_the_page_asks_for_its_code(engine):
    app = opened("classroom/join")
    assert app.title[0].value == "Join a class"
    assert app.text_input[0].label == "Code on the teacher's screen"
    assert not sentences(app)


def test_joining_without_a_code_asks_for_it(engine):
    app = opened("classroom/join")
    for text in ("", "  "):
        app.text_input[0].input(text)
        next(button for button in app.button if button.label == "Join").click().run()
        assert sentences(app) == ["Type the six letters and digits on the teacher's screen first."]


@pytest.mark.parametrize("text", ["CCCCCC", "nonsense", "<b>x</b>", "x" * 500])
def test_an_unknown_room_code_is_reported_in_one_sentence(engine, text):
    app = phone(text)
    assert sentences(app) == [NO_ROOM]
    assert app.text_input[0].label == "Code on the teacher's screen"


def test_brute_force_guesses_of_codes_are_refused(engine, room, monkeypatch):
    monkeypatch.setattr("classroom.limits.WRONG_OF_ONE", 2)
    monkeypatch.setattr(visitor, "client", lambda: "192.0.2.1")
    for _ in range(2):
        phone("CCCCCC")
    assert sentences(phone(room[0]))[0].startswith("Too many wrong codes")


def test_a_closed_room_is_reported_in_one_sentence(engine, room, monkeypatch):
    later = clock.now() + clock.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sentences(phone(room[0])) == [rooms.OVER]


def test_an_answer_can_be_changed_and_is_explained_when_the_teacher_shows_it(engine, room):
    app = phone(room[0])
    assert app.title[0].value == f"Room {codes.spaced(room[0])}"
    assert app.subheader[0].value == FIRST.question
    press(app, FIRST.choices[0])
    press(app, FIRST.choices[2])
    assert answers.counts(engine, room[0], QUESTION) == {"0": 0, "1": 0, "2": 1}
    assert sentences(app)[0].startswith(f"Your answer: {FIRST.choices[2]}")
    assert FIRST.explanation not in [text.value for text in app.markdown]
    steered(app, engine, *room, revealed="step 1")
    assert FIRST.explanation in [text.value for text in app.markdown]
    assert FIRST.choices[2] not in [button.label for button in app.button]


def test_a_phone_uses_the_language_of_the_lesson(engine):
    room, secret = rooms.open_room(engine, "de/jsd", "")
    app, asked = phone(room.code), lessons.read("jsd", "de").steps[0].prediction
    assert app.toggle[0].label == "Der Lehrkraft folgen"
    assert [each.label for each in app.main.button] == [
        *asked.choices,
        "Seite dieses Schritts öffnen",
        "Raum verlassen",
    ]
    assert [caption.value.rpartition(" · ")[2] for caption in app.caption] == [
        f"Schritt 1 von {len(JSD.steps)}",
        "Niemand sieht, wer was geantwortet hat.",
    ]
    press(app, asked.choices[0])
    assert sentences(app)[0].startswith("Ihre Antwort: ")
    steered(app, engine, room.code, secret, revealed="step 1")
    assert "(Sie)" in bar(app)
    app.toggle[0].set_value(False).run()
    assert [each.label for each in app.main.button][:2] == ["Voriger Schritt", "Nächster Schritt"]


def test_errors_are_reported_in_the_language_of_the_lesson(engine, monkeypatch):
    room, secret = rooms.open_room(engine, "de/jsd", "")
    app, asked = phone(room.code), lessons.read("jsd", "de").steps[0].prediction
    assert app.title[0].value == f"Raum {codes.spaced(room.code)}"

    def away(*_):
        raise Unavailable("The database of the rooms does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(answers, "give", away)
        press(app, asked.choices[0])
        kept = "Die Datenbank der Räume antwortet nicht. Ihre Antwort ist aufgehoben und wird gesendet."
        assert any(text.startswith(kept) for text in sentences(app))
    with monkeypatch.context() as patch:
        patch.setattr(answers, "MOST_ANSWERS", 1)
        app.run()
        press(app, asked.choices[1])
        assert any(text.startswith("Von einem Gerät kamen zu viele Antworten:") for text in sentences(app))
    rooms.delete(engine, room.code, secret)
    live.forget(room.code)
    app.run()
    assert any("Die Lehrkraft hat ihn gelöscht." in text for text in sentences(app))
    press(app, "Raum verlassen")
    assert app.title[0].value == "Join a class"


@pytest.fixture
def drawn(monkeypatch):
    """[(data, handlers)] of every number line or plane that a phone or the bar draws."""
    return mountings(monkeypatch, answer_place)


def give(mounting, monkeypatch, answer):
    """What a browser reports; returns the sentence about it."""
    with monkeypatch.context() as patch:
        patch.setattr("streamlit.session_state", state := {})
        patch.setattr(visitor, "participant", lambda: "1" * 22)
        mounting[1]["on_answer"]({"answer": answer})
    return "".join(str(error) for error in state.get(outbox.REFUSED, {}).values())


def test_a_number_is_stored(engine, room, drawn, monkeypatch):
    app = steered(phone(room[0]), engine, *room, step=1)
    question = lessons_of_room.question(JSD, 1)
    give(drawn[-1], monkeypatch, 0.6)
    assert question.values(answers.counts(engine, room[0], question)) == [[0.6]]
    steered(app, engine, *room, revealed="step 2")
    assert drawn[-1][0]["asked"]["others"] == [[0.6]]
    assert not drawn[-1][0]["asked"]["open"]


@pytest.fixture
def at_the_plane(engine):
    """(code, secret) of a room at the first step that asks for a place in a plane, and its number."""
    lesson = lessons.read("latent_space")
    step = next(k for k, one in enumerate(lesson.steps) if one.prediction and len(one.prediction.axes) == 2)
    room, secret = rooms.open_room(engine, "en/latent_space", "", step)
    return (room.code, secret), lesson.steps[step].prediction, lessons_of_room.question(lesson, step)


def test_a_point_can_be_changed_and_is_shown_with_the_others_when_the_teacher_shows_it(
    engine, at_the_plane, drawn, monkeypatch
):
    room, prediction, question = at_the_plane
    app = phone(room[0])
    asked = drawn[-1][0]["asked"]
    assert (asked["question"], asked["given"], asked["open"]) == (prediction.question, None, True)
    assert not {"answer", "others", "explanation", "missing"} & set(asked)
    assert prediction.missing not in [int(group["name"]) for group in asked["background"]]
    for point in ([0, 0], [1.5, 1]):
        assert give(drawn[-1], monkeypatch, point) == ""
    assert question.values(answers.counts(engine, room[0], question)) == [[1.5, 1]]
    steered(app, engine, *room, revealed=question.key)
    asked = drawn[-1][0]["asked"]
    assert asked["others"] == [[1.5, 1]]
    assert asked["answer"] == prediction.answer
    assert [group["name"] for group in asked["missing"]] == [str(prediction.missing)]
    drawn.clear()
    strips = mountings(monkeypatch, component)
    teaching(room, monkeypatch, "explore/latent_map", lesson="latent_space", lesson_step=str(question.key[-1]))
    assert (drawn[-1][0]["asked"]["others"], drawn[-1][0]["projected"]) == ([[1.5, 1]], True)
    shown = strips[-1][0]["prediction"]
    assert (shown["question"], shown["axes"]) == (prediction.question, [])  # one plane is enough


@pytest.mark.parametrize(
    "hostile", [[9, 0], [0], 0, [0, float("nan")], ["0", "0"], None, {}, "<img src=x onerror=alert(1)>", [[0], 0]]
)
def test_an_invalid_point_is_reported_in_one_sentence_and_the_answer_is_kept(
    engine, at_the_plane, drawn, monkeypatch, hostile
):
    room, _, question = at_the_plane
    phone(room[0])
    give(drawn[-1], monkeypatch, [1, 1])
    assert give(drawn[-1], monkeypatch, hostile) == (
        "An answer here is a point from -4 to 4 and from -4 to 4, so what was sent was not counted."
    )
    assert question.values(answers.counts(engine, room[0], question)) == [[1, 1]]


def test_a_student_who_continues_alone_keeps_the_step(engine, room):
    app = phone(room[0])
    app.toggle[0].set_value(False).run()
    press(app, "Next step")
    assert app.subheader[0].value == SECOND.question
    steered(app, engine, *room, step=2)
    assert app.subheader[0].value == SECOND.question
    app.toggle[0].set_value(True).run()
    assert any(f"Step 3 of {len(JSD.steps)}" in caption.value for caption in app.caption)


def waits_and_is_sent(app, engine, code, stop, start, words):
    """An answer between stop() and start() is kept, reported as kept, and sent by the next request."""
    stop()
    press(app, FIRST.choices[1])
    assert any(words in text and "lesson goes on" in text for text in sentences(app))
    assert any(text.startswith(f"Your answer: {FIRST.choices[1]}") for text in sentences(app))
    start()
    live.forget(code)
    app.run()
    assert answers.counts(engine, code, QUESTION) == {"0": 0, "1": 1, "2": 0}
    assert not any("database" in text for text in sentences(app))


def test_an_answer_is_sent_when_the_database_is_no_longer_locked(tmp_path, monkeypatch, own_caches):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{tmp_path}/rooms.sqlite")
    room, _ = rooms.open_room(connection.engine(), NAME, "")
    app = phone(room.code)
    with contextlib.closing(sqlite3.connect(tmp_path / "rooms.sqlite", isolation_level=None)) as other:
        lock, free = (lambda command=command: other.execute(command) for command in ("BEGIN IMMEDIATE", "ROLLBACK"))
        waits_and_is_sent(app, connection.engine(), room.code, lock, free, "busy")


def test_an_answer_is_sent_when_the_server_is_back(monkeypatch, own_caches):
    with postgres.running() as server:
        monkeypatch.setenv("LATENT_LAB_DATABASE", server.url)
        room, _ = rooms.open_room(connection.engine(), NAME, "")
        app = phone(room.code)
        waits_and_is_sent(app, connection.engine(), room.code, server.stop, server.start, "does not answer")
        connection.engine().dispose()


def test_an_answer_is_sent_when_the_database_is_no_longer_full(engine, room, monkeypatch):
    give = answers.give

    def fails(*_):
        raise Unavailable("The database of the rooms is full.")

    waits_and_is_sent(
        phone(room[0]),
        engine,
        room[0],
        lambda: monkeypatch.setattr(answers, "give", fails),
        lambda: monkeypatch.setattr(answers, "give", give),
        "full",
    )


def test_too_many_answers_from_one_phone_are_refused(engine, room, monkeypatch):
    monkeypatch.setattr(answers, "MOST_ANSWERS", 2)
    app = phone(room[0])
    for choice in (0, 1, 2):
        press(app, FIRST.choices[choice])
    assert any("Too many answers" in text for text in sentences(app))
    assert answers.counts(engine, room[0], QUESTION) == {"0": 0, "1": 1, "2": 0}
    assert any(text.startswith(f"Your answer: {FIRST.choices[1]}") for text in sentences(app))


def test_a_phone_leaves_a_room(engine, room):
    app = phone(room[0])
    press(app, "Leave the room")
    assert app.title[0].value == "Join a class"
    assert "room" not in app.query_params


def test_an_unavailable_database_does_not_end_the_room(engine, room, monkeypatch):
    monkeypatch.setattr(rooms, "find", lambda *_: (_ for _ in ()).throw(Unavailable("The database is away.")))
    app = phone(room[0])
    assert sentences(app) == ["The database is away. This page tries again automatically."]
    monkeypatch.undo()


def test_an_invalid_choice_is_refused_in_one_sentence(engine, room, monkeypatch):
    app = phone(room[0])
    app.run()
    monkeypatch.setattr(visitor, "participant", lambda: "1" * 22)
    with pytest.raises(Exception, match="not one of the answers"):
        answers.give(engine, room[0], "1" * 22, QUESTION, "<img src=x onerror=alert(1)>")
    assert answers.counts(engine, room[0], QUESTION) == {"0": 0, "1": 0, "2": 0}


# ---- the teacher ----


def test_an_unavailable_database_prevents_opening_a_room_and_the_lesson_continues(tmp_path, monkeypatch, own_caches):
    (tmp_path / "folder").touch()
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{tmp_path}/folder/rooms.sqlite")
    app = opened("distances/jsd_wasserstein", lesson="jsd", lesson_step="1", theta="1")
    press(app, "Open a room")
    assert sentences(app) == ["The database of the rooms does not answer."]
    app.session_state[WANTED] = Place("jsd", 1)
    app.run()
    assert app.session_state[PLACE] == Place("jsd", 1)
    assert not sentences(app)


def test_the_teacher_can_continue_while_the_database_is_locked(tmp_path, monkeypatch, own_caches):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{tmp_path}/rooms.sqlite")
    room, secret = rooms.open_room(connection.engine(), NAME, "")
    app = teaching((room.code, secret), monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    with contextlib.closing(sqlite3.connect(tmp_path / "rooms.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        app.session_state[WANTED] = Place("jsd", 1)
        app.run()
        assert app.session_state[PLACE] == Place("jsd", 1)
        (problem,) = sentences(app)
        assert "busy" in problem
        assert "The lesson goes on" in problem
        other.execute("ROLLBACK")
    live.forget(room.code)
    app.run()
    assert not sentences(app)
    assert rooms.state(connection.engine(), room.code).step == 1


def teaching(room, monkeypatch, page="distances/jsd_wasserstein", **query):
    """A page in the browser that has the secret."""
    monkeypatch.setattr(visitor, "secret", lambda code: room[1] if code == room[0] else "")
    return opened(page, room=room[0], **query)


def bar(app):
    return " ".join(
        re.sub("<style>.*?</style>|<[^>]+>", " ", html.proto.body, flags=re.DOTALL) for html in app.get("html")
    )


def test_the_bar_shows_the_code_and_how_many_have_answered(engine, room, monkeypatch):
    answers.give(engine, room[0], "1" * 22, QUESTION, "1")
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    assert codes.spaced(room[0]) in bar(app)
    assert "1 phone · 1 answer" in bar(app)
    assert FIRST.choices[1] not in bar(app)
    press(app, "Show the answers")
    assert rooms.state(engine, room[0]).revealed == "step 1"
    assert FIRST.choices[1] in bar(app)
    press(app, "Hide the answers")
    assert rooms.state(engine, room[0]).revealed == ""


def test_the_teachers_own_answer_is_marked_among_those_of_the_class(engine, room, monkeypatch):
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    app.session_state[ANSWERS] = {("jsd", 0): 1}
    press(app, "Show the answers")
    assert f"{FIRST.choices[1]} (teacher)" in re.sub(" ✓", "", bar(app))
    assert answers.counts(engine, room[0], QUESTION) == {"0": 0, "1": 0, "2": 0}  # it is not one of the class's


def test_the_room_follows_the_step_of_either_teacher(engine, room, monkeypatch):
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    app.session_state[WANTED] = Place("jsd", 1)
    app.run()
    assert rooms.state(engine, room[0]).step == 1
    steered(app, engine, *room, step=2)
    assert app.session_state[PLACE] == Place("jsd", 2)
    assert rooms.state(engine, room[0]).step == 2
    app.run()
    assert rooms.state(engine, room[0]).step == 2


def test_the_teachers_own_link_opens_the_lesson_at_its_step(engine, room, monkeypatch):
    rooms.steer(engine, *room, step=1)
    app = teaching(room, monkeypatch, "classroom/join")
    assert app.session_state[PLACE] == Place("jsd", 1)
    assert codes.spaced(room[0]) in bar(app)


def test_follow_me_sends_the_view_to_students(engine, room, monkeypatch):
    student = phone(room[0])
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="0.3")
    next(toggle for toggle in app.toggle if toggle.label == "Follow me").set_value(True).run()
    assert rooms.state(engine, room[0]).view == "jsd_wasserstein?theta=0.3"
    monkeypatch.undo()
    monkeypatch.setenv("LATENT_LAB_DATABASE", str(engine.url))
    student.run()
    assert student.title[0].value == "JSD and Wasserstein"
    assert address(student)["theta"] == "0.3"


def test_another_secret_changes_nothing(engine, room, monkeypatch):
    other = (room[0], codes.new_secret())
    app = teaching(other, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    assert "Show the answers" not in [button.label for button in app.button]
    assert rooms.state(engine, room[0]).version == 1


def test_deleting_ends_the_room(engine, room, monkeypatch):
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    next(box for box in app.checkbox if box.label.startswith("Delete")).check().run()
    press(app, "Delete")
    app.run()
    assert any("deleted" in text for text in sentences(app))
    with database.reading(engine) as connection:
        assert connection.execute(rooms.rooms.select()).all() == []


def answers_offered(app, downloads, code):
    """The table that the teacher is offered, as rows of texts."""
    app.session_state[MORE] = True
    app.run()
    return [line.split(",") for line in downloads[f"room_{code}.csv"].splitlines()]


def test_the_table_of_answers_is_available_after_the_end(engine, room, monkeypatch, downloads):
    answers.give(engine, room[0], "1" * 22, QUESTION, "1")
    app = teaching(room, monkeypatch, lesson="jsd", lesson_step="1", theta="1")
    header, *rows = answers_offered(app, downloads, room[0])
    assert header == answers.COLUMNS
    assert [row[:-1] for row in rows] == [[NAME, "step 1", "1", "1"]]
    answers.give(engine, room[0], "2" * 22, QUESTION, "2")
    live.forget(room[0])
    assert len(answers_offered(app, downloads, room[0])) == 3
    later = clock.now() + clock.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    downloads.clear()
    live.forget(room[0])
    assert len(answers_offered(app, downloads, room[0])) == 3


def test_the_table_appears_when_the_server_is_back_and_the_lesson_continues(monkeypatch, own_caches, downloads):
    with postgres.running() as server:
        monkeypatch.setenv("LATENT_LAB_DATABASE", server.url)
        room, secret = rooms.open_room(connection.engine(), NAME, "")
        app = teaching((room.code, secret), monkeypatch, lesson="jsd", lesson_step="1", theta="1")
        server.stop()
        live.forget(room.code)
        app.session_state[MORE] = True
        app.run()
        assert f"room_{room.code}.csv" not in downloads
        assert sum("The answers can be downloaded when it is back." in text for text in sentences(app)) == 1
        app.session_state[WANTED] = Place("jsd", 1)
        app.run()
        assert app.session_state[PLACE] == Place("jsd", 1)
        server.start()
        live.forget(room.code)
        app.run()
        assert answers_offered(app, downloads, room.code) == [answers.COLUMNS]
        assert not any("database" in text for text in sentences(app))
        assert rooms.state(connection.engine(), room.code).step == 1
        connection.engine().dispose()


# ---- a student on the pages of the lesson ----


def test_the_strip_sends_answers_to_the_room_and_explains_when_the_teacher_shows_them(engine, room, monkeypatch):
    drawn = mountings(monkeypatch, component)
    app = opened("distances/jsd_wasserstein", room=room[0], lesson="jsd", lesson_step="1", theta="1")
    data, on = drawn[-1]
    assert data["prediction"]["given"] is None
    assert on  # answered below as the browser would, by the state that it leaves
    app.session_state[outbox.WAITING] = {(room[0], "step 1"): (QUESTION, "2")}
    app.run()
    assert answers.counts(engine, room[0], QUESTION) == {"0": 0, "1": 0, "2": 1}
    assert drawn[-1][0]["prediction"]["given"] == 2
    assert "explanation" not in drawn[-1][0]["prediction"]
    steered(app, engine, *room, revealed="step 1")
    assert drawn[-1][0]["prediction"]["explanation"] == FIRST.explanation


def test_a_student_can_leave_the_teachers_step_until_the_next_one(engine, room, monkeypatch):
    app = opened("distances/jsd_wasserstein", room=room[0], lesson="jsd", lesson_step="1", theta="1")
    steered(app, engine, *room, step=1)
    assert app.session_state[PLACE] == Place("jsd", 1)
    app.session_state[WANTED] = Place("jsd", 0)
    app.run()
    app.run()
    assert app.session_state[PLACE] == Place("jsd", 0)
    steered(app, engine, *room, step=2)
    assert app.session_state[PLACE] == Place("jsd", 2)


def test_a_missing_room_does_not_end_the_lesson(engine):
    app = opened("distances/jsd_wasserstein", room="CCCCCC", lesson="jsd", lesson_step="1", theta="1")
    assert any("The lesson goes on without a room." in text for text in sentences(app))
    assert app.session_state[PLACE] == Place("jsd", 0)
    said = sentences(app)
    app.run()  # as a live component reports it without a user
    assert sentences(app) == said
    app.switch_page("start/lessons.py").run()
    assert not sentences(app)


def test_a_wrong_code_is_reported_until_another_room_is_opened_and_looked_up_once(engine, room):
    def asked():
        with engine.begin() as connection:
            return limits.used(connection, "code", limits.CODES)

    app = opened("start/lessons", room="CCCCCC")
    assert sentences(app) == [NO_ROOM]  # no lesson is open
    for _ in range(2):
        app.run()
    assert sentences(app) == [NO_ROOM]
    assert asked() == 1  # against the limit
    app.query_params["room"] = room[0]
    app.run()
    assert NO_ROOM not in sentences(app)


def test_a_reached_challenge_stays_reached(engine, monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {})
    monkeypatch.setattr(visitor, "participant", lambda: "1" * 22)
    room, _ = rooms.open_room(engine, "en/challenges", "")
    question, place = Question("step 1", {"0": "Tried", "1": "Reached"}), Place("challenges", 0)
    for reached, counts in [(False, {"0": 1, "1": 0}), (True, {"0": 0, "1": 1}), (False, {"0": 0, "1": 1})]:
        OfStudent(room).checked(place, Outcome(reached, [Sentence("Measured.")]))
        assert answers.counts(engine, room.code, question) == counts
    OfTeacher(room).checked(place, Outcome(True, [Sentence("Measured.")]))
    assert answers.counts(engine, room.code, question) == {"0": 0, "1": 1}


def test_sentences_of_lessons_do_not_become_markup():
    assert markdown("a **b** c") == "a **b** c"
    assert markdown("x_1 * [y] $z$ :red[no] <b> `c`") == r"x\_1 \* \[y\] \$z\$ \:red\[no\] \<b> \`c\`"
    assert markdown("JSD: 0.5") == "JSD: 0.5"
