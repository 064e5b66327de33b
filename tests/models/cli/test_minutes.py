"""``ydan classify`` on minutes: every format in and out, the meeting's own date and host, the official summary."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.models.cli.conftest import HEAD, MINUTES, SPOKEN, Run, write_docx

COMMAND = Path(sys.executable).with_name("ydan")
DISTRICT = (
    "ỦY BAN NHÂN DÂN HUYỆN HÀ AN", "BIÊN BẢN", "Hội nghị Chủ tịch UBND huyện đối thoại với Nhân dân",
    "Thời gian: 8 giờ ngày 5 tháng 6 năm {}.", "Địa điểm: Hội trường UBND huyện.",
    "Chủ trì: Ông Trần Văn Tư, Chủ tịch UBND huyện.", *SPOKEN,
)  # fmt: skip


def summary_text(path: Path) -> str:
    """Every word of a written summary."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path).worksheets
        return "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("name", "fewest"),
    [
        ("m3-xa-thanh-mai-docx-tra-loi.docx", 10),
        ("m3-xa-khanh-thuan-pdf-theo-nganh.pdf", 6),
        ("m3-xa-long-phuoc-bac-xlsx-bang.xlsx", 8),
        ("m2-xa-khanh-binh-tay-csv-so-tiep-dan.csv", 5),
        ("m3-xa-viet-doan-dong-txt-ngat-72.txt", 8),
        ("m4-xa-dai-nghia-md-lan-tiep-dan.md", 4),
    ],
)
def test_minutes_of_every_kind_are_classified(run: Run, root: Path, name: str, fewest: int) -> None:
    """An assessment for each opinion that `ydan read` finds, with the same id."""
    path = root / "data/minutes/documents" / name
    found = run("classify", path, "--format", "jsonl")
    assert found.status == 0
    assert [row["id"] for row in found.rows] == [row["id"] for row in run("read", path).rows[1:]]
    assert len(found.rows) >= fewest
    assert all("topic" in row for row in found.rows)


@pytest.mark.parametrize("format_", ["jsonl", "csv", "table"])
def test_every_format_is_printed(run: Run, minutes_docx: Path, format_: str) -> None:
    """Five opinions, whatever their shape; only people at a terminal get the meeting."""
    found = run("classify", minutes_docx, "--format", format_)
    assert found.status == 0
    if format_ == "jsonl":
        assert [row["id"] for row in found.rows] == ["1", "2", "3", "4", "5"]
    elif format_ == "csv":
        assert len(list(csv.reader(io.StringIO(found.out, newline="")))) == 6
    else:
        assert found.out.count("Lĩnh vực") == 5
    assert ("chủ trì Phạm Quốc Khải" in " ".join(found.out.split())) is (format_ == "table")


def test_a_text_file_of_minutes_gives_what_the_document_gives(run: Run, minutes_docx: Path, minutes_txt: Path) -> None:
    """The same words, the same answers."""
    first, second = (run("classify", path, "--format", "jsonl").rows for path in (minutes_docx, minutes_txt))
    assert first == second


def test_a_list_of_opinions_is_still_read_line_by_line(run: Run, tmp_path: Path) -> None:
    """Also where its lines begin as minutes do."""
    path = tmp_path / "a.txt"
    path.write_text("Biên bản xử phạt nhà tôi sai, đề nghị xem lại\n\nĐường xóm lầy lội, xin xã đổ bê tông\n", "utf-8")
    assert [row["id"] for row in run("classify", path, "--format", "jsonl").rows] == ["1", "3"]


def test_the_date_of_the_minutes_decides_the_period(run: Run, tmp_path: Path) -> None:
    """And an option wins over it."""
    path = write_docx(tmp_path / "a.docx", [line.replace("năm 2026", "năm 2024") for line in MINUTES])
    own = run("classify", path, "--format", "jsonl").rows
    asked = run("classify", path, "--format", "jsonl", "--date", "2026-03-01").rows
    assert {row["jurisdiction"]["period"] for row in own} == {"1975-01-01"}
    assert all(row["jurisdiction"]["period"] >= "2025-07-01" for row in asked)


