"""Assessments for the documents: what the model said, with everything that persons decided laid over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from ydan.assessment import Assessment, Body, Failure
from ydan.competence import CompetenceTable
from ydan.decisions.jurisdiction import MODEL
from ydan.opinion import Session as Held
from ydan.taxonomy import load_taxonomy
from ydan_service.office.intake.answers import parse_answer
from ydan_service.office.intake.labels import Decided, Labels, labels_of
from ydan_service.office.intake.sealing import read_assessed
from ydan_service.office.review.standing import Standing, values_of
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Opinion


def assessments_of(
    session: Session,
    keys: KeyRing,
    rows: Sequence[Opinion],
    texts: Mapping[str, str],
    decided: Mapping[int, Standing],
    held: Held,
    table: CompetenceTable,
) -> dict[str, Assessment | Failure]:
    """Key → the assessment; ``texts`` are the words in full, by key."""
    raw = read_assessed(session, keys, rows)
    found: dict[str, Assessment | Failure] = {}
    for row in rows:
        text, values = texts[row.key], values_of(decided[row.id])
        said = Failure(row.key, "not_assessed", "Chưa được phân loại")
        answer = parse_answer(raw[row.id], row.key, text) if row.id in raw else said
        found[row.key] = _as_decided(labels_of(answer, text, values, held, table), values, held)
    return found


def _as_decided(labels: Labels, values: Decided, held: Held) -> Assessment | Failure:
    """The labels' assessment with the fields that it does not hold itself: office, whether it goes up, how soon."""
    judged = labels.judged
    if isinstance(judged, Failure):
        return judged
    before, away = judged.escalation, labels.escalate or labels.transfer
    reasons = tuple(reason for reason in before.reasons if reason.code in labels.codes)
    escalation = replace(
        before,
        required=labels.escalate,
        transfer=labels.transfer,
        urgency=labels.urgency,
        to_level=before.to_level if away else None,
        to_body=before.to_body if away else None,
        reasons=reasons if labels.escalate else (),
    )
    if "body" not in values or values["body"] == judged.jurisdiction.body.id:
        return replace(judged, escalation=escalation)
    level = judged.jurisdiction.level.id
    body = load_taxonomy().body(values["body"])
    name = body.name_at(level, held.date, judged.topic.id)
    chosen = Body(body.id, body.label if name is None else name.label)
    placed = replace(judged.jurisdiction, body=chosen, basis="Cán bộ chọn cơ quan", decided_by=MODEL)
    up = replace(escalation, to_body=chosen) if escalation.to_level == level else escalation
    return replace(judged, jurisdiction=placed, escalation=up)
