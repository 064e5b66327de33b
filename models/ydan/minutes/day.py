"""The day of the meeting, told from the days of plans, decisions and limits that minutes name beside it."""

from __future__ import annotations

import re
from datetime import date

from ydan.minutes.dates import Dated, find_dates, find_short_dates
from ydan.minutes.words import folded
from ydan.text import fold

_STRONG = re.compile(rf"(?<!\w){folded('day', 'strong')}(?!\w)[^\n]{{0,60}}$")
_WEAK = re.compile(rf"(?<!\w){folded('day', 'weak')}(?!\w)[^\n]{{0,12}}$")
_OTHER = re.compile(rf"(?<!\w){folded('day', 'other')}\s[^\n;]{{0,90}}$")
_NUMBERED = re.compile(r"\d\s*[/-]\s*[a-z][\w-]*(?:/[\w-]+)?\s*,?\s*(?:de\s+)?ngay\s*$")
_SIGNED = re.compile(r"[^\n,]{0,40},\s*ngay\s*$")
_YEAR = re.compile(r"(?:nam|thang\s+\d{1,2}\s*[/-])\s*((?:19|20)\d{2})(?!\d)")
_BEFORE, _TAIL, _LAST = 110, 600, 3
_POINTS = {"strong": 5, "weak": 4, "other": -6, "numbered": -9, "signed": -1, "tail": -3}


def read_day(head: str, whole: str = "") -> date | None:
    """The day that the words before it claim most strongly; the last lines of ``whole`` are asked too.

    A day without a year counts where nothing better is said and the head names one year.

    >>> read_day("Quyết định số 88/QĐ-UBND ngày 14/6/2021\\nHôm nay, lúc 14 giờ ngày 19/8/2021, tại phòng họp")
    datetime.date(2021, 8, 19)
    >>> read_day("BIÊN BẢN đối thoại năm 2026\\nHồi 8 giờ ngày 15/7, tại thôn 4")
    datetime.date(2026, 7, 15)
    """
    best: tuple[int, date] | None = None
    for text, worth in ((head, 0), (whole[-_TAIL:], _POINTS["tail"])):
        low = fold(text)
        for order, found in enumerate(find_dates(low)):
            score = worth - min(order, _LAST) + _claim(low, found)
            if best is None or score > best[0]:
                best = (score, found.day)
    if best is None or best[0] < 0:
        short = _without_year(fold(head))
        return short or (None if best is None else best[1])
    return best[1]


def _claim(low: str, found: Dated) -> int:
    joined = low[max(0, found.start - _BEFORE) : found.start]
    line = joined[joined.rfind("\n") + 1 :]
    if _NUMBERED.search(" ".join(joined.split()) + " "):
        return _POINTS["numbered"]
    points = _POINTS["other"] if _OTHER.search(line) else 0
    if _STRONG.search(line):
        return points + _POINTS["strong"]
    points += _POINTS["weak"] if _WEAK.search(line) else 0
    if _SIGNED.fullmatch(line) and low[found.end : found.end + 1] in ("", "\n"):
        points += _POINTS["signed"]  # "Xã Minh Tân, ngày …": the day of signing, nearly always the same
    return points


def _without_year(low: str) -> date | None:
    years = {int(hit[1]) for hit in _YEAR.finditer(low)}
    if len(years) != 1:
        return None
    claims = [(_claim(low, found), -found.start, found.day) for found in find_short_dates(low, years.pop())]
    best = max(claims, default=None)
    return None if best is None or best[0] <= 0 else best[2]
