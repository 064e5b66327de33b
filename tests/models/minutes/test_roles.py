"""Features of the chain that tells citizens' turns from answers."""

from __future__ import annotations

from ydan.minutes.extract import Extract, Piece, build_extract
from ydan.minutes.roles import role_features
from ydan.minutes.speeches import read_speeches

LINES = [
    "BIÊN BẢN",
    "Hội nghị đối thoại giữa Chủ tịch UBND xã với Nhân dân",
    "Chủ trì: ông Trần Văn Khoát, Chủ tịch UBND xã. Thư ký: bà Lương Thị Thảo.",
    "II. Ý KIẾN CỦA NHÂN DÂN",
    "- Bà Mai Thị Hợi (thôn 2): Đường lầy quá.",
    "- Ông Khoát: Xã sẽ sửa trong tháng này.",
]


def rows(lines: list[str], tabled: bool = False) -> list[list[str]]:
    extract: Extract = build_extract(map(Piece, lines), "txt")
    return role_features(extract, read_speeches(extract), tabled)


def test_every_speech_has_features() -> None:
    """One list a speech."""
    assert len(rows(LINES)) == len(LINES)


def test_the_part_of_the_minutes_is_known_to_the_lines_under_its_heading() -> None:
    """Under “Ý kiến của Nhân dân” speeches are likely citizens'."""
    assert "sec=opinions" in rows(LINES)[4]
    assert "sec=None" in rows(LINES)[2]


def test_who_was_named_with_an_office_is_known_again_by_the_last_syllable() -> None:
    """“Ông Khoát” is the chair of the head; “bà Hợi” is not."""
    assert "*of_the_head" in rows(LINES)[5]
    assert "*of_the_head" not in rows(LINES)[4]


def test_neighbours_are_looked_at() -> None:
    """What stands before and after tells as well."""
    found = rows(LINES)
    assert "first" in found[0]
    assert "last" in found[-1]
    assert any(f.startswith("-1:*heading=opinions") for f in found[4])


def test_a_table_of_opinions_makes_other_lines_unlikely_turns() -> None:
    """The chain is told that the opinions stand in a table."""
    assert all("tabled=True" in row for row in rows(LINES, tabled=True))


def test_no_speeches_no_features() -> None:
    """An empty extract is no error."""
    assert rows([]) == []
