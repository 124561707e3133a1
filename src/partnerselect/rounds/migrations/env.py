"""How Alembic runs the revisions: on the connection, and in the transaction, that it is handed."""

from alembic import context

from partnerselect.rounds.migrations import VERSION_TABLE
from partnerselect.rounds.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
