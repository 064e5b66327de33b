"""The schemas of OpenAPI say what the core really answers."""

from __future__ import annotations

import re
from typing import get_args, get_type_hints

import pytest
from pydantic import ValidationError

from tests.conftest import Ask
from tests.models.test_assessment import FULL
from ydan import assessment
from ydan.assessment import Failure
from ydan.model.signals import LEVELS
from ydan.opinion import HOST_LEVELS, LONGEST
from ydan.rules import URGENCIES
from ydan_service import schemas


def test_an_assessment_goes_through_its_schema_unchanged() -> None:
    """No field lost, none added, none renamed."""
    body = FULL.to_json()
    assert schemas.Assessment.model_validate(body).model_dump(mode="json", by_alias=True) == body


@pytest.mark.parametrize("text", ["Tôi tố cáo trưởng thôn ăn chặn tiền", "Mất điện suốt, trạm biến áp quá tải", "Vâng"])
def test_a_real_assessment_fits_its_schema(ask: Ask, text: str) -> None:
    """Whatever goes up, sideways or stays."""
    body = ask(text).to_json()
    assert schemas.Assessment.model_validate(body).model_dump(mode="json", by_alias=True) == body


def test_a_failure_fits_its_schema() -> None:
    """And is not taken for an assessment."""
    body = Failure("3", "empty_text", "Trống").to_json()
    assert schemas.Failure.model_validate(body).model_dump() == body
    with pytest.raises(ValidationError):
        schemas.Assessment.model_validate(body)


def test_the_choices_in_the_schemas_are_those_of_the_core() -> None:
    """Host levels, levels and urgencies are spelled in both."""
    assert get_args(schemas.HostLevel) == HOST_LEVELS
    assert get_args(schemas.LevelId) == LEVELS
    urgency = schemas.Escalation.model_fields["urgency"].annotation
    assert get_args(get_args(urgency)[0]) == URGENCIES


UNSAID = {"traits"}
"""What an assessment knows of its text for the watch over drift, and no answer says."""


def test_the_schemas_have_a_field_for_every_field_of_the_core() -> None:
    """A new one may not be forgotten here."""
    for name in ("Assessment", "Choice", "Body", "Reason", "ReviewReason"):
        assert set(getattr(schemas, name).model_fields) == set(get_type_hints(getattr(assessment, name))) - UNSAID


def test_the_longest_text_is_the_cores() -> None:
    """A client that checks first must not refuse what the door lets in."""
    schema = schemas.OpinionIn.model_json_schema()
    assert schema["properties"]["text"]["maxLength"] == LONGEST


def test_the_examples_name_nobody() -> None:
    """No telephone or identity number, not even an invented one."""
    assert not re.search(r"\d{9,}", str(schemas.REQUEST_EXAMPLES))
