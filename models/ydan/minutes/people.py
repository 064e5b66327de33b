"""Who chaired and who took the minutes, however the head puts it."""

from __future__ import annotations

import re

from ydan.text import fold

_TITLES = r"(?:ong|ba|dong chi|d/c|dc|anh|chi|co|thuong ta|trung ta|dai uy|thieu ta|bac|luat su|ths|ts|o|b|cac dong chi|cac d/c)"
_OFFICES = r"(?:(?:pho )?bi thu (?:dang uy|huyen uy|tinh uy|thanh uy|quan uy|thi uy|chi bo)|(?:pho )?chu tich (?:ubnd|hdnd|uy ban nhan dan)(?: (?:xa|phuong|huyen|quan|tinh|thi tran))?)"
_PERSON = re.compile(rf"(?<![\w/])(?:{_TITLES}\.?:?|{_OFFICES}|toi,)\s+(?=\S)")
_JOINED = re.compile(r"\s+va\s+(?=\S)")
_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?: [^\W\d_]+(?:['’][^\W\d_]+)*){1,5}")
_NO_NAMES = (
    "uy ban", "dang uy", "hoi dong", "chu tich", "pho chu", "bi thu", "mat tran", "van phong", "phong ", "nhan dan", "cong an", "thuong truc",
    "ban ", "doan ", "hoi ", "hoi nghi", "dang bo", "trung tam", "to truong", "truong ", "giam doc", "pho bi",
)  # fmt: skip
_CHAIRS = re.compile(
    r"(?:dong )?chu (?:tri|toa)(?: doan)?|doan chu tich(?=\s*:)|dieu (?:hanh|khien)|^ct(?=\s*:)|(?<=\n)ct(?=\s*:)|nguoi (?:tiep(?: cong dan| dan)?|doi thoai|giai quyet khieu nai)(?=\s*[:–-])|(?:lanh dao|can bo) tiep(?=[^\n]{0,20}:)"
)
_SECRETARIES = re.compile(
    r"(?:to )?thu ky|ghi (?:lai )?(?:bien ban|chep|so)|viet bien ban|chep bien ban|(?<!\w)ghi(?=[.;])|(?<!\w)tk(?=\s*:)|lap (?:bien ban|bieu)(?=\s*:)|nguoi (?:ghi|lap|tong hop)(?=[^\n]{0,12}:)|tong hop(?=\s*:)"
)
_POINTS = re.compile(
    r"\s*(?:(?:hoi nghi|cuoc hop|buoi [\w ]{2,30}|phien [\w ]{2,20}|la|gom|co|cua [\w ]{2,25}|cuoc [\w ]{2,20}|bien ban)\s*){0,3}\s*(?:[:–-]|(?="
    + _TITLES
    + r"\.?\s)|(?<=la ))\s*"
)
_ROLE = re.compile(
    r"(?:[;.]|,(?= (?:thu ky|tham du|co mat|moi du|tham gia|cung|nguoi ghi|ghi|so nguoi))|\n|\()\s*(?:[-+*•\d.) ]*)"
    r"(?:(?:nguoi )?ghi (?:bien|chep)|thu ky|thanh phan|tham du|tham gia|co mat|moi du|dai bieu|khach|noi dung|i+[./]|dia diem|tong so|vang|[abc]\.|nguoi|chu tri|chu toa|thoi gian|ve phia|so |cung|du |dai dien|uy ban|cac |lanh dao)"
)
_OFFICE = re.compile(r"\s*[,(–-]?\s*(?:pho )?(?:bi thu|chu tich|pct|ct)(?!\w)")
_MEETS = re.compile(r"tiep xuc|doi thoai|tiep cong dan|tiep dan|chu tri")


def find_chairs(head: str) -> list[str]:
    """Those who chaired, in order; two at most.

    >>> find_chairs("Đồng chí Lê Hoàng Nam, Chủ tịch UBND xã chủ trì; bà Hà Thị Thu ghi biên bản.")
    ['Lê Hoàng Nam']
    >>> find_chairs("Chủ trì: ông Trần Văn Khoát. Thư ký: bà Lương Thị Thảo.")
    ['Trần Văn Khoát']
    """
    return _by_cue(head, _CHAIRS, 2) or _by_office(head)


def find_secretary(head: str) -> str | None:
    """The one who took the minutes.

    >>> find_secretary("Ông Lê An chủ trì; bà Hà Thị Thu ghi biên bản.")
    'Hà Thị Thu'
    """
    return next(iter(_by_cue(head, _SECRETARIES, 1)), None)


def _by_cue(head: str, cue: re.Pattern[str], most: int) -> list[str]:
    folded = fold(head)
    for found in cue.finditer(folded):
        pointed = _POINTS.match(folded, found.end())
        if pointed is not None:
            end = min(len(head), pointed.end() + 260)
            stop = _ROLE.search(folded, pointed.end(), end)
            window = head[pointed.end() : stop.start() if stop else end]
            first_line = re.split(r"\n|\. ", window.lstrip(), maxsplit=1)[0]
            names = _names(first_line) or _names(window)
            if names:
                return names[:most]
        begin = max(folded.rfind(mark, 0, found.start()) for mark in ("\n", ". ", "; ")) + 1
        names = _names(head[begin : found.start()])
        if names:
            both = folded.startswith("dong chu", found.start())
            return names[-2:] if both and most > 1 else names[-1:] if most == 1 else names[:1]
    return []


def _by_office(head: str) -> list[str]:
    """Nobody is said to chair: the Secretary or Chair of whom the head says that they met the people."""
    for line in head.split("\n"):
        folded = fold(line)
        if not _MEETS.search(folded):
            continue
        for person in _PERSON.finditer(folded):
            name = name_at(line[person.end() : person.end() + 60])
            if name and _OFFICE.match(folded, person.end() + len(name)):
                return [name]
    return []


def _names(window: str) -> list[str]:
    names: list[str] = []
    folded = fold(window)
    for person in [*_PERSON.finditer(folded), *_JOINED.finditer(folded)]:
        name = name_at(window[person.end() : person.end() + 60])
        if name and name not in names and (names or person.re is _PERSON):
            names.append(name)
    names.sort(key=window.find)
    if not names:
        name = name_at(window.lstrip(" :-–\n1.)"))
        names = [name] if name else []
    return names


def name_at(text: str) -> str | None:
    """The run of two to six capitalised syllables at the start, as a name is written.

    >>> name_at("Giàng A Lềnh - Bí thư"), name_at("Đảng ủy xã"), name_at("NGUYỄN VĂN AN")
    ('Giàng A Lềnh', None, 'Nguyễn Văn An')
    """
    found = _NAME.match(text)
    if found is None:
        return None
    parts = []
    for part in found[0].split():
        if not part[0].isupper() or (parts and part.isupper() and len(part) > 1 and not parts[0].isupper()):
            break
        parts.append(part)
    name = " ".join(parts)
    if not 2 <= len(parts) <= 6 or fold(name + " ").startswith(_NO_NAMES):
        return None
    return " ".join(part.capitalize() for part in parts) if name.isupper() and len(parts[0]) > 1 else name


_NAMED_OFFICE = re.compile(
    r"\s*(?:[,(–-]|la)?\s*(?:(?:nguyen|quyen|uy vien ban thuong vu|uv btv|pho)\W*)*(?:bi thu|chu tich|pct|ct|truong|pho|giam doc|chanh|cong chuc|can bo|dai bieu|to truong|thu ky|chi huy|tram truong|hieu truong|dai dien lanh dao)(?!\w)"
)


def find_officials(head: str) -> frozenset[str]:
    """Folded names of those whom the head introduces with an office, and of those who chair or take the minutes.

    Village heads are citizens at these meetings; "trưởng thôn" is no office here.
    """
    found = {fold(name) for name in (*find_chairs(head), find_secretary(head) or "") if name}
    folded = fold(head)
    for person in _PERSON.finditer(folded):
        name = name_at(head[person.end() : person.end() + 60])
        if name is None:
            continue
        office = _NAMED_OFFICE.match(folded, person.end() + len(name))
        if office is not None and not re.match(
            r"truong (?:thon|ap|ban|xom|khu|buon|khom)|to truong", folded[office.start() :].lstrip(" ,(–-")
        ):
            found.add(fold(name))
    return frozenset(found)


def is_one_of(speaker: str, officials: frozenset[str]) -> bool:
    """Whether a speaker, perhaps called by the last syllable alone ("đ/c Huy"), is one of ``officials``."""
    own = fold(speaker).split()
    return bool(own) and any(name.split()[-len(own) :] == own for name in officials)
