"""The meeting itself: title, date, place, who chaired, how many came."""

from __future__ import annotations

from ydan.minutes.attendance import read_attendance
from ydan.minutes.day import read_day
from ydan.minutes.extract import Extract
from ydan.minutes.host import read_host, read_level
from ydan.minutes.kind import read_kind
from ydan.minutes.people import find_chairs, find_secretary
from ydan.minutes.records import Meeting
from ydan.minutes.title import find_title
from ydan.minutes.venue import read_venue

_HEAD, _AT_LEAST, _SHORT = 4_000, 1_400, 500
"""Characters at the start in which the meeting is described, at most; the end is looked at for the signatures."""


def read_meeting(extract: Extract, head_end: int) -> Meeting:
    """What the head of the minutes (up to ``head_end``) and their last lines say of the meeting."""
    head = extract.text[: min(max(head_end, 1), _HEAD)]
    longer = extract.text[: max(len(head), _AT_LEAST)]  # prose may go from the head into the first opinion
    title = find_title(extract, head_end)
    kind = read_kind(title or head[:600], extract.text)
    chairs = find_chairs(head) or find_chairs(longer)
    day = read_day(head, extract.text) or read_day(longer)
    host = read_host(extract, head_end)
    present, invited = read_attendance(head)
    if present is None and len(head) < _SHORT:
        present, invited = read_attendance(longer)
    return Meeting(
        title=title,
        meeting_type=kind.meeting_type,
        host_level=read_level(title, host, head, day),
        host=host,
        date=day,
        place=read_venue(head) or read_venue(longer),
        chair="; ".join(chairs) or None,
        secretary=find_secretary(head) or find_secretary(longer),
        attendance=present,
        invited=invited,
        warnings=kind.warnings,
    )
