"""The files themselves: right words, right counts, nobody named who must not be."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from ydan.assessment import Assessment, Failure
from ydan.documents import KINDS, Dossier, Made, build_dossier, make_documents, write_summary_docx, write_summary_xlsx
from ydan.documents.context import Context, common
from ydan.documents.sheets import put
from ydan.errors import DocumentError, MissingExtra
from ydan.minutes.records import Minutes

XmlOf = Callable[[Path], str]
NEVER = ("Tuyên", "Đặng Hữu", "Lưu Bá Cường", "Bá Cường", "số 9 xóm", "19034567890123", "0912", "345.678")
"""The denouncer, the accused, their addresses and everybody's numbers: in no document at all, however made."""
CODED = ("Hoàng Văn Nhị", "ông Nhị", "Trần Thị Mận", "Vũ Đình Quế", "Nguyễn Văn Bình", "số nhà 14", "ông Bình")


@pytest.fixture(scope="module")
def made(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    return make_documents(dossier, tmp_path_factory.mktemp("state"))


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def by_name(made: list[Made], start: str) -> Path:
    return next(one.path for one in made if one.path.name.startswith(start))


def test_every_kind_is_made_under_stable_names(made: list[Made]) -> None:
    """ASCII, in order; nothing sealed unless asked for."""
    assert {one.kind for one in made} == set(KINDS)
    assert all(re.fullmatch(r"\d\d-[a-z0-9-]+\.(?:docx|xlsx)", one.path.name) for one in made)
    folder = made[0].path.parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(one.path.name for one in made)


@pytest.mark.parametrize("form", ["state", "party"])
@pytest.mark.parametrize("names", ["code", "full"])
def test_no_document_names_the_denouncer_or_the_accused(
    dossier: Dossier, xml_of: XmlOf, tmp_path: Path, form: str, names: str
) -> None:
    """Every part of every file; with codes, no citizen at all."""
    for one in make_documents(dossier, tmp_path, form=form, names=names):
        xml = xml_of(one.path)
        found = [word for word in (*NEVER, *(CODED if names == "code" else ())) if word in xml]
        assert found == [], one.path.name
        assert "tố cáo ông" not in xml
        assert "hối lộ" not in xml


def test_the_sealed_list_says_who_is_accused_and_never_who_said_it(
    dossier: Dossier, xml_of: XmlOf, tmp_path: Path
) -> None:
    """Only on request, in a folder of its own."""
    made = make_documents(dossier, tmp_path, which=[], confidential=True)
    assert [one.path.parent.name for one in made] == ["mat", "mat"]
    sealed = openpyxl.load_workbook(made[0].path).active
    words = " ".join(str(cell.value) for row in sealed.iter_rows() for cell in row if cell.value)
    assert "Lưu Bá Cường" in words
    for one in made:
        assert not any(word in xml_of(one.path) for word in ("Tuyên", "số 9 xóm", "19034567890123"))


def test_the_notice_lists_every_public_opinion_once(dossier: Dossier, made: list[Made]) -> None:
    """The headings' counts are the lists' lengths; the appendix has every number."""
    path = by_name(made, "03-")
    document = docx.Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    listed = [int(number) for number in re.findall(r"\(STT (\d+) Phụ lục\)", text)]
    away = [int(n) for n in re.findall(r"\d+", re.search(r"số thứ tự ([\d, ]+) tại Phụ lục", text)[1])]  # type: ignore[index]
    assert sorted(listed + away) == [item.number for item in dossier.public]
    counts = [int(n) for n in re.findall(r"^[123]\. Việc .*?: (\d+) ý kiến$", text, re.MULTILINE)]
    assert counts == [len(dossier.settled), len(dossier.open), len(dossier.forwarded)]
    assert sum(counts) + len(away) + len(dossier.confidential) == 16
    rows = [row.cells[0].text for row in document.tables[-1].rows]
    assert [int(cell) for cell in rows if cell.isdigit()] == [item.number for item in dossier.public]
    assert "16 lượt ý kiến" in text
    assert "chậm nhất ngày 15/3/2026" in text
    assert "hàng rào nhà tôi" not in text_of(path)


def test_the_ten_days_hold_only_since_the_law_does(
    minutes: Minutes, assessments: dict[str, Assessment | Failure], tmp_path: Path
) -> None:
    """An older meeting gets a blank, and its district a name to be filled in."""
    old = replace(minutes, meeting=replace(minutes.meeting, date=date(2023, 5, 18)))
    (made,) = make_documents(build_dossier(old, assessments), tmp_path, which=["thong-bao-ket-luan"])
    assert "chậm nhất ngày […… cần điền" in text_of(made.path)


def test_what_is_missing_is_a_yellow_blank(made: list[Made]) -> None:
    """And counted for the person who checks."""
    path = by_name(made, "03-")
    xml = docx.Document(str(path)).element.xml
    assert xml.count('w:highlight w:val="yellow"') == xml.count("[…… cần điền")
    assert any("chỗ cần điền" in check for one in made if one.path == path for check in one.check)


def test_heads_and_signatures_follow_the_form(dossier: Dossier, party: Dossier, tmp_path: Path) -> None:
    """Each form has its own and nothing of the other."""
    (state,) = make_documents(dossier, tmp_path / "a", which=["thong-bao-ket-luan"])
    (partys,) = make_documents(party, tmp_path / "b", which=["thong-bao-ket-luan"])
    one, two = text_of(state.path), text_of(partys.path)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/TB-UBND",
        "TM. ỦY BAN NHÂN DÂN",
    ):
        assert words in one
        assert words not in two
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "\n*\n", "-TB/ĐU", "T/M ĐẢNG ỦY", "ĐẢNG ỦY XÃ MINH TÂN"):
        assert words in two
        assert words not in one
    section = docx.Document(str(state.path)).sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (210, 30)
    assert section.different_first_page_header_footer


