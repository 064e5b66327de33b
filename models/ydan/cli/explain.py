"""``ydan explain``: one opinion, every decision with its reason, its rivals and the words that spoke for it."""

from __future__ import annotations

import argparse
import sys

from ydan.assessment import Assessment, dump_json
from ydan.cli.classify import session_of
from ydan.cli.rows import summary
from ydan.opinion import Opinion, check_text
from ydan.predictor import Predictor

DECIDED = {
    "competence_table": "bảng thẩm quyền",
    "text": "chữ trong ý kiến",
    "model": "mô hình",
}


def explain(options: argparse.Namespace) -> int:
    """Print the assessment of ``options.text`` with its reasons."""
    predictor = Predictor.load(options.model, options.competence)
    session = session_of(options, predictor.competence)
    check_text(options.text)
    answer = predictor.assess(Opinion("1", options.text, session))
    if options.json:
        print(dump_json(answer.to_json() | predictor.versions, indent=2))
        return 0
    print(marked(answer))
    print()
    for name, value in summary(answer):
        print(f"{name:<15}{value}")
    print(f"{'Ai quyết định':<15}{DECIDED[answer.jurisdiction.decided_by]}, kỳ từ {answer.jurisdiction.period}")
    rivals = ", ".join(f"{choice.label} ({choice.confidence:.0%})" for choice in answer.alternatives)
    print(f"{'Có thể khác':<15}{rivals}")
    for piece in answer.evidence:
        words = answer.text[slice(*piece.span)]
        print(f"{'Chữ có sức nặng':<16}“{words}” {piece.weight:.0%}")
    sys.stdout.flush()
    return 0


def marked(answer: Assessment) -> str:
    """The opinion with the deciding words between «guillemets»."""
    spans = {piece.span for piece in answer.evidence} | {reason.span for reason in answer.escalation.reasons}
    whole = (0, len(answer.text))
    out, at = [], 0
    for begin, end in sorted(span for span in spans if span != whole):
        if begin < at:
            continue
        out += [answer.text[at:begin], "«", answer.text[begin:end], "»"]
        at = end
    return "".join(out) + answer.text[at:]
