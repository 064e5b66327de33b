"""The title of minutes."""

from __future__ import annotations

import pytest

from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.title import find_title


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (("BIÊN BẢN", "Buổi đối thoại", "(lần 2)", "Hôm nay, ngày 2/3"), "BIÊN BẢN Buổi đối thoại (lần 2)"),
        (("BIÊN BẢN", "Hội nghị đối thoại", "Hồi 8 giờ đối thoại bắt đầu"), "BIÊN BẢN Hội nghị đối thoại"),
        (("SỔ TIẾP CÔNG DÂN", "Nơi tiếp công dân của UBND xã Hà An"), "SỔ TIẾP CÔNG DÂN"),
        (("BB TXĐT tháng 4", "sáng 14.4.2021 tại phòng tiếp công dân"), "BB TXĐT tháng 4"),
        (("BIÊN BẢN ĐỐI THOẠI", "Ngày đối thoại: 11-11-2025"), "BIÊN BẢN ĐỐI THOẠI"),
        (("BIÊN BẢN ĐỐI THOẠI", "Ông Mão hỏi về việc giải quyết khiếu nại."), "BIÊN BẢN ĐỐI THOẠI"),
        (("BIÊN BẢN", "V/v: đối thoại với Nhân dân"), "BIÊN BẢN V/v: đối thoại với Nhân dân"),
        (("UBND XÃ HÀ AN", "HỘI NGHỊ TIẾP XÚC, ĐỐI THOẠI"), "HỘI NGHỊ TIẾP XÚC, ĐỐI THOẠI"),
        (("BIEN BAN", "hoi nghi doi thoai voi nong dan"), "BIEN BAN hoi nghi doi thoai voi nong dan"),
        (("II. Ý KIẾN CỦA NHÂN DÂN", "- Đường lầy."), None),
        (("Ông Mão: đường lầy.",), None),
        ((), None),
    ],
)  # fmt: skip
def test_the_title_ends_where_the_minutes_begin(texts: tuple[str, ...], title: str | None) -> None:
    extract = build_extract(map(Piece, texts), "txt")
    assert find_title(extract, len(extract.text)) == title


def test_nothing_after_the_head_is_a_title() -> None:
    assert find_title(build_extract([Piece("UBND XÃ HÀ AN"), Piece("BIÊN BẢN")], "txt"), 5) is None
