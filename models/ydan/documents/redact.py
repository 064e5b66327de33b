"""Names and numbers taken out of texts before they go into a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ydan.documents.people import Person
from ydan.documents.wording import clean
from ydan.text import fold, is_undiacritized, lower, mask

HIDDEN = "[đã che]"
Fits = Callable[[str], bool]
_KIN = (
    "ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em", "cháu", "cậu", "dì", "o.", "ô.", "b.", "đ/c", "đc",
    "đồng chí", "thầy", "hộ", "vợ chồng", "cán bộ", "công chức",
)  # fmt: skip
_OFFICES = (
    "chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư", "trưởng thôn", "trưởng phòng", "trưởng ban", "kế toán",
    "giám đốc", "hiệu trưởng", "trưởng xóm", "tổ trưởng",
)  # fmt: skip
_OFFICE_WORDS = (
    "chủ tịch", "phó", "bí thư", "trưởng", "giám đốc", "công an", "cán bộ", "đảng", "hiệu trưởng", "đội trưởng",
    "tổ trưởng", "kế toán", "hồ chí minh", "địa chính", "tư pháp", "văn phòng", "y tế", "quân sự", "mặt trận",
    "hội đồng", "hội nông", "hội phụ", "hội cựu", "hội người", "uỷ ban", "ủy ban", "sở", "phòng", "huyện", "xã",
    "phường", "tỉnh",
)  # fmt: skip
"""What stands behind a title and is no name. With diacritics compared as written: Đặng is not Đảng, nor Phương phường,
Huyền huyện, Trường trưởng, Phong phòng."""
_NO_NAME = {
    plain: re.compile(rf"(?:{'|'.join(fold(word) if plain else word for word in _OFFICE_WORDS)})(?!\w)")
    for plain in (False, True)
}


def _behind(words: Iterable[str], text: Callable[[str], str]) -> re.Pattern[str]:
    parts = "|".join(re.escape(text(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{parts})\s+(?=\w)")


_PATTERNS = {plain: (_behind(_KIN, how), _behind(_OFFICES, how)) for plain, how in ((False, str.lower), (True, fold))}
_HOUSE = re.compile(r"(?:so nha|nha so|so|sn|nha|can ho|phong)\s*\d|\d+(?:/\d+)*[a-z]?\s+\w")
_STREETS = {
    False: re.compile(r"(?:đường|phố|chợ|cầu|đền|chùa|núi|kênh|trường|miếu|ngõ|hẻm|quán|quận|tượng đài)\s+$"),
    True: re.compile(r"(?:duong|pho|cau|chua|nui|kenh|truong|mieu|ngo|hem|quan|tuong dai)\s+$"),
}
"""What makes a name behind it a place. Compared as written, for "cho bà Lựu" and "đến ông Bình" speak of people; where
nothing has diacritics, market and temple are left to the people."""
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTENED = re.compile(r"(?:[^\W\d_]\.)+")
_SURNAMES = frozenset({
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui",
    "do", "ho", "ngo", "duong", "ly", "dinh", "doan", "luong", "trinh", "mai", "dao",
    "cao", "ha", "ta", "lam", "phung", "to", "vuong", "quach", "thai", "nong", "lo",
    "vi", "hua", "giang", "vang", "thao", "cam", "kieu", "tang", "chau", "chu",
    "khong", "nghiem", "trieu", "luu", "mac", "au", "la", "than", "tong", "sam", "ma",
    "lu", "quang", "bach", "thach", "kim", "son", "danh", "trang", "tieu", "ung", "hong",
})  # fmt: skip


class Redactor:
    """Takes the people of one meeting out of any text of it.

    ``people`` are the speakers, ``officials`` those who answered or chaired (they act in office and stay),
    ``accused`` the names that stand in confidential opinions, ``mentioned`` those in the others. With ``full`` only
    hidden people and the accused go.
    """

    def __init__(
        self,
        people: Iterable[Person],
        officials: Iterable[str] = (),
        accused: Iterable[str] = (),
        mentioned: Iterable[str] = (),
        *,
        full: bool = False,
    ) -> None:
        self._full = full
        acting = {fold(clean(name)) for name in officials if name}
        everyone = list(dict.fromkeys(people))
        gone = [(p.name or "", HIDDEN) for p in everyone if p.hidden] + [(name, HIDDEN) for name in accused]
        if not full:
            gone = [(name, _initials(name)) for name in mentioned] + gone
            gone += [(p.name or "", p.code) for p in everyone if not p.hidden]
        self._names = [(_tokens(name), sign) for name, sign in dict(gone).items() if fold(clean(name)) not in acting]
        self._names = sorted([pair for pair in self._names if pair[0]], key=lambda pair: -len(pair[0]))
        self._given = {fold(name).split()[-1] for name in acting if name.split()}
        self._places = [part for p in everyone if p.address and (p.hidden or not full) for part in _house(p.address)]

    def of(self, text: str, *, third: bool = False) -> str:
        """``text`` on one line without numbers and names; ``third``: other people's names too, as initials."""
        return self.names(mask(clean(text)).text, third=third)

    def names(self, text: str, *, third: bool = False) -> str:
        """Only the names and house addresses."""
        plain = fold(text)
        for part in self._places:
            if fold(part[-1]) not in plain:
                continue
            text = _replace(text, part, HIDDEN, lambda _slice: True)
        plain = fold(text)
        for tokens, sign in self._names:
            if fold(tokens[-1]) not in plain:  # most names are in few texts
                continue
            if len(tokens) > 1:
                text = _replace(text, tokens, sign, _same_case(tokens))
            text = self._replace_given(text, tokens, sign)
        return initials(text) if third and not self._full else text

    def _replace_given(self, text: str, tokens: Sequence[str], sign: str) -> str:
        """``ông Nhị`` for Hoàng Văn Nhị: the end of the name behind a title."""
        given = fold(tokens[-1])
        if given in self._given:
            return text
        ends = [tokens[at:] for at in range(max(0, len(tokens) - 3), len(tokens))]
        pieces, at = [], 0
        for found in sorted(_titles(text), key=lambda hit: hit[0]):
            if found[0] < at:
                continue
            run = _run(text, found[0])
            low = [fold(word) for word in run]
            if any(low == [fold(word) for word in end] for end in ends):
                pieces += [text[at : found[0]], sign]
                at = found[0] + len(" ".join(run))
        return "".join([*pieces, text[at:]])


