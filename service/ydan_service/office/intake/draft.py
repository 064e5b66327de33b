"""Everything that the machine says of minutes, before anything is written: slow work, outside of a transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ydan.alike import AlikeItem, Group, group_alike
from ydan.assessment import Assessment, Failure
from ydan.documents import Dossier, build_dossier
from ydan.documents.people import Person, enrol
from ydan.documents.secrecy import is_confidential
from ydan.errors import OpinionError
from ydan.minutes.records import Minutes, Raised
from ydan.opinion import Opinion, Session, check_text
from ydan.predictor import Predictor
from ydan_service.office.intake.before import Before, find_before

Report = Callable[[int, str], None]
"""Percent done, and what is being done."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer an opinion, in order; ``before`` counts opinions by their place."""

    minutes: Minutes
    answers: Sequence[Assessment | Failure]
    dossier: Dossier
    speakers: dict[str, Person]
    groups: Sequence[Group]
    before: Sequence[Before]


def assess(opinions: Sequence[Raised], held: Session, predictor: Predictor) -> list[Assessment | Failure]:
    """One answer for each, in order; what is no opinion at all (too long, not Vietnamese) gets a failure."""
    items: list[Opinion | Failure] = []
    for raised in opinions:
        try:
            check_text(raised.text)
            items.append(Opinion(raised.id, raised.text, held))
        except OpinionError as error:
            items.append(Failure(raised.id, error.code, str(error)))
    return predictor.assess_many(items)


def make_draft(
    minutes: Minutes, held: Session, earlier: Sequence[AlikeItem], predictor: Predictor, report: Report
) -> Draft:
    """Assess every opinion, find which say the same, here and earlier, and how far each has come."""
    report(40, "Đang phân loại ý kiến")
    answers = assess(minutes.opinions, held, predictor)
    report(70, "Đang tìm ý kiến giống nhau")
    secret = {raised.id for raised, one in zip(minutes.opinions, answers, strict=True) if _secret(raised, one)}
    shown = [
        (place, raised)
        for place, (raised, one) in enumerate(zip(minutes.opinions, answers, strict=True))
        if raised.id not in secret and isinstance(one, Assessment)
    ]
    items = [AlikeItem(raised.id, raised.text, "", raised.speaker, raised.address) for _place, raised in shown]
    groups = group_alike(items, predictor) if len(items) > 1 else ()
    before = [
        one._replace(place=shown[one.place][0])
        for one in find_before([replace(item, session="now") for item in items], earlier, predictor)
    ]
    report(85, "Đang lập tình trạng giải quyết")
    told = replace(minutes, meeting=replace(minutes.meeting, host_level=held.host_level))
    alike = [[member.id for member in group.members] for group in groups]
    dossier = build_dossier(told, answers, "code", alike)
    return Draft(minutes, answers, dossier, dict(enrol(minutes.opinions, secret)), groups, before)


def _secret(raised: Raised, answer: Assessment | Failure) -> bool:
    return is_confidential(raised.text, answer)
