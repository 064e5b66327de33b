"""``ydan read``: the meeting on the first line, an opinion on each of the next, nothing classified."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.models.cli.conftest import HEAD, SPOKEN, Run, write_docx
from ydan.minutes.readers import read_file

COMMAND = Path(sys.executable).with_name("ydan")


def test_the_first_line_is_the_meeting(run: Run, minutes_docx: Path) -> None:
    """CONTRACT.md's fields, as the head of the minutes gives them."""
    meeting = run("read", minutes_docx).rows[0]
    assert (meeting["meeting_type"], meeting["host_level"], meeting["date"]) == ("txdt", "commune", "2026-03-12")
    assert (meeting["place"], meeting["attendance"], meeting["warnings"]) == ("Nhà văn hóa thôn Đông", 86, [])
    assert "Phạm Quốc Khải" in meeting["chair"]


def test_every_further_line_is_an_opinion_with_its_source(run: Run, minutes_docx: Path) -> None:
    """Offsets point into the text that the reader extracts; ids count from 1."""
    found = run("read", minutes_docx, "--format", "jsonl")
    assert (found.status, found.err) == (0, "")
    opinions = found.rows[1:]
    assert [one["id"] for one in opinions] == ["1", "2", "3", "4", "5"]
    assert opinions[0]["text"].startswith("Đường thôn 3 ra cầu Móng")
    assert [one["speaker"] for one in opinions][:2] == ["Hoàng Văn Nhị", "Trần Thị Mận"]
    assert [one["address"] for one in opinions][:2] == ["thôn Đông", "thôn Đoài"]
    text = read_file(minutes_docx).text
    assert [text[one["source"]["start"] : one["source"]["end"]] for one in opinions] == [o["text"] for o in opinions]
    assert all("paragraph" in one["source"] for one in opinions)


def test_answered_tells_which_got_an_answer(run: Run, minutes_docx: Path) -> None:
    """By the number that the answer names."""
    answered = {one["id"]: one["answered"] for one in run("read", minutes_docx).rows[1:]}
    assert answered["1"] is True
    assert answered["4"] is False


def test_answers_and_the_rest_come_when_asked_for(run: Run, minutes_docx: Path) -> None:
    """Behind the opinions, under keys of their own."""
    plain = run("read", minutes_docx).rows
    rows = run("read", minutes_docx, "--answers", "--rest").rows
    assert rows[: len(plain)] == plain
    answers = [row["answer"] for row in rows if "answer" in row]
    assert "1" in answers[0]["opinions"]
    assert answers[0]["tasks"][0]["deadline"] == "2026-04-30"
    rest = [row["rest"]["text"] for row in rows if "rest" in row]
    assert any(text.startswith("BIÊN BẢN") for text in rest)


def test_a_warning_tells_the_fault_of_the_meeting(run: Run, tmp_path: Path) -> None:
    """Named a dialogue, held as a meeting with voters."""
    extra = (
        "Tổ đại biểu HĐND xã báo cáo kết quả kỳ họp thứ 8; cử tri đơn vị bầu cử số 3 dự đông đủ.",
        "Đại biểu HĐND xã tiếp thu, chuyển đến cơ quan có thẩm quyền ý kiến của cử tri; cảm ơn cử tri.",
    )
    meeting = run("read", write_docx(tmp_path / "a.docx", (*HEAD, *extra, *SPOKEN))).rows[0]
    assert meeting["meeting_type"] == "mixed"
    assert [warning["code"] for warning in meeting["warnings"]] == ["voter_meeting"]


def test_output_writes_the_same_to_a_file(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """And nothing on the screen; the input itself is never written over."""
    kept = tmp_path / "a.jsonl"
    printed = run("read", minutes_docx).out
    assert run("read", minutes_docx, "--output", kept).out == ""
    assert kept.read_text("utf-8") == printed
    before = minutes_docx.read_bytes()
    found = run("read", minutes_docx, "--output", minutes_docx)
    assert (found.status, "trùng" in found.err) == (2, True)
    assert minutes_docx.read_bytes() == before


def scanned(path: Path) -> None:
    """A page that is only a picture."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    image = pytest.importorskip("PIL.Image")
    picture = path.with_suffix(".png")
    image.new("L", (600, 800), 200).save(picture)
    page = canvas.Canvas(str(path))
    page.drawImage(str(picture), 0, 0, 590, 840)
    page.save()


MAKERS = SimpleNamespace(
    missing=lambda path: None,
    folder=lambda path: path.mkdir(),
    empty=lambda path: path.write_bytes(b""),
    picture=scanned,
    wrong=lambda path: path.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
    unknown=lambda path: path.write_bytes(b"\x00\x01"),
)


@pytest.mark.parametrize(
    ("name", "make", "fact", "step"),
    [
        ("mất.docx", MAKERS.missing, "Không có tệp", "kiểm tra lại tên"),
        ("thư-mục.docx", MAKERS.folder, "là thư mục", ".docx"),
        ("rỗng.docx", MAKERS.empty, "rỗng", "Hãy"),
        ("quét.pdf", MAKERS.picture, "quét", "--ocr"),
        ("sai.docx", MAKERS.wrong, ".docx", "Hãy"),
        ("ảnh.png", MAKERS.unknown, ".png", "--ocr"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_the_fact_and_the_next_step(
    run: Run, tmp_path: Path, name: str, make: object, fact: str, step: str
) -> None:
    """Exit status 2, one sentence on standard error, nothing on standard output."""
    assert callable(make)
    make(tmp_path / name)
    found = run("read", tmp_path / name)
    assert (found.status, found.out) == (2, "")
    assert found.err.startswith("ydan: ")
    assert fact in found.err
    assert step in found.err
    assert "Traceback" not in found.err


def test_ocr_of_a_scan_names_the_program_that_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Tesseract on the path; the step is to install it."""
    scanned(tmp_path / "quét.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = run("read", tmp_path / "quét.pdf", "--ocr")
    assert found.status == 2
    assert "esseract" in found.err


def test_the_installed_command_reads_minutes(minutes_docx: Path) -> None:
    """As its user runs it: bytes out are UTF-8 JSON Lines."""
    done = subprocess.run([str(COMMAND), "read", str(minutes_docx)], capture_output=True, timeout=120)
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert (done.returncode, done.stderr, len(rows)) == (0, b"", 6)
