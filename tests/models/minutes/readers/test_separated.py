from __future__ import annotations

import pytest

from tests.models.minutes.readers.building import rows, texts
from ydan.minutes.readers import read_bytes

TABLE = [["STT", "Nội dung"], ["1", "Đường, điện; nước"], ["2", "Rác\nchợ"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_sign_between_cells_and_the_encoding_are_found(delimiter: str, encoding: str) -> None:
    lines = (delimiter.join(f'"{word}"' for word in row) for row in TABLE)
    extract = read_bytes("\r\n".join(lines).encode(encoding), "a.csv")
    assert rows(extract) == TABLE
    assert extract.blocks[3].place.cell == "B2"


def test_the_sign_that_excel_names_wins() -> None:
    assert rows(read_bytes(b"sep=;\na,b;c\nd,e;f\n", "a.csv")) == [["a,b", "c"], ["d,e", "f"]]


def test_title_rows_are_paragraphs() -> None:
    extract = read_bytes("TỔNG HỢP Ý KIẾN,\n,\nSTT,Nội dung\n1,Đường\n".encode(), "a.csv")
    assert texts(extract, "paragraph") == ["TỔNG HỢP Ý KIẾN"]
    assert rows(extract) == [["STT", "Nội dung"], ["1", "Đường"]]


def test_one_column_is_a_table_too() -> None:
    assert rows(read_bytes("Nội dung\nĐường lầy, điện yếu.\nRác\n".encode(), "a.csv"))[0] == ["Nội dung"]
