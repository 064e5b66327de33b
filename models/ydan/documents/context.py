"""What the templates may print: plain strings, numbers and lists, already redacted."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from importlib import resources
from typing import Any

from ydan.documents.counts import Counts, hidden_note, sentences
from ydan.documents.dossier import OPEN, Dossier, Item, deadline_of
from ydan.documents.form import Form
from ydan.documents.letters import UP, Letter, addressees
from ydan.documents.status import urgencies
from ydan.documents.wording import blank, clean, count, day, lower_first, official, shorten
from ydan.minutes.records import Task
from ydan.taxonomy import load_taxonomy

PUBLISH_DAYS = 10
"""Days after the meeting in which its result must be published (Luật 72/2025/QH15 Đ43)."""
BRIEF = 420
"""Characters of an opinion or an answer in a list, at most."""
_MEETINGS = {
    "txct": ("Hội nghị", "tiếp xúc cử tri"),
    "tcd": ("buổi", "tiếp công dân"),
    "complaint_dialogue": ("buổi", "đối thoại giải quyết khiếu nại"),
}
_USUAL = ("Hội nghị", "tiếp xúc, đối thoại với Nhân dân")
_CERTAINTY = re.compile(
    r"; đã kiểm chứng(?=\))| ?\((?:thông lệ|đã kiểm chứng|chưa)[^)]*\)|; (?:thông lệ|chưa)[^;)]*(?=\))"
)
_ANY_UNIT = re.compile(r"xã, phường(?:, thị trấn|, đặc khu)?|huyện, quận, thị xã, thành phố thuộc tỉnh|tỉnh, thành phố")
Context = dict[str, Any]


def common(dossier: Dossier, form: Form, counts: Counts, number_kind: str) -> Context:
    """The variables that every template has."""
    meeting = dossier.meeting
    noun, about = _MEETINGS.get(meeting.meeting_type, _USUAL)
    return {
        "organ_above": form.above,
        "organ_line_1": form.organ_lines[0],
        "organ_line_2": form.organ_lines[1],
        "organ": form.organ,
        "unit": form.unit,
        "office": form.office,
        "number": form.number(number_kind),
        "place_and_date": form.dated(meeting.date.year if meeting.date else None),
        "meeting_name": f"{noun} {about}",
        "meeting_day": f"ngày {day(meeting.date) or blank('ngày họp')}",
        "meeting_when": f"Ngày {day(meeting.date) or blank('ngày họp')}",
        "meeting_place": clean(meeting.place or "") or blank("địa điểm"),
        "chair": form.chair or blank("người chủ trì"),
        "chair_title": form.chair_title,
        "secretary": clean(meeting.secretary or "") or blank("thư ký"),
        "attendance": count(meeting.attendance) if meeting.attendance else blank("số người dự"),
        "invited": count(meeting.invited) if meeting.invited else "",
        "signer_lines": list(form.signer_lines),
        "signer": form.chair or blank("người ký"),
        "total": count(counts.total),
        "public_total": count(counts.public),
        "hidden_total": count(counts.hidden),
        "hidden_note": hidden_note(counts),
        "receivers": ["Như trên;", "Lưu: VT."] if form.id == "state" else ["Như trên,", f"Lưu {form.office}."],
    }


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
        "brief": shorten(item.text, BRIEF),
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
    return official("Cần xem lại: " + "; ".join(r.label for r in item.judged.review)) if item.judged.review else ""


def groups(dossier: Dossier) -> list[dict[str, Any]]:
    """The public opinions by topic: ``title``, ``total``, ``rows``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for item in dossier.public:
        title = official(item.judged.topic.label) if item.judged else "Chưa phân loại được"
        found.setdefault(title, []).append(row(item, dossier))
    return [{"title": title, "total": count(len(rows)), "rows": rows} for title, rows in found.items()]


def summary(dossier: Dossier, form: Form, counts: Counts) -> Context:
    """``bieu-tong-hop.docx``."""
    return {**common(dossier, form, counts, "BTH"), "groups": groups(dossier), "overview": sentences(dossier, counts)}


def notice(dossier: Dossier, form: Form, counts: Counts) -> Context:
    """``thong-bao-ket-luan.docx``."""
    lists = {
        name: [row(item, dossier) for item in items]
        for name, items in (("settled", dossier.settled), ("open", dossier.open), ("forwarded", dossier.forwarded))
    }
    for one in lists["forwarded"]:
        one["to"] = one["to"] or blank("cơ quan nhận")
    appendix = groups(dossier)
    guided = {item.number for item in dossier.guided}
    for group in appendix:
        for one in group["rows"]:
            if one["number"] in guided:
                one["brief"] = one["text"] = "(Nội dung khiếu nại, không công bố chi tiết)"
                one["reply"] = one["reply_brief"] = ""
    meeting = dossier.meeting
    until = day(meeting.date + timedelta(days=PUBLISH_DAYS)) if meeting.date else None
    return {
        **common(dossier, form, counts, "TB"),
        "overview": sentences(dossier, counts),
        **lists,
        "settled_total": count(len(dossier.settled)),
        "open_total": count(len(dossier.open)),
        "forwarded_total": count(len(dossier.forwarded)),
        "guided_total": count(len(dossier.guided)),
        "guided_note": _guided_note(dossier),
        "tasks": [
            {"body": task.body, "what": task.what, "deadline": _if_unsaid(deadline_of(task), task)}
            for task in dossier.general_tasks
        ],
        "tasks_total": len(dossier.general_tasks),
        "publish_by": until or blank("ngày niêm yết kết quả"),
        "receivers": _receivers(form, dossier),
        "groups": appendix,
    }


