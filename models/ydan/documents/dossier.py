"""A meeting with everything known of each opinion: what was said, what was answered, what it is, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ydan.assessment import Assessment, Failure
from ydan.documents.form import unit_of
from ydan.documents.people import NAMES, Person, enrol
from ydan.documents.redact import Redactor
from ydan.documents.ruled import LISTS, Ruled
from ydan.documents.secrecy import closed_answers, is_confidential, redactors
from ydan.documents.status import Status, derive
from ydan.documents.wording import capital, clean, day
from ydan.errors import DocumentError
from ydan.minutes.likeness import resemblance, word_weights
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Task
from ydan.taxonomy import load_taxonomy

SETTLED, OPEN, FORWARDED, GUIDED = (LISTS[name] for name in ("settled", "open", "forwarded", "guided"))
_ALIKE = 0.45
"""Resemblance from which two opinions of one topic are taken for the same request."""


@dataclass(frozen=True, slots=True)
class Item:
    """One opinion. ``number`` counts the public ones as the summary lists them (by topic); confidential have 0.

    ``speaker``, ``place``, ``text``, ``reply``, ``charged``, ``wording`` and ``addressee`` are what documents may show;
    the records beside them are the minutes' own words and stay in the office. ``ruled`` is what a person decided.
    """

    id: str
    number: int
    raised: Raised
    assessment: Assessment | Failure
    answers: tuple[Answer, ...]
    tasks: tuple[Task, ...]
    status: Status
    confidential: bool
    speaker: str
    place: str
    text: str
    reply: str
    charged: str
    deadline: str
    alike: int = 0
    withheld: bool = False
    """An answer was left out because it also speaks of something confidential."""
    wording: str = ""
    """The short wording that a person chose; empty: the text, shortened."""
    addressee: str | None = None
    """Whom a person chose to write to; ``None``: as the competence says."""
    ruled: Ruled | None = None
    province: str = ""
    derived: Item | None = None
    """The same as it was before a person's word was laid over; ``None`` where nobody said anything."""

    @property
    def decided(self) -> bool:
        """Whether a person chose the status."""
        return self.ruled is not None and self.ruled.decided_status() is not None

    @property
    def confirmed(self) -> bool:
        """Whether a person has looked at the labels."""
        return self.ruled is not None and self.ruled.confirmed

    @property
    def judged(self) -> Assessment | None:
        """The assessment, where there is one."""
        return self.assessment if isinstance(self.assessment, Assessment) else None

    @property
    def topic(self) -> str:
        """The topic's id; ``other`` where nothing is known."""
        return self.judged.topic.id if self.judged else "other"


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


