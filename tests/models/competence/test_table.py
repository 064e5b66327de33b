"""The table answers the worked cases, every matter in every period, and says why."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import cast

import pytest

from ydan.competence import CompetenceTable, load_competence, load_periods, load_provinces, period_of
from ydan.errors import CompetenceError, TaxonomyError
from ydan.taxonomy import load_taxonomy

OLD, TWO_TIER, CLINICS, LAND = date(2024, 3, 1), date(2025, 8, 1), date(2026, 1, 10), date(2026, 3, 1)
PERIOD_DAYS = [period.start for period in load_periods()]


@pytest.fixture(scope="module")
def table() -> CompetenceTable:
    return load_competence()


@pytest.mark.parametrize(
    ("matter", "day", "level", "body"),
    [
        ("village_road", LAND, "commune", "ubnd"),
        ("provincial_road", LAND, "province", "xay_dung_gt"),
        ("national_road", LAND, "central", "xay_dung_gt"),
        ("national_road_delegated", LAND, "province", "xay_dung_gt"),
        ("road_unclassified", LAND, "unclear", "xay_dung_gt"),
        ("district_road", OLD, "district", "xay_dung_gt"),
        ("district_road", LAND, "commune", "xay_dung_gt"),
        ("land_first_title", OLD, "district", "dat_dai_nnmt"),
        ("land_first_title", TWO_TIER, "commune", "dat_dai_nnmt"),
        ("land_first_title", LAND, "commune", "dat_dai_nnmt"),
        ("teacher_shortage", OLD, "district", "gd_dt"),
        ("teacher_shortage", LAND, "province", "gd_dt"),
        ("school_facilities", LAND, "commune", "gd_dt"),
        ("commune_health_station", date(2025, 10, 1), "province", "y_te"),
        ("commune_health_station", CLINICS, "commune", "y_te"),
        ("power_fault", LAND, "external", "dien_luc"),
        ("benefit_policy", LAND, "central", "noi_vu"),
        ("social_pension", LAND, "commune", "ubnd"),
        ("public_land_encroachment", LAND, "commune", "ubnd"),
        ("building_violation", LAND, "commune", "ubnd"),
        ("main_irrigation", LAND, "external", "thuy_nong"),
        ("irrigation_investment", LAND, "province", "dat_dai_nnmt"),
        ("court_delay", LAND, "external", "toa_an"),
        ("identity_residence", date(2025, 2, 28), "district", "cong_an"),
        ("identity_residence", date(2025, 3, 1), "commune", "cong_an"),
        ("denounce_commune_leader", date(2025, 6, 30), "district", "cap_uy_ubkt"),
        ("denounce_commune_leader", date(2025, 7, 1), "province", "cap_uy_ubkt"),
    ],
)
def test_the_worked_cases_get_their_level_and_body(
    table: CompetenceTable, matter: str, day: date, level: str, body: str
) -> None:
    """The level-against-level samples of the labelling guide, with LABELS.md deciding household land."""
    ruling = table.lookup(matter, day)
    assert (ruling.level, ruling.body) == (level, body)


@pytest.mark.parametrize("day", PERIOD_DAYS, ids=[p.id for p in load_periods()])
def test_every_matter_has_one_ruling_with_a_named_body_and_a_source(table: CompetenceTable, day: date) -> None:
    """No matter is without an answer in any of the six periods; how many rows answer is the validator's."""
    for matter in load_taxonomy().matters:
        ruling = table.lookup(matter, day)
        assert all((ruling.body_label, ruling.source, ruling.basis))
        assert ruling.period == period_of(day)
        assert not ruling.overridden


def test_no_matter_is_the_district_s_after_june_2025(table: CompetenceTable) -> None:
    """The district ended on 30/06/2025."""
    levels = {table.lookup(m, date(2025, 7, 1)).level for m in load_taxonomy().matters}
    assert "district" not in levels


def test_a_power_matter_never_has_a_rank(table: CompetenceTable) -> None:
    """Bodies outside the chain answer at the level external and at no other."""
    outside = {"dien_luc", "vien_thong", "ngan_hang", "bhxh", "thue", "toa_an", "vien_kiem_sat", "thi_hanh_an"}
    for matter in load_taxonomy().matters:
        for day in PERIOD_DAYS:
            ruling = table.lookup(matter, day)
            if ruling.body in outside:
                assert ruling.level == "external", (matter, day)


