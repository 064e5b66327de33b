"""A province is found however it is written."""

from __future__ import annotations

import pytest

from ydan.competence import find_province, load_provinces
from ydan.errors import CompetenceError


def test_there_are_34_provinces_and_63_names_merged_into_them() -> None:
    """34 units since 01/07/2025: 63 former ones, of which Huế changed its name."""
    provinces = load_provinces().values()
    assert len(provinces) == 34
    former = [name for p in provinces for name in p.former if name != "Thừa Thiên Huế"]
    former.remove("Hà Tây")  # into Hà Nội in 2008
    assert len(former) + 34 == 63


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31", "31"),
        ("4", "04"),
        ("Hải Phòng", "31"),
        ("thanh pho hai phong", "31"),
        ("Tỉnh Hải Dương", "31"),
        ("HAI DUONG", "31"),
        ("Thanh Hóa", "38"),
        ("Thanh Hoá", "38"),
        ("Đắk Nông", "68"),
        ("dak lak", "66"),
        ("TP.HCM", "79"),
        ("TP Hồ Chí Minh", "79"),
        ("Bà Rịa - Vũng Tàu", "79"),
        ("Thừa Thiên – Huế", "46"),
    ],
)
def test_a_code_a_name_or_a_former_name_finds_the_province(written: str, code: str) -> None:
    """Accents, prefixes and Excel's lost zero do not matter."""
    assert find_province(written).code == code


@pytest.mark.parametrize("written", ["", "99", "Sài Gòm", "🙂", "\ud800", "x" * 1000])
def test_an_unknown_province_is_an_error_with_the_next_step(written: str) -> None:
    """It names the near ones, or how to write one."""
    with pytest.raises(CompetenceError, match=r"34 tỉnh, thành phố\. (Gần nhất|Hãy dùng)"):
        find_province(written)


def test_no_two_provinces_share_a_folded_name() -> None:
    """Otherwise a name without accents would be ambiguous."""
    provinces = load_provinces().values()
    for province in provinces:
        for name in (province.name, *province.former):
            assert find_province(name).code == province.code
