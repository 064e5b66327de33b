"""Abbreviations are written out where they are sure."""

from __future__ import annotations

import csv
import re

import pytest

from ydan.text import AlignedText, expand, normalize
from ydan.text.abbreviations import _FILE, meanings


def expanded(text: str) -> str:
    """The text of ``text``, expanded."""
    return expand(AlignedText.of(text)).text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("ĐN UBND xã", "đề nghị uỷ ban nhân dân xã"),
        ("xin GCNQSDĐ", "xin giấy chứng nhận quyền sử dụng đất"),
        ("de nghi ubnd xa cap gcnqsdd", "de nghi uỷ ban nhân dân xa cap giấy chứng nhận quyền sử dụng đất"),
        ("CAP GCNQSDD", "CAP giấy chứng nhận quyền sử dụng đất"),
        ("Sở TN&MT, LĐ-TB&XH", "Sở tài nguyên và môi trường, lao động thương binh và xã hội"),
        ("UBND/HĐND", "uỷ ban nhân dân/hội đồng nhân dân"),
        ("ĐT390", "đường tỉnh 390"),
        ("ĐT.390", "đường tỉnh.390"),
        ("số ĐT của tôi", "số điện thoại của tôi"),
        ("chủ ĐT", "chủ đầu tư"),
        ("QL 5 và TL 17", "quốc lộ 5 và tỉnh lộ 17"),
        ("học ĐH", "học đại học"),
        ("CT UBND", "chủ tịch uỷ ban nhân dân"),
        ("trường TH An Lạc", "trường tiểu học An Lạc"),
        ("TH, THCS", "tiểu học, trung học cơ sở"),
        ("nhiều TH", "nhiều trường hợp"),
        ("KN, TC", "khiếu nại, tố cáo"),
        ("TT Gia Lộc", "thị trấn Gia Lộc"),
        ("TP. Hải Dương", "thành phố Hải Dương"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("P. Ngọc Châu", "phường Ngọc Châu"),
        ("ng dân ko đi dc", "người dân không đi được"),
        ("Ko có đg", "Không có đường"),
        ("nhà tôi k có nước", "nhà tôi không có nước"),
        ("đ/c bí thư, đ/n xã", "đồng chí bí thư, đề nghị xã"),
        ("CA xã", "công an xã"),
        ("BT chi bộ", "bí thư chi bộ"),
        ("KP 3 hỗ trợ KP", "khu phố 3 hỗ trợ kinh phí"),
    ],
)
def test_an_abbreviation_is_written_out(text: str, full: str) -> None:
    """Whole tokens, by case and by neighbour."""
    assert re.sub(" +", " ", expanded(text)) == full


@pytest.mark.parametrize(
    "text",
    [
        "CT", "TH", "TC", "ĐH", "ĐT", "một KN", "TT", "1738/QĐ-UBND", "20/2013/QĐ-TTg", "72/NQ-HĐND",
        "5k", "200 k",
        "ca hát", "CA SĨ HÁT", "bên hông nhà", "5 kg", "kgm", "UBNDX", "đường", "x", "Hs", "th",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_left(text: str) -> None:
    """Ambiguous ones without context, codes of documents, units, words and parts of words."""
    assert expanded(text) == text


def test_a_span_leads_back_to_the_abbreviation() -> None:
    """Evidence found in the expansion is shown as typed."""
    aligned = expand(normalize("sửa đg ĐT390"))
    at = aligned.text.index("đường tỉnh")
    assert aligned.original[slice(*aligned.original_span(at, at + 10))] == "ĐT"


def test_the_file_is_large_sound_and_reachable() -> None:
    """At least 170 spellings, four columns, no row behind one that always fits, expansions that stay."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    settled = set()
    for row in rows:
        assert None not in row.keys() | set(row.values()), row
        assert row["abbreviation"] not in settled, row
        assert normalize(row["expansion"]).text == row["expansion"], row
        assert expanded(row["expansion"]) == row["expansion"], row
        if not row["context"]:
            settled.add(row["abbreviation"])
    assert len({row["abbreviation"] for row in rows}) >= 170
    assert len(meanings()) > len({row["abbreviation"] for row in rows})
