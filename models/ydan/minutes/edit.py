"""One change to a list of opinions, as a log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ydan.errors import EditError

KINDS = ("split", "merge", "move", "retext", "remove", "add")


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done: ``kind`` is one of :data:`KINDS`; ids before and after; what else it takes to do it again.

    ``at`` holds the offsets of a split, the half-open span of an addition; ``to`` the place of a move or an addition;
    ``text`` the corrected words.
    """

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    at: tuple[int, ...] = ()
    to: int | None = None
    text: str | None = None

    def to_json(self) -> dict[str, Any]:
        """One line of a log that :meth:`OpinionList.replay` takes."""
        return {
            "kind": self.kind,
            "before": list(self.before),
            "after": list(self.after),
            "at": list(self.at),
            "to": self.to,
            "text": self.text,
        }

    @classmethod
    def from_json(cls, row: Any) -> Self:
        """Read what :meth:`to_json` wrote.

        :raises EditError: it is something else.
        """
        try:
            before, after, at = row["before"], row["after"], row["at"]
            edit = cls(row["kind"], tuple(before), tuple(after), tuple(at), row["to"], row["text"])
        except (KeyError, TypeError) as error:
            message = f"Dòng nhật ký không đọc được ({error}). Mỗi dòng cần kind, before, after, at, to, text."
            raise EditError(message) from error
        fits = (
            edit.kind in KINDS
            and isinstance(before, list)
            and isinstance(after, list)
            and all(isinstance(id_, str) for id_ in (*edit.before, *edit.after))
            and all(type(offset) is int for offset in edit.at)
            and (edit.to is None or type(edit.to) is int)
            and (edit.text is None or isinstance(edit.text, str))
        )
        if not fits:
            kinds = ", ".join(KINDS)
            raise EditError(f"Dòng nhật ký “{str(row)[:80]}” không đúng dạng. Thao tác phải là một trong: {kinds}.")
        return edit
