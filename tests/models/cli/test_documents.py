"""``ydan documents``: a folder of official documents, each with what a person must look at."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.models.cli.conftest import HEAD, MINUTES, SPOKEN, Run, write_docx

COMMAND = Path(sys.executable).with_name("ydan")


def words(folder: Path) -> str:
    """Everything written in the documents of a folder."""
    parts = []
    for path in sorted(folder.rglob("*.[dx][ol][cs]x")):
        with zipfile.ZipFile(path) as archive:
            parts += [
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith("xml")
            ]
    return "\n".join(parts)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_folder_is_made_and_every_document_named(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """Standard output lists the files with their checks; the last line counts."""
    folder = tmp_path / "văn bản"
    found = run("documents", minutes_docx, "--output-dir", folder)
    assert (found.status, found.err) == (0, "")
    made = names(folder)
    assert {"01-bieu-tong-hop.xlsx", "03-thong-bao-ket-luan.docx", "08-bien-ban.docx"} <= set(made)
    assert all(str(folder / name) in found.out for name in made)
    assert "cần xem: " in found.out
    assert found.out.splitlines()[-1].startswith(f"Đã làm {len(made)} văn bản từ {minutes_docx}: 5 ý kiến")


def test_only_makes_what_is_asked_for(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """The option may come twice."""
    run("documents", minutes_docx, "--output-dir", tmp_path / "a", "--only", "bieu-tong-hop", "--only", "bien-ban")
    assert names(tmp_path / "a") == ["01-bieu-tong-hop.xlsx", "02-bieu-tong-hop.docx", "08-bien-ban.docx"]


def test_names_are_codes_unless_asked_for(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """Whoever raised what is confidential is named in neither."""
    run("documents", minutes_docx, "--output-dir", tmp_path / "a", "--only", "bien-ban")
    run("documents", minutes_docx, "--output-dir", tmp_path / "b", "--only", "bien-ban", "--names", "full")
    coded, full = words(tmp_path / "a"), words(tmp_path / "b")
    assert "CD-01" in coded
    assert "Hoàng Văn Nhị" not in coded
    assert "Hoàng Văn Nhị" in full
    assert "Lý Thị Tám" not in coded + full


def test_the_sealed_list_is_made_only_on_demand(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """In a folder of its own; no other document speaks of it."""
    run("documents", minutes_docx, "--output-dir", tmp_path / "a")
    run("documents", minutes_docx, "--output-dir", tmp_path / "b", "--confidential")
    assert not (tmp_path / "a/mat").exists()
    assert "hối lộ" not in words(tmp_path / "a")
    assert (tmp_path / "b/mat/09-danh-sach-mat.xlsx").is_file()


@pytest.mark.parametrize(("form", "shown"), [("state", "CỘNG HÒA XÃ HỘI"), ("party", "ĐẢNG CỘNG SẢN VIỆT NAM")])
def test_the_form_can_be_forced(run: Run, minutes_docx: Path, tmp_path: Path, form: str, shown: str) -> None:
    """By default the chair decides."""
    run("documents", minutes_docx, "--output-dir", tmp_path / "a", "--form", form, "--only", "thong-bao-ket-luan")
    assert shown in words(tmp_path / "a")


def test_an_office_brings_its_own_templates(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """A mistake in one names the file and the variable."""
    own = tmp_path / "mẫu"
    own.mkdir()
    write_docx(own / "bien-ban.docx", ["MẪU RIÊNG CỦA XÃ: {{ meeting_place }}"])
    run("documents", minutes_docx, "--output-dir", tmp_path / "a", "--only", "bien-ban", "--templates", own)
    assert "MẪU RIÊNG CỦA XÃ: Nhà văn hóa thôn Đông" in words(tmp_path / "a")
    write_docx(own / "bien-ban.docx", ["{{ khong_co }}"])
    found = run("documents", minutes_docx, "--output-dir", tmp_path / "b", "--only", "bien-ban", "--templates", own)
    assert found.status == 2
    assert "bien-ban.docx" in found.err
    assert "khong_co" in found.err


def test_options_win_over_the_minutes_in_the_documents(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """The day of the option stands in the notice."""
    options = ("--only", "thong-bao-ket-luan", "--date", "2026-02-03")
    run("documents", minutes_docx, "--output-dir", tmp_path / "a", *options)
    assert "03/02/2026" in words(tmp_path / "a")
    assert "12/3/2026" not in words(tmp_path / "a")


def test_a_warning_of_the_meeting_is_printed_first(run: Run, tmp_path: Path) -> None:
    """It never keeps the documents from being made."""
    extra = (
        "Tổ đại biểu HĐND xã báo cáo kết quả kỳ họp thứ 8; cử tri đơn vị bầu cử số 3 dự đông đủ.",
        "Đại biểu HĐND xã tiếp thu, chuyển đến cơ quan có thẩm quyền ý kiến của cử tri; cảm ơn cử tri.",
    )
    path = write_docx(tmp_path / "a.docx", (*HEAD, *extra, *SPOKEN))
    found = run("documents", path, "--output-dir", tmp_path / "a", "--only", "bieu-tong-hop")
    assert found.status == 0
    assert found.out.startswith("LƯU Ý: ")
    assert "tiếp xúc cử tri" in found.out.splitlines()[0]


def test_a_list_gets_documents_without_a_day(run: Run, tmp_path: Path) -> None:
    """Today's date would be a guess about the meeting."""
    path = tmp_path / "a.txt"
    path.write_text("Đường xóm Bắc lầy lội\nĐiện xóm Nam yếu\n", "utf-8")
    found = run("documents", path, "--output-dir", tmp_path / "a", "--only", "bien-ban")
    assert found.status == 0
    assert "xóm Bắc" in words(tmp_path / "a")
    assert "cần điền" in words(tmp_path / "a")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--only", "giay-moi"], "bieu-tong-hop"),
        (["--host-level", "district", "--date", "2025-07-01"], "không còn cấp huyện"),
        (["--date", "hôm qua"], "NĂM-THÁNG-NGÀY"),
        (["--names", "none"], "--names"),
        (["--form", "army"], "--form"),
    ],
)
def test_a_wrong_option_makes_nothing(
    run: Run, minutes_docx: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    """Exit status 2 and what it may be."""
    found = run("documents", minutes_docx, "--output-dir", tmp_path / "a", *options)
    assert (found.status, names(tmp_path)) == (2, ["bien-ban.docx"])
    assert says in found.err


def test_a_file_where_the_folder_should_be_is_told(run: Run, minutes_docx: Path, tmp_path: Path) -> None:
    """And the file stays."""
    (tmp_path / "a").write_text("giữ", "utf-8")
    found = run("documents", minutes_docx, "--output-dir", tmp_path / "a")
    assert (found.status, (tmp_path / "a").read_text("utf-8")) == (2, "giữ")
    assert "Hãy" in found.err


def test_an_opinion_that_cannot_be_assessed_is_kept_and_the_status_is_1(run: Run, tmp_path: Path) -> None:
    """One that is longer than the model reads."""
    long = "Đường xóm lầy lội " * 400
    lines = [*MINUTES[:9], f"1. Ông Hoàng Văn Nhị (thôn Đông): {long.strip()}.", *MINUTES[10:]]
    path = write_docx(tmp_path / "a.docx", lines)
    found = run("documents", path, "--output-dir", tmp_path / "a", "--only", "bieu-tong-hop")
    assert found.status == 1
    assert "1 không phân loại được" in found.out


def test_the_installed_command_makes_documents(minutes_docx: Path, tmp_path: Path) -> None:
    """As its user runs it."""
    command = [str(COMMAND), "documents", str(minutes_docx), "--output-dir", str(tmp_path / "a"), "--only", "bien-ban"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert names(tmp_path / "a") == ["08-bien-ban.docx"]
