"""Whoever calls a route for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ydan_service.store.tables import SCOPES

EVERYTHING = frozenset(SCOPES)
OF_PERSONS = frozenset(("classify", "minutes", "knowledge", "metrics"))
"""What anybody who is signed in may call; jobs, webhooks and feedback are those of all, so they ask for an
administrator of the whole office."""


@dataclass(frozen=True, slots=True)
class Calling:
    """A caller as a request sees it; ``scopes`` is what this key or token allows.

    ``caller_id`` is None for the key of the settings, for a person who is signed in and for anybody on loopback: what
    they make has no caller, and they see all that has none.
    """

    caller_id: int | None
    client_id: str
    name: str
    scopes: frozenset[str]
    per_minute: int | None = None
    """A limit of its own; None: that of the settings."""
    kind: Literal["caller", "key", "person", "anyone"] = "caller"

    @property
    def known_as(self) -> str:
        """The name under which requests are counted and remembered: a caller's id, "" for the settings' key."""
        return str(self.caller_id) if self.caller_id is not None else self.client_id


ANYONE = Calling(None, "anyone", "máy này", EVERYTHING, kind="anyone")
"""On loopback, where no key is set and no caller is known."""
SETTINGS_KEY = Calling(None, "", "YDAN_API_KEY", EVERYTHING, kind="key")
