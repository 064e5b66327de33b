"""Who is written to, about which opinions: one letter for each addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ydan.documents.dossier import Dossier
from ydan.documents.item import Item
from ydan.documents.status import UPWARD, urgencies
from ydan.documents.wording import blank, official
from ydan.taxonomy import load_taxonomy

UP, SIDE = "up", "side"


@dataclass(frozen=True, slots=True)
class Letter:
    """Opinions that go to one addressee, upward or sideways."""

    way: str
    addressee: str
    items: tuple[Item, ...]
    urgency: str
    through: str = ""
    """The level that passes it on: a commune does not write to a ministry past its province."""


def letters_of(dossier: Dossier) -> list[Letter]:
    """Every letter that the meeting calls for: those upward first, each in the order of the summary.

    What was settled on the spot, complaints and everything confidential are in none. A matter can be in two: a
    leaning pole goes to the power company and, being a danger, to the level above.
    """
    heaps: dict[tuple[str, str], list[Item]] = {}
    for item in dossier.public:
        if item.status.code in ("da_giai_quyet", "huong_dan_kn_tc"):
            continue
        for way, addressee in addressees(item, dossier.host_level):
            heaps.setdefault((way, addressee), []).append(item)
    found = [
        Letter(way, to, tuple(items), _most_urgent(items, way), _through(items, way, dossier.host_level))
        for (way, to), items in heaps.items()
    ]
    return sorted(found, key=lambda letter: letter.way == SIDE)


def addressees(item: Item, host_level: str) -> list[tuple[str, str]]:
    """``(way, name)`` of everyone who is written to about an opinion.

    Once a person chose the status, only what must be reported whoever settles it (a danger, a hotspot …) goes up
    beside it; a chosen addressee takes the place of the derived one.
    """
    judged, found, decided = item.judged, [], item.decided
    if judged is not None:
        body, up = judged.jurisdiction.body, judged.escalation
        above = load_taxonomy().is_above(judged.jurisdiction.level.id, host_level)
        beside = any(reason.code not in UPWARD for reason in up.reasons)
        if ((up.required and up.to_body is not None) or above) and (not decided or beside):
            found.append((UP, name_of((up.to_body or body).label, province=item.province)))
        if up.transfer and not decided:
            found.append((SIDE, name_of(body.label, outside=True)))
    way = {"kien_nghi_cap_tren": UP, "chuyen_co_quan_khac": SIDE}.get(item.status.code)
    if way is not None and (not found or (decided and way not in [one for one, _name in found])):
        found.append((way, _likeliest(item, way, host_level)))
    if item.addressee is None:
        return found
    way = way or (found[0][0] if found else UP)
    chosen = (way, item.addressee or _unknown(way))
    return [*(pair for pair in found if pair[0] != way), chosen] if item.addressee or found else found


def _likeliest(item: Item, way: str, host_level: str) -> str:
    """The office that the assessment names, where it lies that way; else a blank."""
    judged = item.judged
    if judged is not None:
        body, up = judged.jurisdiction.body, judged.escalation
        above = load_taxonomy().is_above(judged.jurisdiction.level.id, host_level)
        if way == UP and ((up.required and up.to_body is not None) or above):
            return name_of((up.to_body or body).label, province=item.province)
        if way == SIDE and (up.transfer or judged.jurisdiction.level.id == "external"):
            return name_of(body.label, outside=True)
    return _unknown(way)


def _unknown(way: str) -> str:
    return blank("cơ quan cấp trên nhận kiến nghị" if way == UP else "cơ quan, đơn vị nhận phiếu chuyển")


def _through(items: Iterable[Item], way: str, host_level: str) -> str:
    items = list(items)
    central = any(
        item.judged is not None and (item.judged.escalation.to_level or item.judged.jurisdiction.level.id) == "central"
        for item in items
    )
    if way != UP or not central or host_level == "province":
        return ""
    province = next((item.province for item in items if item.province), blank("tỉnh, thành phố"))
    return f"qua Ủy ban nhân dân {province}"


def name_of(label: str, *, outside: bool = False, province: str = "") -> str:
    """An office as an addressee, with a blank where the label stands for several; ``province`` fills its own.

    >>> name_of("UBND tỉnh, thành phố"), name_of("Sở Xây dựng")
    ('UBND […… cần điền: tỉnh, thành phố]', 'Sở Xây dựng')
    >>> name_of("Công ty điện lực, đội quản lý điện", outside=True)
    'Công ty điện lực […… cần điền: tên cụ thể]'
    """
    name = official(label)
    if name.endswith(" tỉnh, thành phố"):
        return f"{name.removesuffix(' tỉnh, thành phố')} {province or blank('tỉnh, thành phố')}"
    if name.endswith(" huyện, quận, thị xã, thành phố thuộc tỉnh"):
        return f"{name.split()[0]} {blank('tên huyện')}"
    if outside:
        return f"{re.split('[,(]', name)[0].strip()} {blank('tên cụ thể')}"
    return f"{name} {blank('tên cụ thể')}" if any(mark in name for mark in ",(…") else name


def _most_urgent(items: Iterable[Item], way: str) -> str:
    order = [name for name in urgencies() if name]
    found = {item.judged.escalation.urgency for item in items if item.judged}
    if way == SIDE:
        found &= {"immediate", "with_conclusion"} if "immediate" in found else {"with_conclusion"}
    return next((name for name in order if name in found), "with_conclusion")