def test_letters_hold_their_opinions_with_reasons(dossier: Dossier, made: list[Made]) -> None:
    """A row each; the certainty of our table stays in the office."""
    text = text_of(by_name(made, "04-cong-van-kien-nghi-01"))
    assert "Đường tỉnh ĐT390" in text
    assert "Luật Đường bộ" in text
    assert "kiểm chứng" not in text
    slip = text_of(by_name(made, "05-"))
    assert "Trạm biến áp" in slip
    assert "KHẨN" in slip
    assert "Chủ tịch Ủy ban nhân dân xã Minh Tân" in text_of(by_name(made, "06-"))


def test_the_summary_sheet_prints_and_filters(dossier: Dossier, made: list[Made]) -> None:
    """Frozen head, filters, A4 across, one page wide, the head on every page."""
    book = openpyxl.load_workbook(by_name(made, "01-"))
    sheet = book["Biểu tổng hợp"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C6", "$5:$5")
    assert sheet.auto_filter.ref.startswith("A5:P")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    numbers = [row[0].value for row in sheet.iter_rows(min_row=6) if isinstance(row[0].value, int)]
    assert numbers == [item.number for item in dossier.public]
    assert all(cell.alignment.wrap_text for cell in sheet[7])
    figures = {row[0].value: row[1].value for row in book["Số liệu"].iter_rows() if row[0].value}
    assert figures["TỔNG SỐ LƯỢT Ý KIẾN"] == 16
    assert figures["Số ý kiến nêu trong biểu"] == len(dossier.public)


def test_formulas_stay_text(made: list[Made], xml_of: XmlOf) -> None:
    """Every sheet; signs at the start too."""
    for one in made:
        if one.path.suffix == ".xlsx":
            assert "<f>" not in xml_of(one.path)
            sheet = openpyxl.load_workbook(one.path).active
            cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
            assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    cell = openpyxl.Workbook().active["A1"]
    for text in ("=1+1", "+84", "-x", "@SUM(A1)"):
        put(cell, text)
        assert (cell.value, cell.data_type) == (text, "s")


def test_the_reception_book_has_thirteen_columns(dossier: Dossier, made: list[Made]) -> None:
    """Numbered; no personal number; complaints are guided, not forwarded."""
    sheet = openpyxl.load_workbook(by_name(made, "07-")).active
    assert [cell.value for cell in sheet[6]] == [f"({at})" for at in range(1, 14)]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7) if isinstance(row[0].value, int)]
    assert len(rows) == len(dossier.public)
    assert {row[3] for row in rows} == {None}
    complaint = next(row for row in rows if row[5] == "Khiếu nại")
    assert (complaint[8], complaint[9], complaint[10]) == (None, "x", None)


