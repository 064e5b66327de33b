"""Who is written to, about which opinions: one letter for each addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ydan.documents.dossier import Dossier, Item
from ydan.documents.status import urgencies
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
    """``(way, name)`` of everyone who is written to about an opinion."""
    judged, found = item.judged, []
    if judged is not None:
        body, up = judged.jurisdiction.body, judged.escalation
        above = load_taxonomy().is_above(judged.jurisdiction.level.id, host_level)
        if (up.required and up.to_body is not None) or above:
            found.append((UP, name_of((up.to_body or body).label)))
        if up.transfer:
            found.append((SIDE, name_of(body.label, outside=True)))
    if not found and item.status.code == "kien_nghi_cap_tren":
        found.append((UP, blank("cơ quan cấp trên nhận kiến nghị")))
    if not found and item.status.code == "chuyen_co_quan_khac":
        found.append((SIDE, blank("cơ quan, đơn vị nhận phiếu chuyển")))
    return found


def _through(items: Iterable[Item], way: str, host_level: str) -> str:
    central = any(
        item.judged is not None and (item.judged.escalation.to_level or item.judged.jurisdiction.level.id) == "central"
        for item in items
    )
    return (
        f"qua Ủy ban nhân dân {blank('tỉnh, thành phố')}" if way == UP and central and host_level != "province" else ""
    )


def name_of(label: str, *, outside: bool = False) -> str:
    """An office as an addressee, with a blank where the label stands for several.

    >>> name_of("UBND tỉnh, thành phố"), name_of("Sở Xây dựng")
    ('UBND […… cần điền: tỉnh, thành phố]', 'Sở Xây dựng')
    >>> name_of("Công ty điện lực, đội quản lý điện", outside=True)
    'Công ty điện lực […… cần điền: tên cụ thể]'
    """
    name = official(label)
    if name.endswith(" tỉnh, thành phố"):
        return f"{name.removesuffix(' tỉnh, thành phố')} {blank('tỉnh, thành phố')}"
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
