"""Minutes or a list? Both may be ``.txt`` and ``.csv``; each must be read as what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.models.cli.conftest import MINUTES, SPOKEN
from ydan.cli.recognising import is_minutes

PLAIN = ["Đường xóm lầy lội, xin xã đổ bê tông", "Điện yếu, tối nào cũng sụt áp", "Trạm y tế thiếu thuốc"]
LISTS = {
    "plain": PLAIN,
    "numbered": [f"{n}. {text}" for n, text in enumerate(PLAIN, 1)],
    "bulleted": [f"- {text}" for text in PLAIN],
    "with names": [
        f"{who}: {text}"
        for who, text in zip(("Ông Nhị (thôn 3)", "Bà Mận (thôn 2)", "Ông Quế, thôn 1"), PLAIN, strict=True)
    ],
    "in capitals": [text.upper() for text in (*PLAIN, "Ý kiến của nhân dân là sửa đường", "Kết luận chưa thực hiện")],
    "begins like a title": [
        "Biên bản xử phạt nhà tôi sai, đề nghị xem lại",
        "Báo cáo thu chi của thôn có ý kiến",
        *PLAIN,
    ],
    "begins like a heading": ["Trả lời của xã chưa thỏa đáng", "Kết luận thanh tra đất đai chưa thực hiện", *PLAIN],
    "speaks of a meeting": ["Hội nghị kết thúc mà không ai trả lời tôi", "Hôm nay, tôi kiến nghị sửa đường", *PLAIN],
    "one line": PLAIN[:1],
    "without diacritics": ["duong xom lay loi", "dien yeu, toi nao cung sut ap"],
}
WRITTEN = {
    "whole": MINUTES,
    "head by the title alone": ("BIÊN BẢN HỌP DÂN THÔN ĐÔNG", *SPOKEN[1:4]),
    "without a title": MINUTES[3:],
    "parts only": SPOKEN,
    "no diacritics": ("BIEN BAN", "Hoi nghi tiep xuc, doi thoai voi nhan dan", "Ong Nhi thon 3: duong lay loi"),
    "notes": ("BB TXĐT p. Vàm Ô Môn", "19/8/25, 14g, NVH. Chủ trì chị Thảo", "- ô. Khía: đèn đường hẻm 3 hư"),
    "questions and answers": (
        "Ông An (thôn 1): Bao giờ sửa đường?", "Trả lời: Quý II năm nay xã sửa.",
        "Bà Bình (thôn 2): Vì sao mất điện?", "Trả lời: Điện lực đang nâng công suất.",
        "Ông Cảnh (thôn 3): Khi nào cấp sổ đỏ?", "Trả lời: Trong tháng 6.",
    ),
}  # fmt: skip


def written(folder: Path, lines: list[str] | tuple[str, ...]) -> str:
    path = folder / "a.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS.keys())
def test_a_list_of_opinions_is_no_minutes(tmp_path: Path, lines: list[str]) -> None:
    """Its lines would be joined or dropped."""
    assert not is_minutes(written(tmp_path, lines))


@pytest.mark.parametrize("lines", WRITTEN.values(), ids=WRITTEN.keys())
def test_minutes_are_no_list(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """Their head and answers would be classified as opinions."""
    assert is_minutes(written(tmp_path, lines))


def test_the_opinions_of_the_corpus_are_lists_twenty_by_twenty(root: Path, tmp_path: Path) -> None:
    """Whatever twenty citizens say in a row."""
    rows = (root / "data/opinions/validation.jsonl").read_text("utf-8").splitlines()
    texts = [" ".join(json.loads(row)["text"].split()) for row in rows]
    for at in range(0, len(texts), 20):
        assert not is_minutes(written(tmp_path, texts[at : at + 20])), at


def test_every_text_document_of_the_data_is_minutes(root: Path) -> None:
    """Wrapped by hand, in old fonts, without diacritics, as a table."""
    found = [path for path in sorted((root / "data/minutes/documents").iterdir()) if path.suffix in (".txt", ".csv")]
    assert len(found) > 10
    assert [path.name for path in found if not is_minutes(str(path))] == []


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "stt;nội dung\n1;Đường lầy\n", False),
        ("a.csv", "stt,họ tên\n1,Bà Tư\n", False),
        ("a.csv", "TT;Họ tên;Nội dung kiến nghị của dân;Trả lời\n1;Bà Tư;Đường lầy lội quá;Xã sẽ sửa\n", True),
        ("a.jsonl", '{"text": "BIÊN BẢN"}\n', False),
        ("a.txt", "", False),
        ("a.docx", "", True),
        ("a.PDF", "", True),
    ],
)  # fmt: skip
def test_the_ending_decides_where_it_can(tmp_path: Path, name: str, content: str, expected: bool) -> None:
    """A ``.csv`` with a column of opinions is a list; any other table of opinions is out of minutes."""
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert is_minutes(str(path)) is expected


def test_a_utf16_list_of_excel_is_a_list(tmp_path: Path) -> None:
    """Its column is found as in UTF-8."""
    path = tmp_path / "a.csv"
    path.write_bytes("STT;Nội dung\n5;Đường lầy lội quá\n".encode("utf-16"))
    assert not is_minutes(str(path))


def test_what_the_readers_refuse_is_left_to_the_reader_of_lists(tmp_path: Path) -> None:
    """It has the better sentence; standard input is always a list."""
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)))
    assert not is_minutes(str(path))
    assert not is_minutes(str(tmp_path / "mất.txt"))
    assert not is_minutes("-")
