from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.fuzz_readers import SUFFIXES, check, fuzz_one, mutations
from tests.models.minutes.readers.building import OPINION, body, minutes_docx, minutes_xlsx, printed, ruled
from tests.models.minutes.readers.hostile import with_body


@cache
def valid(suffix: str) -> bytes:
    """A small valid file of each format."""
    if suffix == ".docx":
        return minutes_docx(2)
    if suffix == ".pdf":
        return printed([body(OPINION), ruled([["STT", "Nội dung"], ["1", "Đường"]], (2, 8))], pageCompression=0)
    if suffix == ".xlsx":
        return minutes_xlsx(3)
    table = {".csv": "STT;Nội dung\n1;Đường\n", ".md": "# Biên bản\n\n| a | b |\n|--|--|\n| *c* | d |\n"}
    return (table.get(suffix, f"BIÊN BẢN     X\n1. {OPINION}\n") * 3).encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000))
def test_random_bytes_end_in_an_extract_or_a_read_error(data: bytes) -> None:
    fuzz_one(data)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv"])
@settings(max_examples=80, deadline=None)
@given(text=st.text(st.sampled_from(" \t\n\r|#*_-`[]().:;,\"'0129aạĐà\u0301\u00ad\u200b\uf0b7\ud800½"), max_size=300))
def test_any_text_ends_in_an_extract_or_a_read_error(suffix: str, text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), suffix)
    check(text.encode("utf-16-le", "surrogatepass"), suffix)


TAGS = (
    "p r t tbl tr tc tcPr gridSpan vMerge sdt sdtContent br pPr numPr ilvl numId ins del txbxContent hyperlink "
    "footnoteReference trPr gridBefore outlineLvl pStyle sym"
)
VALUES = ("", "0", "1", "-1", "5", "99999999999", "restart", "continue", "x", "½", "²")
TREES = st.recursive(
    st.sampled_from(("Đường", "- Điện", "1.")),
    lambda inner: st.builds(
        lambda tag, value, content: f'<w:{tag} w:val="{value}" w:id="{value}">{"".join(content)}</w:{tag}>',
        st.sampled_from(TAGS.split()),
        st.sampled_from(VALUES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TREES, max_size=6))
def test_any_arrangement_of_word_elements_ends_in_an_extract_or_a_read_error(trees: list[str]) -> None:
    check(with_body("".join(trees)), ".docx")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damaged_files_end_in_an_extract_or_a_read_error(suffix: str) -> None:
    for data in mutations(valid(suffix), 40, seed=1):
        check(data, suffix)


@pytest.mark.heavy
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_thousands_of_damaged_files_end_in_an_extract_or_a_read_error(suffix: str) -> None:
    for data in mutations(valid(suffix), 3000, seed=20260305):
        check(data, suffix)