def place_of(item: Item) -> float:
    """Where an opinion stands in its list."""
    return float(item.number) if item.ruled is None or item.ruled.order is None else item.ruled.order


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
    numbers = _numbers(minutes.opinions, found, secret)
    level = minutes.meeting.host_level or "commune"
    items = [
        _item(
            raised,
            found[raised.id],
            numbers,
            minutes,
            people,
            sealing if raised.id in secret else redactor,
            weights,
            closed,
            level,
            secret,
            names,
            decided.get(raised.id),
            province,
        )
        for raised in minutes.opinions
    ]
    shown = [answer for answer in minutes.answers if answer.id not in closed]
    return Dossier(
        minutes.meeting,
        tuple(_with_alike(items, _wordings(items, weights) if groups is None else groups)),
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


def _numbers(opinions: Sequence[Raised], found: Mapping[str, Assessment | Failure], secret: set[str]) -> dict[str, int]:
    """Public opinions counted by topic, in the taxonomy's order, then as they were raised."""
    order = {id_: at for at, id_ in enumerate(load_taxonomy().topics)}

    def place(id_: str) -> int:
        one = found[id_]
        return order.get(one.topic.id, len(order)) if isinstance(one, Assessment) else len(order)

    public = sorted((raised.id for raised in opinions if raised.id not in secret), key=place)
    return {id_: at for at, id_ in enumerate(public, 1)}


def _item(
    raised: Raised,
    assessment: Assessment | Failure,
    numbers: Mapping[str, int],
    minutes: Minutes,
    people: Mapping[str, Person],
    redactor: Redactor,
    weights: dict[str, float],
    closed: set[str],
    level: str,
    secret: set[str],
    names: str,
    ruled: Ruled | None,
    province: str,
) -> Item:
    answers = tuple(answer for answer in minutes.answers if raised.id in answer.opinions)
    open_answers = [answer for answer in answers if answer.id not in closed]
    tasks = tuple(task for answer in open_answers for task in _own_tasks(raised, answer, minutes, weights))
    status = derive(
        assessment,
        [answer.text for answer in answers if raised.id in secret or answer.id not in closed],
        charged=bool(tasks),
        dated=any(task.deadline_text for task in tasks),
        host_level=level,
    )
    person, hidden = people[raised.id], raised.id in secret
    named = names == "full" and not person.hidden and person.name
    item = Item(
        id=raised.id,
        number=numbers.get(raised.id, 0),
        raised=raised,
        assessment=assessment,
        answers=answers,
        tasks=tasks,
        status=status,
        confidential=hidden,
        speaker="" if hidden else redactor.of(person.name or "") if named else person.code,
        place="" if person.hidden else redactor.of((person.address if named else person.place) or ""),
        text=capital(redactor.of(raised.text, third=not hidden)),
        reply=" ".join(redactor.of(answer.text) for answer in open_answers),
        charged="; ".join(dict.fromkeys(redactor.of(task.body) for task in tasks)),
        deadline="; ".join(dict.fromkeys(deadline_of(task) for task in tasks if deadline_of(task))),
        withheld=len(open_answers) < len(answers),
        ruled=ruled,
        province=province,
    )
    return item if ruled is None else _overrule(item, ruled, redactor)


def _overrule(item: Item, ruled: Ruled, redactor: Redactor) -> Item:
    """A person's word over what was derived; what the person wrote is redacted like the minutes' own words."""
    when = ruled.deadline
    deadline = (day(when) or "") if isinstance(when, date) else clean(when or "")
    return replace(
        item,
        status=ruled.decided_status(ruled.drafted or item.status) or ruled.drafted or item.status,
        charged=item.charged if ruled.charged is None else redactor.of(ruled.charged),
        deadline=item.deadline if when is None else deadline,
        reply=item.reply if ruled.reply is None else redactor.of(ruled.reply),
        withheld=item.withheld and not ruled.reply,
        wording=capital(redactor.of(ruled.wording or "", third=True)),
        addressee=None if ruled.addressee is None else clean(ruled.addressee),
        derived=item,
    )


def _own_tasks(raised: Raised, answer: Answer, minutes: Minutes, weights: dict[str, float]) -> list[Task]:
    """Of an answer to several opinions, the tasks whose words are nearest to this one."""
    if len(answer.opinions) < 2 or len(answer.tasks) < 2:
        return list(answer.tasks)
    texts = {other.id: other.text for other in minutes.opinions if other.id in answer.opinions}
    own = []
    for task in answer.tasks:
        words = minutes.extract.text[slice(*task.span)]
        scores = {id_: resemblance(words, text, weights) for id_, text in texts.items()}
        best = max(scores.values())
        if best == 0 or scores[raised.id] >= 0.5 * best:
            own.append(task)
    return own


def deadline_of(task: Task) -> str:
    """The day where it is known, else the words of the minutes."""
    return day(task.deadline) or clean(task.deadline_text or "")


def _wordings(items: Sequence[Item], weights: dict[str, float]) -> list[tuple[str, str]]:
    """Pairs of opinions of one topic that share most of their words."""
    topics: dict[str, list[Item]] = {}
    for item in items:
        if item.judged is not None and item.topic != "other":
            topics.setdefault(item.topic, []).append(item)
    return [
        (one.id, other.id)
        for group in topics.values()
        for at, one in enumerate(group)
        for other in group[at + 1 :]
        if resemblance(one.raised.text, other.raised.text, weights) >= _ALIKE
    ]


def _with_alike(items: Sequence[Item], groups: Iterable[Sequence[str]]) -> list[Item]:
    """How many other public opinions ask for the same."""
    public = {item.id for item in items if not item.confidential}
    others: dict[str, set[str]] = {}
    for group in groups:
        together = public.intersection(group)
        for id_ in together:
            others.setdefault(id_, set()).update(together - {id_})
    return [replace(item, alike=len(others[item.id])) if others.get(item.id) else item for item in items]


def _redact_task(task: Task, redactor: Redactor) -> Task:
    return task._replace(body=redactor.of(task.body), what=redactor.of(task.what))


def _redact_answer(answer: Answer, redactor: Redactor) -> Answer:
    return replace(answer, text=redactor.of(answer.text), tasks=())