def test_the_host_of_the_minutes_decides_what_goes_up(run: Run, tmp_path: Path) -> None:
    """What a commune sends up, a province settles itself."""
    path = write_docx(tmp_path / "a.docx")
    spoken = {row["id"]: row for row in run("classify", path, "--format", "jsonl", "--host-level", "commune").rows}
    own = {row["id"]: row for row in run("classify", path, "--format", "jsonl").rows}
    above = {row["id"]: row for row in run("classify", path, "--format", "jsonl", "--host-level", "province").rows}
    assert own == spoken
    assert own != above


def test_a_district_of_before_july_2025_is_a_district(run: Run, tmp_path: Path) -> None:
    """Read from the minutes, without a word on standard error."""
    path = write_docx(tmp_path / "a.docx", [line.format(2024) for line in DISTRICT])
    found = run("classify", path, "--format", "jsonl")
    assert (found.status, found.err) == (0, "")
    assert found.rows == run("classify", path, "--format", "jsonl", "--host-level", "district").rows


def test_a_district_of_after_july_2025_is_told_and_taken_for_a_commune(run: Run, tmp_path: Path) -> None:
    """The minutes are mistaken, but the opinions in them are not lost; asking for one outright is wrong use."""
    path = write_docx(tmp_path / "a.docx", [line.format(2026) for line in DISTRICT])
    found = run("classify", path, "--format", "jsonl")
    assert (found.status, len(found.rows)) == (0, 5)
    assert "2025-07-01" in found.err
    assert found.rows == run("classify", path, "--format", "jsonl", "--host-level", "commune").rows
    asked = run("classify", path, "--host-level", "district")
    assert (asked.status, asked.out) == (2, "")
    assert "không còn cấp huyện" in asked.err


def test_what_the_minutes_do_not_say_is_told(run: Run, tmp_path: Path) -> None:
    """The day and the host decide the competence, so that today and the commune are never assumed in silence."""
    path = write_docx(tmp_path / "a.docx", ("BIÊN BẢN HỌP DÂN", *SPOKEN[:6]))
    found = run("classify", path, "--format", "jsonl")
    assert "--date" in found.err
    assert "--date" not in run("classify", path, "--format", "jsonl", "--date", "2026-03-01").err


def test_minutes_without_opinions_are_told(run: Run, tmp_path: Path) -> None:
    """No answers, and where to look."""
    path = write_docx(tmp_path / "a.docx", (*HEAD, "Hội nghị kết thúc hồi 11 giờ cùng ngày."))
    found = run("classify", path, "--format", "jsonl")
    assert (found.status, found.out) == (0, "")
    assert "--rest" in found.err


def test_the_terminal_shows_who_spoke_what_goes_up_and_what_is_alike(run: Run, minutes_docx: Path) -> None:
    """In this order; the total comes last."""
    out = run("classify", minutes_docx).out
    told = " ".join(out.split())
    assert "Hoàng Văn Nhị, thôn Đông · đã được trả lời" in told
    up = out[out.index("PHẢI BÁO LÊN TRÊN: ") :]
    assert "Nguy hiểm tính mạng" in " ".join(up.split())
    assert up.index("Ý KIẾN GIỐNG NHAU") < up.index("• 1, 3 (2 người, 2 nơi): “")
    assert out.splitlines()[-1].startswith("5 ý kiến, ")
    assert max(map(len, out.splitlines())) <= 120


def test_who_raised_what_is_confidential_is_not_shown(run: Run, minutes_docx: Path) -> None:
    """Neither name nor village at the opinion, nor its words in the table."""
    out = run("classify", minutes_docx).out
    assert "Lý Thị Tám" not in out
    block = out[out.index("4. “") : out.index("5. “Cột điện")]
    assert "giữ kín" in block
    assert "thôn Hạ" not in block
    assert "hối lộ" not in out[out.index("PHẢI BÁO LÊN TRÊN") :]


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_output_of_minutes_is_the_official_summary(run: Run, minutes_docx: Path, tmp_path: Path, ending: str) -> None:
    """With totals; the last line tells the file and the counts, and nobody is named."""
    path = tmp_path / f"tong-hop{ending}"
    found = run("classify", minutes_docx, "--output", path)
    assert (found.status, found.out) == (0, "")
    assert found.err.splitlines()[-1].startswith(f"Đã ghi {path}: 5 ý kiến, ")
    text = summary_text(path)
    assert "cầu Móng" in text
    assert "CD-01" in text
    assert "Hoàng Văn Nhị" not in text
    assert "hối lộ" not in text


