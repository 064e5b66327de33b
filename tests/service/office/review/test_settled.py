"""Which of the model's doubts are still shown once a person has decided."""

from __future__ import annotations

from typing import Any

import pytest

from ydan.decisions.revise import settled_by
from ydan_service.office.review.opinions import still_doubtful

DOUBTS = ("cannot_decide", "levels_disagree", "type_uncertain", "confidential")


@pytest.mark.parametrize(
    ("decided", "left"),
    [
        ((), DOUBTS),
        (("topic",), ("levels_disagree", "type_uncertain", "confidential")),
        (("level",), ("cannot_decide", "type_uncertain", "confidential")),
        (("matter", "type"), ("cannot_decide", "confidential")),
        (("village", "status"), DOUBTS),
        (("topic", "matter", "type", "level", "codes"), ("confidential",)),
    ],
)
def test_a_decision_settles_the_doubts_about_its_field(decided: tuple[str, ...], left: tuple[str, ...]) -> None:
    """As in the core, where the same decisions lay the doubt to rest; others stay."""
    model: dict[str, Any] = {"review": {"reasons": [{"code": code} for code in DOUBTS]}}
    assert tuple(reason["code"] for reason in still_doubtful(model, decided)) == left
    assert set(DOUBTS) - set(left) == settled_by(decided) & set(DOUBTS)


def test_what_could_not_be_assessed_is_settled_by_a_topic() -> None:
    """Until then the failure is what must be looked at."""
    failed: dict[str, Any] = {"error": {"code": "not_vietnamese", "message": "Không phải tiếng Việt"}}
    assert still_doubtful(failed, ["level"]) == [{"code": "not_vietnamese", "label": "Không phải tiếng Việt"}]
    assert still_doubtful(failed, ["topic"]) == []
