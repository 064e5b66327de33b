"""What documents say of the meeting itself: as it was read, with what persons set right."""

from __future__ import annotations

from dataclasses import replace

from ydan.competence.provinces import load_provinces
from ydan.documents.form import unit_of
from ydan.documents.wording import lower_first
from ydan.minutes.records import Meeting as Read
from ydan.minutes.records import Minutes, Notice
from ydan.opinion import DISTRICTS_ENDED
from ydan.text import fold
from ydan_service.office.intake.labels import session_of
from ydan_service.store.tables import COMMUNE_KINDS, Commune, Meeting

_TYPES = {"unclear": "txdt"}
"""The office's names of meeting types that the documents call otherwise."""
_CITIES = frozenset({"01", "31", "46", "48", "79", "92"})
"""Provinces that are centrally run cities: Hà Nội, Hải Phòng, Huế, Đà Nẵng, Hồ Chí Minh, Cần Thơ."""
_OF_THE_UPLOAD = frozenset({"duplicate_file", "duplicate_day", "other_commune", "no_date", "no_title"})
"""Warnings about handing in, or about facts that are set right by now or are a blank in the document."""


def with_facts(minutes: Minutes, meeting: Meeting) -> Minutes:
    """The minutes with the meeting's facts as they stand in the store, its commune where the minutes name no unit."""
    told = replace(minutes, meeting=_facts(minutes.meeting, meeting))
    if told.meeting.host_level == "commune" and "[" in unit_of(told)[0]:
        told = replace(told, meeting=replace(told.meeting, host=unit_name(meeting.commune)))
    return told


def unit_name(commune: Commune) -> str:
    """``xã Tân Lập``, whether the office wrote the kind with the name or apart."""
    name = commune.name.strip()
    if any(fold(name).startswith(f"{fold(kind)} ") for kind in COMMUNE_KINDS):
        return name[0].lower() + name[1:]
    return f"{commune.kind} {name}"


def province_of(meeting: Meeting) -> str:
    """``thành phố Hải Phòng``; empty before the merger of 2025, when the commune lay in another, or where unknown."""
    found = load_provinces().get(meeting.commune.province or "")
    if found is None or session_of(meeting).date < DISTRICTS_ENDED:
        return ""
    if found.name.startswith("Thành phố "):
        return lower_first(found.name)
    return f"{'thành phố' if found.code in _CITIES else 'tỉnh'} {found.name}"


def _facts(read: Read, meeting: Meeting) -> Read:
    notices = (Notice(each["code"], each["message"], None) for each in meeting.warnings)
    return replace(
        read,
        title=meeting.title or read.title,
        meeting_type=_TYPES.get(meeting.meeting_type, meeting.meeting_type),
        host_level=session_of(meeting).host_level,
        host=meeting.host or read.host,
        date=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        secretary=meeting.secretary,
        invited=meeting.invited,
        attendance=meeting.attendance,
        warnings=tuple(one for one in notices if one.code not in _OF_THE_UPLOAD),
    )
