"""Run the command in this process, with bytes on standard input as a pipe gives them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ydan.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Outcome]

HEAD = (
    "ỦY BAN NHÂN DÂN XÃ MINH TÂN",
    "BIÊN BẢN",
    "Hội nghị tiếp xúc, đối thoại với Nhân dân",
    "Thời gian: 8 giờ 00 ngày 12 tháng 3 năm 2026.",
    "Địa điểm: Nhà văn hóa thôn Đông.",
    "Chủ trì: Ông Phạm Quốc Khải, Chủ tịch UBND xã.",
    "Thư ký: Bà Lê Thị Thu, công chức Văn phòng.",
    "Thành phần: đại diện các hộ dân, có mặt 86 người.",
)
SPOKEN = (
    "II. Ý KIẾN CỦA NHÂN DÂN",
    "1. Ông Hoàng Văn Nhị (thôn Đông): Đường thôn 3 ra cầu Móng hỏng nặng, ổ gà nhiều, xin xã sửa sớm.",
    "2. Bà Trần Thị Mận (thôn Đoài): Trạm biến áp thôn Đoài quá tải, tối nào điện cũng yếu, đề nghị nâng công suất.",
    "3. Ông Vũ Đình Quế (thôn Thượng): Con đường thôn 3 ra cầu Móng hỏng nặng, nhiều ổ gà, đề nghị xã sửa.",
    "4. Bà Lý Thị Tám (thôn Hạ): Tôi tố cáo ông Lưu Bá Cường là Phó Chủ tịch UBND xã nhận 200 triệu đồng tiền hối lộ "
    "của nhà thầu làm đường, đề nghị cấp trên kiểm tra.",
    "5. Ông Bùi Văn Lành (thôn Nội): Cột điện nghiêng sát mái trường mầm non thôn Nội, dây chùng, nguy cơ đổ và điện "
    "giật các cháu, đề nghị sửa ngay.",
    "III. TRẢ LỜI CỦA UBND XÃ",
    "- Về ý kiến số 1, UBND xã sẽ sửa đường ra cầu Móng trước ngày 30/4/2026.",
    "Hội nghị kết thúc hồi 11 giờ cùng ngày.",
)
MINUTES = (*HEAD, *SPOKEN)
"""A meeting of a made-up commune: five opinions, of which two are one matter, one is confidential and one goes up."""


def write_docx(path: Path, lines: Sequence[str] = MINUTES) -> Path:
    """Minutes as Word writes them, a paragraph a line."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture
def minutes_docx(tmp_path: Path) -> Path:
    """The minutes of ``MINUTES``."""
    return write_docx(tmp_path / "bien-ban.docx")


@pytest.fixture
def minutes_txt(tmp_path: Path) -> Path:
    """The same as text."""
    path = tmp_path / "bien-ban.txt"
    path.write_text("\n".join(MINUTES) + "\n", "utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("classify", "-", said="…")``; ``said`` may be bytes."""

    def running(*arguments: object, said: str | bytes = b"") -> Outcome:
        data = said.encode() if isinstance(said, str) else said
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        return Outcome(status, *capsys.readouterr())

    return running


@pytest.fixture
def classify(run: Run, tiny_bundle: Path) -> Run:
    """``classify("a.csv", "--format", "jsonl")`` with the tiny model."""

    def classifying(*arguments: object, said: str | bytes = b"") -> Outcome:
        return run("classify", *arguments, "--model", tiny_bundle, "--date", "2026-03-01", said=said)

    return classifying
