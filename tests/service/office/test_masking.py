"""Personal data covered, one sign for one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan_service.office.masking import SIGN, cover, cover_spans

NAMES = ("Tạ Văn Mão", "Hoàng Thị Lựu", "Nhị", "Vàng A Sử", "Hoa; Lê Thị Bích")
_WORDS = "ông Mão|Bà Lựu|TẠ VĂN MÃO|ta van mao|0912345678|0912.345.678|+84 912 345 678|đường lầy| |\n"
_WORDS += "|CCCD 030080001234|a@b.vn|stk 0123456789|15B-123.45|▇▇▇|Nhị (thôn 2):|đề nghị|12/3/2026|số|."
_PIECES = st.sampled_from(_WORDS.split("|"))


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES).map("".join)))
def test_what_is_covered_is_as_long_and_covering_twice_is_covering_once(text: str) -> None:
    once = cover(text, NAMES)
    assert len(once) == len(text)
    assert [at for at, sign in enumerate(once) if sign == "\n"] == [at for at, sign in enumerate(text) if sign == "\n"]
    assert all(new in (old, SIGN) for new, old in zip(once, text, strict=True))
    assert cover(once, NAMES) == once


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", "Gọi ", "ĐT: ", "số "]))
def test_no_digit_of_a_phone_is_left(number: str, before: str) -> None:
    for written in (number, f"{number[:4]}.{number[4:7]}.{number[7:]}", f"{number[:4]} {number[4:7]} {number[7:]}"):
        assert not any(sign.isdigit() for sign in cover(f"{before}{written}, đường lầy"))


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("ông Mão nói", "ông ▇▇▇ nói"),
        ("bà Thị Lựu và TẠ VĂN MÃO", "bà ▇▇▇▇▇▇▇ và ▇▇▇▇▇▇▇▇▇▇"),
        ("ta van mao de nghi", "▇▇▇▇▇▇▇▇▇▇ de nghi"),
        ("Nhị (thôn 2): đường số nhị hỏng", "▇▇▇ (thôn 2): đường số nhị hỏng"),
        ("ông Sử", "ông ▇▇"),
        ("chị Bích, lịch sử của xã", "chị ▇▇▇▇, lịch sử của xã"),
        ("số CCCD 030080001234, thu 120.000.000 đồng", "số CCCD ▇▇▇▇▇▇▇▇▇▇▇▇, thu 120.000.000 đồng"),
    ],
)
def test_names_go_in_full_anywhere_and_shortened_behind_a_title(text: str, covered: str) -> None:
    assert cover(text, NAMES) == covered


def test_spans_are_covered_and_line_breaks_stay() -> None:
    assert cover_spans("ab\ncd ef", [(1, 5), (4, 6)]) == "a▇\n▇▇▇ef"
