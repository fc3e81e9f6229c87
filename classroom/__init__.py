"""Rooms of a class, kept in a database: a teacher opens one, phones join it by a code and answer without names.

    engine = database.engine(database.address())         SQLite in the user's cache folder, or the configured database
    room, secret = rooms.open_room(engine, "holes", client)   the secret is needed to steer, reveal and delete
    answers.join(engine, room.code, participant)         participant: an anonymous id that the browser keeps
    answers.give(engine, room.code, participant, question, "blur")
    answers.counts(engine, room.code, question)          {"blur": 1}

Every function takes the engine first, does one thing in one transaction and raises a ClassroomError, whose text is one
sentence for the user. Nothing here imports Streamlit.
"""
