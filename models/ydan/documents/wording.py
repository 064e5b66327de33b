"""Words as official documents write them: clean, counted, with visible blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from ydan.text import fold

BLANK = re.compile(r"\[…… cần điền: [^\]]*\]")
"""What a person must fill in; documents show it on yellow."""
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_TONES = re.compile(r"(?<![qQ])([oOuU])([àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")
_MARKS = {"\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}


def blank(what: str) -> str:
    """A blank that says what belongs in it.

    >>> blank("đơn vị được giao")
    '[…… cần điền: đơn vị được giao]'
    """
    return f"[…… cần điền: {what}]"


def clean(text: str) -> str:
    """One line that any file can hold: composed letters, no controls, half emojis as the replacement sign.

    Zero-width characters go too: a phone number with one inside must not pass the mask.

    >>> clean("Đường\\x07\\n lầy \\ud83d & <b>")
    'Đường lầy \\ufffd & <b>'
    """
    text = _HALF.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, cut after a sentence where one ends in the last third, else after a word."""
    if len(text) <= most:
        return text
    head = text[: most - 2]
    stop = max(head.rfind(mark) for mark in (". ", "; ", "? ", "! "))
    cut = stop + 1 if stop > most * 2 // 3 else head.rfind(" ")
    return head[: cut if cut > 0 else most - 2].rstrip(" ,;") + " …"


def count(number: int) -> str:
    """A number as leaders write it, two digits at least.

    >>> count(5), count(84)
    ('05', '84')
    """
    return f"{number:02d}"


def day(when: date | None) -> str | None:
    """Day first, the month with a zero only where NĐ 30/2020 wants one (January, February).

    >>> day(date(2026, 3, 5)), day(date(2026, 2, 15))
    ('05/3/2026', '15/02/2026')
    """
    if when is None:
        return None
    month = f"{when.month:02d}" if when.month < 3 else str(when.month)
    return f"{when.day:02d}/{month}/{when.year}"


def official(text: str) -> str:
    """The tone marks where legal texts put them (``Ủy ban``, ``văn hóa``); only for our own labels.

    >>> official("Uỷ ban, văn hoá, thuỷ lợi, toà án, quý, hoàn")
    'Ủy ban, văn hóa, thủy lợi, tòa án, quý, hoàn'
    """
    return _TONES.sub(_move_tone, text)


def _move_tone(found: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", found[2])
    mark = next(part for part in parts if part in _MARKS)
    bare = unicodedata.normalize("NFC", parts.replace(mark, "", 1))
    return unicodedata.normalize("NFC", found[1] + mark) + bare


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence, joined by semicolons."""
    return "; ".join(parts)


def lower_first(text: str) -> str:
    """For the middle of a sentence; abbreviations keep their capitals.

    >>> lower_first("Đất đai: quản lý"), lower_first("UBND xã"), lower_first("Trung ương")
    ('đất đai: quản lý', 'UBND xã', 'Trung ương')
    """
    if text.startswith(("Trung ương", "Đảng", "Nhân dân")):
        return text
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def slug(text: str, most: int = 40) -> str:
    """ASCII letters for a file name.

    >>> slug("Công ty điện lực, đội quản lý điện")
    'cong-ty-dien-luc-doi-quan-ly-dien'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain[:most].rstrip("-") or "khac"


def capital(text: str) -> str:
    """A sentence as a document begins it: minutes often cut an opinion out of the middle of one.

    >>> capital("đường xóm 4 lầy lội.")
    'Đường xóm 4 lầy lội.'
    """
    return text[:1].upper() + text[1:]
