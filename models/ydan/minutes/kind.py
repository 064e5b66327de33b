"""What kind of meeting it was, and the warning when its name and its words disagree."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.minutes.records import Notice
from ydan.text import fold

_TITLES = (
    ("complaint_dialogue", r"doi thoai[^\n]{0,80}khieu nai|giai quyet khieu nai|doi thoai voi (?:nguoi|cong dan) (?:bi )?khieu nai"),
    ("txct", r"tiep xuc cu tri|\btxct\b"),
    ("txdt", r"tiep xuc\s*[,\-–&]*\s*(?:va )?doi thoai|\btx[dđ]t\b|doi thoai|gap go|lang nghe (?:y kien )?nhan dan|tiep xuc (?:voi )?(?:nhan dan|nguoi dan|truc tiep)"),
    ("tcd", r"tiep (?:cong )?dan|tiep cong dan|\btcd\b"),
)  # fmt: skip

_SIGNS = {
    "txct": (
        r"cu tri", r"(?:truoc|sau)\s+ky hop|ky hop thu|ky hop thuong le", r"to dai bieu|don vi bau cu|ung cu so",
        r"(?:dai bieu|d/c|vi)\s+(?:hdnd|hoi dong nhan dan|quoc hoi|dbqh)|dbqh|doan dai bieu quoc hoi|tham gia doan dbqh",
        r"chuong trinh hanh dong cua (?:nguoi ung cu|dai bieu)|bao cao (?:ket qua|noi dung) ky hop|tiep thu,? chuyen (?:den|toi) co quan co tham quyen",
    ),
    "tcd": (
        r"(?:tru so|dia diem|phong|ban|noi)\s+tiep (?:cong )?dan", r"luot (?:cong dan|nguoi)|dinh ky",
        r"xuat trinh|can cuoc|cccd|cmnd|so dinh danh", r"nop don|nhan don|don (?:de nghi|khieu nai|to cao|kien nghi)|thu ly|giay bien nhan|phieu huong dan",
        r"tiep cong dan|luat tiep cong dan|so tiep (?:cong )?dan",
    ),
    "complaint_dialogue": (
        r"nguoi (?:bi )?khieu nai", r"quyet dinh so [^\n]{0,60}(?:bi khieu nai|ngay)", r"giai quyet khieu nai (?:lan dau|lan hai|lan 1|lan 2)",
        r"noi dung khieu nai", r"bao cao (?:ket qua )?xac minh|to xac minh|doan xac minh|nguoi giai quyet khieu nai", r"rut (?:don )?khieu nai|giu nguyen (?:noi dung )?khieu nai|mau so 14|luat khieu nai",
    ),
    "txdt": (
        r"tiep xuc,? doi thoai|doi thoai truc tiep|doi thoai voi", r"nguoi dung dau cap uy", r"chu tich ubnd[^\n]{0,40}(?:voi|va) nhan dan|bi thu[^\n]{0,40}(?:voi|va) nhan dan|dang uy[^\n]{0,40}doi thoai",
    ),
}  # fmt: skip

_WARNINGS = {
    "txct": (
        "voter_meeting",
        "Tên là hội nghị tiếp xúc, đối thoại nhưng nội dung giống tiếp xúc cử tri. Hãy kiểm tra lại loại hội nghị trước khi ra thông báo kết luận.",
    ),
    "tcd": (
        "citizen_reception",
        "Tên là hội nghị tiếp xúc, đối thoại nhưng nội dung giống buổi tiếp công dân. Hãy kiểm tra lại loại hội nghị trước khi ra thông báo kết luận.",
    ),
    "complaint_dialogue": (
        "complaint_dialogue",
        "Tên là hội nghị tiếp xúc, đối thoại nhưng nội dung giống đối thoại giải quyết khiếu nại. Hãy kiểm tra lại loại hội nghị trước khi ra thông báo kết luận.",
    ),
}
_ENOUGH = {"txct": 2, "tcd": 3, "complaint_dialogue": 2}
"""Different signs of another kind of meeting from which a session named TXĐT is taken for mixed."""
_COMPILED = {kind: tuple(re.compile(sign) for sign in signs) for kind, signs in _SIGNS.items()}


class Kind(NamedTuple):
    """One of ``records.MEETING_TYPES`` or ``unclear``, with the warnings that go with it."""

    meeting_type: str
    warnings: tuple[Notice, ...]


def read_kind(title: str, text: str) -> Kind:
    """The kind of meeting by its title first, by the words of the minutes where the title is silent or too broad.

    The title decides unless it names a TXĐT and at least two or three different signs of another kind of meeting
    stand in the minutes: the fault that supervision found most often. The warning points at the words.
    """
    folded, heading = fold(text), fold(" ".join(title.split()))
    named = next((kind for kind, pattern in _TITLES if re.search(pattern, heading)), None)
    found = {kind: _signs(folded, kind) for kind in _COMPILED}
    if named is None:
        counts = {kind: len(spans) for kind, spans in found.items()}
        best = max(counts, key=lambda kind: counts[kind])
        return Kind(best if counts[best] >= (1 if best == "txdt" else 2) else "unclear", ())
    if named != "txdt":
        if named == "txct" and re.search(r"doi thoai", heading) and len(found["txdt"]) > 1:
            return Kind("mixed", (_warning("txct", found["txct"]),))
        return Kind(named, ())
    for other in ("complaint_dialogue", "txct", "tcd"):
        spans = found[other]
        if len(spans) >= _ENOUGH[other] and _weighty(other, folded):
            return Kind("mixed", (_warning(other, spans),))
    return Kind("txdt", ())


def _signs(folded: str, kind: str) -> list[tuple[int, int]]:
    hits = (sign.search(folded) for sign in _COMPILED[kind])
    return [hit.span() for hit in hits if hit is not None]


def _weighty(other: str, folded: str) -> bool:
    """One passing mention is no sign: the people of the other kind of meeting must appear again and again."""
    if other == "txct":
        voters = len(re.findall(r"cu tri", folded))
        members = len(re.findall(r"dai bieu (?:hdnd|hoi dong nhan dan|quoc hoi)|to dai bieu|dbqh", folded))
        return voters >= 3 or (voters >= 1 and members >= 2)
    if other == "tcd":
        return len(re.findall(r"tiep cong dan|luot cong dan|cccd|can cuoc|don ", folded)) >= 4
    return len(re.findall(r"nguoi (?:bi )?khieu nai", folded)) >= 2


def _warning(kind: str, spans: list[tuple[int, int]]) -> Notice:
    code, message = _WARNINGS[kind]
    return Notice(code, message, spans[0] if spans else None)