def initials(text: str) -> str:
    """Names behind a title, and full names, as initials: whom a text speaks of is not for a public list.

    >>> initials("hộ ông Nguyễn Văn Bình lấn mương, cán bộ Lan biết, đường Bà Triệu hỏng")
    'hộ ông N.V.B. lấn mương, cán bộ L. biết, đường Bà Triệu hỏng'
    """
    pieces, at = [], 0
    for start, stop in _found_names(text):
        pieces += [text[at:start], _initials(text[start:stop])]
        at = stop
    return "".join([*pieces, text[at:]])


def _initials(name: str) -> str:
    return "".join(f"{word[0].upper()}." for word in name.split())


def named_people(text: str) -> list[str]:
    """The names that a text mentions."""
    words = clean(text)
    return [words[start:stop] for start, stop in _found_names(words)]


def _found_names(text: str) -> list[tuple[int, int]]:
    low, streets = _as_written(text)
    spans: list[tuple[int, int]] = []
    for start, office in _titles(text):
        run = _run(text, start)
        if run and (not office or (len(run) > 1 and fold(run[0]) in _SURNAMES)):
            spans.append((start, start + len(" ".join(run))))
    for word in _PART.finditer(text):
        if word[0][0].isupper() and fold(word[0]) in _SURNAMES and not any(a <= word.start() < b for a, b in spans):
            run = _run(text, word.start())
            if len(run) >= 3 and not streets.search(low, max(0, word.start() - 12), word.start()):
                spans.append((word.start(), word.start() + len(" ".join(run))))
    return sorted(spans)


def _titles(text: str) -> list[tuple[int, bool]]:
    """Where something that may be a name begins behind a title, and whether the title is an office."""
    kin, offices = _PATTERNS[is_undiacritized(text)]
    low, streets = _as_written(text)
    hits = [(found, False) for found in kin.finditer(low)] + [(found, True) for found in offices.finditer(low)]
    return [
        (found.end(), office)
        for found, office in hits
        if not streets.search(low, max(0, found.start() - 12), found.start())
    ]


def _as_written(text: str) -> tuple[str, re.Pattern[str]]:
    """The text in small letters, folded where it has no diacritics, and what a place begins with in such a text."""
    plain = is_undiacritized(text)
    return (fold(text) if plain else lower(text)), _STREETS[plain]


def _run(text: str, at: int) -> list[str]:
    """The capitalised syllables that begin at ``at``, as a name is written; none where an office is named."""
    plain = is_undiacritized(text)
    ahead = text[at : at + 24]
    if _SHORTENED.match(text, at) or _NO_NAME[plain].match(fold(ahead) if plain else lower(ahead)):
        return []
    run: list[str] = []
    while len(run) < 6 and (found := _PART.match(text, at)):
        word = found[0]
        if not word[0].isupper() or (len(word) > 1 and word.isupper()):
            break
        run.append(word)
        at = found.end() + 1
        if text[found.end() : at] != " ":
            break
    return run


def _tokens(name: str) -> list[str]:
    return clean(re.sub(r"[().,:;]", " ", name)).split()


def _house(address: str) -> list[list[str]]:
    """The parts of an address that point at one house; lanes stay, they are where the road is broken."""
    parts = [part.strip() for part in re.split(r"[,;–()]| - ", clean(address))]
    return [part.split() for part in parts if _HOUSE.match(fold(part)) and len(part) > 3]


def _same_case(tokens: Sequence[str]) -> Fits:
    """Three syllables are a name however they are written; two ("Mai Hoa") only with capitals or marks."""
    if len(tokens) > 2:
        return lambda _slice: True
    wanted = " ".join(tokens).lower()
    return lambda words: words.lower() == wanted or all(word[0].isupper() for word in words.split())


def _replace(text: str, tokens: Sequence[str], sign: str, fits: Fits) -> str:
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(fold(token)) for token in tokens) + r"(?!\w)"
    pieces, at = [], 0
    for found in re.finditer(pattern, fold(text)):
        if fits(text[found.start() : found.end()]):
            pieces += [text[at : found.start()], sign]
            at = found.end()
    return "".join([*pieces, text[at:]])
