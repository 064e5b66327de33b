"""A province's file is read as spreadsheets write it, and what cannot be read is handed back with its line."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from ydan.competence.names import Vocabulary, fold, parse_day
from ydan.competence.rows import RuleRow, read_base, read_overrides
from ydan.taxonomy import load_taxonomy

ENGLISH = "province,matter,from,until,level,body,source,note"
ROW = "31,district_road,2025-07-01,2026-07-01,province,xay_dung_gt,QĐ 1,"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(load_taxonomy())


def only(data: bytes, words: Vocabulary) -> RuleRow:
    rows, findings = read_overrides(data, "hp.csv", words)
    assert findings == []
    return rows[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH}\n{ROW}\n",
        f"\ufeff{ENGLISH}\r\n{ROW}\r\n",
        f"{ENGLISH}\n{ROW}".replace(",", ";"),
        f"sep=;\n{ENGLISH}\n{ROW}".replace(",", ";"),
        f"{ENGLISH}\n{ROW}".replace(",", "\t"),
        "Tỉnh;Loại việc;Từ ngày;Trước ngày;Cấp;Cơ quan;Căn cứ;Ghi chú\n"
        "Hải Phòng;Đường huyện (ĐH), đường liên xã;1/7/2025;1/7/2026;Cấp tỉnh;Sở Xây dựng;QĐ 1;",
        "tinh,viec,tu ngay,den ngay,cap,co quan,nguon\n"
        "hai duong,district_road,01/07/2025,30/06/2026,tinh,sở xây dựng,QĐ 1",
        normalize("NFD", "Tỉnh,Việc,Từ ngày,Đến ngày,Cấp,Cơ quan,Văn bản\nHải Phòng,district_road,")
        + "1.7.2025,30-6-2026,Tỉnh,Sở Xây dựng,QĐ 1",
        f"{ENGLISH},\n\n,,,,,,,\n{ROW},\n",
        "note,source,body,level,until,from,matter,province\n"
        ",QĐ 1,xay_dung_gt,province,2026-07-01,2025-07-01,district_road,31",
    ],
    ids=["plain", "bom", "semicolon", "sep", "tab", "vietnamese", "bare", "nfd", "blank-rows", "any-order"],
)
def test_every_way_a_spreadsheet_saves_it_reads_alike(text: str, words: Vocabulary) -> None:
    """Byte order mark, separator, language, accents and order of columns do not matter."""
    row = only(text.encode(), words)
    assert (row.province, row.matter, row.answer) == ("31", "district_road", ("province", "xay_dung_gt"))
    assert (row.start, row.until, row.source) == (date(2025, 7, 1), date(2026, 7, 1), "QĐ 1")


@pytest.mark.parametrize(
    ("cell", "level"),
    [("Xã", "commune"), ("cấp xã", "commune"), ("Trung ương", "central"), ("TỈNH", "province"), ("chưa rõ", "unclear")],
)
def test_a_level_is_read_in_vietnamese(cell: str, level: str, words: Vocabulary) -> None:
    """Officials do not write “commune”."""
    assert words.level(cell) == level


@pytest.mark.parametrize(
    ("cell", "body"),
    [("UBND xã", "ubnd"), ("Ủy ban nhân dân phường", "ubnd"), ("Sở Xây dựng", "xay_dung_gt"), ("Sở GTVT", "Sở GTVT")],
)
def test_a_body_is_read_by_a_name_that_is_its_own(cell: str, body: str, words: Vocabulary) -> None:
    """A name that is nobody's stays as typed, and the validator names the near ids."""
    assert words.body(cell) == body


def test_every_id_of_the_taxonomy_reads_as_itself(words: Vocabulary) -> None:
    """Aliases never capture an id."""
    taxonomy = load_taxonomy()
    assert [x for x in taxonomy.bodies if words.body(x) != x] == []
    assert [x for x in taxonomy.levels if words.level(x) != x] == []
    assert [x for x in taxonomy.matters if words.matter(x) != x] == []


@pytest.mark.parametrize(
    ("data", "kind", "where", "message"),
    [
        (
            f"{ENGLISH}\n{ROW}\n".replace("QĐ", "Q@").encode().replace(b"@", b"\xd0"),
            "unreadable",
            "hp.csv:2",
            "CSV UTF-8",
        ),
        (b"", "unreadable", "hp.csv:1", "trống"),
        (f"{ENGLISH}\n{ROW}".encode("utf-16"), "unreadable", "hp.csv:1", "CSV UTF-8"),
        (b"province,matter\n31,forest", "unreadable", "hp.csv:1", "level, body, source"),
        (f"{ENGLISH}\n31,district_road,2025-07-01\n".encode(), "unreadable", "hp.csv:2", "3 ô"),
        (f"{ENGLISH}\n{ROW}\n".replace("2025-07-01", "31/02/2025").encode(), "bad_date", "hp.csv:2", "31/02/2025"),
        (f"{ENGLISH}\n{ROW}\n".replace("2026-07-01", "sang năm").encode(), "bad_date", "hp.csv:2", "until"),
        (f"{ENGLISH}\n\n{ROW}\n".replace("31,", "Hải Phòg,").encode(), "unknown_id", "hp.csv:3", "Hải Phòng"),
        (f"{ENGLISH}\n{'x' * 200_000}\n".encode(), "unreadable", "hp.csv:2", "ngoặc kép"),
    ],
)
def test_what_cannot_be_read_is_handed_back_with_its_line(
    data: bytes, kind: str, where: str, message: str, words: Vocabulary
) -> None:
    """No row is lost silently, and nothing is raised: the official sees all faults at once."""
    rows, findings = read_overrides(data, "hp.csv", words)
    assert [(f.kind, f.where) for f in findings] == [(kind, where)]
    assert message in findings[0].message
    assert rows == []


def test_a_bad_row_does_not_hide_the_good_ones(words: Vocabulary) -> None:
    """Row 2 is wrong, row 3 is read."""
    data = f"{ENGLISH}\n{ROW.replace('31', 'nowhere')}\n{ROW}\n".encode()
    rows, findings = read_overrides(data, "hp.csv", words)
    assert ([r.line for r in rows], [f.where for f in findings]) == ([3], ["hp.csv:2"])


def test_a_base_table_with_another_header_is_not_read() -> None:
    """It is our own file: its columns are exact."""
    rows, findings = read_base(b"rule_id,matter\nx,y\n", "rules.csv")
    assert (rows, [f.kind for f in findings]) == ([], ["unreadable"])


def test_a_base_row_that_is_too_short_is_handed_back() -> None:
    """With its line."""
    header = b"rule_id,matter,from,until,level,body,source,certainty,note\n"
    rows, findings = read_base(header + b"a,b,,\n", "rules.csv")
    assert (rows, [(f.kind, f.where) for f in findings]) == ([], [("unreadable", "rules.csv:2")])


@pytest.mark.parametrize("text", ["", "🙂", "\ud800", "\u200b", "ĐƯỜNG", "Đ" * 100_000, "hoà", "hòa"])
def test_folding_meets_hostile_text_unharmed(text: str) -> None:
    """Lone surrogates, emoji, nothing at all: a string comes back, and folding twice changes nothing."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("cell", ["1/7/25", "2025-7-1", "45839", "01/13/2025", "hôm qua"])
def test_a_day_that_could_be_read_two_ways_is_refused(cell: str) -> None:
    """Two-digit years, Excel's serial numbers and American dates are errors, never guesses."""
    with pytest.raises(ValueError, match=r".*"):
        parse_day(cell)
