"""What holds for every layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.minutes.layouts.reading import words_in
from tests.training.minutes.sample import sample
from ydan_training.minutes.build import RENDERERS

OPTIONS = {
    "docx": "auto_numbers text_box merged letterhead_table",
    "pdf": 'page_numbers letterhead_table page_head="Biên bản"',
    "xlsx": "merged",
    "txt": "hard_wrap=60",
    "md": "hard_wrap=60",
    "csv": "",
}


@pytest.mark.parametrize("options", [{}, OPTIONS], ids=["plain", "options"])
@pytest.mark.parametrize("layout", RENDERERS)
def test_every_opinion_and_answer_stands_in_the_document(layout: str, options: dict[str, str], tmp_path: Path) -> None:
    """Word by word, in order, without marks."""
    source = sample(tmp_path, layout=layout, options=options.get(layout, ""))
    words = words_in(layout, RENDERERS[layout](source))
    at = 0
    for text in [*(o.text for o in source.opinions), *(a.text for a in source.answers)]:
        assert text in words[at:]
        at = words.index(text, at)
    assert not set("⟦⟧⟨⟩|") & set(words.replace(" |", "").replace("| ", "")) or layout == "md"


@pytest.mark.parametrize("layout", RENDERERS)
def test_the_same_source_gives_the_same_bytes(layout: str, tmp_path: Path) -> None:
    """No hour, no chance."""
    source = sample(tmp_path, layout=layout, options=OPTIONS[layout])
    assert RENDERERS[layout](source) == RENDERERS[layout](source)
