"""One opinion as lists show it, and the public opinions by field."""

from __future__ import annotations

import re
from typing import Any

from ydan.documents.dossier import OPEN, Dossier
from ydan.documents.item import Item
from ydan.documents.letters import addressees
from ydan.documents.status import urgencies
from ydan.documents.wording import blank, clean, count, lower_first, official, shorten
from ydan.taxonomy import load_taxonomy

BRIEF = 420
"""Characters of an opinion or an answer in a list, at most."""
_CERTAINTY = re.compile(
    r"; đã kiểm chứng(?=\))| ?\((?:thông lệ|đã kiểm chứng|chưa)[^)]*\)|; (?:thông lệ|chưa)[^;)]*(?=\))"
)
_ANY_UNIT = re.compile(r"xã, phường(?:, thị trấn|, đặc khu)?|huyện, quận, thị xã, thành phố thuộc tỉnh|tỉnh, thành phố")


def row(item: Item, dossier: Dossier) -> dict[str, Any]:
    """One opinion, as lists show it."""
    judged, host = item.judged, dossier.host_level
    up = judged is not None and (
        judged.escalation.required or load_taxonomy().is_above(judged.jurisdiction.level.id, host)
    )
    reasons = "; ".join(dict.fromkeys(reason.label for reason in judged.escalation.reasons)) if judged else ""
    to = [name for _way, name in addressees(item, host)]
    reply = item.reply or (blank("tóm tắt trả lời") if item.withheld else "")
    open_ = item.status.code in OPEN
    return {
        "number": item.number,
        "speaker": item.speaker,
        "place": item.place,
        "text": item.text,
        "brief": item.wording or shorten(item.text, BRIEF),
        "type": official(judged.type.label) if judged else blank("loại ý kiến"),
        "topic": official(judged.topic.label) if judged else blank("lĩnh vực"),
        "level": official(judged.jurisdiction.level.label) if judged else blank("cấp"),
        "body": body_of(item, dossier) if judged else blank("cơ quan có thẩm quyền"),
        "basis": official(judged.jurisdiction.basis) if judged else "",
        "grounds": _grounds(item, host),
        "reply": reply,
        "reply_brief": shorten(reply, BRIEF),
        "charged": item.charged,
        "deadline": item.deadline,
        "charged_or_blank": item.charged or (blank("đơn vị được giao") if open_ else ""),
        "deadline_or_blank": item.deadline or (blank("thời hạn") if open_ else ""),
        "status": item.status.label,
        "because": item.status.because,
        "reason": _reason(item, host),
        "up": "x" if up or item.status.code == "kien_nghi_cap_tren" else "",
        "up_reason": official(reasons) if up else "",
        "to": "; ".join(to) or "",
        "urgency": urgencies()[judged.escalation.urgency] if judged and (up or judged.escalation.transfer) else "",
        "alike": item.alike or "",
        "note": _note(item),
    }


def body_of(item: Item, dossier: Dossier) -> str:
    """The competent office; one of the host's own level with the host's name."""
    judged = item.judged
    if judged is None:
        return ""
    name = official(judged.jurisdiction.body.label)
    if judged.jurisdiction.level.id == dossier.host_level and "[" not in dossier.unit:
        return _ANY_UNIT.sub(dossier.unit, name, count=1)
    return name


def _reason(item: Item, host: str) -> str:
    """Why it goes away, in the words of a notice."""
    judged = item.judged
    if judged is None:
        return item.status.because
    reasons = [official(reason.label) for reason in judged.escalation.reasons]
    if judged.escalation.transfer:
        reasons.insert(0, "thuộc trách nhiệm của cơ quan, đơn vị ngoài hệ thống Ủy ban nhân dân")
    above = load_taxonomy().is_above(judged.jurisdiction.level.id, host)
    if above:
        level = lower_first(official(judged.jurisdiction.level.label))
        reasons = [f"thuộc thẩm quyền {level}", *(r for r in reasons if r != "Vượt thẩm quyền")]
    return "; ".join(lower_first(reason) for reason in dict.fromkeys(reasons)) or item.status.because


def _grounds(item: Item, host: str) -> str:
    """Reasons with their law, for a letter; how sure the table is of itself stays in the office."""
    judged = item.judged
    if judged is None:
        return blank("căn cứ")
    found = [
        f"{reason.label} ({official(reason.basis)})"
        for reason in judged.escalation.reasons
        if reason.code != "beyond_competence"
    ]
    if judged.jurisdiction.decided_by == "competence_table":
        found.insert(0, _CERTAINTY.sub("", official(judged.jurisdiction.basis)))
    return ". ".join(found) or f"{_reason(item, host)[:1].upper()}{_reason(item, host)[1:]} {blank('căn cứ')}"


def _note(item: Item) -> str:
    if item.judged is None:
        message = getattr(item.assessment, "message", "")
        return clean(f"Chưa phân loại: {message}")
    if item.confirmed:
        return ""
    return official("Cần xem lại: " + "; ".join(r.label for r in item.judged.review)) if item.judged.review else ""


def groups(dossier: Dossier) -> list[dict[str, Any]]:
    """The public opinions by topic: ``title``, ``total``, ``rows``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for item in dossier.public:
        title = official(item.judged.topic.label) if item.judged else "Chưa phân loại được"
        found.setdefault(title, []).append(row(item, dossier))
    return [{"title": title, "total": count(len(rows)), "rows": rows} for title, rows in found.items()]
