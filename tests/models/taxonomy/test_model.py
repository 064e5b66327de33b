"""The taxonomy answers by id, and helps who mistypes one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from ydan.errors import TaxonomyError
from ydan.taxonomy import Taxonomy, load_taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def test_an_unknown_id_names_the_near_ones(taxonomy: Taxonomy) -> None:
    """“provincial_raod” is told about provincial_road."""
    with pytest.raises(TaxonomyError, match="provincial_road"):
        taxonomy.matter("provincial_raod")


def test_an_unknown_id_of_a_short_list_names_them_all(taxonomy: Taxonomy) -> None:
    """With nothing near, the six levels are all listed."""
    with pytest.raises(TaxonomyError, match="commune, district, province, central, external, unclear"):
        taxonomy.level("zzzz")


def test_an_unknown_matter_with_nothing_near_names_a_command(taxonomy: Taxonomy) -> None:
    """182 ids are too many to print: the command that lists them is named."""
    with pytest.raises(TaxonomyError, match="ydan labels"):
        taxonomy.matter("zzzz")


@pytest.mark.parametrize("lookup", ["topic", "matter", "type", "level", "escalation_code", "body"])
def test_every_lookup_refuses_an_unknown_id(taxonomy: Taxonomy, lookup: str) -> None:
    """No look-up ever answers None."""
    with pytest.raises(TaxonomyError, match="Không có"):
        getattr(taxonomy, lookup)("không có mã này")


@pytest.mark.parametrize(
    ("level", "host", "above"),
    [
        ("district", "commune", True),
        ("central", "province", True),
        ("commune", "commune", False),
        ("commune", "province", False),
        ("external", "commune", False),
        ("unclear", "commune", False),
    ],
)
def test_only_the_chain_of_committees_has_an_above(taxonomy: Taxonomy, level: str, host: str, above: bool) -> None:
    """commune < district < province < central; external goes sideways."""
    assert taxonomy.is_above(level, host) is above


def test_district_exists_until_the_end_of_june_2025(taxonomy: Taxonomy) -> None:
    """The last day is 30/06/2025."""
    district = taxonomy.level("district")
    assert district.exists_on(date(2025, 6, 30))
    assert not district.exists_on(date(2025, 7, 1))


@pytest.mark.parametrize(
    ("body", "level", "day", "topic", "label"),
    [
        ("xay_dung_gt", "province", date(2025, 2, 28), "transport_roads", "Sở Giao thông vận tải"),
        ("xay_dung_gt", "province", date(2025, 3, 1), "transport_roads", "Sở Xây dựng"),
        ("xay_dung_gt", "province", date(2025, 2, 28), "construction_planning", "Sở Xây dựng"),
        ("xay_dung_gt", "central", date(2024, 1, 1), "transport_roads", "Bộ Giao thông vận tải"),
        ("xay_dung_gt", "district", date(2024, 1, 1), None, "Phòng Kinh tế và Hạ tầng (Phòng Quản lý đô thị)"),
        ("dat_dai_nnmt", "province", date(2024, 1, 1), "land_admin", "Sở Tài nguyên và Môi trường"),
        (
            "dat_dai_nnmt",
            "province",
            date(2024, 1, 1),
            "agriculture_irrigation",
            "Sở Nông nghiệp và Phát triển nông thôn",
        ),
        ("noi_vu", "central", date(2024, 1, 1), "labor_insurance", "Bộ Lao động – Thương binh và Xã hội"),
        ("toa_an", "external", date(2025, 7, 1), None, "Toà án nhân dân khu vực, tỉnh"),
    ],
)
def test_a_body_bears_the_name_of_its_level_day_and_topic(
    taxonomy: Taxonomy, body: str, level: str, day: date, topic: str | None, label: str
) -> None:
    """Sở and ministries merged on 01/03/2025; before, one field could have two."""
    name = taxonomy.body(body).name_at(level, day, topic)
    assert name is not None
    assert name.label == label


def test_the_office_of_a_commune_is_named_since_the_reform(taxonomy: Taxonomy) -> None:
    """From 01/07/2025 the commune has a Phòng Kinh tế."""
    name = taxonomy.body("xay_dung_gt").name_at("commune", date(2025, 7, 1))
    assert name is not None
    assert name.office == "Phòng Kinh tế (Phòng Kinh tế, Hạ tầng và Đô thị)"


def test_district_police_has_no_name_after_february_2025(taxonomy: Taxonomy) -> None:
    """It was abolished four months before the district itself."""
    police = taxonomy.body("cong_an")
    assert police.name_at("district", date(2025, 2, 28)) is not None
    assert police.name_at("district", date(2025, 3, 1)) is None


def test_records_cannot_be_changed(taxonomy: Taxonomy) -> None:
    """Labels are shared by every thread of the service."""
    with pytest.raises(FrozenInstanceError):
        taxonomy.topic("other").label = "x"  # type: ignore[misc]


def test_no_body_has_two_names_for_one_level_topic_and_day(taxonomy: Taxonomy) -> None:
    """Otherwise the answer would depend on the order of the file."""
    days = [date(2020, 1, 1), date(2025, 3, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1)]
    for body in taxonomy.bodies.values():
        for level in body.levels():
            for day in days:
                names = [n for n in body.names if n.level == level and n.covers(day)]
                general = [n for n in names if not n.topics]
                own = [topic for n in names for topic in n.topics]
                assert len(general) <= 1, (body.id, level, day)
                assert len(own) == len(set(own)), (body.id, level, day)
