"""What officials said."""

from __future__ import annotations

from tests.models.minutes.small import lines
from ydan.minutes.replies import spoken_replies
from ydan.minutes.roles import ANSWER, OTHER, TURN
from ydan.minutes.speeches import read_speeches


def test_answers_and_points_of_the_conclusion_are_told_apart() -> None:
    """By the heading they stand under; numbers and bullets are left out."""
    extract = lines("III. TRẢ LỜI", "- Đường sẽ rải đá.", "IV. KẾT LUẬN", "1. Giao Công an xã xử lý.", "Đường lầy.")
    speeches = read_speeches(extract)
    found = list(spoken_replies(extract, speeches, [OTHER, ANSWER, OTHER, ANSWER, TURN]))
    assert [(reply.kind, extract.text[reply.start : reply.end]) for reply in found] == [
        ("answer", "Đường sẽ rải đá."),
        ("conclusion", "Giao Công an xã xử lý."),
    ]
