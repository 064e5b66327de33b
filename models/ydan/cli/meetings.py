"""A meeting with its assessments: which opinions are confidential, which say the same, and the dossier of all."""

from __future__ import annotations

from collections.abc import Sequence

from ydan.alike import AlikeItem, Group, group_alike
from ydan.assessment import Assessment, Failure
from ydan.cli.minutes import MinutesFile
from ydan.documents import Dossier, build_dossier
from ydan.documents.secrecy import is_confidential
from ydan.predictor import Predictor

Answers = Sequence[Assessment | Failure]


def secret_ids(read: MinutesFile, answers: Answers) -> set[str]:
    """Opinions of which neither speaker nor words are shown."""
    texts = {raised.id: raised.text for raised in read.minutes.opinions}
    return {answer.id for answer in answers if is_confidential(texts[answer.id], answer)}


def alike_groups(read: MinutesFile, answers: Answers, predictor: Predictor) -> tuple[Group, ...]:
    """Opinions of the meeting that one answer serves; those that are confidential or could not be read are in none."""
    secret = secret_ids(read, answers)
    shown = {answer.id for answer in answers if isinstance(answer, Assessment)} - secret
    items = [
        AlikeItem(raised.id, raised.text, speaker=raised.speaker, address=raised.address)
        for raised in read.minutes.opinions
        if raised.id in shown
    ]
    return group_alike(items, predictor) if len(items) > 1 else ()


def dossier_of(read: MinutesFile, answers: Answers, predictor: Predictor, names: str = "code") -> Dossier:
    """Everything known of the meeting, for its documents.

    :raises DocumentError: ``names`` is neither ``code`` nor ``full``.
    """
    groups = alike_groups(read, answers, predictor)
    return build_dossier(read.minutes, answers, names, alike=[[member.id for member in g.members] for g in groups])
