"""What a person typed into a line of the conclusion, checked at the door."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from ydan.documents.wording import clean
from ydan.minutes.deadlines import find_deadlines
from ydan_service.errors import Invalid
from ydan_service.office.masking import SIGN, cover
from ydan_service.store.tables import STATUSES

FIELDS = ("status", "wording", "reply", "charged", "deadline", "addressee")
"""What can be changed in a line, in the order of the form."""
_MOST = {"wording": 600, "reply": 2_000, "charged": 200, "deadline": 100, "addressee": 200}
_NAMES = {
    "wording": "Nội dung rút gọn",
    "reply": "Trả lời",
    "charged": "Cơ quan được giao",
    "deadline": "Thời hạn",
    "addressee": "Nơi nhận",
}
_OFFICES = frozenset({"charged", "deadline", "addressee"})
"""Fields that others read in full, in lists and letters: no citizen is named there."""
_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


def check(field: str, raw: str, people: tuple[str, ...]) -> str:
    """The value as it is kept, on one line.

    :raises Invalid: too long, no such status, a covered word, or a citizen named where only offices are.
    """
    value = clean(raw)
    if field == "status":
        if value not in STATUSES:
            raise Invalid("Không có tình trạng này. Hãy chọn trong danh sách.", field)
        return value
    name = _NAMES[field]
    if len(value) > _MOST[field]:
        raise Invalid(f"{name} dài {len(value)} ký tự, tối đa {_MOST[field]}. Hãy rút gọn.", field)
    if SIGN in value:
        raise Invalid(f"{name} còn chỗ bị che (▇). Hãy gõ lại đủ chữ ở những chỗ đó.", field)
    if field in _OFFICES and cover(value, people) != value:
        raise Invalid(f"{name} không ghi tên, số điện thoại của người dân. Hãy chỉ ghi cơ quan, thời hạn.", field)
    return value


def changed(sent: Mapping[str, str]) -> dict[str, str]:
    """The fields that the person changed: those that are not as the form showed them (``was-…``, a :func:`mark`)."""
    found = {field: sent[field] for field in FIELDS if field in sent}
    return {field: raw for field, raw in found.items() if sent.get(f"was-{field}") != mark(raw)}


def mark(value: str) -> str:
    """A short sign of a value, by which a form tells what it showed.

    >>> mark("Phòng  Kinh tế") == mark("Phòng Kinh tế ")
    True
    """
    return hashlib.sha256(clean(value).encode()).hexdigest()[:16]


def read_deadline(value: str, held: date | None) -> tuple[date | None, str | None]:
    """The day that a deadline means, and its words where it is more than a day.

    >>> read_deadline("30/4/2026", date(2026, 3, 12))
    (datetime.date(2026, 4, 30), None)
    >>> read_deadline("trong quý II", date(2026, 3, 12))[1]
    'trong quý II'

    :raises Invalid: a day that no calendar has, or before the meeting.
    """
    if not value:
        return None, None
    written = _DAY.fullmatch(value)
    if written is None:
        day = next((one.day for one in find_deadlines(value, held) if one.day is not None), None)
        return day, value
    try:
        day = date(int(written[3]), int(written[2]), int(written[1]))
    except ValueError:
        raise Invalid(f"Không có ngày {value}. Hãy ghi theo mẫu 30/04/2026.", "deadline") from None
    if (held is not None and day < held) or day.year > 2100:
        raise Invalid(f"Thời hạn {day:%d/%m/%Y} trước ngày họp hoặc quá xa. Hãy kiểm tra lại.", "deadline")
    return day, None
