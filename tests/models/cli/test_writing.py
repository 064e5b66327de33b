"""Answers as a table, JSON Lines, CSV and a spreadsheet – none of which an opinion can break or run code in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.models.cli.conftest import Run
from tests.models.test_predictor import ADMITTED
from ydan.cli.rows import COLUMNS, printable, safe_cell

FORMULA = '=HYPERLINK("http://vi.du";"đường thôn lầy lội")'
SAID = "Đường xóm lầy lội, xin xã đổ bê tông\nMất điện ba lần một tuần, tủ lạnh cháy\n123\n"


def line(identity: str, text: str) -> str:
    return json.dumps({"id": identity, "text": text}) + "\n"


HOSTILE_LINES = "".join(line(name, text) for name, text in ADMITTED)


def test_json_lines_carry_the_versions(classify: Run) -> None:
    """CONTRACT.md: every answer tells model, taxonomy and competence; an error has none to tell."""
    first, _, error = classify("-", "--format", "jsonl", said=SAID).rows
    assert {"model", "taxonomy", "competence"} <= first.keys()
    assert error.keys() == {"id", "error"}


@pytest.mark.parametrize("ending", [".jsonl", ".json", "", ".csv", ".xlsx", ".txt"])
def test_a_file_ends_up_in_the_format_of_its_ending(classify: Run, tmp_path: Path, ending: str) -> None:
    """Each can be read again as what it says it is; nothing goes to standard output."""
    path = tmp_path / f"ket-qua{ending}"
    assert classify("-", "--output", path, said=SAID).out == ""
    if ending == ".xlsx":
        assert openpyxl.load_workbook(path).active.max_row == 4
    elif ending == ".csv":
        assert len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))) == 4
    elif ending == ".txt":
        assert "Lĩnh vực" in path.read_text("utf-8")
    else:
        assert [json.loads(row)["id"] for row in path.read_text("utf-8").splitlines()] == ["1", "2", "3"]


def test_a_csv_file_begins_with_a_bom_and_the_stream_does_not(classify: Run, tmp_path: Path) -> None:
    """Excel needs it; a pipe would take it for a letter."""
    classify("-", "--output", tmp_path / "a.csv", said=SAID)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfSTT,")
    assert classify("-", "--format", "csv", said=SAID).out.startswith("STT,")


def test_every_row_has_every_column(classify: Run) -> None:
    """Errors too: the last column holds the message."""
    header, *rows = csv.reader(io.StringIO(classify("-", "--format", "csv", said=SAID).out, newline=""))
    assert tuple(header) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [bool(row[-1]) for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    "text", [FORMULA, "+84 đường xóm lầy", "-đường xóm lầy", "@đường", "\x01" + FORMULA, "\t=đường"]
)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_opinion_never_becomes_a_formula(classify: Run, tmp_path: Path, text: str, ending: str) -> None:
    """Not even behind an invisible character that is left out when written."""
    path = tmp_path / f"a{ending}"
    classify("-", "--output", path, said=line("=1+1", text))
    if ending == ".xlsx":
        cells = list(openpyxl.load_workbook(path).active[2])
        assert {cell.data_type for cell in cells if cell.value} == {"s"}
        values = [str(cell.value or "") for cell in cells]
    else:
        values = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))[1]
    assert values[0] == "'=1+1"
    assert "đường" in values[1]
    assert not values[1].startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx", ".txt"])
def test_hostile_texts_leave_a_file_that_can_be_read(classify: Run, tmp_path: Path, ending: str) -> None:
    """One answer for each of them; controls and halves of characters break no format."""
    path = tmp_path / f"a{ending}"
    assert classify("-", "--output", path, said=HOSTILE_LINES).status == 0
    if ending == ".xlsx":
        assert openpyxl.load_workbook(path).active.max_row == len(ADMITTED) + 1
    elif ending == ".csv":
        assert len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))) == len(ADMITTED) + 1
    elif ending == ".jsonl":
        found = [json.loads(row) for row in path.read_text("utf-8").split("\n") if row]
        assert [(row["id"], row["text"]) for row in found] == ADMITTED
    else:
        assert path.read_text("utf-8").count("Lĩnh vực") == len(ADMITTED)


def test_a_terminal_obeys_no_opinion(classify: Run) -> None:
    """Escape sequences could rewrite what stands above."""
    out = classify("-", said=line("\x1b[2J", "Đường xóm \x1b[31mlầy\x9b0m lội")).out
    assert "lầy" in out
    assert not {"\x1b", "\x9b"} & set(out)


def test_the_table_shows_the_opinion_the_findings_and_the_error(classify: Run) -> None:
    """In the order of the lines, wrapped to the terminal."""
    out = classify("-", said=SAID).out
    places = [out.index(part) for part in ("1. “Đường xóm", "Lĩnh vực", "2. “Mất điện", "3. Không phân loại được")]
    assert places == sorted(places)
    assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "xlsx"], "--output"),
        (["--output", "{}/không-có/a.csv"], "Không có thư mục"),
        (["--output", "{}/có.csv/a.csv"], "Không có thư mục"),
        (["--output", "{}"], "là thư mục"),
        (["--format", "docx"], "--output"),
        (["--output", "{}/không-có/a.docx"], "Không có thư mục"),
        (["--output", "{}/a.odt"], ".xlsx"),
        (["--output", "{}/" + "a" * 300 + ".csv"], "Hãy"),
    ],
)
def test_an_output_that_cannot_be_written_says_what_to_do(
    classify: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    """Exit status 2, no traceback, and no JSON in a file that calls itself a document."""
    (tmp_path / "có.csv").write_text("", "utf-8")
    found = classify("-", *(part.format(tmp_path) for part in arguments), said=SAID)
    assert (found.status, found.out) == (2, "")
    assert says in found.err


@pytest.mark.parametrize(("cell", "safe"), [("=1", "'=1"), ("1=1", "1=1"), ("", ""), ("đường", "đường")])
def test_only_what_would_run_is_quoted(cell: str, safe: str) -> None:
    """Other cells stay as they are."""
    assert safe_cell(cell) == safe


def test_printable_keeps_every_letter_and_line() -> None:
    """Emoji, marks and tabs are no controls."""
    text = "Đường 🇻🇳 lầy\n\tê\u0323"
    assert printable(text) == text
