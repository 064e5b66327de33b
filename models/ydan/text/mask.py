"""Personal data replaced by placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ydan.text.aligned import AlignedText, Edit
from ydan.text.fold import fold

PLACEHOLDERS = {
    "id": "[số định danh]",
    "phone": "[điện thoại]",
    "account": "[tài khoản]",
    "plate": "[biển số]",
    "email": "[email]",
    "parcel": "[thửa đất]",
    "map_sheet": "[tờ bản đồ]",
}


class PersonalSpan(NamedTuple):
    """Personal data of one kind (a key of ``PLACEHOLDERS``) and its half-open span."""

    kind: str
    start: int
    end: int


# All patterns read the folded text, so "CĂN CƯỚC", "căn cước" and "can cuoc" are one, and every repetition is
# bounded. A keyword right behind "[" is one of our own placeholders.
_MONEY = "(?:d|dong|vnd|usd|trieu|trd?|ty|ngan|nghin|k|m2|m3|ha|kg|tan|khoi|²|³)"
_COUNTED = "(?:m|met|km|hecta|sao|thuoc|mau|ta|yen|nguoi|ho|khau|nam|lan|dot)"
_STOP = r"(?![.,]?\d)(?![/\w])(?! ?%)"
_NO_MONEY = rf"{_STOP}(?! ?{_MONEY}(?![a-z]))"
_NO_DATE = r"(?!\d{1,2}(?P<sep>[./ -])\d{1,2}(?P=sep)(?:19|20)\d\d(?!\d))"
_LINK = r"(?: ?(?:so|:|la|no|moi|cu|cua (?:toi|ong|ba|em|anh|chi)|[-=(.])){0,4} ?"
_SO = r"(?:(?: ?:| so){1,3})?"

_EMAIL = re.compile(r"(?<![\w.+-])(?P<data>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_ID_NAMED = re.compile(
    r"(?<![\w\[])(?:cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: thu)?(?: nhan dan)?"
    r"|dinh danh(?: ca nhan)?"
    rf"|(?:ma so|ma the|so so|ma|so|the) (?:bhxh|bhyt)){_LINK}"
    rf"(?P<data>\d(?:(?:[ .-]?\d){{11}}|(?:[ .-]?\d){{8,9}})){_NO_MONEY}"
)
_PASSPORT = re.compile(rf"(?<![\w\[])(?:ho chieu|passport){_LINK}(?P<data>[a-z] ?\d{{7,8}})(?!\w)")
_ACCOUNT = re.compile(
    r"(?<![\w\[])(?:tai khoan|stk|so tk|tknh|tk)(?!\w)[^\d\[\]\n.;]{0,40}?"
    rf"(?P<data>{_NO_DATE}\d(?:[ .-]?\d){{7,18}}+){_NO_MONEY}"
)
_BANK = "ngan hang|agribank|vietcombank|vietinbank|bidv|mb ?bank|techcombank|acb|sacombank|vpbank|tpbank|lpbank|seabank"
_ACCOUNT_AT = re.compile(rf"(?<![\w/.,+-])(?P<data>\d{{8,19}})(?= ?[(,-]? ?(?:mo )?(?:tai )?(?:{_BANK})(?!\w))")
_PHONE = re.compile(
    rf"(?<![\w+])(?P<data>{_NO_DATE}\(?(?:(?:\+ ?84|0084|84|0)[ .)-]{{0,2}}(?:[35789](?:[ .-]?\d){{8}}"
    r"|2\d(?:[ .)-]{0,2}\d){8}|1[2689](?:[ .-]?\d){8})|0[3-7]\d\d?[ .)-]{1,2}3(?:[ .]?\d){6}))(?!\w)"
)
_ID = re.compile(
    r"(?<![\w/.,+-])(?P<data>0\d\d(?P<gap>[ .-]?)\d{3}(?P=gap)\d{3}(?P=gap)\d{3}"
    r"|0\d{3}(?P<gap4>[ .-])\d{4}(?P=gap4)\d{4}"
    rf"|\d{{12}}|\d{{9}}|\d{{3}}(?P<gap9>[ -])\d{{3}}(?P=gap9)\d{{3}}){_NO_MONEY}"
)
_PLATE = re.compile(
    r"(?<![\w/.,])(?<!\d-)(?P<data>(?:1[1-9]|[2-9]\d)(?P<gap>[ -]?)(?P<series>[a-z][a-z\d]??)"
    r"(?P<joint>[ .-]{0,2})(?P<number>\d{3}\.\d\d|\d{4,5}))(?!\w)(?![.,/-]\d)"
)
_PARCEL = re.compile(
    rf"(?<![\w\[])(?P<data>thua(?P<name>(?: dat)?{_SO}) ?\d{{1,5}}(?:-\d{{1,4}})?[a-d]?"
    rf"(?:(?: ?[,;] ?| va )(?:thua )?\d{{1,5}}(?!\d)(?! ?(?:{_MONEY}|{_COUNTED})(?![a-z]))){{0,6}})"
    rf"{_NO_MONEY}(?! ?{_COUNTED}(?![a-z]))"
)
_SHEET = re.compile(
    rf"(?<![\w\[])(?P<data>to(?P<name> (?:ban do|bd)(?: dia chinh)?)?{_SO} ?\d{{1,4}}(?:-\d{{1,3}})?)"
    rf"{_NO_MONEY}(?! ?{_COUNTED}(?![a-z]))"
)
_DIGIT_OR_AT = re.compile(r"[\d@]")
_NUMBERED = re.compile(r"\d(?:[ .)-]{0,2}\d){5}|\d[ -]?[a-z][a-z\d]?[ .-]{0,2}\d")
_AMOUNT_BEFORE = re.compile(r"(?:so tien|kinh phi|tong|gia|tri gia|du toan|muc|ngan sach)(?: la|:)? ?\Z")
_VEHICLE_BEFORE = re.compile(r"(?:bien so|bien kiem soat|bks|bsx|xe|o ?to|xe may|xe tai)(?: so|:| la)? ?\Z")
_UNIT_LETTERS = frozenset("hmkgltdp")


def find_personal(text: str) -> list[PersonalSpan]:
    """Personal data in ``text``, sorted, without overlaps.

    Minutes are passed on and published; a citizen's numbers must not travel with the request. Dates, money,
    areas, numbers of decisions and roads look alike and matter to the reading, so a number is taken only by a
    shape that nothing else has (a mobile number, a plate) or behind its keyword.

    >>> find_personal("Gọi 0912.345.678, xe 15B-123.45")
    [PersonalSpan(kind='phone', start=4, end=16), PersonalSpan(kind='plate', start=21, end=31)]
    """
    return sorted(_mask(text)[1], key=lambda span: span.start)


def mask(text: str) -> AlignedText:
    """``text`` with its personal data replaced by placeholders. Idempotent.

    >>> mask("Tôi số CCCD 030080001234, thửa số 12, tờ bản đồ số 5").text
    'Tôi số CCCD [số định danh], [thửa đất], [tờ bản đồ]'
    >>> mask("Quyết định số 1738/QĐ-UBND, 120.000.000 đồng, ĐT390").text
    'Quyết định số 1738/QĐ-UBND, 120.000.000 đồng, ĐT390'
    """
    if _DIGIT_OR_AT.search(text) is None:
        return AlignedText.of(text)
    return _mask(text)[0]


def _mask(text: str) -> tuple[AlignedText, list[PersonalSpan]]:
    """Rounds until nothing is found: a placeholder may part two numbers that hid one another."""
    aligned, spans = AlignedText.of(text), []
    while found := _one_round(aligned.text):
        spans += [PersonalSpan(kind, *aligned.original_span(start, end)) for kind, start, end in found]
        aligned = aligned.apply([Edit(start, end, PLACEHOLDERS[kind]) for kind, start, end in found])
    return aligned, spans


def _one_round(text: str) -> list[PersonalSpan]:
    if _DIGIT_OR_AT.search(text) is None:
        return []
    found = []
    taken = bytearray(len(text))
    for span in _candidates(text, fold(text)):
        if 1 not in taken[span.start : span.end]:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _candidates(text: str, plain: str) -> Iterator[PersonalSpan]:
    """Everything that looks personal, the surest first; ``plain`` is ``text`` folded."""
    if "@" in plain:
        yield from _spans("email", _EMAIL, plain)
    if _NUMBERED.search(plain):
        yield from _spans("id", _ID_NAMED, plain)
        yield from _spans("id", _PASSPORT, plain)
        yield from _spans("account", _ACCOUNT, plain)
        yield from _spans("account", _ACCOUNT_AT, plain)
        yield from (_span("plate", m) for m in _PLATE.finditer(plain) if _is_plate(text, plain, m))
        yield from _spans("phone", _PHONE, plain)
        yield from (_span("id", m) for m in _ID.finditer(plain) if _is_id(plain, m))
    if "thua" in plain:
        yield from (_span("parcel", m) for m in _PARCEL.finditer(plain) if _is_parcel(text, plain, m))
    if "to " in plain:
        yield from (_span("map_sheet", m) for m in _SHEET.finditer(plain) if _is_sheet(text, m))


def _spans(kind: str, pattern: re.Pattern[str], plain: str) -> Iterator[PersonalSpan]:
    return (_span(kind, m) for m in pattern.finditer(plain))


def _span(kind: str, match: re.Match[str]) -> PersonalSpan:
    return PersonalSpan(kind, *match.span("data"))


def _is_plate(text: str, plain: str, match: re.Match[str]) -> bool:
    """``15 h 2024``, ``30 m 1200`` are no plates: small letters, short numbers need a sign or a vehicle."""
    start = match.start()
    if _VEHICLE_BEFORE.search(plain, max(0, start - 20), start):
        return True
    signed = "-" in match["gap"] + match["joint"] or "." in match["number"]
    series = text[match.start("series") : match.end("series")]
    if series != series.upper():
        return signed and len(match["number"]) > 4 and series[0] not in _UNIT_LETTERS
    return signed or (len(match["number"]) > 4 and not match["gap"] and (len(series) == 1 or series[1].isdigit()))


def _is_id(plain: str, match: re.Match[str]) -> bool:
    """Bare numbers: a round one or one behind ``số tiền`` is money."""
    start = match.start()
    return not match["data"].endswith("000") and not _AMOUNT_BEFORE.search(plain, max(0, start - 20), start)


def _is_parcel(text: str, plain: str, match: re.Match[str]) -> bool:
    """Folded, ``thửa``, ``thừa``, ``thưa`` and ``thua`` are one; only the first is a plot of land."""
    word = text[match.start() : match.start() + 4].lower()
    if plain.endswith(("don ", "doi "), 0, match.start()):
        return False
    return word == "thửa" or (word == "thua" and bool(match["name"]))


def _is_sheet(text: str, match: re.Match[str]) -> bool:
    """``tờ số 5`` is a sheet, ``tổ số 5`` a neighbourhood."""
    word = text[match.start() : match.start() + 2].lower()
    if word == "tờ":
        return bool(match["name"]) or " so" in match["data"]
    return word == "to" and bool(match["name"])
