"""Each kind of fault, made on purpose in a sound table, is named with its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ydan.competence import Finding, RuleRow, validate
from ydan.competence.findings import errors_of
from ydan.competence.load import _base_rows

Rows = list[RuleRow]
Change = Callable[[Rows], Rows]


@pytest.fixture
def base() -> Rows:
    return list(_base_rows()[0])


def edited(rows: Rows, rule_id: str, /, **changes: object) -> Rows:
    """The table with one row changed; fails when the row is not there, so that no test passes idly."""
    assert rule_id in {r.rule_id for r in rows}
    return [replace(r, **changes) if r.rule_id == rule_id else r for r in rows]  # type: ignore[arg-type]


def without(rows: Rows, rule_id: str) -> Rows:
    assert rule_id in {r.rule_id for r in rows}
    return [r for r in rows if r.rule_id != rule_id]


def line(rows: Rows, rule_id: str) -> str:
    return next(r.where for r in rows if r.rule_id == rule_id)


def local(matter: str, level: str, body: str, **changes: object) -> RuleRow:
    """A province's row: Hải Phòng, from 01/07/2025 on, line 2 of its file."""
    row = RuleRow("hp.csv", 2, "hp:2", matter, date(2025, 7, 1), None, level, body, "QĐ 1", "local", "", "31")
    return replace(row, **changes)  # type: ignore[arg-type]


def summary(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.kind, f.where) for f in findings]


def test_the_shipped_table_has_no_finding_at_all(base: Rows) -> None:
    """Not even a warning."""
    assert validate(base) == []


def test_the_shipped_table_has_every_matter_and_266_rows(base: Rows) -> None:
    """182 matters; a change of this number is a change of law that somebody should see."""
    assert len({r.matter for r in base}) == 182
    assert len(base) == 266


@pytest.mark.parametrize(
    ("kind", "change", "rule_id", "words"),
    [
        (
            "gap",
            lambda r: without(r, "land_first_title-p2"),
            "land_first_title-p0",
            "từ 01/07/2025 đến trước 31/01/2026",
        ),
        ("gap", lambda r: without(r, "land_first_title-p4"), "land_first_title-p2", "từ 31/01/2026 trở đi"),
        ("gap", lambda r: without(r, "land_first_title-p0"), "land_first_title-p2", "từ đầu đến trước 01/07/2025"),
        (
            "gap",
            lambda r: edited(r, "land_first_title-p0", until=date(2025, 3, 1)),
            "land_first_title-p0",
            "từ 01/03/2025",
        ),
        (
            "contradiction",
            lambda r: edited(r, "land_first_title-p2", start=date(2025, 3, 1)),
            "land_first_title-p2",
            "hai câu trả lời",
        ),
        (
            "overlap",
            lambda r: edited(r, "land_first_title-p2", until=date(2026, 7, 1)),
            "land_first_title-p4",
            "trùng ngày",
        ),
        ("shadowed", lambda r: edited(r, "land_first_title-p2", until=None), "land_first_title-p4", "nằm trọn"),
        (
            "shadowed",
            lambda r: edited(r, "waste_collection-p0", start=date(2026, 1, 1), until=date(2026, 1, 1)),
            "waste_collection-p0",
            "không bao giờ",
        ),
        (
            "district_abolished",
            lambda r: edited(r, "waste_collection-p0", level="district"),
            "waste_collection-p0",
            "30/06/2025",
        ),
        (
            "unknown_id",
            lambda r: edited(r, "waste_collection-p0", matter="waste_colection"),
            "waste_collection-p0",
            "waste_collection",
        ),
        ("unknown_id", lambda r: edited(r, "waste_collection-p0", level="comune"), "waste_collection-p0", "commune"),
        ("unknown_id", lambda r: edited(r, "waste_collection-p0", body="ubdn"), "waste_collection-p0", "ubnd"),
        ("no_such_body", lambda r: edited(r, "power_fault-p0", level="province"), "power_fault-p0", "có ở: external"),
        (
            "no_such_body",
            lambda r: edited(r, "identity_residence-p0", until=date(2025, 7, 1)),
            "identity_residence-p0",
            "01/03/2025",
        ),
        (
            "off_border",
            lambda r: edited(r, "land_first_title-p0", until=date(2025, 7, 2)),
            "land_first_title-p0",
            "02/07/2025",
        ),
        ("no_source", lambda r: edited(r, "waste_collection-p0", source=""), "waste_collection-p0", "chưa ghi căn cứ"),
        (
            "no_source",
            lambda r: edited(r, "waste_collection-p0", certainty="verified"),
            "waste_collection-p0",
            "không nêu văn bản",
        ),
        (
            "bad_certainty",
            lambda r: edited(r, "waste_collection-p0", certainty="sure"),
            "waste_collection-p0",
            "verified, unverified",
        ),
        (
            "duplicate_id",
            lambda r: edited(r, "waste_fee-p0", rule_id="waste_collection-p0"),
            "waste_fee-p0",
            "waste_collection-p0",
        ),
    ],
)
def test_a_fault_is_named_with_its_kind_and_line(
    base: Rows, kind: str, change: Change, rule_id: str, words: str
) -> None:
    """A mutation of one row is found where it was made, in words that say what to do."""
    where = line(base, rule_id)
    found = [f for f in validate(change(base)) if (f.kind, f.where) == (kind, where)]
    assert found, summary(validate(change(base)))
    assert any(words in f.message for f in found)


