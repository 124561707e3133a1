"""The tables of drafts and rounds."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

rounds = Table(
    "rounds",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("decision", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("id", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("previous", String(64)),
    Column("closed_at", String(20), nullable=False),
    Column("closed_by", String(200), nullable=False),
    Column("imported_at", String(20)),
    Column("imported_by", String(200)),
    Column("record", Text, nullable=False),  # last, so that a list of rounds does not read through it
    ForeignKeyConstraint(["previous"], ["rounds.sha256"], name="rounds_follow_a_round"),
    UniqueConstraint("decision", "number", name="rounds_have_one_place"),
    UniqueConstraint("decision", "id", name="rounds_have_one_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("decision", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("updated_at", String(20), nullable=False),
    Column("updated_by", String(200), nullable=False),
    Column("closed_as", String(64)),
    ForeignKeyConstraint(["closed_as"], ["rounds.sha256"], name="drafts_close_as_a_round"),
    Index("drafts_of_decision", "decision"),
)
