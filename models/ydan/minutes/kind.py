"""What kind of meeting it was, and the warning when its name and its words disagree."""

from __future__ import annotations

from typing import NamedTuple

from ydan.minutes.records import Notice
from ydan.minutes.words import load_words, loose
from ydan.text import lower, unify_tones

Span = tuple[int, int]

_KINDS = ("txct", "tcd", "complaint_dialogue", "txdt")
_OTHERS = {"complaint_dialogue": 2, "txct": 2, "tcd": 3}
"""Kinds that a session named TXĐT may hide, and the different signs from which it is taken for mixed."""

_WARNINGS = {
    "txct": ("voter_meeting", "tiếp xúc cử tri"),
    "tcd": ("citizen_reception", "buổi tiếp công dân"),
    "complaint_dialogue": ("complaint_dialogue", "đối thoại giải quyết khiếu nại"),
}
_MESSAGE = (
    "Tên là hội nghị tiếp xúc, đối thoại nhưng nội dung giống {}."
    " Hãy kiểm tra lại loại hội nghị trước khi ra thông báo kết luận."
)


class Kind(NamedTuple):
    """One of ``records.MEETING_TYPES`` or ``unclear``, with the warnings that go with it."""

    meeting_type: str
    warnings: tuple[Notice, ...]


def read_kind(title: str, text: str) -> Kind:
    """The kind of meeting by its title first, by the words of the minutes where the title is silent or too broad.

    The title decides unless it names a TXĐT and at least two or three different signs of another kind of meeting
    stand in the minutes: the fault that supervision found most often. The warning points at the words.

    >>> read_kind("BIÊN BẢN Hội nghị tiếp xúc cử tri", "").meeting_type
    'txct'
    """
    low, heading = _low(text), _low(" ".join(title.split()))
    titles = load_words()["kind_titles"]
    named = next((kind for kind in titles if loose("kind_titles", kind).search(heading)), None)
    found = {kind: _signs(low, kind) for kind in _KINDS}
    if named is None:
        best = max(_KINDS, key=lambda kind: len(found[kind]))
        return Kind(best if len(found[best]) >= (1 if best == "txdt" else 2) else "unclear", ())
    if named == "txct" and loose("kind_titles", "txdt").search(heading) and len(found["txdt"]) > 1:
        return Kind("mixed", (_warning("txct", found["txct"]),))
    if named == "txdt":
        for other, enough in _OTHERS.items():
            if len(found[other]) >= enough and _weighty(other, low):
                return Kind("mixed", (_warning(other, found[other]),))
    return Kind(named, ())


def _low(text: str) -> str:
    return unify_tones(lower(text))


def _signs(low: str, kind: str) -> list[Span]:
    """Where each different sign of a kind first stands, in the order of the list."""
    section = f"signs_{kind}"
    hits = (loose(section, name).search(low) for name in load_words()[section])
    return [hit.span() for hit in hits if hit is not None]


def _weighty(other: str, low: str) -> bool:
    """One passing mention is no sign: the people of the other kind of meeting must appear again and again."""
    if other == "txct":
        voters, deputies = _count(low, "voters"), _count(low, "deputies")
        return voters >= 3 or (voters >= 2 and deputies >= 2)
    if other == "tcd":
        return _count(low, "petitioners") >= 4
    return _count(low, "complainants") >= 2


def _count(low: str, name: str) -> int:
    return sum(1 for _ in loose("kind_weight", name).finditer(low))


def _warning(kind: str, spans: list[Span]) -> Notice:
    code, name = _WARNINGS[kind]
    return Notice(code, _MESSAGE.format(name), spans[0] if spans else None)
