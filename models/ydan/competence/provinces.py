"""The 34 provinces since 01/07/2025, found by code, by name, or by the name of one merged into them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ydan.competence.names import fold
from ydan.errors import CompetenceError

PREFIXES = ("thanh pho ", "tinh ", "tp ")
NICKNAMES = {"sai gon": "79", "tphcm": "79", "hcm": "79", "vung tau": "79", "ba ria vung tau": "79"}


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a centrally run city; ``code`` has two digits, ``former`` are those merged into it."""

    code: str
    name: str
    former: tuple[str, ...]


@cache
def load_provinces() -> Mapping[str, Province]:
    """The provinces by code."""
    text = files("ydan.competence").joinpath("provinces.csv").read_text(encoding="utf-8")
    return {
        r["code"]: Province(r["code"], r["name"], tuple(n for n in r["former"].split(";") if n))
        for r in csv.DictReader(text.splitlines())
    }


@cache
def _by_name() -> Mapping[str, str]:
    found = dict(NICKNAMES)
    for province in load_provinces().values():
        for name in (province.name, *province.former):
            found[_bare(name)] = province.code
    return found


def _bare(name: str) -> str:
    folded = fold(name)
    for prefix in PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded


def find_province(wanted: str) -> Province:
    """The province that somebody means; a former one answers with the present one.

    >>> find_province("hai duong").name, find_province("4").name
    ('Hải Phòng', 'Cao Bằng')
    """
    text = wanted.strip()
    provinces = load_provinces()
    code = text.zfill(2) if text.isdecimal() else _by_name().get(_bare(text), "")
    if code in provinces:
        return provinces[code]
    from difflib import get_close_matches  # late: only a mistake pays for the import

    close = get_close_matches(_bare(text), _by_name(), n=3)
    names = [provinces[c].name for c in dict.fromkeys(_by_name()[n] for n in close)]
    hint = f"Gần nhất: {', '.join(names)}." if names else "Hãy dùng mã hai số (31) hoặc tên (Hải Phòng)."
    raise CompetenceError(f"Không có tỉnh “{wanted}” trong 34 tỉnh, thành phố. {hint}")
