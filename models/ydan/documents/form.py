"""State form (NĐ 30/2020/NĐ-CP) or Party form (HD 36-HD/VPTW): heads, numbers, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ydan.documents.wording import blank, clean
from ydan.errors import DocumentError
from ydan.minutes.records import Minutes
from ydan.opinion import DISTRICTS_ENDED
from ydan.text import fold

FORMS = ("state", "party")
_HEAD = 4_000
_UNIT = re.compile(
    r"(?<!\w)(xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thi uy|thanh pho|thanh uy|tp\.?|tinh)\s+(?=\w)"
)
_KINDS = {
    "commune": ("xa", "phuong", "thi tran", "dac khu"),
    "district": ("huyen", "quan", "thi xa", "thi uy", "thanh pho", "thanh uy", "tp", "tp."),
    "province": ("tinh", "thanh pho", "thanh uy", "tp", "tp."),
}
_WRITTEN = {
    "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố", "tinh": "tỉnh",
    "thi uy": "thị xã", "thanh uy": "thành phố",
}  # fmt: skip
_PARTY = {"huyện": ("Huyện ủy", "HU"), "quận": ("Quận ủy", "QU"), "thị xã": ("Thị ủy", "TU"), "tỉnh": ("Tỉnh ủy", "TU")}
_OFFICE_END = re.compile(
    r"[;\n.()]|,?\s+(?:thu ky|thanh phan|va dong chi|cung|chu tri|dong chu tri|da)(?!\w)|,\s*(?:ong|ba|dong chi)\s"
)
_OFFICE = re.compile(r"(?:pho )?bi thu|(?:pho )?chu tich|truong ban|truong phong|giam doc")


@dataclass(frozen=True, slots=True)
class Form:
    """What the head and the foot of every document of one meeting say."""

    id: str
    because: str
    above: str
    """The superior organ over the Party committee's name; the State form has none."""
    organ: str
    """``Ủy ban nhân dân xã Minh Tân``, ``Đảng ủy xã Minh Tân``."""
    organ_lines: tuple[str, str]
    unit: str
    place: str
    mark: str
    """``UBND``, ``ĐU``: the end of the document's number."""
    office: str
    chair: str
    chair_title: str
    signer_lines: tuple[str, ...]
    given_number: str = ""
    """The number that the office gave the document; what it holds of the mark is not written twice."""
    given_day: date | None = None

    def number(self, kind: str) -> str:
        """The number block, with room for the number where none was given: ``Số: 12/TB-UBND``, ``Số 12-TB/ĐU``."""
        own = self.given_number
        if re.search(r"[^\W\d_]", own):  # “12/TB-UBND” is a whole number already, “12” wants its mark
            return f"Số: {own}" if self.id == "state" else f"Số {own}"
        room = own or " " * 9
        if self.id == "state":
            return f"Số: {room}/{kind}-{self.mark}" if kind else f"Số: {room}/{self.mark}-VP"
        return f"Số {room}-{kind}/{self.mark}"

    def dated(self, year: int | None) -> str:
        """Place and date, the day left open for the pen where none was given."""
        if self.given_day is not None:
            on = self.given_day
            month = f"{on.month:02d}" if on.month < 3 else str(on.month)
            return f"{self.place}, ngày {on.day:02d} tháng {month} năm {on.year}"
        return f"{self.place}, ngày        tháng        năm {year if year else '20......'}"


def choose_form(minutes: Minutes, asked: str = "auto") -> Form:
    """The form by who chairs; ``asked`` forces it.

    A conference under Luật 72/2025/QH15 Đ43 and a chairman of the people's committee make it the State's, a Party
    secretary the Party's. Of one person with both offices, or where nothing is said, the letterhead decides.

    :raises DocumentError: ``asked`` is none of auto, state, party.
    """
    if asked not in ("auto", *FORMS):
        raise DocumentError(f"Thể thức {asked!r} không có. Hãy dùng một trong: auto, {', '.join(FORMS)}.")
    office = chair_office(minutes)
    id_, because = _decide(minutes, office) if asked == "auto" else (asked, "Người dùng chọn")
    meeting = minutes.meeting
    unit, name = unit_of(minutes)
    year_day = meeting.date
    chairs = [clean(part) for part in (meeting.chair or "").split(";") if part.strip()]
    chair = chairs[0] if chairs else ""
    level = meeting.host_level or "commune"
    if id_ == "state":
        title, signers = _state_signature(office, unit)
        return Form(
            id_, because, "", f"Ủy ban nhân dân {unit}", ("ỦY BAN NHÂN DÂN", _upper(unit)), unit, name, "UBND",
            "Văn phòng HĐND và UBND" if level != "province" else "Văn phòng UBND", chair, title, signers,
        )  # fmt: skip
    organ, mark = _party_organ(unit, level)
    whole = f"{organ} {unit}" if organ == "Đảng ủy" else f"{organ} {name}"
    signer = f"T/M {organ.upper()}" if level == "commune" else "T/M BAN THƯỜNG VỤ"
    deputy = "pho bi thu" in fold(office) and "bi thu" not in fold(office).replace("pho bi thu", "")
    signers = ("K/T BÍ THƯ", "PHÓ BÍ THƯ") if deputy else (signer, "BÍ THƯ")
    return Form(
        id_, because, _above(level, year_day), whole, ("", _upper(whole)), unit, name, mark,
        f"Văn phòng {organ}", chair, f"{'Phó ' if deputy else ''}Bí thư {whole}", signers,
    )  # fmt: skip


