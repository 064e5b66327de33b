"""A person chooses labels, or takes them as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from ydan.documents.status import Status
from ydan.documents.status import labels as status_labels
from ydan.rules import URGENCIES
from ydan.taxonomy import Taxonomy, load_taxonomy
from ydan_service.errors import Conflict, Invalid
from ydan_service.office.intake.rows import set_status
from ydan_service.office.review.desk import Desk, key_of, keys_of, number_of, reason_of
from ydan_service.office.review.standing import Standing, standing
from ydan_service.store.tables import STATUSES, Opinion, Village

GRAVE = frozenset({"hotspot", "danger", "security", "crime"})
"""Reasons that nobody takes away without saying why."""
COLUMNS = {"village": "village_id"}
"""Fields whose column has another name."""
DECIDABLE = (
    "topic",
    "matter",
    "type",
    "level",
    "body",
    "escalate",
    "transfer",
    "urgency",
    "codes",
    "status",
    "village",
)


class Overtaken(Conflict):
    """Another person decided the same field in between; ``key`` is the opinion's."""

    def __init__(self, key: str, fields: list[str]) -> None:
        super().__init__("Người khác vừa quyết định cùng mục này. Hãy xem lại rồi chọn lại nếu cần.")
        self.key, self.fields = key, fields


def decide(desk: Desk, op: Mapping[str, Any]) -> None:
    """Choose labels of one opinion; what follows from them follows, and the opinion counts as reviewed.

    :raises Overtaken: another person chose otherwise since the version that this one saw.
    :raises Invalid: a field or label that does not exist, or a reason is wanted.
    """
    fields = op.get("fields")
    if not isinstance(fields, dict) or not fields or set(fields) - set(DECIDABLE):
        raise Invalid(f"Chỉ quyết định được: {', '.join(DECIDABLE)}.")
    seen = number_of(op, "version")
    (opinion,) = desk.find([key_of(op)])
    chosen = {name: _check(desk, name, value) for name, value in fields.items()}
    before = standing(desk.session, [opinion.id])[opinion.id]
    _check_overtaken(desk, opinion, chosen, before, seen)
    reason = reason_of(op)
    _check_reason(opinion, chosen, reason)
    kept = {"reason": desk.keep_reason(opinion, reason)} if reason else {}
    for name, value in _with_consequences(chosen, before).items():
        earlier = getattr(opinion, COLUMNS.get(name, name))
        more = {"released": True} if value is _RELEASED else kept
        write = None if value is _RELEASED else value
        desk.decide(opinion, name, write, earlier, before_decided=name in before, **more)
    mark_reviewed(desk, opinion, before)
    if "status" in chosen:
        label = status_labels()[chosen["status"]]
        set_status(desk.session, opinion, Status(chosen["status"], label, ""), desk.person.id)
    desk.settle(opinion)
    desk.operation.detail = {"keys": [opinion.key], "fields": sorted(chosen)}
    desk.record("opinion.decide", opinion, fields=chosen, reason=bool(reason))


def accept(desk: Desk, op: Mapping[str, Any]) -> None:
    """Opinions are right as they stand."""
    rows = desk.find(keys_of(op))
    decided = standing(desk.session, [row.id for row in rows])
    for row in rows:
        mark_reviewed(desk, row, decided[row.id])
        row.review_needed = False
        desk.touch(row)
    desk.operation.detail = {"keys": [row.key for row in rows]}
    desk.record("opinion.accept", opinions=[row.id for row in rows])


def mark_reviewed(desk: Desk, opinion: Opinion, before: Standing) -> None:
    """Mark an opinion as looked at, once."""
    if opinion.reviewed_by is None:
        desk.decide(opinion, "reviewed", True, False, before_decided="reviewed" in before)
        desk.review(opinion)


_RELEASED = object()


def _with_consequences(chosen: Mapping[str, Any], before: Standing) -> dict[str, Any]:
    """A matter and its topic chosen by hand go together: the later choice takes the earlier with it."""
    found, matters = dict(chosen), load_taxonomy().matters
    if "topic" in chosen and "matter" not in chosen and "matter" in before:
        matter = before["matter"].value["value"]
        if matter is not None and matters[matter].topic != chosen["topic"]:
            found["matter"] = _RELEASED
    if chosen.get("matter") and "topic" not in chosen and "topic" in before:
        owner = matters[chosen["matter"]].topic
        if before["topic"].value["value"] != owner:
            found["topic"] = owner
    return found


def _check_overtaken(desk: Desk, opinion: Opinion, chosen: Mapping[str, Any], before: Standing, seen: int) -> None:
    late = [
        name
        for name, value in chosen.items()
        if name in before
        and before[name].by != desk.person.id
        and before[name].value["version"] > seen
        and before[name].value["value"] != value
    ]
    if late:
        raise Overtaken(opinion.key, late)


def _check_reason(opinion: Opinion, chosen: Mapping[str, Any], reason: str) -> None:
    grave = GRAVE.intersection(opinion.codes)
    gone = grave - set(chosen["codes"]) if "codes" in chosen else set()
    if chosen.get("escalate") is False:
        gone |= grave
    if gone and len(reason) < 3:
        names = ", ".join(load_taxonomy().escalation_codes[code].label for code in sorted(gone))
        raise Invalid(f"Muốn bỏ “{names}” phải ghi lý do.")


def _check(desk: Desk, name: str, value: Any) -> Any:
    """The value as it is kept.

    :raises Invalid: it is none of the field's.
    :raises TaxonomyError: a label that does not exist, with the near ones.
    """
    if name == "village":
        return _village(desk, value)
    if name == "level" and isinstance(value, str):
        level = load_taxonomy().level(value)
        if not level.exists_on(desk.held.date):
            raise Invalid(f"Ngày họp này không còn {level.label[0].lower()}{level.label[1:]}. Hãy chọn cấp khác.")
    checked = _CHECKS[name](value)
    if checked is _WRONG:
        raise Invalid(f"Giá trị của {name} không đúng. Hãy chọn lại trong danh sách.")
    return checked


_WRONG = object()


def _label(find: Callable[[Taxonomy, str], Any], *, empty: bool = False) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value is None and empty:
            return None
        return find(load_taxonomy(), value).id if isinstance(value, str) else _WRONG

    return check


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else _WRONG


def _codes(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        return _WRONG
    return [load_taxonomy().escalation_code(code).id for code in dict.fromkeys(value)]


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "topic": _label(lambda taxonomy, id_: taxonomy.topic(id_)),
    "matter": _label(lambda taxonomy, id_: taxonomy.matter(id_), empty=True),
    "type": _label(lambda taxonomy, id_: taxonomy.type(id_)),
    "level": _label(lambda taxonomy, id_: taxonomy.level(id_)),
    "body": _label(lambda taxonomy, id_: taxonomy.body(id_)),
    "escalate": _flag,
    "transfer": _flag,
    "urgency": lambda value: value if value is None or value in URGENCIES else _WRONG,
    "codes": _codes,
    "status": lambda value: value if value in STATUSES else _WRONG,
}


def _village(desk: Desk, value: Any) -> int | None:
    if value is None:
        return None
    known = select(Village.id).where(Village.commune_id == desk.meeting.commune_id)
    if type(value) is not int or value not in set(desk.session.scalars(known)):
        raise Invalid("Thôn, tổ dân phố này không thuộc xã, phường của cuộc họp. Hãy chọn lại trong danh sách.")
    return value
