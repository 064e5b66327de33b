"""Plain minutes laid out from the corpus: one short opinion after the other, as terse secretaries write them.

The documents by hand are full of courtesies and several matters a turn; without these a reader takes "3. Bà Lan (thôn
Hạ): Nước máy đục." for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ydan.minutes.extract import Piece, build_extract
from ydan_training.minutes.lessons import Lesson

_TITLES = ("Ông", "Bà", "Anh", "Chị", "Ô.", "Cụ", "Bác", "ông", "bà")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Hoàng", "Bùi", "Lò", "Y", "Đinh", "Huỳnh", "Võ", "Thạch", "Giàng")
_MIDDLE = ("Văn", "Thị", "Đức", "Hữu", "Thu", "Minh", "Xuân", "")
_GIVEN = ("Lan", "Hùng", "Mai", "Lành", "Tám", "Sáu", "Thắng", "Hoa", "Páo", "Niê", "Út", "Bình", "Cúc", "Tới")
_PLACES = (
    "thôn Thượng",
    "thôn 3",
    "xóm Chùa",
    "ấp Tân Hoà",
    "khu phố 2",
    "TDP số 5",
    "bản Nà Lốc",
    "buôn Trấp",
    "tổ 7",
    "KDC số 1",
)
_FORMS = ("{who} ({where}): ", "{who}, {where}: ", "{who} - {where}: ", "{who} ({where}) phản ánh: ", "{who}: ")
_MARKS = ("{n}. ", "- ", "{n}) ", "+ ", "", "Ý kiến {n}: ")
_OPENINGS = (
    "II. Ý KIẾN CỦA NHÂN DÂN",
    "B. Ý kiến phát biểu",
    "2. Ý kiến, kiến nghị của Nhân dân:",
    "PHẦN Ý KIẾN",
    "II/ THẢO LUẬN",
)
_CLOSINGS = ("III. TRẢ LỜI", "C. UBND xã trả lời, tiếp thu", "3. Trả lời, giải trình:", "III/ KẾT LUẬN CỦA CHỦ TRÌ")
_EMPTY = (
    "Nhất trí với báo cáo.",
    "Tôi không có ý kiến gì thêm.",
    "Tôi đồng ý với ý kiến vừa rồi.",
    "Cảm ơn xã đã quan tâm.",
)


def plain_lessons(opinions: Sequence[str], officials: Sequence[str], count: int, seed: int) -> list[Lesson]:
    """``count`` small minutes with six to twelve turns each, a matter a turn, and a few official lines after them."""
    rng = np.random.default_rng(seed)
    return [_lesson(number, opinions, officials, rng) for number in range(count)]


def _lesson(number: int, opinions: Sequence[str], officials: Sequence[str], rng: np.random.Generator) -> Lesson:
    form, mark = str(rng.choice(_FORMS)), str(rng.choice(_MARKS))
    pieces = [Piece("BIÊN BẢN"), Piece("Hội nghị đối thoại với Nhân dân"), Piece(str(rng.choice(_OPENINGS)))]
    said: list[tuple[int, str]] = []
    for at in range(1, int(rng.integers(6, 13)) + 1):
        lead = mark.format(n=at) + form.format(who=_name(rng), where=rng.choice(_PLACES))
        empty = rng.random() < 0.12
        words = str(rng.choice(_EMPTY)) if empty else opinions[int(rng.integers(len(opinions)))]
        if not empty:
            said.append((len(pieces), lead))
        pieces.append(Piece(lead + words))
    pieces.append(Piece(str(rng.choice(_CLOSINGS))))
    first = len(pieces)
    pieces += [Piece(f"- {officials[int(rng.integers(len(officials)))]}") for _ in range(int(rng.integers(2, 6)))]
    extract = build_extract(pieces, "txt")
    spans = tuple((extract.blocks[place].start + len(lead), extract.blocks[place].end) for place, lead in said)
    answers = tuple((block.start, block.end) for block in extract.blocks[first:])
    return Lesson(f"plain-{number}", "plain", extract, spans, answers)


def _name(rng: np.random.Generator) -> str:
    parts = [rng.choice(_TITLES), rng.choice(_FAMILY), rng.choice(_MIDDLE), rng.choice(_GIVEN)]
    return " ".join(str(part) for part in parts if part)
