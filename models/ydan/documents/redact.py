"""Names and numbers taken out of texts before they go into a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ydan.documents.people import Person
from ydan.documents.wording import clean
from ydan.text import fold, mask

HIDDEN = "[đã che]"
Fits = Callable[[str], bool]
_TITLES = (
    r"(?:ong|ba|anh|chi|co|chu|bac|cu|em|chau|cau|di|o\.|b\.|d/c|dc|dong chi|thay|ho|ho ong|ho ba|vo chong|gia dinh|nha ong|nha ba"
    r"|can bo|cong chuc|chu tich|pho chu tich|bi thu|pho bi thu|truong thon|truong phong|pho phong|truong ban|ke toan|giam doc|hieu truong|cong an vien)"
)
_NAMED = re.compile(rf"(?<!\w)({_TITLES})\s+(?=\w)")
_HOUSE = re.compile(r"(?:so nha|nha so|so|sn|nha|can ho|phong)\s*\d|\d+(?:/\d+)*[a-z]?\s+\w")
_STREETS = re.compile(r"(?:duong|pho|cho|cau|den|chua|nui|kenh|truong|mieu|ngo|hem|quan|tuong dai)\s+$")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan luong trinh mai dao cao ha ta lam "
    "phung to vuong quach thai nong lo vi hua giang vang thao cam kieu tang chau chu doan khong nghiem trieu luu mac au "
    "la than tong sam ma lu quang bach thach kim son danh trang tieu ung hong".split()
)
_NO_NAMES = frozenset(
    "dang uy hoi mat ban chi nha thanh huyen xa phuong tinh so phong bo quoc trung viet cong quy thi luat nghi van uba tong "
    "ho can nhan dan chinh toa vien".split()
)


class Redactor:
    """Takes the people of one meeting out of any text of it.

    ``people`` are the speakers, ``officials`` those who answered or chaired (they act in office and stay),
    ``accused`` the names that stand in confidential opinions, ``mentioned`` those in the others. With ``full`` only
    hidden people and the accused go.
    """

    def __init__(
        self,
        people: Iterable[Person],
        officials: Iterable[str],
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
        self._places = [
            part for p in everyone if p.address and (p.hidden or not full) for part in _house(p.address)
        ]

    def of(self, text: str, *, third: bool = False) -> str:
        """``text`` on one line without numbers and names; ``third``: other people's names too, as initials."""
        return self.names(mask(clean(text)).text, third=third)

    def names(self, text: str, *, third: bool = False) -> str:
        """Only the names and house addresses."""
        for part in self._places:
            text = _replace(text, part, HIDDEN, lambda _slice: True)
        for tokens, sign in self._names:
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
        plain = fold(text)
        pieces, at = [], 0
        for found in _NAMED.finditer(plain):
            if found.end() < at:
                continue
            run = _run(text, found.end())
            low = [fold(word) for word in run]
            if any(low == [fold(word) for word in end] for end in ends):
                stop = found.end() + len(" ".join(run))
                pieces += [text[at : found.end()], sign]
                at = stop
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
    plain, spans = fold(text), []
    for found in _NAMED.finditer(plain):
        if _STREETS.search(plain, max(0, found.start() - 12), found.start()):
            continue
        run = _run(text, found.end())
        if run:
            spans.append((found.end(), found.end() + len(" ".join(run))))
    for word in _PART.finditer(text):
        if word[0][0].isupper() and fold(word[0]) in _SURNAMES and not any(a <= word.start() < b for a, b in spans):
            run = _run(text, word.start())
            if len(run) >= 3 and not _STREETS.search(plain, max(0, word.start() - 12), word.start()):
                spans.append((word.start(), word.start() + len(" ".join(run))))
    return sorted(spans)


def _run(text: str, at: int) -> list[str]:
    """The capitalised syllables that begin at ``at``, as a name is written; none where an organ is named."""
    run: list[str] = []
    while len(run) < 6 and (found := _PART.match(text, at)):
        word = found[0]
        if not word[0].isupper() or (len(word) > 1 and word.isupper()):
            break
        run.append(word)
        at = found.end() + 1
        if text[found.end() : at] != " ":
            break
    return [] if run and fold(run[0]) in _NO_NAMES and (len(run) > 1 or len(run[0]) > 3) and not _is_full(run) else run


def _is_full(run: Sequence[str]) -> bool:
    return len(run) >= 3 and fold(run[0]) in _SURNAMES and fold(run[1]) in ("van", "thi", "duc", "huu", "xuan", "dinh")


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