@pytest.mark.parametrize(
    ("matter", "day", "basis"),
    [
        (
            "land_first_title",
            LAND,
            "Cấp giấy chứng nhận (sổ đỏ) lần đầu cho hộ, cá nhân: từ 31/01/2026 thuộc cấp xã – "
            "UBND xã, phường, đặc khu (NĐ 49/2026/NĐ-CP Đ14; chưa kiểm chứng)",
        ),
        (
            "land_first_title",
            TWO_TIER,
            "Cấp giấy chứng nhận (sổ đỏ) lần đầu cho hộ, cá nhân: từ 01/07/2025 đến 30/01/2026 thuộc cấp xã – "
            "UBND xã, phường, đặc khu (NĐ 151/2025/NĐ-CP; đã kiểm chứng)",
        ),
        (
            "waste_collection",
            LAND,
            "Thu gom rác, điểm tập kết: thuộc cấp xã – UBND xã, phường, đặc khu "
            "(thông lệ, cần cán bộ địa phương xác nhận)",
        ),
        (
            "telecom_signal",
            LAND,
            "Sóng điện thoại, internet yếu: là việc của Doanh nghiệp viễn thông (Viettel, VNPT, MobiFone…), "
            "ngoài hệ thống uỷ ban nhân dân (thông lệ, cần cán bộ địa phương xác nhận)",
        ),
        (
            "road_unclassified",
            LAND,
            "Đường chưa rõ ai quản lý: chưa rõ thuộc cấp nào, cần hỏi thêm (thông lệ, cần cán bộ địa phương xác nhận)",
        ),
    ],
)
def test_the_basis_is_a_sentence_with_its_source(table: CompetenceTable, matter: str, day: date, basis: str) -> None:
    """A secretary can read it aloud; what nobody has checked says so."""
    assert table.lookup(matter, day).basis == basis


def test_the_body_bears_its_name_of_the_day_within_one_rule(table: CompetenceTable) -> None:
    """Sở Giao thông vận tải became Sở Xây dựng on 01/03/2025 although the rule did not change."""
    before, after = (table.lookup("provincial_road", d) for d in (date(2025, 2, 28), date(2025, 3, 1)))
    assert (before.body_label, after.body_label) == ("Sở Giao thông vận tải", "Sở Xây dựng")
    assert before.rule_id == after.rule_id


def test_the_period_of_an_assessment_is_its_first_day(table: CompetenceTable) -> None:
    """The contract writes it as an ISO date."""
    assert table.period_of(date(2025, 12, 31)).begins == "2025-07-01"
    assert table.lookup("forest", LAND).period.begins == "2026-01-31"


def test_a_province_is_known_by_its_code(table: CompetenceTable) -> None:
    """A session keeps the code, however the province was written."""
    assert [table.province_code(p) for p in ("31", "Hải Phòng", "tinh hai duong")] == ["31", "31", "31"]


def test_a_stretch_before_1975_is_an_error(table: CompetenceTable) -> None:
    """As for a look-up."""
    with pytest.raises(CompetenceError, match="kiểm tra lại năm"):
        table.stretch_of(date(1974, 1, 1))


def test_a_day_before_1975_is_an_error_that_doubts_the_year(table: CompetenceTable) -> None:
    """A mistyped year must not be answered."""
    with pytest.raises(CompetenceError, match=r"31/12/1974.*kiểm tra lại năm"):
        table.lookup("village_road", date(1974, 12, 31))
    assert table.lookup("village_road", date(1975, 1, 1)).period.id == "P0"


@pytest.mark.parametrize("day", [None, "2026-03-01"])
def test_a_missing_or_written_date_is_an_error_that_shows_one(table: CompetenceTable, day: object) -> None:
    """Without a date there is no competence."""
    with pytest.raises(CompetenceError, match="ví dụ"):
        table.lookup("village_road", cast(date, day))


def test_a_datetime_counts_as_its_day(table: CompetenceTable) -> None:
    """Timestamps of minutes are accepted."""
    assert table.lookup("commune_health_station", datetime(2026, 1, 1, 8, 0)).level == "commune"


def test_an_unknown_matter_names_the_near_ones(table: CompetenceTable) -> None:
    """The error is the taxonomy's."""
    with pytest.raises(TaxonomyError, match="village_road"):
        table.lookup("vilage_road", LAND)


def test_an_unknown_province_is_refused_even_without_overrides(table: CompetenceTable) -> None:
    """A mistyped province must not silently get the common table."""
    with pytest.raises(CompetenceError, match="Hải Phòng"):
        table.lookup("village_road", LAND, "Hải Phòg")


def test_a_province_without_own_rules_gets_the_common_table(table: CompetenceTable) -> None:
    """All 34 answer alike when nobody has written otherwise."""
    common = table.lookup("land_first_title", LAND)
    assert all(table.lookup("land_first_title", LAND, code) is common for code in load_provinces())


def test_a_lookup_takes_less_than_three_microseconds(table: CompetenceTable) -> None:
    """The best of five rounds, cached, with and without a province."""
    for province in (None, "31", "Hải Phòng"):
        table.lookup("land_first_title", LAND, province)
        best = 1.0
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(2000):
                table.lookup("land_first_title", LAND, province)
            best = min(best, (time.perf_counter() - start) / 2000)
        assert best < 3e-6, (province, best)


def test_verified_rules_name_a_document(table: CompetenceTable) -> None:
    """Certainty is worth something only when the source can be opened."""
    for matter in load_taxonomy().matters:
        for day in PERIOD_DAYS:
            ruling = table.lookup(matter, day)
            assert ruling.certainty in ("verified", "unverified")
            if ruling.certainty == "verified":
                assert "thông lệ" not in ruling.source
