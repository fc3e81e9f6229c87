"""The database of the rooms, through st.connection("sql")."""

from __future__ import annotations

import os

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from streamlit.errors import StreamlitSecretNotFoundError

from classroom import database
from classroom.errors import Unavailable


def engine() -> Engine:
    """The engine with its tables; raises Unavailable at every call while the database is unavailable."""
    return _prepared(_url())


def _url():
    """LATENT_LAB_DATABASE, or the url of [connections.sql] in .streamlit/secrets.toml, or SQLite in a cache folder."""
    if "LATENT_LAB_DATABASE" not in os.environ:
        try:
            if url := st.secrets.get("connections", {}).get("sql", {}).get("url"):
                return database.with_driver(url)
        except StreamlitSecretNotFoundError:
            pass
    return database.address()


@st.cache_resource(show_spinner=False, max_entries=4)
def _prepared(url: str) -> Engine:
    try:
        engine = st.connection("sql", url=url, **database.options(url)).engine
    except (ImportError, SQLAlchemyError) as error:
        raise Unavailable(database.sentence(error)) from error
    database.prepare(engine)
    return engine
