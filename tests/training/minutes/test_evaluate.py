"""Figures of a reading against gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan.errors import ReadError, YDanError
from ydan.minutes.extract import Piece, Place, build_extract
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Source, Task
from ydan_training.minutes.evaluate import evaluate_folder, likeness, score_document, summarize, words

GOLD = {
    "meeting_type": "txdt",
    "host_level": "commune",
    "date": "2025-10-16",
    "place": "Hội trường xã",
    "chair": "Phạm Văn Khải",
    "secretary": "",
    "attendance": 132,
    "opinions": [
        {"text": "Đường lầy, đề nghị xã sửa cho dân đi.", "answered": True},
        {"text": "Đèn ngõ 3 hỏng cả tháng nay chưa ai thay.", "answered": False},
    ],
    "answers": ["Giao Phòng Kinh tế kiểm tra đường trước ngày"],
    "answer_texts": [
        {
            "text": "Giao Phòng Kinh tế kiểm tra đường trước ngày 30/10.",
            "opinions": [1],
            "tasks": [{"body": "Phòng Kinh tế", "deadline": "2025-10-30"}],
        }
    ],
}


def minutes(*texts: str) -> Minutes:
    """Minutes whose first opinion is answered with a task."""
    from datetime import date

    source = Source(Place(), 0, 1)
    opinions = tuple(Raised(str(n), t, source, answers=("a1",) if n == 1 else ()) for n, t in enumerate(texts, 1))
    task = Task("Phòng Kinh tế", "kiểm tra", "trước ngày 30/10", date(2025, 10, 30), (0, 1))
    answer = Answer("a1", GOLD["answer_texts"][0]["text"], "answer", source, None, ("1",), (task,))  # type: ignore[index]
    meeting = Meeting(None, "txdt", "commune", None, date(2025, 10, 16), "hội trường xã", "Phạm Văn Khải", None, 132)
    return Minutes(meeting, opinions, (answer,), (), build_extract([Piece("x")], "txt"))


def test_a_perfect_reading_has_ones_everywhere() -> None:
    """Numbers, bullets, case and the full stop do not count."""
    read = minutes("- Đường lầy, đề nghị xã sửa cho dân đi", "đèn ngõ 3 hỏng cả tháng nay chưa ai thay.")
    figures = summarize([score_document("a", GOLD, read)])
    assert {
        name: value for name, value in figures.items() if name not in ("documents", "opinions") and value != 1
    } == {}


def test_words_too_many_cost_the_exact_figure_only() -> None:
    """A courtesy left in front is alike, not exact."""
    read = minutes("Thưa xã, đường lầy, đề nghị xã sửa cho dân đi.", "Đèn ngõ 3 hỏng cả tháng nay chưa ai thay.")
    score = score_document("a", GOLD, read)
    assert (score.exact, score.alike) == (1, 2)
    assert score.missed == ["Đường lầy, đề nghị xã sửa cho dân đi."]


def test_an_answer_taken_for_an_opinion_is_counted() -> None:
    """Officials' words must be kept out."""
    read = minutes(*(o["text"] for o in GOLD["opinions"]), GOLD["answer_texts"][0]["text"])  # type: ignore[index, misc]
    assert score_document("a", GOLD, read).taken == 1


def test_each_said_opinion_pays_for_one_wanted_only() -> None:
    """Saying one thing twice finds it once."""
    read = minutes("Đường lầy, đề nghị xã sửa cho dân đi.", "Đường lầy, đề nghị xã sửa cho dân đi.")
    assert score_document("a", GOLD, read).alike == 1


def test_likeness_is_a_share_of_both() -> None:
    """Half of the words shared."""
    assert likeness(words("đường lầy"), words("đường hẹp")) == 0.5
    assert likeness((), words("đường")) == 0


def test_a_document_that_cannot_be_read_counts_as_nothing_found(tmp_path: Path) -> None:
    """One broken file must not hide the others, nor count for nothing."""
    (tmp_path / "a.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(b"x")

    def read(_path: Path) -> Minutes:
        raise ReadError("hỏng")

    (score,) = evaluate_folder(tmp_path, read)
    assert (score.wanted, score.said, score.failed) == (2, 0, "hỏng")
    assert summarize([score])["exact_f1"] == 0


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    """Nothing measured must not look like success."""
    with pytest.raises(YDanError, match="gold"):
        evaluate_folder(tmp_path, lambda _path: minutes("x"))
