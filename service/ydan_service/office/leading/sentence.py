"""A topic's counts in the sentences that leaders use, each number with the opinions that it counts.

The thresholds of “phần lớn”, “nhiều”, “một số” and “cá biệt” stand in :data:`BANDS`, and on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ydan.documents.status import labels as status_labels
from ydan.documents.wording import lower_first
from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.leading.topic_summary import Matter, Summary

MOSTLY, MANY, FEW = 0.5, 0.25, 0.01
"""Shares of the topic from which it is “phần lớn”, “nhiều”; below the last it is “cá biệt”."""
SINGLE = 2
"""So many opinions, or fewer, are “cá biệt” whatever their share."""
BANDS = ("most", "many", "some", "single")
_LISTED = 6
"""Matters named in one sentence; of more, the others are counted."""


class Part(NamedTuple):
    """A stretch of a sentence; with a ``narrowing`` it leads to what it counts."""

    text: str
    narrowing: Narrowing | None = None


Sentence = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """How to say things: by itself in Vietnamese, as documents have it; a page hands in its own language."""

    say: Callable[..., str] = lambda message, **values: message % values if values else message
    number: Callable[[float], str] = lambda value: f"{value:,.0f}".replace(",", ".")
    share: Callable[[float], str] = lambda value: f"{value * 100:.0f}%" if value >= 0.005 else "dưới 1%"

    def day(self, value: date) -> str:
        """Day, month, year."""
        return value.strftime("%d/%m/%Y")


VIETNAMESE = Speech()


def plain(sentence: Iterable[Part]) -> str:
    """The words of a sentence alone."""
    return "".join(part.text for part in sentence)


def band(matter: Matter) -> str:
    """Which of :data:`BANDS` a matter is in.

    >>> band(Matter("village_road", 20, 0.5, 3, 0, 0)), band(Matter("village_road", 2, 0.9, 1, 0, 0))
    ('most', 'single')
    """
    if matter.count <= SINGLE or matter.share < FEW:
        return "single"
    return "most" if matter.share >= MOSTLY else "many" if matter.share >= MANY else "some"


def thresholds(speech: Speech = VIETNAMESE) -> str:
    """What the words stand for, to be read beside them."""
    return speech.say(
        "“Phần lớn”: từ %(most)s số lượt ý kiến của lĩnh vực; “nhiều”: từ %(many)s; “một số”: ít hơn; "
        "“cá biệt”: không quá %(single)s ý kiến, hoặc dưới %(few)s.",
        most=speech.share(MOSTLY), many=speech.share(MANY), single=speech.number(SINGLE), few=speech.share(FEW),
    )  # fmt: skip


def counts(summary: Summary, speech: Speech = VIETNAMESE) -> tuple[Sentence, ...]:
    """How many, of where, compared with before; how far they have come; what to look at."""
    if not summary.count:
        return (_none(summary, speech),)
    found = [_how_many(summary, speech), _how_far(summary, speech)]
    looked = _what_to_look_at(summary, speech)
    return (*found, looked) if looked else tuple(found)


def weights(summary: Summary, speech: Speech = VIETNAMESE) -> tuple[Sentence, ...]:
    """What most, many, some and single opinions are about; opinions of no known matter are named last."""
    opening = {
        "most": speech.say("Phần lớn ý kiến nêu:"), "many": speech.say("Nhiều ý kiến nêu:"),
        "some": speech.say("Một số ý kiến nêu:"), "single": speech.say("Cá biệt có ý kiến nêu:"),
    }  # fmt: skip
    known = [matter for matter in summary.matters if matter.id != NONE]
    if all(band(matter) == "single" for matter in known):  # so few that none stands out
        opening["single"] = speech.say("Các ý kiến nêu:")
    found = []
    for name in BANDS:
        mine = [matter for matter in known if band(matter) == name]
        if mine:
            found.append((Part(opening[name] + " "), *_matters(summary, mine, speech), Part(".")))
    for matter in summary.matters[len(known) :]:
        where = summary.narrowing.but(matter=NONE)
        text = speech.say("%(n)s ý kiến chưa xếp được vào việc nào.", n=speech.number(matter.count))
        found.append((Part(text, where),))
    return tuple(found)


def _matters(summary: Summary, matters: Sequence[Matter], speech: Speech) -> Iterator[Part]:
    for at, matter in enumerate(matters[:_LISTED]):
        label = lower_first(speech.say(load_taxonomy().matters[matter.id].label))
        yield Part(("; " if at else "") + label + " ")
        size = speech.say("(%(n)s ý kiến)", n=speech.number(matter.count))
        if band(matter) != "single":
            size = speech.say("(%(n)s ý kiến, %(p)s)", n=speech.number(matter.count), p=speech.share(matter.share))
        yield Part(size, summary.narrowing.but(matter=matter.id))
    if len(matters) > _LISTED:
        rest = matters[_LISTED:]
        count = sum(matter.count for matter in rest)
        yield Part(
            "; " + speech.say("%(k)s việc khác (%(n)s ý kiến)", k=speech.number(len(rest)), n=speech.number(count))
        )


def _how_many(summary: Summary, speech: Speech) -> Sentence:
    say, number = speech.say, speech.number
    parts = [Part(say("Có %(n)s lượt ý kiến", n=number(summary.count)), summary.narrowing)]
    parts.append(Part(" " + say("về %(topic)s", topic=name_of(summary.topic, speech))))
    if summary.share is not None:
        all_ = say("(chiếm %(p)s trong %(n)s lượt)", p=speech.share(summary.share), n=number(summary.whole_count))
        parts += [Part(" "), Part(all_, summary.whole)]
    if summary.villages:
        parts.append(Part(say(", của %(n)s thôn, tổ dân phố", n=number(summary.villages))))
    if summary.communes > 1:
        parts.append(Part(" " + say("thuộc %(n)s xã, phường", n=number(summary.communes))))
    if summary.sessions > 1:
        heard = say(", nêu tại %(n)s/%(all)s hội nghị", n=number(summary.heard), all=number(summary.sessions))
        parts.append(Part(heard))
    parts += _compared(summary, speech)
    return (*parts, Part("."))


def _compared(summary: Summary, speech: Speech) -> list[Part]:
    before, difference = summary.before, summary.difference
    if before is None or difference is None:
        return []
    if not before.sessions:
        return [Part(speech.say("; kỳ trước không có hội nghị nào"))]
    if difference > 0:
        told = speech.say(", tăng %(n)s so với kỳ trước", n=speech.number(difference))
    elif difference < 0:
        told = speech.say(", giảm %(n)s so với kỳ trước", n=speech.number(-difference))
    else:
        told = speech.say(", bằng kỳ trước")
    return [Part(told + " ("), Part(_time_before(summary, speech), before.narrowing), Part(")")]


def _time_before(summary: Summary, speech: Speech) -> str:
    before = summary.before
    assert before is not None
    size = speech.say("%(n)s lượt", n=speech.number(before.count))
    start, end = before.narrowing.start, before.narrowing.end
    if before.narrowing.meeting is not None or start is None or end is None:
        return size
    return f"{size}, {speech.day(start)}–{speech.day(end)}"


def _how_far(summary: Summary, speech: Speech) -> Sentence:
    parts: list[Part] = []
    for at, one in enumerate(summary.statuses):
        status = lower_first(speech.say(status_labels()[one.id]))
        text = speech.say("%(n)s ý kiến" if not at else "%(n)s", n=speech.number(one.n)) + " " + status
        parts += [Part(text, summary.narrowing.but(status=one.id)), Part("; ")]
    return (*parts[:-1], Part("."))


def _what_to_look_at(summary: Summary, speech: Speech) -> Sentence:
    say, number, here = speech.say, speech.number, summary.narrowing
    told: list[Part] = []
    if summary.late:
        told.append(Part(say("%(n)s ý kiến quá hạn", n=number(summary.late)), here.but(late=True)))
    if summary.up:
        told.append(Part(say("%(n)s phải báo lên trên", n=number(summary.up)), here.but(escalate=True)))
    if summary.at_once:
        urgent = here.but(escalate=True, urgency="immediate")
        told.append(Part(say("%(n)s cần báo ngay trong 24 giờ", n=number(summary.at_once)), urgent))
    if summary.above:
        told.append(Part(say("%(n)s vượt cấp tổ chức hội nghị", n=number(summary.above)), here.but(above=True)))
    if summary.returning:
        told.append(Part(say("%(n)s đã nêu trước đây", n=number(summary.returning)), here.but(returning="any")))
    if not told:
        return ()
    joined: list[Part] = []
    for at, part in enumerate(told):
        joined += [Part("; " if at else say("Cần chú ý:") + " "), part]
    return (*joined, Part("."))


def _none(summary: Summary, speech: Speech) -> Sentence:
    parts = [Part(speech.say("Không có ý kiến nào về %(topic)s", topic=name_of(summary.topic, speech)))]
    if summary.before is not None and summary.before.count:
        parts.append(
            Part(
                speech.say("; kỳ trước có %(n)s lượt", n=speech.number(summary.before.count)), summary.before.narrowing
            )
        )
    return (*parts, Part("."))


def name_of(topic: str, speech: Speech = VIETNAMESE) -> str:
    """The topic within a sentence."""
    if topic == NONE:
        return speech.say("những việc chưa phân loại được")
    return lower_first(speech.say(load_taxonomy().topics[topic].label))
