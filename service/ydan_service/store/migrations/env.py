"""What Alembic runs: the revisions, on the connection that :mod:`ydan_service.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from ydan_service.store.migrations.compare import OPTIONS
from ydan_service.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=context.config.attributes.get("batch", True),
    **OPTIONS,
)
with context.begin_transaction():
    context.run_migrations()
