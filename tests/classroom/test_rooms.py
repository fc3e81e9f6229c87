"""The life of a room, its answers and its limits, in SQLite and in PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import inspect

from classroom import answers, clock, codes, database, limits, rooms
from classroom.errors import NoRoom, NotTheTeacher, RoomOver, TooLong, TooMany, WrongAnswer
from classroom.questions import Question
from classroom.tables import LONGEST_VIEW, metadata

BLUR = Question("holes/blur", {"more": "More blurred", "less": "Less blurred", "same": "The same"})
PLACE = Question("holes/place", bounds=((-3, 3),))
PLANE = Question("holes/plane", bounds=((-3, 3), (0, 2)))
SCHOOL = "192.0.2.1"


def phone(number):
    """The anonymous id of a phone."""
    return f"{number:022d}"


@pytest.fixture
def opened(engine, time):
    """(code, secret) of a room."""
    room, secret = rooms.open_room(engine, "holes", SCHOOL)
    return room.code, secret


def test_a_new_room_is_found_by_its_code_however_it_is_typed(engine):
    room, secret = rooms.open_room(engine, "holes", SCHOOL)
    assert (room.lesson, room.step, room.view, room.revealed, room.answered) == ("holes", 0, "", "", 0)
    assert codes.is_secret(secret)
    for text in (room.code, room.code.lower(), codes.spaced(room.code), f" {room.code[:2]}-{room.code[2:]} "):
        assert rooms.find(engine, text, SCHOOL, phone(1)) == room
    assert rooms.state(engine, room.code) == room


def test_the_database_does_not_contain_the_secret(engine, opened):
    code, secret = opened
    with database.reading(engine) as connection:
        stored = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    assert any(code in row for row in stored)
    assert not any(secret in row for row in stored)


def test_changing_revealing_downloading_and_deleting_need_the_secret(engine, opened):
    code, secret = opened
    assert rooms.is_teacher(engine, code, secret)
    other, other_secret = rooms.open_room(engine, "holes", SCHOOL)
    before = rooms.state(engine, code)
    for wrong in ("", other_secret, codes.hashed(secret), secret[:-1]):
        assert not rooms.is_teacher(engine, code, wrong)
        for refused in (
            lambda wrong=wrong: rooms.steer(engine, code, wrong, step=1),
            lambda wrong=wrong: rooms.steer(engine, code, wrong, revealed=BLUR.key),
            lambda wrong=wrong: answers.table(engine, code, wrong),
            lambda wrong=wrong: rooms.delete(engine, code, wrong),
        ):
            with pytest.raises(NotTheTeacher):
                refused()
    assert rooms.state(engine, code) == before
    assert rooms.state(engine, other.code) == other


def test_changing_the_step_hides_the_answers_and_ends_the_view(engine, opened):
    code, secret = opened
    rooms.steer(engine, code, secret, view="latent_space?model=mnist_vae", revealed=BLUR.key)
    room = rooms.state(engine, code)
    assert (room.step, room.view, room.revealed) == (0, "latent_space?model=mnist_vae", BLUR.key)
    rooms.steer(engine, code, secret, revealed="")
    assert rooms.state(engine, code).view == "latent_space?model=mnist_vae"
    room = rooms.steer(engine, code, secret, step=3)
    assert (room.step, room.view, room.revealed) == (3, "", "")
    assert room == rooms.state(engine, code)
    with pytest.raises(TooLong):
        rooms.steer(engine, code, secret, view="?" * (LONGEST_VIEW + 1))


def test_the_last_change_of_two_teachers_wins_and_each_change_is_a_new_version(engine, opened):
    code, secret = opened
    versions = [rooms.steer(engine, code, secret, step=step).version for step in (1, 5, 2)]
    assert versions == sorted(set(versions))
    assert rooms.state(engine, code).step == 2


def test_the_last_answer_of_a_phone_counts(engine, opened):
    code, _ = opened
    before = rooms.state(engine, code)
    for number, answer in [(1, "more"), (2, "less"), (1, "same"), (3, "less")]:
        answers.give(engine, code, phone(number), BLUR, answer)
    answers.give(engine, code, phone(1), PLACE, 2)
    answers.give(engine, code, phone(2), PLACE, -0.5)
    assert answers.counts(engine, code, BLUR) == {"more": 0, "less": 2, "same": 1}
    assert PLACE.values(answers.counts(engine, code, PLACE)) == [[-0.5], [2.0]]
    assert answers.own(engine, code, phone(1)) == {BLUR.key: "same", PLACE.key: "2.0"}
    after = rooms.state(engine, code)
    assert (after.answered - before.answered, after.version) == (6, before.version)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (BLUR, "<script>alert(1)</script>"),
        (BLUR, "Anna"),
        (BLUR, "More blurred"),
        (BLUR, None),
        (BLUR, ["more"]),
        (BLUR, 1),
        (PLACE, 3.1),
        (PLACE, float("nan")),
        (PLACE, "1"),
        (PLACE, True),
        (PLACE, "'; DROP TABLE latent_lab_rooms; --"),
        (PLACE, [1]),
        (PLACE, [1, 1]),
        (PLACE, 10**400),
        (PLANE, 1),
        (PLANE, [1]),
        (PLANE, [1, 1, 1]),
        (PLANE, [1, 2.1]),
        (PLANE, [-3.1, 1]),
        (PLANE, [1, float("nan")]),
        (PLANE, [float("inf"), 1]),
        (PLANE, ["1", "1"]),
        (PLANE, "1.0 1.0"),
        (PLANE, [True, 1]),
        (PLANE, [[1, 1], 1]),
        (PLANE, [1, 10**400]),
        (PLANE, {"x": 1, "y": 1}),
        (PLANE, None),
    ],
)
def test_invalid_answers_are_not_counted(engine, opened, question, answer):
    code, _ = opened
    with pytest.raises(WrongAnswer, match="not counted"):
        answers.give(engine, code, phone(1), question, answer)
    assert answers.own(engine, code, phone(1)) == {}
    assert rooms.state(engine, code).answered == 0


def test_a_point_of_the_plane_is_stored_unchanged(engine, opened):
    code, _ = opened
    given = {1: [0.1, 2], 2: (-3, 0), 3: [0.1, 2]}
    for number, answer in given.items():
        answers.give(engine, code, phone(number), PLANE, answer)
    assert PLANE.values(answers.counts(engine, code, PLANE)) == [[-3, 0], [0.1, 2], [0.1, 2]]
    assert PLANE.value(answers.own(engine, code, phone(1))[PLANE.key]) == [0.1, 2]


@pytest.mark.parametrize("now", [PLACE, PLANE, BLUR])
def test_answers_to_an_older_version_of_a_question_are_not_counted(engine, opened, now):
    """The lesson's file has been changed since the room was opened: this step has another question."""
    code, _ = opened
    for number, (question, answer) in enumerate([(PLACE, 2.5), (PLANE, [1, 1]), (BLUR, "more")]):
        answers.give(engine, code, phone(number), replace(question, key=now.key), answer)
    counts = answers.counts(engine, code, now)
    assert sum(counts.values()) == 1
    assert len(answers.table(engine, *opened)) == 3  # nothing is lost
    own = {number: answers.own(engine, code, phone(number))[now.key] for number in range(3)}
    assert [now.admits(stored) for stored in own.values()] == [now is PLACE, now is PLANE, now is BLUR]


