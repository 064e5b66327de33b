"""``ydan competence``: ask the table, and check a province's own file before using it."""

from __future__ import annotations

import argparse
from pathlib import Path

from ydan.cli.classify import session_of
from ydan.competence import check_file, load_competence
from ydan.errors import CompetenceError


def show_ruling(options: argparse.Namespace) -> int:
    """Print who settles a matter on a date, and by what rule."""
    competence = load_competence(options.competence)
    session = session_of(options, competence)
    ruling = competence.lookup(options.matter, session.date, session.province)
    print(
        f"{ruling.basis}\nCấp: {ruling.level}. Cơ quan: {ruling.body_label} ({ruling.body}). Quy tắc: {ruling.rule_id}."
    )
    return 0


def check_override(file: Path) -> int:
    """Print every finding on a province's file; 1 when one of them keeps it from being used."""
    if not file.exists():
        raise CompetenceError(f"Không có tệp {file}. Hãy kiểm tra lại tên và đường dẫn.")
    findings = check_file(file)
    for finding in findings:
        print(f"{finding.where}: {finding.message}")
    errors = [finding for finding in findings if finding.is_error]
    print(f"{len(findings)} điều cần xem, trong đó {len(errors)} lỗi." if findings else "Tệp dùng được, không có lỗi.")
    return 1 if errors else 0
