"""A narrowing as people see it: what may be chosen, and what is chosen, each to be taken off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.narrowing import NONE, SOON, Narrowing, choices_of
from ydan_service.office.leading.places import Places
from ydan_service.store.tables import Meeting
from ydan_service.web.i18n import _, day
from ydan_service.web.nav import N_

NAMES = {
    "commune": N_("Xã, phường"), "meeting": N_("Hội nghị"), "village": N_("Thôn, tổ dân phố"),
    "topic": N_("Lĩnh vực"), "matter": N_("Việc"), "type": N_("Loại ý kiến"), "level": N_("Cấp có thẩm quyền"),
    "body": N_("Cơ quan"), "status": N_("Tình trạng"), "code": N_("Lý do báo lên"), "urgency": N_("Mức khẩn"),
    "returning": N_("Nêu lại"), "escalate": N_("Báo lên trên"), "transfer": N_("Chuyển cơ quan khác"),
    "sent": N_("Công văn lên trên"), "reviewed": N_("Soát nhãn"),
}  # fmt: skip
EITHER = {
    "escalate": {True: N_("Phải báo lên trên"), False: N_("Không phải báo lên")},
    "transfer": {True: N_("Phải chuyển"), False: N_("Không phải chuyển")},
    "sent": {True: N_("Đã gửi công văn"), False: N_("Chưa gửi công văn")},
    "reviewed": {True: N_("Đã soát"), False: N_("Chưa soát")},
}
FLAGS = {
    "open": N_("Chưa giải quyết xong"), "late": N_("Quá hạn"), "soon": N_("Sắp đến hạn"),
    "above": N_("Vượt cấp tổ chức hội nghị"), "undated": N_("Hội nghị chưa rõ ngày"),
}  # fmt: skip


class Chip(NamedTuple):
    """One thing that narrows: its name (empty where the value says it all), the value, the page without it."""

    name: str
    value: str
    href: str


def chips(narrowing: Narrowing, places: Places, path: str = "/opinions", **kept: object) -> list[Chip]:
    """What narrows, in the order of the form; ``kept`` is of the address and stays (``sort``)."""
    found = []
    for name, value, changes in _parts(narrowing, places):
        query = narrowing.but(**changes).query(**kept)
        found.append(Chip(name, value, f"{path}?{query}" if query else path))
    return found


def options(name: str, narrowing: Narrowing) -> list[tuple[str, str]]:
    """What may be chosen of a label, after “all”; of matters only those of the topic that is chosen."""
    known = dict(choices_of(name))
    if name == "matter":
        matters = load_taxonomy().matters
        known = {id_: label for id_, label in known.items() if id_ == NONE or matters[id_].topic == narrowing.topic}
    return [("", _("Tất cả")), *((id_, _(label)) for id_, label in known.items())]


def either(name: str) -> list[tuple[str, str]]:
    """The choices of yes or no, after “all”."""
    return [("", _("Tất cả")), *(("1" if value else "0", _(label)) for value, label in EITHER[name].items())]


def title_of(meeting: Meeting) -> str:
    """A meeting in a list to choose from."""
    title = meeting.title or _("Biên bản số %(n)s", n=meeting.id)
    return f"{day(meeting.held_on)} – {title}" if meeting.held_on else title


def _parts(narrowing: Narrowing, places: Places) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if narrowing.q:
        yield _("Tìm"), f"“{narrowing.q}”", {"q": ""}
    if narrowing.start or narrowing.end:
        yield _("Ngày họp"), _period(narrowing), {"start": None, "end": None}
    for name in (field.name for field in fields(narrowing)):
        value = getattr(narrowing, name)
        if name in NAMES and value is not None:
            yield _(NAMES[name]), _value(name, value, places), _without(name)
        elif name in FLAGS and value:
            label = _("Hạn trong %(n)s ngày tới", n=SOON) if name == "soon" else _(FLAGS[name])
            yield "", label, {name: False}


def _without(name: str) -> dict[str, Any]:
    """What goes with it: matters are of a topic, villages of a commune."""
    goes = {"topic": ("matter",), "commune": ("village", "meeting")}.get(name, ())
    return dict.fromkeys((name, *goes))


def _period(narrowing: Narrowing) -> str:
    if narrowing.start and narrowing.end:
        return f"{day(narrowing.start)} – {day(narrowing.end)}"
    if narrowing.start:
        return _("từ %(d)s", d=day(narrowing.start))
    return _("đến %(d)s", d=day(narrowing.end))


def _value(name: str, value: Any, places: Places) -> str:
    if name in EITHER:
        return _(EITHER[name][value])
    if name == "meeting":
        return title_of(places.meetings[value]) if value in places.meetings else _("không có trong địa bàn")
    if name in ("commune", "village"):
        if name == "village" and value == 0:
            return _("Không rõ thôn")
        known = places.communes if name == "commune" else places.villages
        return known.get(value, _("không có trong địa bàn"))
    return _(choices_of(name).get(value, value))
