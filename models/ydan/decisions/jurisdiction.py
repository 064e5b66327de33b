"""Who is competent: the table by matter and date, the words that decide, the level head – weighed, explained."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

from ydan.assessment import Body, Choice, Jurisdiction
from ydan.competence import CompetenceTable, Ruling
from ydan.cues import CueHit, Document
from ydan.decisions.evidence import cue_span
from ydan.opinion import Session
from ydan.taxonomy import Taxonomy

TABLE, TEXT, MODEL = "competence_table", "text", "model"


class Offices:
    """The office to name when the table's row is not what decided: the usual one of a topic at a level."""

    def __init__(self, taxonomy: Taxonomy, competence: CompetenceTable) -> None:
        self._taxonomy = taxonomy
        self._competence = competence
        self._usual: dict[tuple[str, str, str], str] = {}
        # the minutes of a meeting ask for the same few names on the same day, hundreds of times
        self._body = lru_cache(1024)(self._find_body)
        self._usual_body = lru_cache(1024)(self._find_usual)

    def usual(self, topic: str, level: str, session: Session) -> Body:
        """The office that most matters of ``topic`` have at ``level`` on that date, else the people's committee."""
        return self._usual_body(topic, level, session.date)

    def named(self, body: str, level: str, session: Session, topic: str | None = None) -> Body:
        """The office with the name that it had on the meeting date."""
        return self._body(body, level, session.date, topic)

    def _find_usual(self, topic: str, level: str, day: date) -> Body:
        period = self._competence.period_of(day).id
        key = (topic, level, period)
        if key not in self._usual:
            rulings = [
                self._competence.lookup(matter.id, day)
                for matter in self._taxonomy.matters.values()
                if matter.topic == topic
            ]
            counted = Counter(ruling.body for ruling in rulings if ruling.level == level)
            fallback = "chu_dau_tu_dn" if level == "external" else "ubnd"
            self._usual[key] = counted.most_common(1)[0][0] if counted else fallback
        return self._body(self._usual[key], level, day, topic)

    def _find_body(self, body: str, level: str, day: date, topic: str | None) -> Body:
        if level == "unclear":
            return Body(body, "Chưa rõ cơ quan")
        found = self._taxonomy.body(body)
        name = found.name_at(level, day, topic)
        return Body(body, found.label if name is None else name.label)


def decide(
    *,
    taxonomy: Taxonomy,
    offices: Offices,
    level: Choice,
    topic: str,
    ruling: Ruling | None,
    hits: list[CueHit],
    document: Document,
    session: Session,
    period: str,
) -> Jurisdiction:
    """Name the office and say what decided; ``level`` is the weighed answer, ``ruling`` the table's."""
    if ruling is not None and ruling.level == level.id:
        return Jurisdiction(level, Body(ruling.body, ruling.body_label), period, ruling.basis, TABLE)
    span = cue_span(document, hits, level.id, ("owner", "hint"))
    body = offices.usual(topic, level.id, session)
    if span is not None:
        words = document.original[slice(*span)]
        basis = f"Chữ “{words}” trong ý kiến cho biết thuộc {taxonomy.levels[level.id].label.lower()}"
        return Jurisdiction(level, body, period, basis, TEXT)
    if level.id == "unclear" and topic == "other":
        basis = "Ý kiến không nêu việc gì phải giải quyết"
    elif level.id == "unclear":
        basis = "Ý kiến chưa nói đủ để biết ai có thẩm quyền; cần hỏi lại người nêu"
    else:
        basis = "Mô hình suy từ cách nói của ý kiến; bảng thẩm quyền không có dòng nào khớp"
        if ruling is not None:
            basis = f"Mô hình suy từ cách nói của ý kiến; bảng thẩm quyền lại ghi: {ruling.basis}"
    return Jurisdiction(level, body, period, basis, MODEL)
