"""The writers' draft format becomes records; what follows from level and host is worked out here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan_training.corpus.drafts import read_drafts
from ydan_training.corpus.record import CorpusError

CONTEXT = "@persona=ba-tu province=Nam Định region=north register=spoken host=commune date=2024-03-14\n"
LINE = "district_road |  | security_defence | petition | district | danger | Đường liên xã sụt, xin huyện sửa\n"


def test_a_line_becomes_a_record(tmp_path: Path) -> None:
    """Topic from the matter, competence from level and host, id from author, file and line."""
    file = tmp_path / "batch-01.txt"
    file.write_text(CONTEXT + "# a remark\n\n" + LINE, encoding="utf-8")
    [row] = read_drafts(file, "w9")
    assert (row.id, row.topic, row.codes) == ("w9-01-004", "transport_roads", ["beyond_competence", "danger"])
    assert (row.escalate, row.transfer, row.province, row.persona) == (True, False, "Nam Định", "w9-ba-tu")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LINE, "@"),
        (CONTEXT + "district_road | petition | Đường hỏng\n", "7 wanted"),
        (CONTEXT.replace("2024", "2026") + LINE, "district"),
    ],
)
def test_a_broken_draft_names_file_and_line(text: str, says: str, tmp_path: Path) -> None:
    """Context missing, fields missing, labels that contradict."""
    file = tmp_path / "batch-02.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"batch-02\.txt:\d") as caught:
        list(read_drafts(file, "w9"))
    assert says in str(caught.value)
