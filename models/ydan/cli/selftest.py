"""``ydan selftest``: whether the model answers the golden examples as it did when it was measured."""

from __future__ import annotations

import argparse
from typing import Any

from ydan.assessment import dump_json
from ydan.golden import prove
from ydan.predictor import Predictor


def selftest(options: argparse.Namespace) -> int:
    """Print every check; 1 when one of them failed."""
    predictor = Predictor.load(options.model, options.competence)
    proof = prove(predictor, options.model)
    if options.json:
        print(dump_json({**proof.to_json(), **predictor.versions}, indent=1))
        return 0 if proof.passed else 1
    for check in proof.checks:
        print(f"{'đạt ' if check.passed else 'SAI '} {check.name}: cần {_shown(check.expected)}", end="")
        print("" if check.passed else f", đang là {_shown(check.found)}")
    if proof.passed:
        print(f"Mô hình đúng là bản đã đo: {proof.examples} ví dụ, {len(proof.checks)} điều kiểm tra đều đạt.")
        return 0
    print("Mô hình KHÔNG đúng bản đã đo. Hãy chép lại cả thư mục mô hình từ bản phát hành, rồi chạy lại lệnh này.")
    return 1


def _shown(value: Any) -> str:
    """A hash by its beginning."""
    text = "không có" if value is None else str(value)
    return f"{text[:16]}…" if len(text) == 64 else text
