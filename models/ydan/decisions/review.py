"""When a person must look first, and why."""

from __future__ import annotations

from collections.abc import Mapping

from ydan.assessment import Choice, Escalation, Jurisdiction, ReviewReason
from ydan.competence import Ruling
from ydan.cues import Document

LABELS = {
    "no_content": "Ý kiến quá ngắn hoặc không có nội dung để phân loại",
    "none_of_these_topics": "Nội dung không thuộc lĩnh vực nào trong danh mục",
    "cannot_decide": "Mô hình không chắc về lĩnh vực",
    "type_uncertain": "Mô hình không chắc về loại ý kiến",
    "level_uncertain": "Mô hình không chắc về cấp có thẩm quyền",
    "owner_unclear": "Ý kiến chưa cho biết ai quản lý, cần hỏi lại",
    "levels_disagree": "Bảng thẩm quyền và mô hình không thống nhất về cấp",
    "escalation_uncertain": "Mô hình không chắc có phải báo lên cấp trên hay không",
    "confidential": "Ý kiến có nội dung phải giữ kín, chỉ người được giao mới xem",
}

_REASONS = {code: ReviewReason(code, label) for code, label in LABELS.items()}
_FEWEST_WORDS = 3


def reasons(
    *,
    document: Document,
    known_share: float,
    topic: Choice,
    type_: Choice,
    jurisdiction: Jurisdiction,
    ruling: Ruling | None,
    matter: Choice | None,
    escalation: Escalation,
    limits: Mapping[str, float],
) -> tuple[ReviewReason, ...]:
    """Every reason for a person to look, the gravest first; empty when the answers can be taken as they are."""
    codes = []
    if len(document.words) < _FEWEST_WORDS:
        codes.append("no_content")
    elif (topic.id == "other" and type_.id != "other") or known_share < limits["known_share"]:
        codes.append("none_of_these_topics")
    elif topic.confidence < limits["topic"]:
        codes.append("cannot_decide")
    if type_.confidence < limits["type"]:
        codes.append("type_uncertain")
    level = jurisdiction.level
    if level.id == "unclear" and topic.id != "other":
        codes.append("owner_unclear")
    elif level.confidence < limits["level"]:
        codes.append("level_uncertain")
    if ruling is not None and matter is not None and ruling.level != level.id and matter.confidence >= limits["matter"]:
        codes.append("levels_disagree")
    if limits["escalate_low"] <= escalation.confidence < limits["escalate_high"]:
        codes.append("escalation_uncertain")
    if escalation.confidential:
        codes.append("confidential")
    return tuple(_REASONS[code] for code in codes)
