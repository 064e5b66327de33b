"""Tables whose lines are added and never changed: the database itself refuses UPDATE, DELETE and TRUNCATE."""

from __future__ import annotations

from sqlalchemy import Connection

_FUNCTION = """
CREATE OR REPLACE FUNCTION ydan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def make_append_only(connection: Connection, table: str) -> None:
    """Refuse every change of the lines of ``table``, on both databases."""
    if connection.dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    connection.exec_driver_sql(_FUNCTION.replace("%", "%%"))
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ydan_refuse_change()"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ydan_refuse_change()"
    )


def drop_function(connection: Connection) -> None:
    """The triggers go with their tables; this is what they leave on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS ydan_refuse_change()")
