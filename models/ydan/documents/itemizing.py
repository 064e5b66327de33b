"""Items out of a meeting's material: what was answered and charged to each opinion, and a person's word over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ydan.assessment import Assessment, Failure
from ydan.documents.item import Item, deadline_of
from ydan.documents.people import Person
from ydan.documents.redact import Redactor
from ydan.documents.ruled import Ruled
from ydan.documents.status import derive
from ydan.documents.wording import capital, clean, day
from ydan.minutes.likeness import resemblance
from ydan.minutes.records import Answer, Minutes, Raised, Task
from ydan.taxonomy import load_taxonomy


@dataclass(frozen=True, slots=True)
class Material:
    """What every item of a meeting is made from.

    ``secret`` are the ids of confidential opinions and ``closed`` those of answers that also speak of them; people
    are known by opinion, ``weights`` say how telling a word is. ``redactor`` writes what all may read, ``sealing``
    what is confidential.
    """

    minutes: Minutes
    assessments: Mapping[str, Assessment | Failure]
    ruled: Mapping[str, Ruled]
    names: str
    province: str
    secret: set[str]
    closed: set[str]
    people: Mapping[str, Person]
    weights: dict[str, float]
    redactor: Redactor
    sealing: Redactor


def make_items(material: Material) -> list[Item]:
    """An item of each opinion, in the order of the minutes."""
    numbers = _numbers(material)
    return [_item(raised, numbers.get(raised.id, 0), material) for raised in material.minutes.opinions]


def _numbers(material: Material) -> dict[str, int]:
    """Public opinions counted by topic, in the taxonomy's order, then as they were raised."""
    order = {id_: at for at, id_ in enumerate(load_taxonomy().topics)}

    def place(id_: str) -> int:
        one = material.assessments[id_]
        return order.get(one.topic.id, len(order)) if isinstance(one, Assessment) else len(order)

    public = sorted((raised.id for raised in material.minutes.opinions if raised.id not in material.secret), key=place)
    return {id_: at for at, id_ in enumerate(public, 1)}


def _item(raised: Raised, number: int, material: Material) -> Item:
    assessment, ruled = material.assessments[raised.id], material.ruled.get(raised.id)
    person, hidden = material.people[raised.id], raised.id in material.secret
    redactor = material.sealing if hidden else material.redactor
    answers = tuple(answer for answer in material.minutes.answers if raised.id in answer.opinions)
    open_answers = [answer for answer in answers if answer.id not in material.closed]
    tasks = tuple(task for answer in open_answers for task in _own_tasks(raised, answer, material))
    status = derive(
        assessment,
        [answer.text for answer in (answers if hidden else open_answers)],
        charged=bool(tasks),
        dated=any(task.deadline_text for task in tasks),
        host_level=material.minutes.meeting.host_level or "commune",
    )
    named = material.names == "full" and not person.hidden and person.name
    item = Item(
        id=raised.id,
        number=number,
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
        province=material.province,
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


def _own_tasks(raised: Raised, answer: Answer, material: Material) -> list[Task]:
    """Of an answer to several opinions, the tasks whose words are nearest to this one."""
    if len(answer.opinions) < 2 or len(answer.tasks) < 2:
        return list(answer.tasks)
    minutes = material.minutes
    texts = {other.id: other.text for other in minutes.opinions if other.id in answer.opinions}
    own = []
    for task in answer.tasks:
        words = minutes.extract.text[slice(*task.span)]
        scores = {id_: resemblance(words, text, material.weights) for id_, text in texts.items()}
        best = max(scores.values())
        if best == 0 or scores[raised.id] >= 0.5 * best:
            own.append(task)
    return own
