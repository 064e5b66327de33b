"""What the columns say, as the contract has it."""

from __future__ import annotations

from typing import Any

import pytest

from ydan.mapping import load_mapping, opinions_of

PAKN, VOTERS = load_mapping("pakn"), load_mapping("cu-tri")
TEXT = "Đường thôn 6 lầy lội, đề nghị xã sửa"


def one(row: dict[str, Any], name: str = "pakn") -> dict[str, Any]:
    return next(opinions_of([row], load_mapping(name)))


def test_a_whole_row_of_the_portal() -> None:
    """Every column that the mapping names."""
    row = {
        "Mã PAKN": " PA-7 ",
        "Tiêu đề": "Đường hỏng",
        "Nội dung": TEXT,
        "Ngày gửi": "05/03/2026 08:30:00",
        "Địa điểm": "Thôn 6",
        "Cấp tiếp nhận": "UBND xã",
        "Tỉnh/Thành phố": "Hải Phòng",
        "Lĩnh vực": "Giao thông vận tải",
        "Loại phản ánh": "Kiến nghị",
        "Cấp giải quyết": "Cấp xã",
    }
    assert one(row) == {
        "id": "PA-7",
        "text": f"Đường hỏng. {TEXT}",
        "date": "2026-03-05",
        "host_level": "commune",
        "province": "Hải Phòng",
        "place": "Thôn 6",
        "final": {"topic": "transport_roads", "type": "petition", "level": "commune"},
    }


def test_a_whole_row_of_the_voters_system() -> None:
    """Headings without diacritics; a deputy of the province hosts."""
    row = {
        "ma_kien_nghi": "12",
        "Noi dung kien nghi": TEXT,
        "Ngay tiep xuc": "05-03-2026",
        "Cu tri": "xã Tân Lập",
        "Cap tiep xuc": "HĐND tỉnh",
        "Linh vuc": "GIAO THÔNG",
        "Tham quyen": "UBND xã",
    }
    found = one(row, "cu-tri")
    assert (found["id"], found["date"], found["host_level"]) == ("12", "2026-03-05", "province")
    assert found["final"] == {"topic": "transport_roads", "level": "commune"}


def test_the_first_heading_that_holds_something_wins() -> None:
    """In the order of the mapping, not of the file."""
    assert one({"STT": "1", "Mã PAKN": "PA-1", "Nội dung": TEXT})["id"] == "PA-1"
    assert one({"STT": "1", "Mã PAKN": "", "Nội dung": TEXT})["id"] == "1"
    assert one({"Nội dung": TEXT})["id"] == "1"


@pytest.mark.parametrize("title", ["", "đường thôn 6 LẦY LỘI"])
def test_a_title_that_the_text_repeats_is_left_out(title: str) -> None:
    """The words are not to be counted twice."""
    assert one({"Tiêu đề": title, "Nội dung": TEXT})["text"] == TEXT


def test_ids_and_labels_of_the_taxonomy_need_no_line() -> None:
    """Nor does another way to write them."""
    for value in ("transport_roads", "Giao thông, đường sá, vận tải", "GIAO THÔNG - ĐƯỜNG SÁ - VẬN TẢI"):
        assert one({"Nội dung": TEXT, "Lĩnh vực": value})["final"] == {"topic": "transport_roads"}


def test_an_unknown_final_label_is_handed_back() -> None:
    """Not guessed, not dropped."""
    found = one({"Nội dung": TEXT, "Lĩnh vực": "Việc khó"})
    assert "final" not in found
    assert found["final_unknown"] == {"topic": "Việc khó"}


def test_what_cannot_be_understood_is_left_for_the_door() -> None:
    """It names the row."""
    found = one({"Nội dung": TEXT, "Ngày gửi": "hôm qua", "Cấp tiếp nhận": "Tổng đài"})
    assert (found["date"], found["host_level"]) == ("hôm qua", "Tổng đài")


def test_numbers_and_nulls_of_json_are_cells_too() -> None:
    """A number is its words; null and nested things are nothing."""
    found = one({"id": 7, "text": TEXT, "Địa điểm": None, "Lĩnh vực": {"a": 1}})
    assert found == {"id": "7", "text": TEXT}