def _if_unsaid(deadline: str, task: Task) -> str:
    """The deadline, unless the words of the task already hold it."""
    return "" if task.deadline_text and clean(task.deadline_text) in clean(task.what) else deadline


def _guided_note(dossier: Dossier) -> str:
    if not dossier.guided:
        return ""
    numbers = ", ".join(str(item.number) for item in dossier.guided)
    return (
        f"Có {count(len(dossier.guided))} nội dung khiếu nại (số thứ tự {numbers} tại Phụ lục): cơ quan chủ trì "
        "hướng dẫn công dân thực hiện theo Luật Khiếu nại, không xử lý tại Hội nghị và không công bố chi tiết."
    )


def _receivers(form: Form, dossier: Dossier) -> list[str]:
    above = {"commune": "tỉnh, thành phố", "district": "tỉnh, thành phố", "province": "Trung ương"}[dossier.host_level]
    if form.id == "party":
        first = [f"Thường trực cấp ủy {above} (để báo cáo),", "Thường trực HĐND, lãnh đạo UBND, Ủy ban MTTQ Việt Nam,"]
        return [
            *first,
            "Các cơ quan, đơn vị được giao nhiệm vụ,",
            "Các chi bộ, thôn, tổ dân phố,",
            f"Lưu {form.office}.",
        ]
    first = [f"UBND {above} (để báo cáo);", "Thường trực cấp ủy, Thường trực HĐND;", "Ủy ban MTTQ Việt Nam cùng cấp;"]
    return [
        *first,
        "Các cơ quan, đơn vị được giao nhiệm vụ;",
        "Các thôn, tổ dân phố (để thông báo đến Nhân dân);",
        "Lưu: VT.",
    ]


def letter(dossier: Dossier, form: Form, counts: Counts, written: Letter) -> Context:
    """``cong-van-kien-nghi.docx`` and ``phieu-chuyen.docx``."""
    kind = ("" if form.id == "state" else "CV") if written.way == UP else "PC"
    return {
        **common(dossier, form, counts, kind),
        "addressee": written.addressee,
        "through": written.through,
        "rows": [row(item, dossier) for item in written.items],
        "rows_total": count(len(written.items)),
        "urgency": urgencies()[written.urgency],
        "urgent": written.urgency in ("immediate", "soon"),
    }


def guidance(dossier: Dossier, form: Form, counts: Counts, item: Item, *, show_content: bool = True) -> Context:
    """``phieu-huong-dan.docx``: what the citizen is told, never forwarded."""
    denounces = item.judged is not None and (item.judged.type.id == "denunciation" or item.confidential)
    steps = _steps()["denunciation" if denounces else "complaint"]
    where = _where(item, form, dossier.host_level)
    return {
        **common(dossier, form, counts, "HD"),
        "citizen": item.speaker if show_content and item.speaker else blank("họ tên, địa chỉ công dân"),
        "matter": item.text if show_content else blank("tóm tắt nội dung, người có thẩm quyền ghi"),
        "kind": "tố cáo" if denounces else "khiếu nại",
        "where": where,
        "steps": list(steps),
    }


@functools.cache
def _steps() -> dict[str, list[str]]:
    """What a citizen is told, by kind."""
    raw = tomllib.loads(resources.files("ydan.documents").joinpath("guidance.toml").read_text(encoding="utf-8"))
    return {"complaint": raw["complaint"], "denunciation": raw["denunciation"]}


def _where(item: Item, form: Form, host_level: str) -> str:
    judged = item.judged
    if judged is None:
        return blank("cơ quan có thẩm quyền")
    level = judged.jurisdiction.level.id
    if item.confidential and judged.escalation.to_body is not None:
        return official(judged.escalation.to_body.label)
    if level == host_level and form.id == "state":
        return f"Chủ tịch {form.organ}"
    return official(judged.jurisdiction.body.label) if level != "unclear" else blank("cơ quan có thẩm quyền")


def minutes(dossier: Dossier, form: Form, counts: Counts) -> Context:
    """``bien-ban.docx``: the opinions in the order in which they were raised."""
    rows: list[dict[str, Any]] = []
    for item in dossier.items:
        if not item.confidential:
            rows.append({**row(item, dossier), "order": len(rows) + 1})
    said: Mapping[str, list[dict[str, str]]] = {"answer": [], "conclusion": []}
    for answer in dossier.replies:
        said.get(answer.kind, said["answer"]).append({"speaker": clean(answer.speaker or ""), "text": answer.text})
    return {
        **common(dossier, form, counts, "BB"),
        "rows": rows,
        "replies": said["answer"],
        "conclusions": said["conclusion"],
        "withheld_note": (
            f"({count(dossier.withheld)} nội dung trả lời liên quan đến việc xử lý theo chế độ mật được ghi riêng.)"
            if dossier.withheld
            else ""
        ),
    }
