"""A few words of an opinion, the searched ones marked."""

from __future__ import annotations

import pytest

from ydan_service.office.leading.excerpt import cut_at, excerpt

LONG = "Mở đầu dài dòng. " * 30 + "Đường thôn Đông lầy lội. " + "Kết thúc cũng dài. " * 30


def words(pieces: object) -> str:
    return "".join(piece.text for piece in pieces)  # type: ignore[attr-defined]


def test_a_short_text_is_whole() -> None:
    """Nothing is cut, nothing marked."""
    assert words(excerpt("Đèn hỏng.")) == "Đèn hỏng."
    assert excerpt("") == ()


def test_a_long_text_is_cut_after_a_word() -> None:
    """And says that it goes on."""
    found = words(excerpt(LONG))
    assert found.endswith(" …")
    assert len(found) <= 262
    assert LONG.startswith(found.removesuffix(" …"))


def test_the_beginning_is_cut_where_the_hit_lies_far_behind() -> None:
    """The hit is seen, with words on both sides."""
    pieces = excerpt(LONG, "lay loi")
    assert words(pieces).startswith("… ")
    assert [piece.text for piece in pieces if piece.marked] == ["lầy", "lội"]


@pytest.mark.parametrize("search", ["DUONG", "đường", "duong duong"])
def test_case_and_diacritics_do_not_matter(search: str) -> None:
    """Each hit is marked, overlapping ones once."""
    pieces = excerpt("Đường làng, đường xóm", search)
    assert [piece.text for piece in pieces if piece.marked] == ["Đường", "đường"]
    assert words(pieces) == "Đường làng, đường xóm"


def test_spans_may_overlap_and_reach_beyond_the_end() -> None:
    """Evidence does; no letter is lost or doubled."""
    pieces = cut_at("abcdef", [(3, 99), (1, 2), (2, 4), (-5, 0), (8, 9)])
    assert [tuple(piece) for piece in pieces] == [("a", False), ("bcdef", True)]
