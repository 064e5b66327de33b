"""The meeting itself: title, date, place, who chaired, how many came."""

from __future__ import annotations

import re
from datetime import date

from ydan.minutes.attendance import read_attendance
from ydan.minutes.dates import find_dates
from ydan.minutes.extract import Extract
from ydan.minutes.host import read_host, read_level
from ydan.minutes.kind import read_kind
from ydan.minutes.people import find_chairs, find_secretary
from ydan.minutes.records import Meeting
from ydan.minutes.title import find_title
from ydan.text import fold, lower, unify_tones

_HEAD, _AT_LEAST, _SHORT = 4_000, 1_400, 500
"""Characters at the start in which the meeting is described, at most; the end is looked at for the signatures."""


def read_meeting(extract: Extract, head_end: int) -> Meeting:
    """What the head of the minutes (up to ``head_end``) and their last lines say of the meeting."""
    head = extract.text[: min(max(head_end, 1), _HEAD)]
    longer = extract.text[: max(len(head), _AT_LEAST)]  # prose may go from the head into the first opinion
    title = find_title(extract, head_end)
    kind = read_kind(title or head[:600], extract.text)
    chairs = find_chairs(head) or find_chairs(longer)
    day = _date(head, extract.text) or _date(longer, "")
    host = read_host(extract, head_end)
    present, invited = read_attendance(head)
    if present is None and len(head) < _SHORT:
        present, invited = read_attendance(longer)
    return Meeting(
        title=title,
        meeting_type=kind.meeting_type,
        host_level=read_level(title, host, head, day),
        host=host,
        date=day,
        place=_place(head) or _place(longer),
        chair="; ".join(chairs) or None,
        secretary=find_secretary(head) or find_secretary(longer),
        attendance=present,
        invited=invited,
        warnings=kind.warnings,
    )


_DAY_CUES = (
    (
        5,
        r"(?:hom nay|vao hoi|bat dau|khai mac|thoi gian|hoi|to chuc|dien ra|hoi nghi|buoi|sang|chieu|toi|vao)[^\n]{0,60}$",
    ),
    (4, r"(?:ky|dot|ngay hop|ngay to chuc|ngay)[^\n]{0,12}$"),
)
_NOT_THE_DAY = re.compile(
    r"(?:ke hoach|quyet dinh|luat|nghi quyet|quy dinh|quy che|thong bao|cong van|giay moi|can cu|nghi dinh|bao cao|van ban|chi thi|ket luan|to trinh|kem theo|don|thong tu|huong dan)\s[^\n;]{0,90}$"
)


def _date(head: str, whole: str) -> date | None:
    """The day of the meeting: the date that the words before it claim most strongly."""
    best: tuple[int, date] | None = None
    for text, worth in ((head, 0), (whole[-600:], -3)):
        folded = fold(text)
        for order, found in enumerate(find_dates(folded)):
            before = folded[max(0, found.start - 110) : found.start]
            before = before[before.rfind("\n") + 1 :]
            score = worth - min(order, 3)
            if _NOT_THE_DAY.search(before):
                score -= 6
            score += max((points for points, cue in _DAY_CUES if re.search(cue, before)), default=0)
            if (
                re.match(r"[^\n]{0,40}ngay\s*$", before)
                and re.match(r"\s*$", folded[found.end : found.end + 3].split("\n")[0])
                and "," in before
            ):
                score -= 1  # "Xã Minh Tân, ngày …": the day of signing, nearly always the same
            if best is None or score > best[0]:
                best = (score, found.day)
    return None if best is None else best[1]


_SITES = (
    "hội trường|nhà văn hóa|nhà văn hoá|trụ sở|trung tâm|phòng|sân|trường|tầng|đình|nvh|nhà|khu|cổng|tdp|chợ|đơn vị|văn phòng|điểm|cơ sở|thôn|"
    "ấp|xóm|bản|buôn|hội|ubnd|nhà sinh hoạt|nhà cộng đồng|nhà rông|chùa|thánh thất|khóm|tổ"
)
_PLACE_CUE = re.compile(
    rf"(?:địa điểm(?:\s+(?:tổ chức|họp))?\s*[:–-]?\s*(?:tại\s+)?|(?:nơi (?:họp|tổ chức)|điểm cầu chính)\s*:\s*|(?<!\w)(?:tại|ở|đến)\s*:?\s*(?=(?:{_SITES})(?!\w))|(?:giờ|phút|\d|[hg]\d\d|[hg]),\s+(?=(?:{_SITES})(?!\w)))"
)
_PLACE_END = re.compile(
    r"[.;\n)(]|,\s+(?=(?:ubnd|đảng ủy|đảng uỷ|ủy ban|uỷ ban|đã|hđnd|huyện|tỉnh|thành phố|tp|thường trực|ban|ông|bà|đồng chí|đ/c|chúng tôi|dưới|với|thành phần|chủ trì|khai mạc|hội nghị|tổ đại biểu|bí thư|chủ tịch|mttq|văn phòng|tiến hành|hội đồng|có|gồm|do|hai|kết nối|nơi|cùng|ngày|lúc|\d)(?!\w))"
    r"|\s+(?=(?:đã )?(?:diễn ra|tiến hành|tổ chức|khai mạc)(?!\w))|\s+(?=(?:thời gian|chủ trì|thư ký|thành phần)\s*:)"
)


def _place(head: str) -> str | None:
    low = unify_tones(lower(head))
    for found in _PLACE_CUE.finditer(low):
        end = _PLACE_END.search(low, found.end())
        words = head[found.end() : end.start() if end else found.end() + 120]
        words = " ".join(words.split()).strip(" ,:;–-")
        if 4 <= len(words) <= 160:
            return words
    return None