def test_two_tabs_count_as_one_phone_and_a_phone_that_left_is_not_counted(engine, opened, time):
    code, _ = opened
    for number in (1, 1, 2):
        answers.join(engine, code, phone(number))
    assert answers.phones(engine, code) == 2
    time.forward(answers.PRESENT)
    answers.join(engine, code, phone(2))
    time.forward(1)
    assert answers.phones(engine, code) == 1


def test_one_phone_cannot_exceed_the_limit_of_answers(engine, opened, time, monkeypatch):
    code, _ = opened
    monkeypatch.setattr(answers, "MOST_ANSWERS", 5)
    for _ in range(5):
        answers.give(engine, code, phone(1), BLUR, "more")
    for _ in range(3):
        with pytest.raises(TooMany):
            answers.give(engine, code, phone(1), BLUR, "less")
    answers.give(engine, code, phone(2), BLUR, "less")  # the others continue
    assert answers.counts(engine, code, BLUR) == {"more": 1, "less": 1, "same": 0}
    time.forward(answers.MINUTE)
    answers.give(engine, code, phone(1), BLUR, "less")
    assert answers.counts(engine, code, BLUR) == {"more": 0, "less": 2, "same": 0}


def test_a_room_has_a_maximum_number_of_phones(engine, opened, time, monkeypatch):
    code, _ = opened
    monkeypatch.setattr(answers, "MOST_PHONES", 2)
    monkeypatch.setattr(answers, "MOST_EVER", 3)
    for number in (1, 2, 1):
        answers.join(engine, code, phone(number))
    with pytest.raises(TooMany, match="2 phones"):
        answers.join(engine, code, phone(3))
    with pytest.raises(TooMany):
        answers.give(engine, code, phone(3), BLUR, "more")
    assert answers.counts(engine, code, BLUR)["more"] == 0
    time.forward(answers.PRESENT + 1)  # both have gone
    answers.join(engine, code, phone(3))
    with pytest.raises(TooMany):
        answers.join(engine, code, phone(4))  # cookies deleted repeatedly


