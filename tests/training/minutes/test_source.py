"""A source is read whole, or refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.training.minutes.sample import BODY, GOLD, sample, write_source
from ydan_training.minutes.source import SourceError, parse_source, words_of


def test_a_source_gives_its_opinions_answers_and_tasks(tmp_path: Path) -> None:
    """Gold rows and marked words come together by number."""
    source = sample(tmp_path, options='page_numbers page_head="Biên bản đối thoại"')
    assert source.options == {"page_numbers": "", "page_head": "Biên bản đối thoại"}
    assert [opinion.speaker for opinion in source.opinions] == ["Hoàng Văn Nhị", "Lê Thị Mão", "Trần Đức Thắng"]
    assert source.opinions[1].text == "Ngõ 3 chưa có đèn thì bao giờ lắp?"
    assert source.opinions[2].text.endswith("phía đường. Đề nghị điện lực dựng lại.")
    assert [(answer.opinions, answer.tasks[0].deadline) for answer in source.answers] == [
        ((1,), "2025-11-30"),
        ((3,), "trong tuần này"),
    ]
    assert not set("⟦⟧⟨⟩") & set(words_of(source))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"layout": "odt"}, r":1: layout “odt” is none of docx"),
        ({"date": "2025-02-30"}, r":5: date “2025-02-30” is no date"),
        ({"attendance": "khoảng 200"}, r":9: attendance"),
        ({"place": "Nhà văn hóa thôn 9"}, "place “Nhà văn hóa thôn 9” does not stand"),
        ({"chair": "Phạm Văn Khái"}, "chair “Phạm Văn Khái” does not stand"),
        ({"chủ trì": "Khải"}, "is no key here"),
        ({"host_level": "district"}, "a district after"),
        ({"meeting_type": "mixed"}, "goes with a warning"),
        ({"warning": "voter_meeting"}, "goes with a warning"),
        ({"options": "bold"}, "option “bold”"),
        ({"options": "hard_wrap"}, "option “hard_wrap”"),
        ({"options": "hard_wrap=x"}, "no number of characters"),
        ({"options": "encoding=koi8"}, "encoding “koi8”"),
        ({"author": ""}, "lacks author"),
    ],
)
def test_a_wrong_header_is_refused(change: dict[str, str], says: str, tmp_path: Path) -> None:
    """The message names the key and the choices."""
    with pytest.raises(SourceError, match=says):
        parse_source(write_source(tmp_path, **change))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("⟦2|", "⟦3|", r":24: opinion 3 stands where 2 is due"),
        ("⟨a2>3|", "⟨a3>3|", "answer a3 stands where a2 is due"),
        ("⟨a2>3|", "⟨a2>3,9|", "speaks of opinion 9"),
        ("lắp?⟧", "lắp?", r":24: ⟦ is not closed"),
        ("2 | Lê Thị Mão", "7 | Lê Thị Mão", "gold row 7 stands where 2"),
        ("3 | Trần Đức Thắng | thôn 5 | power_telecom | external | no | answered\n", "", "opinion 3 has no gold row"),
        ("| power_telecom |", "| power |", "topic “power” is unknown"),
        ("| external |", "| village |", "level “village” is unknown"),
        ("| external |", "| district |", "district after"),
        ("| external |", "| province |", "above the host"),
        ("| no | open", "| no | answered", "none does"),
        ("external | no | answered", "external | no | open", "answered goes with an answer"),
        ("external | no |", "external | maybe |", "neither yes nor no"),
        ("external | no | answered", "external | no | closed", "neither answered nor open"),
        ("external | no | answered", "external | no", "6 fields"),
        ("a1 | HTX nông nghiệp | 2025-11-30", "a1 | HTX nông nghiệp | 2025-11-31", "day is out of range"),
        ("a1 | HTX nông nghiệp | 2025-11-30", "a1 | HTX nông nghiệp", "3 fields"),
        ("a2 | Xã |", "a5 | Xã |", "a5 is not in the text"),
        ("1 | Hoàng Văn Nhị |", "1 | Hoàng Văn Nhì |", "“Hoàng Văn Nhì” does not stand"),
        ("a1 | HTX nông nghiệp", "a1 | HTX dịch vụ", "“HTX dịch vụ” does not stand"),
    ],
)
def test_marks_and_gold_must_agree(old: str, new: str, says: str, tmp_path: Path) -> None:
    """A slip in either is found, with its line."""
    assert old in BODY + GOLD
    path = write_source(tmp_path, BODY.replace(old, new), GOLD.replace(old, new))
    with pytest.raises(SourceError, match=rf"{re.escape(str(path))}:\d+: .*") as caught:
        parse_source(path)
    assert re.search(says, str(caught.value)), caught.value


def test_three_parts_are_needed(tmp_path: Path) -> None:
    """Header alone is no source."""
    path = tmp_path / "a.txt"
    path.write_text("layout: txt\n", encoding="utf-8")
    with pytest.raises(SourceError, match="1 parts"):
        parse_source(path)
