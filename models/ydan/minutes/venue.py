"""Where the meeting was held."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ydan.minutes.words import Line, spelled

_SHORTEST, _LONGEST, _CUT = 4, 160, 120


class _Patterns(NamedTuple):
    """For text with marks or without: *sân* must not be seen in *sản* where the marks are there to tell them apart.

    ``label`` says that a place follows; ``cues`` need a site after them; ``end`` is what no longer belongs to it.
    """

    label: re.Pattern[str]
    cues: tuple[re.Pattern[str], ...]
    end: re.Pattern[str]
    meeting: re.Pattern[str]


def read_venue(head: str) -> str | None:
    """The place, by what announces it: a label, a word such as *tại*, the time before it, or a line of its own.

    >>> read_venue("Tối thứ bảy 11/5/2024, hội trường Công ty Đại Hòa, 18 giờ 30. Chủ trì: ông Lý Gia Bảo.")
    'hội trường Công ty Đại Hòa'
    >>> read_venue("Nơi tiếp công dân của UBND xã Sơn Hải. Người tiếp: ông Lê An")
    'Nơi tiếp công dân của UBND xã Sơn Hải'
    """
    line = Line.of(head)
    patterns = _patterns(line.plain)
    for cues in ((patterns.label,), patterns.cues):
        hits = sorted((hit for cue in cues for hit in cue.finditer(line.low)), key=re.Match.end)
        for hit in hits:
            words = _words(line, hit.end(), patterns.end)
            if words is not None and not patterns.meeting.match(line.low, hit.end()):
                return words
    return None


def _words(line: Line, begin: int, ends: re.Pattern[str]) -> str | None:
    end = ends.search(line.low, begin + 1)
    words = line.text[begin : end.start() if end else begin + _CUT]
    words = " ".join(words.split()).strip(" ,:;–-")
    return words if _SHORTEST <= len(words) <= _LONGEST else None


@functools.cache
def _patterns(plain: bool) -> _Patterns:
    def of(*names: str) -> str:
        return spelled("venue", *names, plain=plain)

    site = rf"(?={of('sites')}(?!\w))"
    return _Patterns(
        re.compile(
            rf"(?<!\w){of('labels')}(?!\s+{of('reception')})(?:\s*[:–-]\s*(?:{of('at')}\s+)?|\s+{of('at')}\s+|\s+{site})"
        ),
        (
            re.compile(rf"(?<!\w){of('prepositions')}\s*:?\s*{site}"),
            re.compile(rf"(?:{of('times')}(?:\s+\d+)?|\d[hg:]\d*|\d{{4}}),\s+{site}"),
            re.compile(rf"(?<![^\n])[-–+*\t ]{{0,9}}(?={of('opening')}(?!\w))"),
            re.compile(rf"(?<![^\n]){site}(?=[^\n.;:,]{{2,70}}, {of('dated')}[^\n]{{0,40}}\d)"),
        ),
        re.compile(
            rf"[.;\n)(]|,\s+(?=(?:{of('after_comma')}|\d+[hg:]?\d*)(?!\w))|\s+(?={of('after_blank')}(?!\w))"
            rf"|\s+(?={of('fields')}\s*:)"
        ),
        re.compile(rf"{of('meetings')}(?!\w)"),
    )
