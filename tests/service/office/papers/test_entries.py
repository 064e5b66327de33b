"""What is typed is checked at the door."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.errors import Invalid
from ydan_service.office.papers.entries import changed, check, mark, read_deadline

HELD = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("said", "day", "words"),
    [
        ("30/04/2026", date(2026, 4, 30), None),
        ("ngày 5-4-2026", date(2026, 4, 5), None),
        ("trước ngày 30/4/2026", date(2026, 4, 30), "trước ngày 30/4/2026"),
        ("trước kỳ họp sau", None, "trước kỳ họp sau"),
        ("", None, None),
    ],
)
def test_a_deadline_is_a_day_and_its_words_where_it_is_more(said: str, day: date | None, words: str | None) -> None:
    """The follow-up counts days, the notice prints words."""
    assert read_deadline(said, HELD) == (day, words)


@pytest.mark.parametrize("said", ["31/2/2026", "1/3/2026", "1/1/9999"])
def test_a_day_that_cannot_be_is_refused(said: str) -> None:
    """Not in the calendar, before the meeting, too far."""
    with pytest.raises(Invalid) as caught:
        read_deadline(said, HELD)
    assert caught.value.field == "deadline"


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("status", "xong"),
        ("wording", "a" * 601),
        ("reply", "Ông ▇▇▇ đã nhận"),
        ("charged", "ông Tạ Văn Mão"),
        ("addressee", "gọi 0912345678"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(field: str, raw: str) -> None:
    """Covered words, citizens where offices stand, too long, no status."""
    with pytest.raises(Invalid) as caught:
        check(field, raw, ("Tạ Văn Mão",))
    assert caught.value.field == field


def test_words_are_kept_on_one_line_without_what_cannot_be_seen() -> None:
    """A phone number with a sign inside that nobody sees must not pass."""
    assert check("wording", " Sửa\n đường\u200b trục ", ()) == "Sửa đường trục"


def test_only_what_is_other_than_shown_was_changed() -> None:
    """A form sends all its fields; a field without a mark counts as changed."""
    sent = {
        "wording": "Sửa đường",
        "was-wording": mark("Sửa đường"),
        "reply": "Có",
        "was-reply": mark(""),
        "charged": "A",
    }
    assert changed(sent) == {"reply": "Có", "charged": "A"}
