"""Who spoke and from where."""

from __future__ import annotations

import pytest

from ydan.alike.items import AlikeItem, count_people, count_places, person_key


def said(speaker: str | None, address: str | None = None, place: str | None = None) -> AlikeItem:
    return AlikeItem("1", "Sửa đường.", "s", speaker, address, place)


@pytest.mark.parametrize(
    "speaker", ["Ông Lê Văn Tám", "ông LÊ VĂN TÁM", "Le Van Tam", "O. Lê Văn Tám", " Bác Lê Văn Tám "]
)
def test_a_title_or_lost_diacritics_make_no_other_person(speaker: str) -> None:
    assert person_key(speaker) == "le van tam"


def test_a_person_who_is_called_by_a_title_keeps_a_name() -> None:
    assert person_key("Bà Tám") == "tam"
    assert person_key("Bà") == "ba"


def test_the_same_name_at_two_addresses_is_two_people() -> None:
    assert count_people([said("Nguyễn Thị Hoa", "thôn 1"), said("Bà Nguyễn Thị Hoa", "Thôn 2")]) == 2


def test_a_name_without_address_is_the_one_with_it() -> None:
    assert count_people([said("Nguyễn Thị Hoa", "thôn 1"), said("Nguyễn Thị Hoa")]) == 1


def test_each_opinion_without_a_name_counts_as_one_person() -> None:
    assert count_people([said(None), said(None), said("Lê Tám")]) == 3


def test_places_are_addresses_of_a_commune() -> None:
    items = [said("A", "Thôn 3", "Xã A"), said("B", "thôn 3", "xã A"), said("C", "thôn 3", "xã B"), said("D")]
    assert count_places(items) == 2
