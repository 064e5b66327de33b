"""Words that leave the office name nobody."""

from __future__ import annotations

import pytest

from ydan_service.office.following.public_words import Public, plain_words, speaks_of_own


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ông ▇▇▇▇▇▇▇▇▇▇, số 0912.345.678: đường lầy.", "Ông [đã che], số [đã che]: đường lầy."),
        ("hộ bà Nguyễn Thị Lan lấn mương", "Hộ bà [đã che] lấn mương"),
        ("Nguyễn Văn Bình xây nhà, ông Bình bảo được phép", "[đã che] xây nhà, ông [đã che] bảo được phép"),
        ("Số nhà 12 ngõ 5/3 xả rác", "[đã che] xả rác"),
        ("Ngõ 12 ngập, đường ĐT 390 hỏng", "Ngõ 12 ngập, đường ĐT 390 hỏng"),
        ("Đề nghị Chủ tịch UBND xã xem xét", "Đề nghị Chủ tịch UBND xã xem xét"),
        ("đèn đường Bà Triệu hỏng", "Đèn đường Bà Triệu hỏng"),
        ("anh N.V.A. gây rối, U.B.N.D. xã biết", "Anh [đã che] gây rối, U.B.N.D. xã biết"),
        ("CCCD 030080001234, thửa số 12", "CCCD [đã che]"),
        ("", ""),
        ("▇▇▇", "[đã che]"),
    ],
)
def test_names_numbers_and_houses_are_gone_and_places_stay(text: str, shown: str) -> None:
    """However they are written; once done there is nothing left to do."""
    assert plain_words(text) == shown
    assert plain_words(shown) == shown


@pytest.mark.parametrize(
    ("text", "own"),
    [("Nhà tôi chưa được cấp sổ", True), ("nha toi chua duoc cap so", True), ("Con tui bị bệnh hiểm nghèo", True),
     ("Bản thân tôi là thương binh", True), ("Đường thôn lầy lội", False), ("Nhà văn hóa dột, con đường hỏng", False),
     ("Tôi đề nghị xã sửa đường", False)],
)  # fmt: skip
def test_what_is_about_the_speakers_own_household_is_told_apart(text: str, own: bool) -> None:
    """With and without diacritics; that somebody says “I” is not enough."""
    assert speaks_of_own(text) is own


def test_speakers_and_whom_opinions_name_are_gone_from_any_text_of_the_meeting() -> None:
    """In full, by the last syllable behind a title, in other letters; their houses; who chairs stays."""
    public = Public([("Tạ Văn Mão", "số nhà 7, thôn Đông")], ["Đặng Văn Quỳnh"], ["Lê Hữu Phước"])
    said = public.of("Như TẠ VĂN MÃO và ông Mão ở số nhà 7 nói, ông Quỳnh bán đất; ông Lê Hữu Phước trả lời.")
    assert "Mão" not in said
    assert "MÃO" not in said
    assert "Quỳnh" not in said
    assert "số nhà 7" not in said


@pytest.mark.parametrize("text", ["a" * 100_000, "▇ " * 3000, "\ud800", "đ\u0323", "Ông " * 2000, "ﷺ\u200b\u202e"])
def test_any_text_is_taken(text: str) -> None:
    """Hostile ones too, in no time, and never longer than asked."""
    assert len(plain_words(text, 200)) <= 200
