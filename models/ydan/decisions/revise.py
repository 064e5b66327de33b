"""What follows when a person knows better: other labels chosen by hand, and office, basis and escalation after them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ydan.assessment import Assessment, Body, Choice, Escalation, Jurisdiction, Reason
from ydan.competence import CompetenceTable, Ruling
from ydan.decisions.escalation import BEYOND, addressee_of
from ydan.decisions.jurisdiction import MODEL, TABLE, Offices
from ydan.model.signals import RANKS
from ydan.opinion import Session
from ydan.rules import URGENCIES, load_rules
from ydan.taxonomy import load_taxonomy

SURE = 1.0
"""Confidence of what a person chose, and of what the table says to it."""
_SETTLES = {
    "topic": ("none_of_these_topics", "cannot_decide"),
    "matter": ("levels_disagree",),
    "type": ("type_uncertain",),
    "level": ("level_uncertain", "owner_unclear", "levels_disagree"),
    "codes": ("escalation_uncertain",),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Labels that a person chose; ``None`` is what was left to the model. ``matter`` ``""`` says: none of the list."""

    topic: str | None = None
    matter: str | None = None
    type: str | None = None
    level: str | None = None
    codes: Collection[str] | None = None


def settled_by(fields: Iterable[str]) -> set[str]:
    """Codes of the reasons for a look that a person settles by choosing these labels.

    >>> sorted(settled_by(["level", "village"]))
    ['level_uncertain', 'levels_disagree', 'owner_unclear']
    """
    return {code for field in fields for code in _SETTLES.get(field, ())}


def revised(assessment: Assessment, chosen: Choices, session: Session, competence: CompetenceTable) -> Assessment:
    """The assessment with what was chosen laid over, and what follows from it.

    A matter of another topic than the chosen one falls away. Where topic or matter is another, the level is that of
    the competence table; where the table knows nothing, the model's stays. Office, basis, reasons for going up,
    addressee, urgency and secrecy follow. What nobody chose and nothing touches stays as the model said it.

    :raises TaxonomyError: a label that does not exist, with the near ones.
    """
    taxonomy = load_taxonomy()
    topic, matter, ruling = _subject(assessment, chosen, session, competence)
    type_ = assessment.type
    if chosen.type is not None and chosen.type != type_.id:
        type_ = Choice(chosen.type, taxonomy.type(chosen.type).label, SURE)
    moved = _id(matter) != _id(assessment.matter) or topic.id != assessment.topic.id
    level = assessment.jurisdiction.level
    if chosen.level is not None:
        level = Choice(chosen.level, taxonomy.level(chosen.level).label, SURE)
    elif moved and ruling is not None and ruling.level != level.id:
        level = Choice(ruling.level, taxonomy.level(ruling.level).label, SURE)
    judged = assessment.jurisdiction
    if moved or level.id != judged.level.id:
        judged = _jurisdiction(level, topic, ruling, session, judged.period, competence)
    goes_up = _escalation(assessment, chosen, judged, type_, session, competence)
    settled = settled_by(name for name in _SETTLES if getattr(chosen, name) is not None)
    kept = tuple(reason for reason in assessment.review if reason.code not in settled)
    return replace(
        assessment, topic=topic, matter=matter, type=type_, jurisdiction=judged, escalation=goes_up, review=kept
    )


def _id(choice: Choice | None) -> str | None:
    return None if choice is None else choice.id


