"""The tables. Times are whole seconds since 1970; answers are texts that `Question.stored` has checked."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table

LONGEST_VIEW = 4000  # characters

metadata = MetaData()

rooms = Table(
    "latent_lab_rooms",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("secret", String(64), nullable=False),  # its hash
    Column("lesson", String(100), nullable=False),
    Column("step", Integer, nullable=False),
    Column("view", String(LONGEST_VIEW), nullable=False),  # page and query that the class follows; "" for none
    Column("revealed", String(100), nullable=False),  # key of the question whose answers are shown; "" for none
    Column("version", Integer, nullable=False),  # grows with every change that phones need to know
    Column("answered", Integer, nullable=False),  # grows with every answer
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
)

participants = Table(
    "latent_lab_participants",
    metadata,
    Column("room", String(6), primary_key=True),
    Column("participant", String(22), primary_key=True),
    Column("joined", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)

answers = Table(
    "latent_lab_answers",
    metadata,
    Column("room", String(6), primary_key=True),
    Column("question", String(100), primary_key=True),
    Column("participant", String(22), primary_key=True),
    Column("answer", String(100), nullable=False),
    Column("time", BigInteger, nullable=False),
)

# Counts of events in a window of time. The key names the event and its origin: "code 192.0.2.1".
limits = Table(
    "latent_lab_limits",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("window", BigInteger, primary_key=True),  # its first second
    Column("count", Integer, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Index("latent_lab_limits_ends", "ends"),
)
