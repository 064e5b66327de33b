"""Which opinions are meant: one value that is a query string, a condition in SQL and a line of words.

Every number of the leader's pages is counted with one of these and links to the list of the same one, so that the
number and the list cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from ydan.documents.status import labels as status_labels
from ydan.documents.status import urgencies
from ydan.rules import URGENCIES
from ydan.taxonomy import load_taxonomy
from ydan_service.errors import Invalid
from ydan_service.store.tables import STATUSES

NONE = "none"
"""In place of a label: opinions that have none."""
OPEN = ("chua_tra_loi", "dang_giai_quyet", "kien_nghi_cap_tren", "chuyen_co_quan_khac")
"""Statuses in which somebody still owes the citizen something."""
SOON = 10
"""Days before a deadline from which it is said to be near."""
RETURNING = ("any", "promised")
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter; what is ``None`` or empty does not narrow. ``start`` and ``end`` are days on which a meeting was held.

    ``returning`` ``promised``: heard before, and then it was settled, in work or somebody was charged with it.
    ``above``: beyond the host's competence. ``late``, ``soon``: by the deadline and today, while not settled.
    ``sent``: whether a letter to a higher level about it has gone out (added for the dashboard; narrows only if given).
    """

    start: date | None = None
    end: date | None = None
    undated: bool = False
    commune: int | None = None
    meeting: int | None = None
    topic: str | None = None
    matter: str | None = None
    type: str | None = None
    level: str | None = None
    above: bool = False
    body: str | None = None
    status: str | None = None
    open: bool = False
    escalate: bool | None = None
    transfer: bool | None = None
    sent: bool | None = None
    code: str | None = None
    urgency: str | None = None
    village: int | None = None
    reviewed: bool | None = None
    late: bool = False
    soon: bool = False
    returning: str | None = None
    q: str = ""

    def but(self, **changes: Any) -> Narrowing:
        """The same with other values."""
        return replace(self, **changes)

    def query(self, **more: object) -> str:
        """The query string, without ``?``; the same value always gives the same one.

        >>> Narrowing(start=date(2026, 10, 1), topic="education", reviewed=False).query()
        'from=2026-10-01&topic=education&reviewed=0'
        """
        pairs = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value == "" or (value is False and field.name not in _EITHER):
                continue
            pairs.append((_NAMES.get(field.name, field.name), _written(value)))
        return urlencode([*pairs, *((name, str(value)) for name, value in more.items() if value not in (None, ""))])

    @property
    def href(self) -> str:
        """The list of these opinions."""
        query = self.query()
        return f"/opinions?{query}" if query else "/opinions"


_NAMES = {"start": "from", "end": "to"}
_EITHER = ("escalate", "transfer", "sent", "reviewed")
_FLAGS = ("undated", "above", "open", "late", "soon")


def read_narrowing(given: Mapping[str, str]) -> Narrowing:
    """What a query string says; names that are none of a filter's are left to others.

    :raises Invalid: a day, number or label that cannot be; the message says what may be.
    """
    values: dict[str, Any] = {}
    for field in fields(Narrowing):
        text = given.get(_NAMES.get(field.name, field.name), "").strip()
        if text:
            values[field.name] = _read(field.name, text)
    found = Narrowing(**values)
    if found.start is not None and found.end is not None and found.start > found.end:
        raise Invalid("Ngày bắt đầu sau ngày kết thúc. Hãy đổi lại hai ngày.", "from")
    return found


def choices_of(name: str) -> Mapping[str, str]:
    """The values that a field may have, with their Vietnamese labels; empty for those without a list."""
    taxonomy = load_taxonomy()
    known: Mapping[str, Mapping[str, str]] = {
        "topic": {id_: one.label for id_, one in taxonomy.topics.items()} | {NONE: "Chưa phân loại được"},
        "matter": {id_: one.label for id_, one in taxonomy.matters.items()} | {NONE: "Chưa rõ việc"},
        "type": {id_: one.label for id_, one in taxonomy.types.items()} | {NONE: "Chưa rõ loại"},
        "level": {id_: one.label for id_, one in taxonomy.levels.items()} | {NONE: "Chưa xác định cấp"},
        "body": {id_: one.label for id_, one in taxonomy.bodies.items()} | {NONE: "Chưa rõ cơ quan"},
        "status": {id_: status_labels()[id_] for id_ in STATUSES},
        "code": {id_: one.label for id_, one in taxonomy.escalation_codes.items()},
        "urgency": {id_: urgencies()[id_] for id_ in URGENCIES} | {NONE: "Chưa định mức khẩn"},
        "returning": dict(zip(RETURNING, ("Đã nêu ở kỳ trước", "Nêu lại sau khi đã hứa hoặc báo xong"), strict=True)),
    }
    return known.get(name, {})


def _read(name: str, text: str) -> Any:
    if name in ("start", "end"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Invalid(f"Ngày “{text[:20]}” không đúng. Hãy chọn ngày trong lịch.", _NAMES[name]) from None
    if name in ("commune", "meeting", "village"):
        # beyond nine digits is no id of ours, and more than a database takes
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Invalid(f"Mã “{text[:20]}” phải là số. Hãy chọn lại trong danh sách.", name)
        return int(text)
    if name in _EITHER or name in _FLAGS:
        if text not in ("0", "1"):
            raise Invalid(f"“{text[:20]}” phải là 0 hoặc 1. Hãy chọn lại trong danh sách.", name)
        return text == "1"
    if name == "q":
        return " ".join(text.replace("\0", " ").split())[:LONGEST_SEARCH]
    known = choices_of(name)
    if text not in known:
        raise Invalid(f"Không có lựa chọn “{text[:40]}”. Hãy chọn lại trong danh sách.", name)
    return text


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
