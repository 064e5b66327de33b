"""Opinions out of files as offices have them: delimiters, encodings, headings; nothing dropped, nothing guessed."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tests.models.cli.conftest import Run
from ydan.assessment import Failure
from ydan.cli.reading import read_items
from ydan.competence import load_competence
from ydan.errors import ReadError
from ydan.opinion import Opinion, Session

SESSION = Session(date(2026, 3, 1))
TEXTS = ["Đường xóm lầy lội, xin xã đổ bê tông", "Điện yếu; tối nào cũng sụt áp"]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def cp1258(text: str) -> bytes:
    """As Windows wrote Vietnamese before Unicode: hats and horns in the letter, the tone behind it."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        out += unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        out += "".join(part for part in parts if part in TONES)
    return out.encode("cp1258")


def read(path: Path) -> list[Opinion | Failure]:
    return list(read_items(str(path), SESSION, load_competence()))


def texts(path: Path) -> list[str]:
    """The texts, in one spelling."""
    items = read(path)
    assert all(isinstance(item, Opinion) for item in items)
    return [unicodedata.normalize("NFC", item.text) for item in items if isinstance(item, Opinion)]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def csv(delimiter: str, heading: str = "Nội dung") -> str:
    rows = [f"STT{delimiter}{heading}", *(f'{n}{delimiter}"{text}"' for n, text in enumerate(TEXTS, 1))]
    return "\r\n".join(rows) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_may_use_any_of_three_delimiters(tmp_path: Path, delimiter: str) -> None:
    """Excel with Vietnamese settings writes semicolons."""
    assert texts(file(tmp_path, "a.csv", csv(delimiter))) == TEXTS


@pytest.mark.parametrize(
    "data",
    [
        csv(",").encode("utf-8-sig"),
        csv(",").encode("utf-16"),
        b"\xfe\xff" + csv(",").encode("utf-16-be"),
        unicodedata.normalize("NFD", csv(",")).encode(),
        cp1258(csv(";")),
        b"sep=;\r\n" + csv(";").encode(),
    ],
    ids=["BOM", "UTF-16", "UTF-16 big-endian", "NFD from a Mac", "CP1258", "sep="],
)
def test_a_csv_file_may_be_in_any_encoding_that_offices_have(tmp_path: Path, data: bytes) -> None:
    """The heading is found in all of them."""
    assert texts(file(tmp_path, "a.csv", data)) == TEXTS


@pytest.mark.parametrize("heading", ["text", "Nội dung", "NỘI DUNG Ý KIẾN", " ý kiến ", "Noi dung", "Kiến nghị"])
def test_the_text_column_goes_by_many_names(tmp_path: Path, heading: str) -> None:
    """Upper case and blanks do not matter."""
    assert texts(file(tmp_path, "a.csv", csv(",", heading))) == TEXTS


def test_the_id_column_gives_the_ids_and_else_the_place_does(tmp_path: Path) -> None:
    """The row without a number is the third."""
    path = file(tmp_path, "a.csv", "stt,text\nA7,Đường xóm lầy\n\nB1,Mất điện\n,Thiếu nước sạch\n")
    assert [item.id for item in read(path)] == ["A7", "B1", "3"]


def test_a_rows_own_host_date_and_province_win(tmp_path: Path) -> None:
    """As in JSON Lines; an empty cell leaves the meeting's."""
    rows = "text,host_level,date,province\nĐường xóm lầy,district,2024-05-01,Hải Phòng\nMất điện suốt,,,\n"
    sessions = [item.session for item in read(file(tmp_path, "a.csv", rows)) if isinstance(item, Opinion)]
    assert sessions == [Session(date(2024, 5, 1), "district", "31"), SESSION]


def test_a_row_that_is_too_short_is_an_error_in_its_place(tmp_path: Path) -> None:
    """The others are read."""
    first, second, third = read(file(tmp_path, "a.csv", "stt;noi dung\n1;Đường xóm lầy\n2\n3;Mất điện\n"))
    assert isinstance(second, Failure)
    assert (first.id, second.id, second.code, third.id) == ("1", "2", "empty_text", "3")


def test_a_cell_may_hold_several_lines(tmp_path: Path) -> None:
    """In quotes, as spreadsheets write them."""
    assert texts(file(tmp_path, "a.csv", 'text\n"Đường xóm lầy.\nXin đổ bê tông"\n')) == [
        "Đường xóm lầy.\nXin đổ bê tông"
    ]


@pytest.mark.parametrize("content", ["", "stt,họ tên\n1,Bà Tư\n"])
def test_a_csv_file_without_a_text_column_says_which_names_it_may_have(tmp_path: Path, content: str) -> None:
    """And which it found."""
    with pytest.raises(ReadError, match=r"noi dung.*(họ tên|không có)"):
        read(file(tmp_path, "a.csv", content))


