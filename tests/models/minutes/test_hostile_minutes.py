"""Texts that break text functions, through everything that reads the head and the speeches."""

from __future__ import annotations

import time

import pytest

from tests.models.text.hostile import HOSTILE
from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.meeting import read_meeting
from ydan.minutes.people import find_officials
from ydan.minutes.speeches import read_speeches

LONG = 100_000
BURSTS = [
    "ông ", "Ông An ", "Ông An và ", ";", "; ", "1; ", "( ", "- ", ": ", "\n", "1 người ", "có mặt ", "tổng số 1 ",
    "Chủ trì: ", "chủ trì ", "thư ký\n", "đ/c ", "ngày 1/1/2020 ", "cử tri ", "đơn ", "là ", "BIÊN BẢN\n", "7",
    "quyết định số ", "đối thoại ", "tại nhà ", "UBND XÃ ", "Trả lời ", "H' ", "A-", "a, ", "Địa điểm ",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_hostile_text_is_read_without_error(text: str) -> None:
    for pieces in ([Piece(text)], [Piece(line) for line in text.split("\n")]):
        extract = build_extract(pieces, "txt")
        assert read_meeting(extract, len(extract.text)).warnings == ()
        assert all(0 <= s.start <= s.words <= s.end <= len(extract.text) for s in read_speeches(extract))


@pytest.mark.parametrize("burst", BURSTS, ids=repr)
def test_a_hundred_thousand_characters_take_less_than_a_second(burst: str) -> None:
    extract = build_extract([Piece((burst * LONG)[:LONG])], "txt")
    for read in (
        lambda: read_meeting(extract, LONG),
        lambda: read_speeches(extract),
        lambda: find_officials(extract.text[:3_000]),
    ):
        begin = time.process_time()
        read()
        assert time.process_time() - begin < 1
