"""The sentences that leaders use, word for word, and that each number leads to what it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.service.office.leading.hand import TODAY, Book
from ydan.predictor import Predictor
from ydan_service.office.leading.listing import count_opinions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.sentence import Speech, band, counts, plain, thresholds, weights
from ydan_service.office.leading.topic_summary import Before, Matter, Share, Summary, summarise

HERE = Narrowing(start=date(2026, 7, 1), end=date(2026, 9, 30), topic="land_admin")
BEFORE = HERE.but(start=date(2026, 4, 1), end=date(2026, 6, 30))


def matter(id_: str, count: int, total: int = 37) -> Matter:
    return Matter(id_, count, count / total, 1, 0, 0)


TOLD = Summary(
    topic="land_admin", narrowing=HERE, whole=HERE.but(topic=None), count=37, whole_count=176, villages=9, unplaced=2,
    communes=1, heard=2, sessions=3,
    statuses=(Share("da_giai_thich", 15, 15 / 37), Share("dang_giai_quyet", 14, 14 / 37),
              Share("chua_tra_loi", 8, 8 / 37)),
    types=(), matters=(matter("land_first_title", 20), matter("land_title_change", 10), matter("land_policy", 4),
                       matter("land_use_conversion", 2), Matter("none", 1, 1 / 37, 0, 0, 0)),
    late=4, up=3, at_once=1, above=2, returning=5, unreviewed=0, hidden=0, before=Before(BEFORE, 25, 2),
    representatives=(),
)  # fmt: skip


def test_the_counts_read_as_leaders_say_them() -> None:
    """How many, of where, compared with before; how far; what to look at."""
    assert [plain(sentence) for sentence in counts(TOLD)] == [
        "Có 37 lượt ý kiến về đất đai: cấp giấy chứng nhận, quản lý, sử dụng (chiếm 21% trong 176 lượt), của 9 thôn, "
        "tổ dân phố, nêu tại 2/3 hội nghị, tăng 12 so với kỳ trước (25 lượt, 01/04/2026–30/06/2026).",
        "15 ý kiến đã giải thích, trả lời; 14 đang giải quyết; 8 chưa trả lời.",
        "Cần chú ý: 4 ý kiến quá hạn; 3 phải báo lên trên; 1 cần báo ngay trong 24 giờ; 2 vượt cấp tổ chức hội nghị; "
        "5 đã nêu trước đây.",
    ]


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (20, Before(BEFORE, 25, 2), ", giảm 5 so với kỳ trước (25 lượt"),
        (25, Before(BEFORE, 25, 2), ", bằng kỳ trước (25 lượt"),
        (25, Before(BEFORE, 0, 0), "; kỳ trước không có hội nghị nào."),
        (25, Before(Narrowing(meeting=3, topic="land_admin"), 20, 1), ", tăng 5 so với kỳ trước (20 lượt)."),
    ],
)
def test_the_comparison(count: int, before: Before, said: str) -> None:
    """Fewer, as many, with nothing to compare, with one session."""
    assert said in plain(counts(replace(TOLD, count=count, before=before))[0])


def test_without_a_time_before_nothing_is_compared() -> None:
    """No “kỳ trước” is made up."""
    assert "kỳ trước" not in plain(counts(replace(TOLD, before=None))[0])


def test_of_several_communes_it_says_so_and_large_numbers_have_a_point() -> None:
    """As in documents."""
    said = plain(counts(replace(TOLD, count=1712, whole_count=20_000, communes=8))[0])
    assert said.startswith("Có 1.712 lượt ý kiến")
    assert "chiếm 9% trong 20.000 lượt" in said
    assert "của 9 thôn, tổ dân phố thuộc 8 xã, phường" in said


def test_nothing_is_said_as_nothing() -> None:
    """One sentence; what there was before is told."""
    empty = replace(TOLD, count=0, statuses=(), matters=(), late=0, up=0, at_once=0, above=0, returning=0)
    (sentence,) = counts(empty)
    assert plain(sentence) == (
        "Không có ý kiến nào về đất đai: cấp giấy chứng nhận, quản lý, sử dụng; kỳ trước có 25 lượt."
    )
    assert weights(empty) == ()


def test_majority_and_minority_are_told_apart() -> None:
    """Most, many, some, single; those of no known matter last."""
    assert [plain(sentence) for sentence in weights(TOLD)] == [
        "Phần lớn ý kiến nêu: cấp giấy chứng nhận (sổ đỏ) lần đầu cho hộ, cá nhân (20 ý kiến, 54%).",
        "Nhiều ý kiến nêu: sang tên, cấp đổi, tách thửa, đính chính, đăng ký biến động (10 ý kiến, 27%).",
        "Một số ý kiến nêu: chính sách, luật về đất đai (hạn mức, thời hạn…) (4 ý kiến, 11%).",
        "Cá biệt có ý kiến nêu: chuyển mục đích sử dụng đất của hộ, cá nhân (2 ý kiến).",
        "1 ý kiến chưa xếp được vào việc nào.",
    ]


@pytest.mark.parametrize(
    ("count", "total", "name"),
    [
        (50, 100, "most"), (49, 100, "many"), (25, 100, "many"), (24, 100, "some"), (3, 100, "some"),
        (2, 100, "single"), (2, 2, "single"), (3, 3, "most"), (10, 1000, "some"), (9, 1000, "single"),
    ],
)  # fmt: skip
def test_the_thresholds(count: int, total: int, name: str) -> None:
    """Half, a quarter, one in a hundred; one or two opinions are single whatever their share."""
    assert band(matter("land_policy", count, total)) == name


def test_the_thresholds_are_written_down() -> None:
    """In the words of the page, from the same numbers."""
    assert thresholds() == (
        "“Phần lớn”: từ 50% số lượt ý kiến của lĩnh vực; “nhiều”: từ 25%; “một số”: ít hơn; "
        "“cá biệt”: không quá 2 ý kiến, hoặc dưới 1%."
    )


def test_where_all_are_single_nobody_is_called_odd() -> None:
    """Three opinions of three matters are simply the opinions."""
    few = replace(
        TOLD, count=3, matters=tuple(matter(id_, 1, 3) for id_ in ("land_policy", "land_survey_consolidation"))
    )
    (sentence,) = weights(few)
    assert plain(sentence).startswith("Các ý kiến nêu: ")


def test_many_matters_are_counted_together() -> None:
    """A sentence names six; the others are not left out."""
    ids = (
        "land_first_title", "land_title_change", "land_use_conversion", "land_boundary_mediation",
        "land_dispute_settlement", "public_land_encroachment", "public_utility_land", "land_policy",
    )  # fmt: skip
    many = replace(TOLD, count=80, matters=tuple(matter(id_, 10, 80) for id_ in ids))
    assert plain(weights(many)[0]).endswith("; 2 việc khác (20 ý kiến).")


def test_a_number_leads_to_exactly_the_opinions_that_it_counts(book: Book, predictor: Predictor) -> None:
    """Every linked number of every sentence is the length of the list behind it."""
    checked = 0
    for period in (Narrowing(), Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31))):
        for topic in ("transport_roads", "social_policy", "none"):
            with book.store.read() as session:
                told = summarise(session, book.leader(), topic, period, TODAY, predictor.bundle.heads.vocabulary)
                for sentence in (*counts(told), *weights(told)):
                    for part in sentence:
                        if part.narrowing is None:
                            continue
                        numbers = [
                            int(n.replace(".", "")) for n in re.findall(r"(?<![\d/])\d[\d.]*(?![\d%/])", part.text)
                        ]
                        found = count_opinions(session, book.leader(), part.narrowing, TODAY)
                        assert found in numbers, part
                        checked += 1
    assert checked > 40


def test_another_language_may_say_it() -> None:
    """The page hands in its own words; nothing else is left in Vietnamese but the labels that it does not know."""
    english = {"Có %(n)s lượt ý kiến": "%(n)s opinions", "về %(topic)s": "on %(topic)s"}
    speech = Speech(lambda message, **values: english.get(message, message) % values if values else message)
    assert plain(counts(TOLD, speech)[0]).startswith("37 opinions on đất đai")
