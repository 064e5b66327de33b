"""Heads and feet of the two forms, as templates."""

from __future__ import annotations

from typing import Any

from ydan.documents.layout import CENTER, LEFT, Layout


def head(page: Layout, *, about: str | None = None, urgent: bool = False) -> None:
    """The letterhead with number, place and date.

    ``about`` is a letter's subject under its number; ``urgent`` leaves room for the mark of haste below.
    """
    left = _state(page, about) if page.form == "state" else _party(page, about)
    if urgent:
        page.say("{%p if urgent %}", to=left)
        page.framed(page.say("\u00a0KHẨN\u00a0", to=left, align=CENTER, size=13, bold=True, before=6))
        page.say("{%p endif %}", to=left)


def _state(page: Layout, about: str | None) -> Any:
    left, right = (64.0, 101.0) if page.width < 200 else (100.0, 162.0)
    table = page.columns([left, right])
    one, two = table.cell(0, 0), table.cell(0, 1)
    page.say("{{ organ_line_1 }}", to=one, align=CENTER, size=13, bold=True)
    page.say("{{ organ_line_2 }}", to=one, align=CENTER, size=13, bold=True)
    page.rule(one, 24, left - 4)
    page.say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", to=two, align=CENTER, size=12.5, bold=True)
    page.say("Độc lập - Tự do - Hạnh phúc", to=two, align=CENTER, size=13.5, bold=True)
    page.rule(two, 61, right - 4)
    page.say("{{ number }}", to=one, align=CENTER, size=13, before=3)
    page.say("{{ place_and_date }}", to=two, align=CENTER, size=13.5, italic=True, before=3)
    if about:
        page.say(about, to=one, align=CENTER, size=12)
    return one


def _party(page: Layout, about: str | None) -> Any:
    left, right = (76.0, 89.0) if page.width < 200 else (110.0, 152.0)
    table = page.columns([left, right])
    one, two = table.cell(0, 0), table.cell(0, 1)
    page.say("{%p if organ_above %}", to=one)
    page.say("{{ organ_above }}", to=one, align=CENTER, size=14)
    page.say("{%p endif %}", to=one)
    page.say("{{ organ_line_2 }}", to=one, align=CENTER, size=14, bold=True)
    page.say("*", to=one, align=CENTER, size=14)
    page.say("{{ number }}", to=one, align=CENTER, size=14)
    if about:
        page.say(about, to=one, align=CENTER, size=12, italic=True)
    page.say("ĐẢNG CỘNG SẢN VIỆT NAM", to=two, align=CENTER, size=15, bold=True)
    page.rule(two, 72, right - 4)
    page.say("{{ place_and_date }}", to=two, align=CENTER, size=14, italic=True, before=6)
    return one


def title(page: Layout, name: str, *about: str) -> None:
    """The kind of document and what it is about, with the short line under it."""
    party = page.form == "party"
    page.say(name, align=CENTER, size=16 if party else 14, bold=True, before=14)
    for line in about:
        page.say(line, align=CENTER, size=14, bold=True)
    if party:
        page.say("-----", align=CENTER, size=14, after=8)
    else:
        page.rule(page.document, 45, page.width)
        page.say("", size=6)


def signature(page: Layout, *, receivers: bool = True) -> None:
    """Who gets it on the left, who signs on the right, kept on one page."""
    party = page.form == "party"
    left, right = page.width * 0.48, page.width * 0.52
    page.say("", size=8, keep=True)
    table = page.columns([left, right])
    page.keep_whole(table)
    one, two = table.cell(0, 0), table.cell(0, 1)
    if receivers:
        page.say(
            "Nơi nhận:", to=one, align=LEFT, size=14 if party else 12, bold=not party, italic=not party, underline=party
        )
        page.say("{%p for receiver in receivers %}", to=one)
        page.say("- {{ receiver }}", to=one, size=12 if party else 11)
        page.say("{%p endfor %}", to=one)
    page.say("{%p for line in signer_lines %}", to=two)
    if party:  # the authority in bold, the office under it not
        page.say("{%p if loop.first %}", to=two)
        page.say("{{ line }}", to=two, align=CENTER, size=14, bold=True)
        page.say("{%p else %}", to=two)
    page.say("{{ line }}", to=two, align=CENTER, size=14, bold=not party)
    if party:
        page.say("{%p endif %}", to=two)
    page.say("{%p endfor %}", to=two)
    for _ in range(4):
        page.say("", to=two, size=13)
    page.say("{{ signer }}", to=two, align=CENTER, size=14, bold=True)
