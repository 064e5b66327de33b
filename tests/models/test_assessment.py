"""The JSON of an assessment is CONTRACT.md's, name for name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Ask
from ydan.assessment import (
    Assessment,
    Body,
    Choice,
    Escalation,
    Evidence,
    Failure,
    Jurisdiction,
    Reason,
    ReviewReason,
    dump_json,
)

CHOICE = {"id": str, "label": str, "confidence": float}
BODY = {"id": str, "label": str}
SHAPE: dict[str, Any] = {
    "id": str,
    "text": str,
    "topic": CHOICE,
    "alternatives": [CHOICE],
    "secondary_topics": [CHOICE],
    "matter": CHOICE,
    "type": CHOICE,
    "jurisdiction": {"level": CHOICE, "body": BODY, "period": str, "basis": str, "decided_by": str},
    "escalation": {
        "required": bool,
        "transfer": bool,
        "confidence": float,
        "urgency": str,
        "to": {"level": str, "body": BODY},
        "reasons": [{"code": str, "label": str, "span": [int], "basis": str, "confidence": float}],
        "confidential": bool,
    },
    "evidence": [{"span": [int], "weight": float, "for": str}],
    "review": {"needed": bool, "reasons": [{"code": str, "label": str}]},
}
"""CONTRACT.md's object; ``alternatives`` and the confidence of an escalation and its reasons are the extra ones."""

FULL = Assessment(
    id="17",
    text="Đường tỉnh nát",
    topic=Choice("transport_roads", "Giao thông", 0.9),
    alternatives=(Choice("environment", "Môi trường", 0.05),),
    secondary_topics=(Choice("environment", "Môi trường", 0.05),),
    matter=Choice("provincial_road", "Đường tỉnh", 0.8),
    type=Choice("petition", "Kiến nghị", 0.7),
    jurisdiction=Jurisdiction(
        Choice("province", "Cấp tỉnh", 0.9), Body("xay_dung_gt", "Sở Xây dựng"), "2026-01-31", "Luật", "text"
    ),
    escalation=Escalation(
        True,
        False,
        0.9,
        "with_conclusion",
        "province",
        Body("xay_dung_gt", "Sở Xây dựng"),
        (Reason("beyond_competence", "Vượt thẩm quyền", (0, 10), "Luật", 0.9),),
        False,
    ),
    evidence=(Evidence((0, 10), 0.4, "topic"),),
    review=(ReviewReason("type_uncertain", "Không chắc"),),
)


def check(value: Any, shape: Any, where: str = "") -> None:
    """Every field of the shape and no other, each of its type; lists of any length."""
    if isinstance(shape, dict):
        assert value.keys() == shape.keys(), where
        for name in shape:
            check(value[name], shape[name], f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for number, part in enumerate(value):
            check(part, shape[0], f"{where}[{number}]")
    else:
        assert type(value) is shape, f"{where}: {value!r}"


def test_a_full_assessment_has_exactly_the_shape_of_the_contract() -> None:
    """No field more, none less, none of another type."""
    check(FULL.to_json(), SHAPE)


@pytest.mark.parametrize(
    "text",
    ["Đường tỉnh 391 nát bét, đề nghị tỉnh vá lại", "Mất điện suốt, trạm biến áp quá tải", "Tôi tố cáo trưởng thôn"],
)
def test_a_real_assessment_has_the_shape_too(ask: Ask, text: str) -> None:
    """Only ``matter``, ``urgency`` and ``to`` may be null; numbers are plain floats, not numpy's."""
    found = ask(text).to_json()
    shape = dict(SHAPE)
    if found["matter"] is None:
        shape["matter"] = type(None)
    absent = {name: type(None) for name in ("urgency", "to") if found["escalation"][name] is None}
    check(found, shape | {"escalation": SHAPE["escalation"] | absent})


def test_what_stays_has_null_for_the_addressee() -> None:
    """Not an empty object."""
    assert Escalation(False, False, 0.1, None, None, None, (), False).to_json()["to"] is None


def test_review_is_needed_when_there_is_a_reason() -> None:
    """The flag and the list cannot differ."""
    assert FULL.to_json()["review"]["needed"] is True


def test_a_failure_is_an_id_and_an_error() -> None:
    """CONTRACT.md: in place of the assessment."""
    assert Failure("3", "empty_text", "Trống").to_json() == {
        "id": "3",
        "error": {"code": "empty_text", "message": "Trống"},
    }


@pytest.mark.parametrize("text", ["Đường \ud83d hỏng", "\udc4d", "nhà 🏠", 'ngoặc " \\ud83d', "\u2028"])
def test_written_json_gives_back_the_text_and_fits_utf8(text: str) -> None:
    """Halves of an emoji included: the spans would shift otherwise."""
    written = dump_json({"text": text})
    assert json.loads(written.encode("utf-8")) == {"text": text}
    assert "\n" not in written