def chair_office(minutes: Minutes) -> str:
    """The office of the (first) chair, as the minutes write it behind or before the name; empty when they do not."""
    chair = clean((minutes.meeting.chair or "").split(";")[0])
    if not chair:
        return ""
    head = minutes.extract.text[:_HEAD]
    plain = fold(head)
    best = ""
    for found in re.finditer(rf"(?<!\w){re.escape(fold(chair))}(?!\w)", plain):
        after = plain[found.end() : found.end() + 120]
        stop = _OFFICE_END.search(after.lstrip(" ,–-:("))
        skipped = len(after) - len(after.lstrip(" ,–-:("))
        behind = head[found.end() + skipped : found.end() + skipped + (stop.start() if stop else 100)]
        line = plain[: found.start()].rfind("\n") + 1
        before = head[max(line, found.start() - 70) : found.start()]
        for words in (behind, before):
            if _OFFICE.search(fold(words)) and not best:
                office = _OFFICE.search(fold(words))
                best = words[office.start() :].strip(" ,:–-") if office else ""
    return clean(best)


def _decide(minutes: Minutes, office: str) -> tuple[str, str]:
    meeting = minutes.meeting
    text = fold(minutes.extract.text[:_HEAD])
    host, chaired = fold(meeting.host or ""), fold(office)
    secretary = "bi thu" in chaired.replace("pho bi thu", "")
    chairman = "chu tich ubnd" in chaired or "chu tich uy ban nhan dan" in chaired
    party_host = re.search(r"dang uy|huyen uy|tinh uy|thanh uy|quan uy|thi uy|dang bo", host) is not None
    if "72/2025/qh15" in text and "dieu 43" in text:
        return "state", "Hội nghị theo Điều 43 Luật số 72/2025/QH15"
    if secretary and not chairman:
        return "party", f"Người chủ trì là {clean(office)}"
    if chairman and not secretary:
        return "state", f"Người chủ trì là {clean(office)}"
    if secretary and chairman:
        return (
            "party" if party_host else "state"
        ), "Người chủ trì giữ cả hai chức; chọn theo cơ quan đứng tên biên bản"
    if party_host:
        return "party", "Biên bản đứng tên cấp ủy"
    return "state", "Biên bản không cho biết Bí thư chủ trì"


def unit_of(minutes: Minutes) -> tuple[str, str]:
    """``("xã Minh Tân", "Minh Tân")``; a blank where no unit of the host's level is named."""
    meeting = minutes.meeting
    level = meeting.host_level or "commune"
    for words in (meeting.host, meeting.title, meeting.place, minutes.extract.text[:1500]):
        if not words:
            continue
        flat = words if "\n" in words else clean(words)
        for found in _UNIT.finditer(fold(flat)):
            if found[1] not in _KINDS[level]:
                continue
            name = _name(re.sub(r"\A(?:ủy|uỷ)\s+", "", flat[found.end() :], flags=re.IGNORECASE))
            if name:
                kind = _WRITTEN[found[1]]
                return f"{kind} {name}", f"{kind[0].upper()}{kind[1:]} {name}" if name.isdigit() else name
    kind = {"commune": "xã, phường", "district": "huyện", "province": "tỉnh, thành phố"}[level]
    gap = blank(f"tên {kind}")
    return gap, gap


def _name(text: str) -> str:
    """The capitalised run at the start; a number for ``Phường 5``."""
    words: list[str] = []
    for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*|[^\w ]|\n", text[:60]):
        if not word[0].isupper() and not (word.isdigit() and not words):
            break
        if fold(word) in ("xa", "phuong", "huyen", "tinh", "thanh", "thi", "quan") and words and word.isupper():
            break
        words.append(word)
        if word.isdigit():
            break
    name = " ".join(words[:5])
    return name.title() if name.isupper() and len(name) > 1 else name


def _upper(text: str) -> str:
    gap = text.find("[")
    return text.upper() if gap < 0 else text[:gap].upper() + text[gap:]


def _party_organ(unit: str, level: str) -> tuple[str, str]:
    kind = next((kind for kind in _PARTY if unit.startswith(kind + " ")), None)
    if level == "commune":
        return "Đảng ủy", "ĐU"
    return _PARTY[kind] if kind else ("Thành ủy", "TU")


def _above(level: str, when: date | None) -> str:
    if level == "province":
        return ""
    if level == "commune" and when is not None and when < DISTRICTS_ENDED:
        return f"ĐẢNG BỘ HUYỆN {blank('tên huyện')}"
    return f"ĐẢNG BỘ {blank('tỉnh, thành phố')}"


def _state_signature(office: str, unit: str) -> tuple[str, tuple[str, ...]]:
    if "pho chu tich" in fold(office) and "chu tich" not in fold(office).replace("pho chu tich", ""):
        return f"Phó Chủ tịch Ủy ban nhân dân {unit}", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return f"Chủ tịch Ủy ban nhân dân {unit}", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
