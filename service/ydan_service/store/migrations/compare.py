"""How tables and database are compared, and how a type of our own is written in a migration."""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext

from ydan_service.store.tables import Moment


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration stands for itself: it names SQLAlchemy's types, not ours, which may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


OPTIONS: dict[str, Any] = {"compare_type": True, "compare_server_default": True, "render_item": render}
