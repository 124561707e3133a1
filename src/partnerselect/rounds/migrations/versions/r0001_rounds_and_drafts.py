"""Rounds and drafts, and the triggers that keep a closed round as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NEVER = "a closed round is never changed"

_SQLITE = """
CREATE TRIGGER rounds_not_changed BEFORE UPDATE ON rounds BEGIN SELECT RAISE(ABORT, '{never}'); END;;
CREATE TRIGGER rounds_not_deleted BEFORE DELETE ON rounds BEGIN SELECT RAISE(ABORT, '{never}'); END;;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER rounds_not_replaced BEFORE INSERT ON rounds
WHEN EXISTS (
    SELECT 1 FROM rounds AS old WHERE old.sha256 = NEW.sha256 OR old.rowid = NEW.rowid
    OR (old.decision = NEW.decision AND (old.number = NEW.number OR old.id = NEW.id))
) BEGIN SELECT RAISE(ABORT, '{never}'); END
"""
_POSTGRESQL = """
CREATE FUNCTION rounds_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{never}' USING ERRCODE = 'restrict_violation'; END $$;;
CREATE TRIGGER rounds_not_changed BEFORE UPDATE OR DELETE ON rounds FOR EACH ROW EXECUTE FUNCTION rounds_refuse();;
CREATE TRIGGER rounds_not_emptied BEFORE TRUNCATE ON rounds FOR EACH STATEMENT EXECUTE FUNCTION rounds_refuse()
"""


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "rounds",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("previous", sa.String(64)),
        sa.Column("closed_at", sa.String(20), nullable=False),
        sa.Column("closed_by", sa.String(200), nullable=False),
        sa.Column("imported_at", sa.String(20)),
        sa.Column("imported_by", sa.String(200)),
        sa.Column("record", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["previous"], ["rounds.sha256"], name="rounds_follow_a_round"),
        sa.UniqueConstraint("decision", "number", name="rounds_have_one_place"),
        sa.UniqueConstraint("decision", "id", name="rounds_have_one_id"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("updated_at", sa.String(20), nullable=False),
        sa.Column("updated_by", sa.String(200), nullable=False),
        sa.Column("closed_as", sa.String(64)),
        sa.ForeignKeyConstraint(["closed_as"], ["rounds.sha256"], name="drafts_close_as_a_round"),
    )
    op.create_index("drafts_of_decision", "drafts", ["decision"])
    triggers = _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE
    for statement in triggers.format(never=_NEVER).split(";;"):
        op.execute(statement)
