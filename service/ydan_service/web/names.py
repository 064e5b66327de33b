"""Names of labels and of the office's own codes, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ydan.documents.status import labels as statuses
from ydan.documents.status import urgencies
from ydan.taxonomy import load_taxonomy
from ydan_service.web.i18n import gettext
from ydan_service.web.nav import N_

STAGES = {
    "reading": N_("Đang đọc"),
    "review": N_("Đang soát"),
    "concluded": N_("Đã kết luận"),
    "closed": N_("Đã xong"),
    "failed": N_("Không đọc được"),
}
MEETING_TYPES = {
    "txdt": N_("Tiếp xúc, đối thoại"),
    "mixed": N_("Tiếp xúc, đối thoại lẫn cuộc họp khác"),
    "txct": N_("Tiếp xúc cử tri"),
    "tcd": N_("Tiếp công dân"),
    "complaint_dialogue": N_("Đối thoại giải quyết khiếu nại"),
    "unclear": N_("Chưa rõ loại"),
}
ROLES = {
    "secretary": N_("Thư ký"),
    "leader": N_("Lãnh đạo"),
    "follow_up": N_("Người theo dõi"),
    "auditor": N_("Người giám sát"),
    "administrator": N_("Người quản trị"),
}


def name_of(kind: str, id_: str | None) -> str:
    """The label of ``topic``, ``matter``, ``type``, ``level``, ``body``, ``code``, ``urgency``, ``status``, ``stage``,
    ``meeting_type`` or ``role``; an id that has none is shown as it is, None as a dash.

    >>> name_of("status", "chua_tra_loi")
    'Chưa trả lời'
    """
    if id_ is None:
        return "–"
    return gettext(_names(kind).get(id_, id_))


def names_of(kind: str, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs for a list to choose from: ids and their names."""
    return [(id_, name_of(kind, id_)) for id_ in ids]


@cache
def _names(kind: str) -> dict[str, str]:
    taxonomy = load_taxonomy()
    if kind in ("stage", "meeting_type", "role"):
        return {"stage": STAGES, "meeting_type": MEETING_TYPES, "role": ROLES}[kind]
    if kind == "status":
        return dict(statuses())
    if kind == "urgency":
        return {id_: label for id_, label in urgencies().items() if id_ is not None}
    found: Mapping[str, Any] = {
        "topic": taxonomy.topics, "matter": taxonomy.matters, "type": taxonomy.types, "level": taxonomy.levels,
        "body": taxonomy.bodies, "code": taxonomy.escalation_codes,
    }[kind]  # fmt: skip
    return {id_: each.label for id_, each in found.items()}
