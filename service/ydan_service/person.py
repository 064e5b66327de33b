"""Somebody who is signed in, and what that person may do."""

from __future__ import annotations

from dataclasses import dataclass, field

RIGHTS = {
    "secretary": {"meetings.read", "meetings.write", "names.read", "follow.write", "dashboard.read"},
    "leader": {"meetings.read", "dashboard.read", "supervision.read"},
    "follow_up": {"meetings.read", "follow.write", "dashboard.read"},
    "auditor": {"dashboard.read", "supervision.read", "audit.read"},
    "administrator": {"accounts.manage", "settings.manage", "audit.read", "retention.run"},
}
"""Role → rights; a person has those of every role. Confidential opinions follow their own list, whatever the rights."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account as a request sees it; ``communes`` are ids, without meaning when ``everywhere``."""

    id: int
    username: str
    display_name: str = field(repr=False)
    roles: frozenset[str]
    everywhere: bool = False
    communes: frozenset[int] = frozenset()
    language: str = "vi"
    sign_in_id: int | None = None
    csrf_token: str = field(default="", repr=False)

    def may(self, right: str) -> bool:
        """Whether one of the roles gives the right."""
        return any(right in RIGHTS[role] for role in self.roles)

    def sees(self, commune_id: int) -> bool:
        """Whether the commune is in this person's scope."""
        return self.everywhere or commune_id in self.communes