def _subject(
    assessment: Assessment, chosen: Choices, session: Session, competence: CompetenceTable
) -> tuple[Choice, Choice | None, Ruling | None]:
    taxonomy = load_taxonomy()
    topic, matter = assessment.topic, assessment.matter
    if chosen.matter is not None and chosen.matter != (_id(matter) or ""):
        matter = Choice(chosen.matter, taxonomy.matter(chosen.matter).label, SURE) if chosen.matter else None
    if chosen.topic is not None and chosen.topic != topic.id:
        topic = Choice(chosen.topic, taxonomy.topic(chosen.topic).label, SURE)
        if chosen.matter is None and matter is not None and taxonomy.matters[matter.id].topic != topic.id:
            matter = None
    elif chosen.topic is None and chosen.matter and taxonomy.matter(chosen.matter).topic != topic.id:
        owner = taxonomy.matter(chosen.matter).topic
        topic = Choice(owner, taxonomy.topic(owner).label, SURE)
    ruling = None if matter is None else competence.lookup(matter.id, session.date, session.province)
    return topic, matter, ruling


@lru_cache(4)
def _offices(competence: CompetenceTable) -> Offices:
    return Offices(load_taxonomy(), competence)


def _jurisdiction(
    level: Choice, topic: Choice, ruling: Ruling | None, session: Session, period: str, competence: CompetenceTable
) -> Jurisdiction:
    if ruling is not None and ruling.level == level.id:
        return Jurisdiction(level, Body(ruling.body, ruling.body_label), period, ruling.basis, TABLE)
    body = _offices(competence).usual(topic.id, level.id, session)
    basis = f"Cán bộ chọn {level.label[0].lower()}{level.label[1:]}; bảng thẩm quyền không có dòng nào khớp"
    if ruling is not None:
        basis = f"Cán bộ chọn {level.label[0].lower()}{level.label[1:]}; bảng thẩm quyền lại ghi: {ruling.basis}"
    elif level.confidence < SURE:
        basis = "Mô hình suy từ cách nói của ý kiến; lĩnh vực do cán bộ chọn"
    return Jurisdiction(level, body, period, basis, MODEL)


def _escalation(
    assessment: Assessment,
    chosen: Choices,
    judged: Jurisdiction,
    type_: Choice,
    session: Session,
    competence: CompetenceTable,
) -> Escalation:
    """The model's reasons, or the chosen ones; above the host is a reason or none, as the level now is."""
    rules, before = load_rules(), assessment.escalation
    secret = type_.id == "denunciation"
    if judged == assessment.jurisdiction and chosen.codes is None:
        return replace(before, confidential=secret or any(rules[r.code].confidential for r in before.reasons))
    higher = RANKS.get(judged.level.id, -1) > RANKS[session.host_level]
    known = {reason.code: reason for reason in before.reasons}
    codes = list(known) if chosen.codes is None else list(dict.fromkeys(chosen.codes))
    if chosen.codes is None and judged.level.id != assessment.jurisdiction.level.id:
        codes = [code for code in codes if code != BEYOND] + [BEYOND] * higher
    sure = chosen.codes is not None
    reasons = tuple(_reason(code, known.get(code), assessment, judged, higher, sure) for code in codes)
    secret = secret or any(rules[code].confidential for code in codes)
    transfer = judged.level.id == "external"
    if not codes:
        level, body = (judged.level.id, judged.body) if transfer else (None, None)
        return Escalation(False, transfer, SURE, "with_conclusion" if transfer else None, level, body, (), secret)
    held = {reason.code: reason.confidence for reason in reasons}
    urgency = min((rules[code].urgency for code in codes), key=URGENCIES.index)
    to_level, to_body = addressee_of(rules, _offices(competence), held, judged, session, higher)
    return Escalation(True, transfer, max(held.values()), urgency, to_level, to_body, reasons, secret)


def _reason(
    code: str, known: Reason | None, assessment: Assessment, judged: Jurisdiction, higher: bool, sure: bool
) -> Reason:
    """A reason that the model gave keeps its words; of a new one, the whole opinion is the words."""
    label = load_taxonomy().escalation_code(code).label
    basis = judged.basis if code == BEYOND and higher else load_rules()[code].basis
    span = known.span if known is not None else (0, len(assessment.text))
    confidence = known.confidence if known is not None and not sure else SURE
    return Reason(code, label, span, basis, confidence)
