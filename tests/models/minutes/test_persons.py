"""Persons in a stretch of the head."""

from __future__ import annotations

from ydan.minutes.persons import find_persons, unit_names


def test_a_commune_after_an_office_is_no_person() -> None:
    head = "UBND XÃ HÀ AN\nChủ tịch UBND xã Hà An Lê Văn Tám đến; Chủ tịch UBND xã Vân Đình, ông Vũ Tý cùng đi."
    assert "ha an" in unit_names(head)
    assert [person.name for person in find_persons(head, unit_names(head))] == ["Lê Văn Tám", "Vũ Tý"]


def test_persons_say_where_they_stand() -> None:
    text = "Cùng dự có bà Hà Thị Mùi."
    (person,) = find_persons(text)
    assert text[person.start : person.end] == "bà Hà Thị Mùi"
