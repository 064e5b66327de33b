"""What is wrong with a row, said so that the person who typed it can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "unreadable",
    "unknown_id",
    "bad_date",
    "gap",
    "overlap",
    "contradiction",
    "shadowed",
    "district_abolished",
    "no_such_body",
    "off_border",
    "no_source",
    "bad_certainty",
    "duplicate_id",
]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; ``where`` is ``file:line``. Only errors stop the table from loading."""

    kind: Kind
    where: str
    message: str
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        """Whether it forbids loading."""
        return self.severity == "error"

    def __str__(self) -> str:
        prefix = "" if self.is_error else "cảnh báo: "
        return f"{self.where}: {prefix}{self.message}"


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that forbid loading."""
    return [f for f in findings if f.is_error]
