"""The answers of a job, in the order of its opinions, part by part: memory stays flat however many there are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from ydan.assessment import dump_json
from ydan.bulk import parquet
from ydan.cli.rows import printable, safe_cell
from ydan_service.programs.assessing.lines import answers_in
from ydan_service.programs.bulk.parquet import arrow
from ydan_service.programs.bulk.reading import CSV, JSON_LINES, PARQUET
from ydan_service.programs.refused import Refused
from ydan_service.store import program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart

FORMATS = {"jsonl": JSON_LINES, "csv": CSV, "parquet": PARQUET}

Part = tuple[dict[str, Any], list[bytes]]
"""The versions that answered, and an answer a line."""

COLUMNS = (
    "id", "text", "topic", "topic_label", "topic_confidence", "matter", "matter_label", "matter_confidence", "type",
    "type_label", "type_confidence", "level", "level_label", "level_confidence", "body", "body_label", "period",
    "basis", "decided_by", "escalation_required", "escalation_confidence", "transfer", "confidential", "urgency",
    "reasons", "review_needed", "review_reasons", "error_code", "error_message", "model", "model_version",
    "taxonomy_version", "competence_version",
)  # fmt: skip
"""Of CSV: ids of labels stay the same, their names may be improved. Parquet is nested as the JSON is."""


def check(job: BulkJob, *, partial: bool) -> None:
    """Whether there is a result to give.

    :raises Refused: 409, not all of it is there and ``partial`` was not asked for.
    """
    if partial or job.state in ("done", "failed"):
        return
    if job.state == "cancelled":
        said = "Việc này đã bị dừng giữa chừng."
    else:
        said = f"Việc này chưa xong: {job.done}/{job.total} ý kiến."
    raise Refused(409, "job_not_done", f"{said} Hãy chờ state là done, hoặc lấy phần đã có bằng ?partial=true.")


def parts_of(store: Store, job_id: str) -> Iterator[Part]:
    """The parts that are done, in order, each read by itself.

    :raises LookupError: the job was deleted meanwhile.
    """
    with store.read() as session:
        done = BulkPart.job_id == job_id, BulkPart.state.in_(("done", "failed"))
        ids = list(session.scalars(select(BulkPart.id).where(*done).order_by(BulkPart.number)))
    for id_ in ids:
        with store.read() as session:
            data = program_data.read(session, store.keys, "bulk_part", str(id_), "output")
        if data is None:
            raise LookupError(job_id)
        yield answers_in(data)


def json_lines(parts: Iterator[Part]) -> Iterator[bytes]:
    """An object a line: the assessment with the versions, or ``{"id", "error"}``."""
    for versions, rows in parts:
        more = b", " + dump_json(versions).encode()[1:]
        yield b"".join((row if _is_error(row) else row[:-1] + more) + b"\n" for row in rows)


def csv_rows(parts: Iterator[Part]) -> Iterator[bytes]:
    """Comma-separated with a header and a byte order mark, so that Excel shows the diacritics."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(COLUMNS)
    for versions, rows in parts:
        for row in rows:
            flat = flatten(json.loads(row), versions)
            writer.writerow([_cell(flat[name]) for name in COLUMNS])
        yield _taken(out)
    if out.tell():
        yield _taken(out)


def parquet_rows(parts: Iterator[Part]) -> Iterator[bytes]:
    """A Parquet file with a row group a part, its columns nested as the JSON is."""
    pa, sink = arrow(), _Sink()
    schema = parquet.answer_schema()
    with pa.parquet.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for versions, rows in parts:
            found = [json.loads(row) for row in rows]
            writer.write_table(
                parquet.to_table([row if "error" in row else {**row, **versions} for row in found], schema)
            )
            yield sink.taken()
    yield sink.taken()


WRITERS: dict[str, Callable[[Iterator[Part]], Iterator[bytes]]] = {
    "jsonl": json_lines,
    "csv": csv_rows,
    "parquet": parquet_rows,
}


def flatten(row: dict[str, Any], versions: dict[str, Any]) -> dict[str, Any]:
    """One row of :data:`COLUMNS`; what an error does not have is None."""
    flat: dict[str, Any] = dict.fromkeys(COLUMNS)
    flat |= {
        "id": row["id"],
        "model": versions["model"]["name"],
        "model_version": versions["model"]["version"],
        "taxonomy_version": versions["taxonomy"]["version"],
        "competence_version": versions["competence"]["version"],
    }
    if "error" in row:
        return flat | {"error_code": row["error"]["code"], "error_message": row["error"]["message"]}
    judged, up, review = row["jurisdiction"], row["escalation"], row["review"]
    for name, choice in (("topic", row["topic"]), ("matter", row["matter"]), ("type", row["type"])):
        if choice is not None:
            flat |= {name: choice["id"], f"{name}_label": choice["label"], f"{name}_confidence": choice["confidence"]}
    level = judged["level"]
    return flat | {
        "text": row["text"],
        "level": level["id"],
        "level_label": level["label"],
        "level_confidence": level["confidence"],
        "body": judged["body"]["id"],
        "body_label": judged["body"]["label"],
        "period": judged["period"],
        "basis": judged["basis"],
        "decided_by": judged["decided_by"],
        "escalation_required": up["required"],
        "escalation_confidence": up["confidence"],
        "transfer": up["transfer"],
        "confidential": up["confidential"],
        "urgency": up["urgency"],
        "reasons": ";".join(reason["code"] for reason in up["reasons"]),
        "review_needed": review["needed"],
        "review_reasons": ";".join(reason["code"] for reason in review["reasons"]),
    }


def _is_error(row: bytes) -> bool:
    return b'"error": {"code"' in row[:4096] and "error" in json.loads(row)


def _cell(value: Any) -> Any:
    return safe_cell(printable(value)) if isinstance(value, str) else value


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")


class _Sink(io.RawIOBase):
    """A file that remembers what was written since it was last asked."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data
