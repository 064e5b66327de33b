"""For developers: write the migration anew from ``store/tables``.

``python -m ydan_service.store.migrations.regenerate`` writes the one initial migration over itself (until the first
release); ``--next "column for the printed number"`` adds a revision with what the tables have and the migrations lack.
Then run ``pytest tests/service/store``: it compares both databases with the tables.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from ydan_service.store.engine import open_engine
from ydan_service.store.migrate import VERSIONS, config, upgrade

_GUARDS = """
    for table in ("audit_event", "ledger_line"):
        make_append_only(op.get_bind(), table)
"""
_IMPORT = "from ydan_service.store.migrations.append_only import make_append_only\n"


def regenerate(message: str | None) -> Path:
    """The file written: the initial migration, or with a ``message`` the next one."""
    if message is None:
        for old in VERSIONS.glob("[0-9]*.py"):
            old.unlink()
    engine = open_engine("sqlite:///:memory:")
    upgrade(engine, only_known=False)
    with engine.connect() as connection:
        settings = config(connection)
        settings.attributes["batch"] = message is not None
        number = f"{len(list(VERSIONS.glob('[0-9]*.py'))) + 1:04d}"
        made = command.revision(settings, message or "The first tables", autogenerate=True, rev_id=number)
    assert made is not None
    assert not isinstance(made, list)
    file = Path(made.path)
    if message is None:
        text = file.read_text()
        text = text.replace("from alembic import op\n", f"from alembic import op\n\n{_IMPORT}")
        file.write_text(text.rstrip() + "\n" + _GUARDS.lstrip("\n"))
    for job in (["check", "--select", "I", "--fix"], ["format"], ["check"]):
        subprocess.run([sys.executable, "-m", "ruff", *job, "--quiet", str(file)], check=True)
    return file


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its last line is the newest revision, which ``store/migrate.py`` names as HEAD."""
    parser = argparse.ArgumentParser(prog="python -m ydan_service.store.migrations.regenerate")
    parser.add_argument("--next", metavar="MESSAGE", help="add a revision instead of writing the first one anew")
    file = regenerate(parser.parse_args(arguments).next)
    with open_engine("sqlite:///:memory:").connect() as connection:
        head = ScriptDirectory.from_config(config(connection)).get_current_head()
    print(f"{file}\nHEAD = {head!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
