"""What the templates may print: plain strings, numbers and lists, already redacted."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from importlib import resources
from typing import Any

from ydan.documents.counts import Counts, hidden_note, sentences
from ydan.documents.dossier import Dossier
from ydan.documents.form import Form
from ydan.documents.item import Item, deadline_of
from ydan.documents.letters import UP, Letter
from ydan.documents.rows import groups, row
from ydan.documents.status import urgencies
from ydan.documents.wording import blank, clean, count, day, official
from ydan.minutes.records import Task
from ydan.opinion import DISTRICTS_ENDED

PUBLISH_DAYS = 10
"""Days after the meeting in which its result must be published (Luật 72/2025/QH15 Đ43)."""
_MEETINGS = {
    "txct": ("Hội nghị", "tiếp xúc cử tri"),
    "tcd": ("buổi", "tiếp công dân"),
    "complaint_dialogue": ("buổi", "đối thoại giải quyết khiếu nại"),
}
_USUAL = ("Hội nghị", "tiếp xúc, đối thoại với Nhân dân")
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
    bound = meeting.date is not None and meeting.date >= DISTRICTS_ENDED  # the law came with the two levels
    until = day(meeting.date + timedelta(days=PUBLISH_DAYS)) if meeting.date and bound else None
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


def board(dossier: Dossier, form: Form, counts: Counts) -> Context:
    """``ban-niem-yet.docx``: the three lists for everybody, without who said it, whom it speaks of or why."""
    told = notice(dossier, form, counts)
    kept = ("settled", "open", "forwarded", "guided_total")
    return {**common(dossier, form, counts, "NY"), **{name: told[name] for name in kept}}


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
    province = dossier.province or "tỉnh, thành phố"
    above = {"commune": province, "district": province, "province": "Trung ương"}[dossier.host_level]
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
    if level == host_level:
        return f"Chủ tịch Ủy ban nhân dân {form.unit}"
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
