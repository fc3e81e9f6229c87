"""Join a class: what a student's phone shows. A teacher who opens the own link here goes on to the lesson."""

import streamlit as st

from classroom import codes
from classroom.errors import ClassroomError, Unavailable
from pages.contents import files
from ui import lesson, url
from ui.classroom import frame, lessons, live, phone, presence, reload, session

asked = url.query().get("room", "")
code, problem = codes.typed(asked), None
try:
    if code and frame.teaches(code):
        lesson.go(lessons.place(live.room(code)))
        st.rerun()
    if asked and not presence.entered(code):
        presence.enter(asked)
except Unavailable:
    pass  # the page says so, and tries again
except ClassroomError as error:
    code, problem = "", presence.sentence(code, error)
    session.leave()

if code:
    st.title(presence.words_of(code)["room"].format(code=codes.spaced(code)))
    phone.show(code, files())
else:
    st.title("Join a class")
    if problem:
        st.error(problem)
    with st.form("join", width=480):
        text = st.text_input("Code on the teacher's screen", max_chars=12, placeholder="KTR 4X7")
        pressed = st.form_submit_button("Join", type="primary", width="stretch")
    if pressed and not text.strip():
        st.error("Type the six letters and digits on the teacher's screen first.")
    elif pressed:
        try:
            reload.at({"room": presence.find(text).code})
        except ClassroomError as error:
            st.error(str(error))
