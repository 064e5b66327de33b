"""How many people came, and how many were asked to."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.text import fold

_N = r"(\d{1,2}\.\d{3}|\d{1,5})(?![\d/]|\.\d)"
_WHO = r"(?:dai bieu|nguoi|cong dan|ho dan|ho|dong chi|d/c|dai dien|cu tri|can bo|vi|ba con|thanh vien|khach|hoi vien|nhan dan|chu ho|ban tre|cong nhan|doan vien|thanh nien|chi em|phu nu|nong dan|hoc sinh|nguoi lao dong|ng)(?!\w)"
_ABOUT = r"(?:la\s+|kh\s+|co\s+|khoang\s+|gan\s+|hon\s+|tren\s+|tong so\s+|chung\s+|do\s+)*"
_PRESENT = tuple(
    (worth, re.compile(pattern))
    for worth, pattern in (
        (9, rf"tong (?:so|cong)[^\n.;]{{0,60}}?(?:co mat|tham du|du|tham gia)[^\n.;\d]{{0,25}}{_N}"),
        (9, rf"(?:co mat|hien dien|thuc te|den du|ve du|du hop|diem danh duoc|ky ten|toan hoi nghi|dan toi)\s*[:–-]?\s*(?:tai hoi nghi\s*(?:co)?\s*[:–-]?\s*|du\s+|tham du\s+)?{_ABOUT}{_N}"),
        (8, rf"so (?:nguoi|dai bieu|luong|ho|cong dan|cu tri)\s*(?:tham du|co mat|du|tham gia|den du|du hop)?\s*(?:la|co)?\s*[:–-]?\s*{_ABOUT}{_N}"),
        (8, rf"tong (?:so|cong)(?:\s+(?:dai bieu|nguoi|so nguoi)[^\n.;\d]{{0,40}})?\s*[:–-]?\s*{_ABOUT}{_N}"),
        (7, rf"(?<!moi )(?<!cung )(?:su tham (?:du|gia)|tham du|tham gia|du|co)\s*(?:cua|co|gom|hoi nghi(?:\s+(?:co|gom))?|doi thoai|hop|la)?\s*[:–-]?\s*{_ABOUT}{_N}\s*{_WHO}"),
        (6, rf"{_N}\s*{_WHO}[^\n.;]{{0,60}}(?:tham du|co mat|du hop|du hoi nghi|tham gia|den du|ve du|du)(?!\w)"),
    )
)  # fmt: skip
_PEOPLE = re.compile(
    rf"(?:dai dien\s+)?(?:nhan dan|cong dan|nguoi dan|ba con|cu tri|dai bieu nhan dan|ho dan|dong bao|cong nhan|doan vien|hoi vien|thanh nien|phu nu|nong dan)[^\n.;:\d]{{0,70}}[:–-]?\s*{_ABOUT}{_N}\s*{_WHO}|{_ABOUT}{_N}\s*(?:nguoi dan|nhan dan|cong dan|cu tri|ba con|ho dan)"
)
_OTHERS = re.compile(
    rf"(?:khach(?: moi)?|dai bieu (?:hdnd|moi|quoc hoi)|lanh dao|can bo|thanh vien)[^\n.;\d]{{0,40}}\d+\s*{_WHO}|\d+\s*(?:dong chi|d/c|khach|vi|can bo)"
)
_INVITED = re.compile(
    rf"(?:trieu tap|giay moi|duoc moi|so moi|moi)\s*(?:du|tham du|la|ra|phat)?\s*[:–-]?\s*{_ABOUT}{_N}(?!\s*(?:dong chi|d/c|khach|vi))"
)
_SHARE = re.compile(rf"(\d{{1,5}})\s*(?:/|tren(?: tong so)?)\s*{_N}\s*{_WHO}")
_SPEAKS_OF = re.compile(
    r"thanh phan|tham du|co mat|tong so|tong cong|so nguoi|so dai bieu|du hop|trieu tap|vang|nguoi du|tham gia|su co mat|dai bieu|cung du|hien dien|den du|ve du|toan the|nhan dan|ba con|cong dan|cu tri|giay moi|dan toi|diem danh|ky ten|cong nhan|(?<!\w)du(?!\w)"
)
_NOT_PEOPLE = re.compile(r"\s*(?:gio|h\d|/\d|thon|to dan pho|ap|%|khu|phut|km|m2|trieu|ty|ha|tan)(?!\w)")


class Attendance(NamedTuple):
    present: int | None
    invited: int | None


def read_attendance(head: str) -> Attendance:
    """People present and invited, where the head gives them in numbers; guests and citizens counted apart give none.

    >>> read_attendance("Đại biểu Nhân dân: triệu tập 120, có mặt 113, vắng 7.")
    Attendance(present=113, invited=120)
    >>> read_attendance("Khách mời 12 đồng chí; cử tri các thôn: 118 người.").present is None
    True
    """
    best: tuple[int, int] | None = None
    invited: int | None = None
    folded = fold(head)
    for line in folded.split("\n"):
        if not _SPEAKS_OF.search(line):
            continue
        share = _SHARE.search(line)
        if share is not None and 10 < _number(share[1]) <= _number(share[2]):
            best = max(best or (0, 0), (10, _number(share[1])))
            invited = _number(share[2])
        for worth, pattern in _PRESENT:
            for hit in pattern.finditer(line):
                if not _absent(line, hit) and (best is None or worth > best[0]):
                    best = (worth, _number(hit[1]))
        if invited is None and (asked := _INVITED.search(line)):
            invited = _number(asked[1])
    if best is None and not _OTHERS.search(folded):
        people = [hit for line in folded.split("\n") for hit in _PEOPLE.finditer(line) if _SPEAKS_OF.search(line)]
        if len(people) == 1:
            best = (1, _number(people[0][1] or people[0][2]))
    return Attendance(None if best is None else best[1], invited)


def _absent(line: str, hit: re.Match[str]) -> bool:
    before = line[max(hit.start(), hit.start(1) - 40) : hit.start(1)]
    if re.search(r"duoc moi|trieu tap|so moi|moi du", before):
        return True
    return (
        re.search(r"vang(?: mat)?\s*$", line[: hit.start(1)]) is not None
        or _NOT_PEOPLE.match(line, hit.end(1)) is not None
    )


def _number(words: str) -> int:
    return int(words.replace(".", ""))
