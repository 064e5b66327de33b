"""What narrows, as chips that can be taken off one by one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ydan_service.office.leading.narrowing import Narrowing, choices_of, read_narrowing
from ydan_service.office.leading.places import Places
from ydan_service.store.tables import Meeting
from ydan_service.web.narrowed import EITHER, FLAGS, chips, either, options

PLACES = Places(
    {3: "Xã Tân Lập"}, {5: "Thôn Đông"}, {7: Meeting(id=7, title="Hội nghị quý I", held_on=date(2026, 3, 5))}
)
VALUES: dict[str, tuple[Any, str]] = {
    "start": (date(2026, 1, 1), "từ 01/01/2026"), "end": (date(2026, 3, 31), "đến 31/03/2026"),
    "undated": (True, "Hội nghị chưa rõ ngày"), "commune": (3, "Xã Tân Lập"),
    "meeting": (7, "05/03/2026 – Hội nghị quý I"), "topic": ("education", "Giáo dục, đào tạo"),
    "matter": ("none", "Chưa rõ việc"), "type": ("report", "Phản ánh"), "level": ("province", "Cấp tỉnh"),
    "above": (True, "Vượt cấp tổ chức hội nghị"), "body": ("ubnd", "Uỷ ban nhân dân"),
    "status": ("chua_tra_loi", "Chưa trả lời"), "open": (True, "Chưa giải quyết xong"),
    "escalate": (False, "Không phải báo lên"), "transfer": (True, "Phải chuyển"), "sent": (False, "Chưa gửi công văn"),
    "code": ("danger", "Nguy hiểm tính mạng, sức khoẻ"), "urgency": ("immediate", "Ngay, trong 24 giờ"),
    "village": (0, "Không rõ thôn"), "reviewed": (False, "Chưa soát"), "late": (True, "Quá hạn"),
    "soon": (True, "Hạn trong 10 ngày tới"), "returning": ("any", "Đã nêu ở kỳ trước"), "q": ("đường", "“đường”"),
}  # fmt: skip


def test_every_field_of_a_narrowing_has_its_chip() -> None:
    """A filter that is not shown could not be understood, nor taken off."""
    assert set(VALUES) == {field.name for field in fields(Narrowing)}


@pytest.mark.parametrize("name", VALUES)
def test_a_chip_says_what_it_is_and_leads_to_the_list_without_it(name: str) -> None:
    """Everything else of the address stays, the order too."""
    value, said = VALUES[name]
    other = Narrowing(status="dang_giai_quyet", q="x") if name not in ("status", "q") else Narrowing(type="report")
    narrowing = other.but(**{name: value})
    (chip,) = [chip for chip in chips(narrowing, PLACES, sort="oldest") if chip.value == said]
    left = dict(parse_qsl(urlsplit(chip.href).query))
    assert left.pop("sort") == "oldest"
    assert read_narrowing(left) == other
    assert len(chips(narrowing, PLACES)) == len(chips(other, PLACES)) + 1


def test_both_days_are_one_chip() -> None:
    """A stretch of time is one thing."""
    (chip,) = chips(Narrowing(start=date(2026, 1, 1), end=date(2026, 3, 31)), PLACES)
    assert (chip.name, chip.value, chip.href) == ("Ngày họp", "01/01/2026 – 31/03/2026", "/opinions")


def test_what_hangs_on_a_chip_goes_with_it() -> None:
    """A matter without its topic, a village without its commune would mean nothing that the form can show."""
    narrowing = Narrowing(commune=3, village=5, meeting=7, topic="education", matter="school_facilities")
    hrefs = {chip.name: chip.href for chip in chips(narrowing, PLACES)}
    assert hrefs["Xã, phường"] == "/opinions?topic=education&matter=school_facilities"
    assert "matter" not in hrefs["Lĩnh vực"]


def test_what_is_outside_of_the_scope_is_not_named() -> None:
    """Its number is all that the address gave."""
    narrowing = Narrowing(commune=99, village=98, meeting=97)
    assert {chip.value for chip in chips(narrowing, PLACES)} == {"không có trong địa bàn"}


def test_the_choices_begin_with_all() -> None:
    """Of matters only those of the chosen topic."""
    found = options("matter", Narrowing(topic="education"))
    assert found[0] == ("", "Tất cả")
    assert "school_facilities" in dict(found)
    assert "village_road" not in dict(found)
    assert dict(options("status", Narrowing())).keys() == {"", *choices_of("status")}
    for name in EITHER:
        assert [value for value, _label in either(name)] == ["", "1", "0"]
    assert set(FLAGS) == {field.name for field in fields(Narrowing) if field.default is False}
