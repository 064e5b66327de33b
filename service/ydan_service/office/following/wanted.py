"""Which opinions a follow-up page shows: the tab, and by which meeting, commune or body it is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

TABS = ("late", "soon", "waiting", "unanswered", "working", "untold", "answered")
"""``late`` and ``soon`` by the deadline; ``waiting`` for a higher level or another body; ``unanswered``; ``working``:
somebody is charged; ``untold``: answered after the meeting, the people were not told yet; ``answered``: all those.
``waiting``, ``unanswered``, ``working`` and ``answered`` hold every opinion exactly once."""
NOBODY = "-"
"""As the body: opinions that nobody is charged with."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of the follow-up; what is ``None`` or empty does not narrow. ``body`` is a key of ``bodies.key_of``."""

    tab: str = ""
    meeting: int | None = None
    commune: int | None = None
    body: str = ""

    def but(self, **changes: Any) -> Wanted:
        """The same with other values."""
        return replace(self, **changes)

    @property
    def query(self) -> dict[str, object]:
        """The values that are set, for an address."""
        return {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the tab narrows."""
        return bool(self.meeting or self.commune or self.body)

    def href(self, path: str = "/follow-up", **more: object) -> str:
        """An address with these values.

        >>> Wanted("late", commune=3).href()
        '/follow-up?tab=late&commune=3'
        """
        query = urlencode({name: value for name, value in {**self.query, **more}.items() if value})
        return f"{path}?{query}" if query else path


def read_wanted(given: Mapping[str, str]) -> Wanted:
    """What a query string says; what cannot be read narrows nothing.

    >>> read_wanted({"tab": "soon", "meeting": "x", "commune": "7"})
    Wanted(tab='soon', meeting=None, commune=7, body='')
    """
    tab = given.get("tab", "")
    body = " ".join(given.get("body", "").replace("\0", "").split())[:_LONGEST]
    return Wanted(tab if tab in TABS else "", _id(given.get("meeting", "")), _id(given.get("commune", "")), body)


def _id(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and 0 < len(raw) < 10 else None
