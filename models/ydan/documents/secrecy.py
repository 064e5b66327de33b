"""What is confidential, and everything that must not be shown because of it."""

from __future__ import annotations

from collections.abc import Mapping

from ydan.assessment import Assessment, Failure
from ydan.documents.people import Person
from ydan.documents.redact import Redactor, named_people
from ydan.documents.status import suspicious
from ydan.minutes.likeness import resemblance
from ydan.minutes.records import Minutes

_SECRET_CODES = frozenset({"against_leadership", "crime"})
_TOUCHES = 0.25
"""Resemblance from which an answer that names no opinion is taken to speak of a confidential one."""


def is_confidential(text: str, assessment: Assessment | Failure) -> bool:
    """LABELS.md §5; what could not be assessed counts as confidential when its words look like an accusation."""
    if isinstance(assessment, Failure):
        return suspicious(text) is not None
    codes = {reason.code for reason in assessment.escalation.reasons}
    return assessment.escalation.confidential or assessment.type.id == "denunciation" or bool(codes & _SECRET_CODES)


def redactors(
    minutes: Minutes, people: Mapping[str, Person], secret: set[str], *, full: bool
) -> tuple[Redactor, Redactor]:
    """One for what is public, one for the sealed list, which must still say who is accused."""
    meeting = minutes.meeting
    officials = [
        *(meeting.chair or "").split(";"),
        meeting.secretary or "",
        *(a.speaker or "" for a in minutes.answers),
    ]
    speaking = {(person.name or "").casefold() for person in people.values()}
    found: dict[bool, list[str]] = {True: [], False: []}
    for raised in minutes.opinions:
        found[raised.id in secret] += [n for n in named_people(raised.text) if n.casefold() not in speaking]
    return (
        Redactor(people.values(), officials, found[True], found[False], full=full),
        Redactor(people.values(), officials, full=full),
    )


def closed_answers(minutes: Minutes, secret: set[str], weights: dict[str, float]) -> set[str]:
    """Ids of answers that may not be quoted: linked to a confidential opinion, or speaking of one unlinked."""
    texts = [raised.text for raised in minutes.opinions if raised.id in secret]
    closed = set()
    for answer in minutes.answers:
        linked = secret.intersection(answer.opinions)
        speaks = not answer.opinions and any(resemblance(answer.text, text, weights) >= _TOUCHES for text in texts)
        if linked or speaks or suspicious(answer.text):
            closed.add(answer.id)
    return closed
