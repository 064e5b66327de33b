"""What an address asks for after its ``?``, as values; what cannot be read asks for nothing."""

from __future__ import annotations

from datetime import date


def page_of(raw: str) -> int:
    """Which page of a list; the first where it cannot be read.

    >>> page_of("3"), page_of("x"), page_of("-1")
    (3, 1, 1)
    """
    return int(raw) if _is_number(raw, 6) else 1


def id_of(raw: str) -> int | None:
    """The number of a commune, a meeting, a plan."""
    return int(raw) if _is_number(raw, 9) else None


def year_of(raw: str, today: date) -> int:
    """A year; this one where it cannot be read."""
    return int(raw) if _is_number(raw, 4) and 1975 <= int(raw) <= 2200 else today.year


def day_of(raw: str) -> date | None:
    """A day as a calendar of the browser writes it."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _is_number(raw: str, most: int) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) <= most
