"""Parquet in and out: what is read back is the JSON object."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.models.cli.conftest import classify, run  # noqa: F401
from ydan.bulk.parquet import answer_schema, count_parquet, read_parquet, to_table
from ydan.errors import ReadError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
GOOD = "Đường xóm {} lầy lội, xin xã đổ bê tông"


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def write(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=10)
    return path


def test_answers_survive_the_round_trip(classify: Any, tmp_path: Path) -> None:  # noqa: F811
    """Parquet in, Parquet out, equal to JSON Lines in, JSON Lines out; the bad row in its place, status 1."""
    texts = [GOOD.format(n) if n != 7 else "" for n in range(30)]
    source = write(tmp_path / "a.parquet", id=[f"r{n}" for n in range(30)], text=texts)
    said = "".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(texts))
    assert classify(source, "--output", tmp_path / "b.parquet").status == 1
    wanted = classify("-", "--format", "jsonl", said=said).rows
    found = pq.read_table(tmp_path / "b.parquet").to_pylist()
    assert without_nulls(found) == without_nulls(wanted)
    assert found[7]["error"]["code"] == "empty_text"
    assert pq.read_schema(tmp_path / "b.parquet").equals(answer_schema())


def test_columns_go_by_the_names_that_offices_use(tmp_path: Path) -> None:
    """As in CSV; dates are dates, what is null is absent, and a row without an id is called by its number."""
    path = write(
        tmp_path / "a.parquet",
        STT=[5, None],
        **{"Nội dung": ["Đường lầy", "Mất điện"], "date": [datetime(2024, 5, 1, 8), None], "khác": [1, 2]},
    )
    first, second = read_parquet(path)
    assert first.raw == {"text": "Đường lầy", "id": 5, "date": date(2024, 5, 1)}
    assert (second.place, second.raw) == ("2", {"text": "Mất điện"})


@pytest.mark.parametrize(("begin", "end"), [(0, None), (0, 10), (3, 12), (10, 20), (19, 25), (24, 25)])
def test_some_rows_of_a_file_are_those_rows(tmp_path: Path, begin: int, end: int | None) -> None:
    """Whatever row groups they lie in."""
    path = write(tmp_path / "a.parquet", text=[f"{n}" for n in range(25)])
    assert count_parquet(path) == 25
    wanted = list(range(25))[begin:end]
    assert [(int(row.place), row.raw) for row in read_parquet(path, begin, end)] == [
        (n + 1, {"text": f"{n}"}) for n in wanted
    ]


def test_half_of_an_emoji_does_not_sink_the_others() -> None:
    """UTF-8 cannot hold it."""
    table = to_table([{"id": "1", "text": "Đường \ud83d"}, {"id": "2", "text": "Mất điện"}], answer_schema())
    assert table.column("text").to_pylist() == ["Đường \ufffd", "Mất điện"]


@pytest.mark.parametrize("content", [b"", b"PAR1 khong phai", b"PAR1" + bytes(100) + b"PAR1"])
def test_a_file_that_is_no_parquet_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    """And which file it is."""
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"a\.parquet.*Hãy"):
        list(read_parquet(path))


def test_a_file_without_opinions_says_what_it_has(tmp_path: Path) -> None:
    """As for CSV."""
    with pytest.raises(ReadError, match="họ tên"):
        list(read_parquet(write(tmp_path / "a.parquet", **{"họ tên": ["Bà Tư"]})))


def test_without_pyarrow_the_message_names_the_extra(tmp_path: Path) -> None:
    """And not a traceback."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\nfrom ydan.cli import main\n"
        f"sys.exit(main(['classify', '-', '--output', {str(tmp_path / 'x.parquet')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], input="Đường lầy lội\n", capture_output=True, text=True)
    assert done.returncode == 2
    assert 'pip install "ydan[parquet]"' in done.stderr