def test_a_matter_without_any_row_is_a_gap_of_the_file(base: Rows) -> None:
    """There is no line to point at, so the file's first is."""
    rows = [r for r in base if r.matter != "forest"]
    assert [(f.kind, f.where) for f in validate(rows)] == [("gap", "rules.csv:1")]


def test_an_unknown_date_border_only_warns(base: Rows) -> None:
    """A law may come on any day; the period is then missing, not the rule wrong."""
    rows = edited(base, "land_first_title-p0", until=date(2025, 7, 2))
    rows = edited(rows, "land_first_title-p2", start=date(2025, 7, 2))
    borders = [f for f in validate(rows) if f.kind == "off_border"]
    assert {f.severity for f in borders} == {"warning"}


@pytest.mark.parametrize("rule_id", [r.rule_id for r in _base_rows()[0]])
def test_dropping_any_row_leaves_a_gap(base: Rows, rule_id: str) -> None:
    """No row of the base table is superfluous."""
    assert "gap" in {f.kind for f in validate(without(base, rule_id))}


def test_a_province_s_row_on_any_day_is_no_fault(base: Rows) -> None:
    """Provinces decide on their own days."""
    row = local("district_road", "province", "xay_dung_gt", start=date(2025, 9, 17))
    assert validate(base, [row]) == []


def test_a_province_s_row_that_repeats_a_verified_rule_is_useless(base: Rows) -> None:
    """It would only hide later changes of the common table."""
    row = local("house_building_permit", "commune", "xay_dung_gt")
    findings = validate(base, [row])
    assert [(f.kind, f.where, f.severity) for f in findings] == [("shadowed", "hp.csv:2", "warning")]
    assert line(base, "house_building_permit-p2") in findings[0].message


def test_a_province_s_row_that_confirms_an_unverified_rule_is_welcome(base: Rows) -> None:
    """Its decision is the very source that was missing: land delegated back to the commune."""
    row = local("land_first_title", "commune", "dat_dai_nnmt", start=date(2026, 1, 31))
    assert validate(base, [row]) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([local("district_road", "district", "xay_dung_gt")], [("district_abolished", "hp.csv:2")]),
        ([local("power_fault", "commune", "dien_luc")], [("no_such_body", "hp.csv:2")]),
        ([local("district_road", "province", "xay_dung_gt", source="")], [("no_source", "hp.csv:2")]),
        (
            [
                local("district_road", "province", "xay_dung_gt"),
                local("district_road", "external", "chu_dau_tu_dn", line=7),
            ],
            [("contradiction", "hp.csv:7")],
        ),
        (
            [
                local("district_road", "province", "xay_dung_gt"),
                local("district_road", "province", "xay_dung_gt", line=7),
            ],
            [("shadowed", "hp.csv:7")],
        ),
        (
            [
                local("district_road", "province", "xay_dung_gt", until=date(2026, 1, 1)),
                local("district_road", "province", "xay_dung_gt", line=7, start=date(2025, 12, 1)),
            ],
            [("overlap", "hp.csv:7")],
        ),
        (
            [
                local("district_road", "province", "xay_dung_gt", until=date(2025, 6, 1)),
            ],
            [("shadowed", "hp.csv:2")],
        ),
    ],
)
def test_a_fault_in_a_province_s_file_is_named_alone(base: Rows, rows: Rows, expected: list[tuple[str, str]]) -> None:
    """One fault, one finding: nothing is said about the common table."""
    findings = validate(base, rows)
    assert summary(findings) == expected
    assert errors_of(findings) == findings


def test_two_provinces_may_differ(base: Rows) -> None:
    """The key is province and matter."""
    rows = [
        local("district_road", "province", "xay_dung_gt"),
        local("district_road", "external", "chu_dau_tu_dn", line=3, province="01"),
    ]
    assert validate(base, rows) == []


def test_a_finding_prints_file_line_and_whether_it_only_warns() -> None:
    """What the command line shows."""
    assert str(Finding("gap", "a.csv:3", "thiếu")) == "a.csv:3: thiếu"
    assert str(Finding("off_border", "a.csv:3", "lạ", "warning")) == "a.csv:3: cảnh báo: lạ"
