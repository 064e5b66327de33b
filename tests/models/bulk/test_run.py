"""A bulk run: every row once, with its place; ended and started again it goes on; never over anything else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ydan.bulk import folder as folders
from ydan.bulk.pieces import cut, find_inputs, read_piece
from ydan.bulk.run import Order, Progress, local_engine, run_bulk
from ydan.errors import BulkError, ReadError
from ydan.opinion import Session
from ydan.predictor import Predictor

GOOD = "Đường xóm {} lầy lội, xin xã đổ bê tông"
SESSION = Session(date(2026, 3, 1))


@pytest.fixture(scope="module")
def tiny(tiny_bundle: Path) -> Predictor:
    return Predictor.load(tiny_bundle)


def write_lines(path: Path, count: int, bad: int | None = None) -> Path:
    rows = [json.dumps({"id": f"r{n}", "text": GOOD.format(n)}, ensure_ascii=False) for n in range(count)]
    if bad is not None:
        rows[bad] = "{hỏng"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def order(source: Path, output: Path, **more: Any) -> Order:
    return Order(source, output, SESSION, piece=20, **more)


def lines(*paths: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_pieces_hold_every_line_once_with_its_number(tmp_path: Path, ending: str) -> None:
    """Blank lines count and are no rows; the last line may lack its end."""
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(["{}", "", *["{}"] * 43]) + ending, "utf-8")
    pieces = cut(find_inputs(path), 20)
    rows = [row for piece in pieces for row in read_piece(piece)]
    assert [row.place for row in rows] == ["1", *map(str, range(3, 46))]
    assert [piece.number for piece in pieces] == list(range(len(pieces)))
    assert {row.raw for row in rows} == {b"{}"}


def test_a_file_grows_by_the_order_of_its_rows(tiny: Predictor, tmp_path: Path) -> None:
    """One file out of one file: same order, the bad row in its place."""
    source = write_lines(tmp_path / "a.jsonl", 50, bad=30)
    last = [*run_bulk(order(source, tmp_path / "b.jsonl"), tiny, local_engine(1))][-1]
    assert last == Progress(3, 3, 50, 1)
    found = lines(tmp_path / "b.jsonl")
    assert [(row["source"], row["row"]) for row in found] == [("a.jsonl", n) for n in range(1, 51)]
    assert [row["row"] for row in found if "error" in row] == [31]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


def test_a_folder_keeps_the_files_apart(tiny: Predictor, tmp_path: Path) -> None:
    """Two communes may both have a row 1; JSON Lines may become Parquet."""
    pq = pytest.importorskip("pyarrow.parquet")
    write_lines(tmp_path / "in" / "xa-a.jsonl", 30)
    write_lines(tmp_path / "in" / "huyen" / "xa-b.jsonl", 5)
    last = [*run_bulk(order(tmp_path / "in", tmp_path / "out"), tiny, local_engine(1))][-1]
    assert last.rows == 35
    found = [row for part in sorted((tmp_path / "out").glob("part-*")) for row in pq.read_table(part).to_pylist()]
    assert [(row["source"], row["row"]) for row in found] == [
        *(("huyen/xa-b.jsonl", n) for n in range(1, 6)),
        *(("xa-a.jsonl", n) for n in range(1, 31)),
    ]


def test_a_run_that_was_ended_goes_on(tiny: Predictor, tmp_path: Path) -> None:
    """What is done stays as it is, what was begun is begun anew."""
    source, out = write_lines(tmp_path / "a.jsonl", 100), tmp_path / "out"
    run = run_bulk(order(source, out, form="jsonl"), tiny, local_engine(1))
    while next(run).done < 2:
        pass
    run.close()
    (out / "part-000000.jsonl").write_text("đừng đụng vào\n", "utf-8")
    assert not list(out.glob("_part-*"))
    steps = [*run_bulk(order(source, out, form="jsonl"), tiny, local_engine(1))]
    assert (steps[0].done, steps[-1]) == (2, Progress(5, 5, 100, 0))
    assert (out / "part-000000.jsonl").read_text("utf-8") == "đừng đụng vào\n"
    rest = lines(*sorted(out.glob("part-*"))[1:])
    assert [row["row"] for row in rest] == list(range(21, 101))


def test_a_log_that_was_cut_off_loses_one_piece_at_most(tmp_path: Path) -> None:
    """The machine lost power while it wrote."""
    folders.begin(tmp_path / "out", {"a": 1})
    folders.note(tmp_path / "out", folders.Done(0, 20, 1))
    with (tmp_path / "out" / "_done.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"piece": 1, "ro')
    assert folders.begin(tmp_path / "out", {"a": 1}) == {0: folders.Done(0, 20, 1)}


def test_the_results_of_another_run_are_left_alone(tiny: Predictor, tmp_path: Path) -> None:
    """Another input, or a folder that is not ours."""
    out = tmp_path / "out"
    [*run_bulk(order(write_lines(tmp_path / "a.jsonl", 5), out), tiny, local_engine(1))]
    with pytest.raises(BulkError, match="lần chạy khác"):
        [*run_bulk(order(write_lines(tmp_path / "b.jsonl", 6), out), tiny, local_engine(1))]
    (tmp_path / "thư").mkdir()
    (tmp_path / "thư" / "đơn.docx").write_bytes(b"x")
    with pytest.raises(BulkError, match="không trống"):
        [*run_bulk(order(tmp_path / "a.jsonl", tmp_path / "thư"), tiny, local_engine(1))]


@pytest.mark.parametrize(
    ("source", "output", "form", "says"),
    [
        ("mất.jsonl", "out", None, "Không có"),
        ("a.txt", "out", None, "ydan classify"),
        ("trống", "out", None, "không có tệp"),
        ("a.jsonl", "b.jsonl", "parquet", "--format parquet"),
        ("a.jsonl", "a.jsonl", None, "nằm trong"),
        ("vào", "vào/ra", None, "nằm trong"),
    ],
)
def test_what_cannot_be_run_says_why(
    tiny: Predictor, tmp_path: Path, source: str, output: str, form: str | None, says: str
) -> None:
    """Before anything is written."""
    write_lines(tmp_path / "a.jsonl", 2)
    write_lines(tmp_path / "vào" / "a.jsonl", 2)
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "trống").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises((BulkError, ReadError), match=says):
        [*run_bulk(order(tmp_path / source, tmp_path / output, form=form), tiny, local_engine(1))]
    assert sorted(tmp_path.rglob("*")) == before


def test_several_processes_make_the_same_parts(tiny: Predictor, tiny_bundle: Path, tmp_path: Path) -> None:
    """Pieces and chunks lie across each other; no row changes places."""
    source = write_lines(tmp_path / "a.jsonl", 130, bad=77)
    for processes, name in ((1, "b.jsonl"), (2, "c.jsonl")):
        [*run_bulk(order(source, tmp_path / name, model=tiny_bundle), tiny, local_engine(processes))]
    assert lines(tmp_path / "b.jsonl") == lines(tmp_path / "c.jsonl")
    assert [row["row"] for row in lines(tmp_path / "c.jsonl")] == list(range(1, 131))
