"""Exports in the forms that systems write."""

from __future__ import annotations

import json

import pytest

from ydan.errors import ReadError
from ydan.mapping import load_mapping, opinions_of, read_rows

PAKN = load_mapping("pakn")
HEADER = "Mã phản ánh,Nội dung phản ánh,Ngày gửi"
ROW = 'PA-1,"Đường thôn 6 lầy lội, đề nghị xã sửa",05/03/2026 08:30'
RECORD = {"MaPAKN": "PA-1", "NoiDung": "Đường thôn 6 lầy lội, đề nghị xã sửa", "NgayGui": "05/03/2026 08:30"}


def texts(data: bytes, name: str = "xuat.csv") -> list[str]:
    return [row["text"] for row in opinions_of(read_rows(data, name, PAKN), PAKN)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_in_any_usual_dress(encoding: str, delimiter: str) -> None:
    """Encoding and delimiter are found, not asked for."""
    words = f"{HEADER}\n{ROW}\n".replace("lội, đề", "lội\x00 đề").replace(",", delimiter).replace("\x00", ",")
    assert texts(words.encode(encoding)) == ["Đường thôn 6 lầy lội, đề nghị xã sửa"]


def test_a_title_above_the_header_and_empty_rows_are_passed_over() -> None:
    """As spreadsheets are saved."""
    data = f"DANH SÁCH PHẢN ÁNH KIẾN NGHỊ,,\nTừ ngày 01/03/2026,,\n,,\n{HEADER}\n{ROW}\n,,\n{ROW}\n"
    assert len(texts(data.encode())) == 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ([RECORD], "xuat.json"),
        ({"data": [RECORD]}, "xuat.json"),
        ({"result": {"items": [RECORD], "total": 1}}, "xuat.json"),
        ([RECORD], "đầu vào chuẩn"),
        ({"data": [RECORD]}, "đầu vào chuẩn"),
    ],
)
def test_json_is_a_list_or_holds_one(data: object, name: str) -> None:
    """Under one of the names that the mapping knows."""
    assert texts(json.dumps(data).encode(), name) == [RECORD["NoiDung"]]


@pytest.mark.parametrize("name", ["xuat.jsonl", "đầu vào chuẩn"])
def test_json_lines_are_read_line_by_line(name: str) -> None:
    """Also from standard input, where nothing but the text says so."""
    data = (json.dumps(RECORD) + "\n") * 3
    assert len(texts(data.encode(), name)) == 3


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"a,b\n1,2\n", "xuat.csv", "không thấy cột nội dung.*a, b"),
        (b"", "xuat.csv", "không thấy cột nội dung"),
        (b'[{"a": 1}]', "xuat.json", "không thấy cột nội dung"),
        (b'{"a": []}', "xuat.json", "reading.records"),
        (b"[]", "xuat.json", "không có dòng nào"),
        (b"{", "xuat.json", "JSON"),
        (b"{", "xuat.jsonl", "dòng 1"),
        (b'"', "xuat.csv", "không thấy cột nội dung"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, name: str, says: str) -> None:
    """With what is there, and what to do."""
    with pytest.raises(ReadError, match=says):
        list(read_rows(data, name, PAKN))


def test_a_row_that_is_no_object_keeps_its_place() -> None:
    """The door refuses it by name; nothing is dropped."""
    rows = list(opinions_of(read_rows(json.dumps([RECORD, 7, RECORD]).encode(), "x.json", PAKN), PAKN))
    assert [row["id"] for row in rows] == ["PA-1", "2", "PA-1"]
    assert rows[1]["text"] == ""
