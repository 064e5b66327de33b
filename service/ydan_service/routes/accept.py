"""Which format an ``Accept`` header asks for."""

from __future__ import annotations

from ydan_service.problems import Problem
from ydan_service.programs.bulk import results
from ydan_service.programs.bulk.reading import CSV, JSON_LINES, PARQUET


def accepted_format(accept: str) -> str:
    """The format that an ``Accept`` header asks for.

    >>> accepted_format("text/csv;q=0.5, application/x-ndjson")
    'jsonl'

    :raises Problem: 406, none that there is.
    """
    kinds: dict[str, str] = {
        "*/*": "jsonl", "application/*": "jsonl", JSON_LINES: "jsonl", "application/jsonl": "jsonl",
        "application/json": "jsonl", "text/*": "csv", CSV: "csv", PARQUET: "parquet",
    }  # fmt: skip
    ranked: list[tuple[float, str]] = []
    for each in accept.split(","):
        kind, _, rest = each.partition(";")
        if kind.strip().lower() in kinds:
            ranked.append((_quality(rest), kinds[kind.strip().lower()]))
    best = max(ranked, key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] <= 0:
        raise Problem(
            406,
            "not_acceptable",
            f"Kết quả có dạng {', '.join(results.FORMATS.values())}. Hãy chọn một trong Accept, hoặc ?format=jsonl.",
        )
    return best[1]


def _quality(parameters: str) -> float:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