def test_who_spoke_in_confidence_is_a_code_everywhere(
    minutes: Minutes, assessments: dict[str, Assessment | Failure], xml_of: XmlOf, tmp_path: Path
) -> None:
    """Also beside what the same person said in public, with names shown."""
    said = tuple(
        replace(one, speaker="Đặng Hữu Tuyên", address="số 9 xóm Chùa, thôn Đông") if one.id == "8" else one
        for one in minutes.opinions
    )
    found = build_dossier(replace(minutes, opinions=said), assessments, names="full")
    assert next(item for item in found.items if item.id == "8").speaker.startswith("CD-")
    for one in make_documents(found, tmp_path):
        xml = xml_of(one.path)
        assert "Tuyên" not in xml
        assert "xóm Chùa" not in xml
    assert "Trần Thị Mận" in text_of(by_name(make_documents(found, tmp_path, which=["bien-ban"]), "08-"))


def test_hostile_text_survives(dossier: Dossier, made: list[Made]) -> None:
    """Ampersand, angle brackets, an emoji."""
    assert "<ngay> & dứt điểm 🚧" in text_of(by_name(made, "08-"))
    sheet = openpyxl.load_workbook(by_name(made, "01-")).active
    assert any("<ngay> & dứt điểm 🚧" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_unprintable_text_does_not_sink_a_document(tmp_path: Path) -> None:
    """Half an emoji, controls, nothing at all, and no assessment."""
    from ydan.documents import build_dossier, plain_minutes

    found = build_dossier(plain_minutes(["Đèn \ud83d hỏng\x00\x07", "", "-" * 5000, "{{ organ }}"]), {})
    made = make_documents(found, tmp_path)
    assert "Đèn \ufffd hỏng" in text_of(by_name(made, "08-"))
    assert any("Chưa phân loại được" in check for check in made[0].check)


def test_an_empty_meeting_still_gives_documents(tmp_path: Path) -> None:
    """With nothing in their lists."""
    from ydan.documents import build_dossier, plain_minutes

    made = make_documents(build_dossier(plain_minutes([]), {}), tmp_path, confidential=True)
    assert "Không có." in text_of(by_name(made, "03-"))


def test_files_are_replaced_whole_and_nothing_is_left_beside(dossier: Dossier, tmp_path: Path) -> None:
    """A second run is the first again; no temporary file stays."""
    steps: list[tuple[int, int, str]] = []
    first = make_documents(dossier, tmp_path, which=["bien-ban"], progress=lambda *step: steps.append(step))
    first[0].path.write_bytes(b"old")
    make_documents(dossier, tmp_path, which=["bien-ban"])
    assert first[0].path.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir()] == ["08-bien-ban.docx"]
    assert steps == [(0, 1, "08-bien-ban.docx"), (1, 1, "")]


def test_wrong_requests_name_what_exists(dossier: Dossier, tmp_path: Path) -> None:
    """Kinds; and a folder that is a file."""
    with pytest.raises(DocumentError, match="bieu-tong-hop"):
        make_documents(dossier, tmp_path, which=["giay-moi"])
    (tmp_path / "file").write_text("x")
    with pytest.raises(DocumentError, match="Không tạo được"):
        make_documents(dossier, tmp_path / "file")
    with pytest.raises(DocumentError, match="Không ghi được"):
        write_summary_xlsx(dossier, tmp_path / "none" / "a.xlsx")


def test_the_summary_alone_can_be_written(dossier: Dossier, tmp_path: Path) -> None:
    """For ``ydan classify FILE --output tong-hop.xlsx``."""
    assert write_summary_xlsx(dossier, tmp_path / "tong-hop.xlsx").path.is_file()
    assert "TỔNG CỘNG: 15 ý kiến" in text_of(write_summary_docx(dossier, tmp_path / "b.docx").path)


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch, dossier: Dossier, tmp_path: Path) -> None:
    """``pip install "ydan[office]"``."""
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(MissingExtra, match=r"ydan\[office\]"):
        make_documents(dossier, tmp_path, which=["bien-ban"])


def test_documents_import_without_office_libraries() -> None:
    """Nothing heavy before a document is made."""
    import subprocess

    code = (
        "import sys, ydan.documents; "
        "print([m for m in ('docx', 'docxtpl', 'openpyxl', 'jinja2', 'fastapi', 'sklearn') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_common_variables_are_strings_and_lists(dossier: Dossier) -> None:
    """A template needs nothing else."""
    from ydan.documents.counts import count_up
    from ydan.documents.form import choose_form

    found: Context = common(dossier, choose_form(dossier.minutes), count_up(dossier), "TB")
    assert all(isinstance(value, str | list) for value in found.values())
