"""From the text of a file to its minutes."""

from __future__ import annotations

from datetime import date

from tests.models.minutes.small import MINUTES, lines, read, table

LONG = "Đường vào thôn lầy lội quanh năm, mưa xuống là ngập, đề nghị xã làm sớm."


def test_the_whole_of_small_minutes() -> None:
    """Meeting, agenda, opinions with their people, answers."""
    minutes = read(lines(*MINUTES))
    assert minutes.meeting.date == date(2026, 3, 2)
    assert minutes.meeting.agenda == ("II. Ý KIẾN CỦA NHÂN DÂN", "III. TRẢ LỜI")
    assert [(opinion.id, opinion.speaker, opinion.address) for opinion in minutes.opinions] == [
        ("1", "Tạ Văn Mão", "thôn 2"),
        ("2", "Lê Thị Sen", "thôn 3"),
    ]
    assert minutes.opinions[0].text == "Đường liên thôn lầy lội quanh năm."
    assert [answer.kind for answer in minutes.answers] == ["answer", "answer"]


def test_speech_and_tables_are_read_in_the_order_of_the_text() -> None:
    """Ids count down the page."""
    minutes = read(
        table([["TT", "Họ tên", "Nội dung"], ["1", "Vi Thị Lường", LONG]], before=(MINUTES[0], *MINUTES[3:5]))
    )
    assert [opinion.speaker for opinion in minutes.opinions] == ["Tạ Văn Mão", "Vi Thị Lường"]
    assert [opinion.id for opinion in minutes.opinions] == ["1", "2"]


def test_a_word_or_two_is_no_opinion() -> None:
    """“Nhất trí.” under the opinions is kept as rest."""
    minutes = read(lines("II. Ý KIẾN CỦA NHÂN DÂN", "Ông Tạ Văn Mão: Nhất trí."))
    assert minutes.opinions == ()
    assert any("Nhất trí" in piece.text for piece in minutes.rest)


def test_an_empty_file_is_empty_minutes() -> None:
    """No blocks at all."""
    minutes = read(lines())
    assert (minutes.opinions, minutes.answers, minutes.rest) == ((), (), ())
