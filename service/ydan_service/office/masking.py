"""Personal data covered, one sign for one character, so that spans hold in what is covered as in the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ydan.documents.redact import named_people
from ydan.minutes.records import Minutes
from ydan.text import fold
from ydan.text.mask import find_personal

SIGN = "▇"
_TITLE = (
    r"(?:ong|ba|anh|chi|co|chu|bac|cu|em|chau|cau|di|thay|ho|vo chong|dong chi|can bo|cong chuc|chu tich|bi thu"
    r"|truong thon|truong xom|to truong|cu tri|cong dan|d/c|dc|o\.|b\.)"
)
_BEHIND_TITLE = re.compile(rf"(?<!\w)(?:{_TITLE}\s+|[ob]\.)(?=\w)")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEFORE_NAME = re.compile(rf"^(?:{_TITLE}[ .:]+)+(?=\S)")


def cover(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with numbers that are personal and the people called ``names`` covered; as long as before.

    A name goes wherever it stands in full, and its last syllables go behind a title. What is covered may uncover
    another number beside it, so it is done until nothing is found: covering twice is covering once.

    >>> cover("Ông Tạ Văn Mão, số 0912.345.678: đường lầy. Ông Mão đề nghị sửa.", ["Tạ Văn Mão"])
    'Ông ▇▇▇▇▇▇▇▇▇▇, số ▇▇▇▇▇▇▇▇▇▇▇▇: đường lầy. Ông ▇▇▇ đề nghị sửa.'
    """
    known = _Names(names)
    while True:
        covered = _covered(text, [*_numbers(text), *known.find(text)])
        if covered == text:
            return text
        text = covered


def cover_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the half-open ``spans`` covered; line breaks stay, so that blocks keep their shape."""
    return _covered(text, spans)


def people_of(minutes: Minutes) -> tuple[str, ...]:
    """Everybody to be covered in the words of a meeting: who spoke, and whom the opinions name.

    Those who chair or answer act in office and stay.
    """
    meeting = minutes.meeting
    officials = [meeting.chair or "", meeting.secretary or "", *(answer.speaker or "" for answer in minutes.answers)]
    acting = {_plain(name) for official in officials for name in official.split(";")} - {""}
    spoke = [name for raised in minutes.opinions for name in (raised.speaker or "").split(";")]
    named = [name for raised in minutes.opinions for name in named_people(raised.text)]
    found = dict.fromkeys(name.strip() for name in (*spoke, *named))
    return tuple(name for name in found if name and _plain(name) not in acting)


class _Names:
    """People's names, ready to be sought in folded text."""

    def __init__(self, names: Iterable[str]) -> None:
        parts = [_WORDS.findall(_plain(part)) for name in names for part in name.split(";")]
        self._full = sorted({tuple(words) for words in parts if len(words) > 1}, key=len, reverse=True)
        self._ends = {tuple(words[at:]) for words in parts for at in range(max(0, len(words) - 3), len(words))}
        either = [r"\s+".join(map(re.escape, words)) for words in self._full]
        # one syllable is a name only as a speaker is announced: "Mão (thôn 2):"
        either += [rf"{word}(?=\s*[(:,–-])" for word in sorted({words[0] for words in parts if len(words) == 1})]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)") if either else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where any of them stands."""
        plain = fold(text)
        if self._pattern is not None:
            yield from (m.span() for m in self._pattern.finditer(plain) if _is_name(text[m.start() : m.end()]))
        if self._ends:
            for title in _BEHIND_TITLE.finditer(plain):
                yield from self._end_at(text, plain, title.end())

    def _end_at(self, text: str, plain: str, at: int) -> Iterator[tuple[int, int]]:
        """The longest end of a known name that begins here, written as a name."""
        words: list[str] = []
        found, place = at, at
        while len(words) < 4 and (word := _WORDS.match(plain, place)) and not text[place].islower():
            words.append(word[0])
            if tuple(words) in self._ends:
                found = word.end()
            place = word.end() + 1
            if plain[word.end() : place] != " ":
                break
        if found > at:
            yield at, found


def _is_name(words: str) -> bool:
    """Three syllables are a name however written; two may be everyday words unless both have capitals."""
    parts = words.split()
    return len(parts) > 2 or all(not part[0].islower() for part in parts)


def _plain(name: str) -> str:
    return _BEFORE_NAME.sub("", " ".join(fold(name).split())).strip(" .,:;()")


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    return ((span.start, span.end) for span in find_personal(text))


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        begin = max(start, at)
        if end <= begin:
            continue
        pieces += [text[at:begin], re.sub(r"[^\n]", SIGN, text[begin:end])]
        at = end
    return "".join([*pieces, text[at:]])