def test_codes_cannot_be_found_by_brute_force(engine, opened, time, monkeypatch):
    code, _ = opened
    monkeypatch.setattr(limits, "WRONG_OF_ONE", 3)
    answers.join(engine, code, phone(1))
    for wrong in ("CCCCCC", "hello", "<b>"):
        with pytest.raises(NoRoom):
            rooms.find(engine, wrong, "guesser", phone(9))
    with pytest.raises(TooMany):
        rooms.find(engine, code, "guesser", phone(9))
    assert rooms.find(engine, code, SCHOOL, phone(2)).code == code
    assert rooms.find(engine, code, "guesser", phone(1)).code == code  # in the room already
    time.forward(limits.CODES)
    assert rooms.find(engine, code, "guesser", phone(9)).code == code


def test_a_class_can_join_while_many_addresses_guess_codes(engine, opened, time, monkeypatch):
    code, _ = opened
    monkeypatch.setattr(limits, "WRONG_OF_ALL", 4)
    for address in range(4):
        with pytest.raises(NoRoom):
            rooms.find(engine, "CCCCCC", f"guesser {address}", phone(9))
    with pytest.raises(TooMany):
        rooms.find(engine, code, "guesser 0", phone(9))
    assert rooms.find(engine, code, SCHOOL, phone(1)).code == code


def test_an_address_can_open_a_limited_number_of_rooms(engine, time, monkeypatch):
    monkeypatch.setattr(rooms, "OPENED_BY_ONE", 2)
    for _ in range(2):
        rooms.open_room(engine, "holes", SCHOOL)
    with pytest.raises(TooMany):
        rooms.open_room(engine, "holes", SCHOOL)
    rooms.open_room(engine, "holes", "192.0.2.2")
    time.forward(clock.HOUR)
    rooms.open_room(engine, "holes", SCHOOL)


def test_a_room_expires_and_is_deleted(engine, time):
    room, secret = rooms.open_room(engine, "holes", SCHOOL)
    answers.give(engine, room.code, phone(1), BLUR, "more")
    time.forward(clock.LIFE)
    for ended in (
        lambda: rooms.find(engine, room.code, SCHOOL, phone(1)),
        lambda: rooms.state(engine, room.code),
        lambda: rooms.steer(engine, room.code, secret, step=1),
        lambda: answers.join(engine, room.code, phone(2)),
        lambda: answers.give(engine, room.code, phone(1), BLUR, "less"),
    ):
        with pytest.raises(RoomOver):
            ended()
    assert len(answers.table(engine, room.code, secret)) == 1  # the teacher can still download
    time.forward(clock.KEPT + 1)
    rooms.open_room(engine, "holes", SCHOOL)
    assert not rooms.is_teacher(engine, room.code, secret)
    assert answers.own(engine, room.code, phone(1)) == {}


def test_deleting_a_room_deletes_only_its_own_data(engine, opened):
    code, secret = opened
    other, _ = rooms.open_room(engine, "holes", SCHOOL)
    for room in (code, other.code):
        answers.give(engine, room, phone(1), BLUR, "more")
    rooms.delete(engine, code, secret)
    with pytest.raises(NoRoom):
        rooms.state(engine, code)
    assert answers.own(engine, code, phone(1)) == {}
    assert answers.phones(engine, code) == 0
    assert answers.own(engine, other.code, phone(1)) == {BLUR.key: "more"}


def test_the_table_numbers_phones_in_the_order_of_their_arrival(engine, opened, time):
    code, secret = opened
    for number in (7, 3):
        answers.join(engine, code, phone(number))
        time.forward(1)
    answers.give(engine, code, phone(3), BLUR, "less")
    answers.give(engine, code, phone(7), BLUR, "more")
    time.forward(1)
    answers.give(engine, code, phone(7), PLACE, 1)
    rows = answers.table(engine, code, secret)
    assert [[row[name] for name in ("lesson", "question", "phone", "answer")] for row in rows] == [
        ["holes", BLUR.key, 1, "more"],
        ["holes", PLACE.key, 1, "1.0"],
        ["holes", BLUR.key, 2, "less"],
    ]
    assert list(rows[0]) == answers.COLUMNS
    assert phone(7) not in str(rows)


def test_a_code_in_use_is_drawn_again(engine, opened, monkeypatch):
    code, _ = opened
    drawn = iter([code, code, "CCCCCC"])
    monkeypatch.setattr(codes, "new_code", lambda: next(drawn))
    room, _ = rooms.open_room(engine, "holes", SCHOOL)
    assert room.code == "CCCCCC"


def test_no_answer_of_sixty_simultaneous_phones_is_lost(engine, opened):
    code, _ = opened
    with ThreadPoolExecutor(12) as executor:
        list(executor.map(lambda n: answers.give(engine, code, phone(n), BLUR, "less"), range(60)))
    assert answers.counts(engine, code, BLUR)["less"] == 60
    assert rooms.state(engine, code).answered == 60
    assert answers.phones(engine, code) == 60


def test_several_processes_can_create_the_tables_at_the_same_time(url):
    with ThreadPoolExecutor(8) as executor:
        engines = list(executor.map(lambda _: database.engine(url), range(8)))
    assert set(inspect(engines[0]).get_table_names()) == set(metadata.tables)
    for engine in engines:
        engine.dispose()