def test_the_summary_says_the_day_that_the_option_gave(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """The minutes may be misread; the option is right."""
    own, asked = tmp_path / "a.docx", tmp_path / "b.docx"
    run("classify", minutes_docx, "--output", own)
    run("classify", minutes_docx, "--output", asked, "--date", "2026-02-03")
    assert "12/3/2026" in summary_text(own)
    assert "03/02/2026" in summary_text(asked)
    assert "12/3/2026" not in summary_text(asked)


def test_the_summary_counts_opinions_that_are_alike(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """Found by words and places, not by equal wording."""
    path = tmp_path / "a.xlsx"
    run("classify", minutes_docx, "--output", path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    heads = next(row for row in rows if any(str(cell or "").lower().startswith("số ý kiến trùng") for cell in row))
    column = next(at for at, cell in enumerate(heads) if str(cell or "").lower().startswith("số ý kiến trùng"))
    roads = [row for row in rows if any("cầu Móng" in str(cell or "") for cell in row)]
    assert [row[column] for row in roads] == [1, 1]


def test_a_list_becomes_a_summary_with_each_of_its_rows(run: Run, tmp_path: Path) -> None:
    """A number that comes twice is no reason to lose a row; a row without words is told and the status is 1."""
    path = tmp_path / "a.csv"
    path.write_text("stt,nội dung\n1,Đường xóm Bắc lầy lội\n1,Điện xóm Nam yếu\n2,\n", "utf-8")
    found = run("classify", path, "--output", tmp_path / "a.docx")
    assert found.status == 1
    assert "2: Ý kiến không có chữ nào" in found.err
    text = summary_text(tmp_path / "a.docx")
    assert "xóm Bắc" in text
    assert "xóm Nam" in text


def test_several_files_are_told_apart_by_name(run: Run, minutes_docx: Path, minutes_txt: Path, tmp_path: Path) -> None:
    """Minutes beside a list, each read as what it is; one official summary of several is refused."""
    listed = tmp_path / "them.txt"
    listed.write_text("Đường xóm lầy lội, xin xã đổ bê tông\n", "utf-8")
    found = run("classify", minutes_docx, listed, "--format", "jsonl")
    assert [row["id"] for row in found.rows] == [*(f"bien-ban:{n}" for n in range(1, 6)), "them:1"]
    assert "Ngày 12/03/2026" in run("classify", minutes_docx, listed).out
    refused = run("classify", minutes_docx, listed, "--output", tmp_path / "a.docx")
    assert (refused.status, (tmp_path / "a.docx").exists()) == (2, False)
    rows = run("classify", minutes_docx, listed, "--output", tmp_path / "a.xlsx")
    assert rows.status == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 7


def test_one_broken_document_of_several_is_named(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """The others are answered; exit status 1."""
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(minutes_docx.read_bytes()[:500])
    found = run("classify", broken, minutes_docx, "--format", "jsonl")
    assert (found.status, len(found.rows)) == (1, 5)
    assert "hỏng.docx" in found.err


def test_the_installed_command_summarises_minutes(minutes_docx: Path, tmp_path: Path) -> None:
    """As its user runs it, in the folder of the file."""
    shutil.copy(minutes_docx, tmp_path / "bb.docx")
    command = [str(COMMAND), "classify", "bb.docx", "--output", "tong-hop.xlsx"]
    done = subprocess.run(command, capture_output=True, timeout=120, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "Đã ghi tong-hop.xlsx: 5 ý kiến" in done.stderr.decode("utf-8")
