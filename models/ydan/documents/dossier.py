"""A meeting with everything known of each opinion: what was said, what was answered, what it is, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ydan.assessment import Assessment, Failure
from ydan.documents.form import unit_of
from ydan.documents.item import Item, place_of
from ydan.documents.itemizing import Material, make_items
from ydan.documents.people import NAMES, enrol
from ydan.documents.redact import Redactor
from ydan.documents.repeats import count_alike, same_words
from ydan.documents.ruled import LISTS, Ruled
from ydan.documents.secrecy import closed_answers, is_confidential, redactors
from ydan.errors import DocumentError
from ydan.minutes.likeness import word_weights
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Task

SETTLED, OPEN, FORWARDED, GUIDED = (LISTS[name] for name in ("settled", "open", "forwarded", "guided"))


@dataclass(frozen=True, slots=True)
class Dossier:
    """A meeting ready to be written up. Every opinion stands in exactly one of the lists below."""

    meeting: Meeting
    items: tuple[Item, ...]
    names: str
    general_tasks: tuple[Task, ...]
    """What the conclusion charges people with that belongs to no single opinion, already redacted."""
    replies: tuple[Answer, ...]
    """Answers and conclusions that may be shown, redacted, in the order of the minutes."""
    unit: str
    """The host's unit with its name: ``xã Minh Tân``."""
    withheld: int
    """Answers that are not shown because they speak of something confidential."""
    minutes: Minutes = field(repr=False)
    assessments: Mapping[str, Assessment | Failure] = field(repr=False)
    groups: tuple[tuple[str, ...], ...] | None = field(default=None, repr=False)
    ruled: Mapping[str, Ruled] = field(default_factory=dict, repr=False)
    province: str = ""
    """``thành phố Hải Phòng``; empty where nobody said, and letters have a blank."""

    @property
    def public(self) -> tuple[Item, ...]:
        """What may be listed, in the order of the summary."""
        return tuple(sorted((item for item in self.items if not item.confidential), key=lambda item: item.number))

    @property
    def confidential(self) -> tuple[Item, ...]:
        """What is only counted."""
        return tuple(item for item in self.items if item.confidential)

    @property
    def settled(self) -> tuple[Item, ...]:
        """Settled or answered on the spot."""
        return self._with(SETTLED)

    @property
    def open(self) -> tuple[Item, ...]:
        """Not settled: charged, or not answered at all."""
        return self._with(OPEN)

    @property
    def forwarded(self) -> tuple[Item, ...]:
        """For a higher level or another body."""
        return self._with(FORWARDED)

    @property
    def guided(self) -> tuple[Item, ...]:
        """Complaints: the citizen is guided, nothing is forwarded."""
        return self._with(GUIDED)

    @property
    def host_level(self) -> str:
        """The host's level; a commune where the minutes do not say."""
        return self.meeting.host_level or "commune"

    def with_names(self, names: str) -> Dossier:
        """The same with names shown (``full``) or coded (``code``)."""
        if names == self.names:
            return self
        return build_dossier(self.minutes, self.assessments, names, self.groups, self.ruled, self.province)

    def _with(self, codes: tuple[str, ...]) -> tuple[Item, ...]:
        """In the order that a person gave the list, else as the summary counts."""
        return tuple(sorted((item for item in self.public if item.status.code in codes), key=place_of))


def build_dossier(
    minutes: Minutes,
    assessments: Mapping[str, Assessment | Failure] | Iterable[Assessment | Failure],
    names: str = "code",
    alike: Iterable[Iterable[str]] | None = None,
    ruled: Mapping[str, Ruled] | None = None,
    province: str = "",
) -> Dossier:
    """Bring minutes and assessments (matched by id) together.

    ``alike`` are the ids of opinions that ask for the same, a group each (``ydan.alike`` finds them); without it those
    of one topic that share most of their words are taken for the same. ``ruled`` is what persons decided, by opinion:
    it stands over what is derived here, whether an opinion is confidential included. ``province`` is the host's, with
    its kind ("tỉnh Lào Cai"), for letters upward.

    Opinions without an assessment stay in, as failures. What is confidential shows no person, whatever ``names``.

    :raises DocumentError: ``names`` is neither ``code`` nor ``full``; a status or list in ``ruled`` does not exist.
    """
    decided = dict(ruled or {})
    if names not in NAMES:
        raise DocumentError(f"Cách ghi tên {names!r} không có. Hãy dùng một trong: {', '.join(NAMES)}.")
    groups = None if alike is None else tuple(tuple(group) for group in alike)
    found = dict(assessments) if isinstance(assessments, Mapping) else {one.id: one for one in assessments}
    for raised in minutes.opinions:
        found.setdefault(raised.id, Failure(raised.id, "not_assessed", "Chưa được phân loại"))
    secret = {raised.id for raised in minutes.opinions if _is_secret(raised, found[raised.id], decided)}
    people = enrol(minutes.opinions, secret)
    redactor, sealing = redactors(minutes, people, secret, full=names == "full")
    weights = word_weights([raised.text for raised in minutes.opinions])
    closed = closed_answers(minutes, secret, weights)
    items = make_items(
        Material(
            minutes, found, decided, names, province, secret, closed, people, weights, redactor, sealing,
        )
    )  # fmt: skip
    shown = [answer for answer in minutes.answers if answer.id not in closed]
    return Dossier(
        minutes.meeting,
        tuple(count_alike(items, same_words(items, weights) if groups is None else groups)),
        names,
        tuple(_redact_task(task, redactor) for answer in shown if not answer.opinions for task in answer.tasks),
        tuple(_redact_answer(answer, redactor) for answer in shown),
        unit_of(minutes)[0],
        len(minutes.answers) - len(shown),
        minutes,
        found,
        groups,
        decided,
        province,
    )


def _is_secret(raised: Raised, assessment: Assessment | Failure, ruled: Mapping[str, Ruled]) -> bool:
    word = ruled[raised.id].confidential if raised.id in ruled else None
    return is_confidential(raised.text, assessment) if word is None else word


def _redact_task(task: Task, redactor: Redactor) -> Task:
    return task._replace(body=redactor.of(task.body), what=redactor.of(task.what))


def _redact_answer(answer: Answer, redactor: Redactor) -> Answer:
    return replace(answer, text=redactor.of(answer.text), tasks=())