def test_a_quote_that_is_never_closed_names_the_line(tmp_path: Path) -> None:
    """Else half the file becomes one cell."""
    with pytest.raises(ReadError, match="ngoặc kép"):
        read(file(tmp_path, "a.csv", 'text\n"Đường xóm lầy\n' + "Mất điện suốt tối qua\n" * 40_000))


@pytest.mark.parametrize("encode", [str.encode, cp1258, lambda text: text.encode("utf-16")])
def test_a_text_file_has_an_opinion_a_line(tmp_path: Path, encode: object) -> None:
    """Blank lines are none, and ids are the lines' numbers."""
    assert callable(encode)
    path = file(tmp_path, "a.txt", encode(f"{TEXTS[0]}\r\n\r\n  {TEXTS[1]}\r\n"))
    assert texts(path) == TEXTS
    assert [item.id for item in read(path)] == ["1", "3"]


@pytest.mark.parametrize("text", ["®Ò nghÞ x· söa ®­êng liªn th«n", "Ñeà nghò xaõ söûa ñöôøng lieân thoân"])
def test_a_text_file_typed_with_an_old_font_keeps_its_bytes(tmp_path: Path, text: str) -> None:
    """TCVN3 and VNI are not CP1258; the text pipeline reads them later."""
    (item,) = read(file(tmp_path, "a.txt", text.encode("latin-1")))
    assert isinstance(item, Opinion)
    assert item.text == text


def test_lines_that_are_bad_stand_in_their_place(tmp_path: Path) -> None:
    """Broken JSON, no object, other bytes, a nest without end: each spoils its own line only."""
    lines = [
        b'{"id": "a", "text": "\xc4\x90\xc6\xb0\xe1\xbb\x9dng x\xc3\xb3m l\xe1\xba\xa7y"}',
        b'{"id": "b", "text": "thi',
        b'{"id": "c", "text": "\xff\xfe\xfa"}',
        b"[" * 100_000,
        b"5",
        b'{"id": "d", "text": null}',
        b'{"id": 7, "text": "M\xe1\xba\xa5t \xc4\x91i\xe1\xbb\x87n"}',
    ]
    items = read(file(tmp_path, "a.jsonl", b"\n".join(lines) + b"\n"))
    assert [item.code if isinstance(item, Failure) else "" for item in items] == [
        "",
        "invalid_json",
        "invalid_json",
        "invalid_json",
        "not_an_object",
        "missing_text",
        "",
    ]
    assert [item.id for item in items] == ["a", "2", "3", "4", "5", "d", "7"]


def test_blank_lines_shift_no_id(tmp_path: Path) -> None:
    """Two answers with one id could not be told apart."""
    items = read(file(tmp_path, "a.jsonl", '{"text": "Đường xóm lầy"}\n\n{"text"\n{"text": "Mất điện"}\n'))
    assert [item.id for item in items] == ["1", "3", "4"]


def test_json_lines_may_begin_with_a_bom_or_be_utf16(tmp_path: Path) -> None:
    """PowerShell writes both."""
    line = json.dumps({"id": "1", "text": TEXTS[0]}, ensure_ascii=False) + "\r\n"
    for data in (line.encode("utf-8-sig"), line.encode("utf-16")):
        assert texts(file(tmp_path, "a.jsonl", data)) == [TEXTS[0]]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ('{"id": "x", "text": "Đường xóm lầy"}\n', ["x"]),
        ('hỏng\n{"id": "x", "text": "Đường xóm lầy"}\n', ["1", "x"]),
        ("\ufeffĐường xóm lầy\nMất điện suốt\n", ["1", "2"]),
        ("", []),
    ],
)
def test_standard_input_is_json_lines_when_a_line_is_an_object(classify: Run, said: str, ids: list[str]) -> None:
    """Even when the first one is broken; else it is text."""
    assert [row["id"] for row in classify("-", "--format", "jsonl", said=said).rows] == ids


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("không-có.csv", None, "Không có tệp"),
        ("thư-mục.csv", "folder", "là thư mục"),
        ("nhị-phân.csv", b"PK\x03\x04\x00\x00\x00", "nhị phân"),
        ("nhị-phân.txt", bytes(range(256)), "nhị phân"),
        ("tệp.xls", b"\xd0\xcf", "Chưa đọc được tệp .xls"),
        ("không-đuôi", b"abc", "không đuôi"),
        ("lẻ.txt", b"\xff\xfeA", "UTF-16"),
        ("bảng-mã.txt", b"x\x81\x8a\x8d", "bảng mã|UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    classify: Run, tmp_path: Path, name: str, content: str | bytes | None, says: str
) -> None:
    """Exit status 2, nothing on standard output, the file's name and a next step in the message."""
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = classify(path)
    assert (found.status, found.out) == (2, "")
    assert any(part in found.err for part in says.split("|"))
    assert name in found.err
    assert "Hãy" in found.err
