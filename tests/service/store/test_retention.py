"""Retention: what is past its time goes whole, numbers stay; nothing else is touched."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.service.conftest import ACommune, APerson
from ydan_service.errors import Forbidden, Invalid
from ydan_service.office import settings as office_settings
from ydan_service.store import audit, files, personal, retention
from ydan_service.store.store import Store
from ydan_service.store.tables import (
    AuditEvent,
    Base,
    Decision,
    Dispatch,
    Dispatched,
    Document,
    KeptFile,
    LedgerLine,
    Meeting,
    OfficeSetting,
    Operation,
    Opinion,
    PersonalData,
    RaisedBefore,
    Reply,
)

OF_A_MEETING = {
    table.name
    for table in Base.metadata.tables.values()
    if any(key.column.table.name in ("meeting", "opinion") for key in table.foreign_keys)
}


def a_meeting(store: Store, commune_id: int, closed_on: date | None, opinions: int = 3) -> int:
    """A closed meeting (open without a day) with opinions, files, names, letters; its id."""
    with store.begin() as session:
        meeting = Meeting(commune_id=commune_id, title="Đối thoại", held_on=date(2020, 1, 5))
        meeting.stage, meeting.closed_on = ("review", None) if closed_on is None else ("closed", closed_on)
        session.add(meeting)
        session.flush()
        operation = Operation(id=f"op-{meeting.id}", meeting_id=meeting.id, number=1, kind="decide", detail={})
        session.add(operation)
        session.flush()
        made = []
        for number in range(opinions):
            opinion = Opinion(
                meeting_id=meeting.id, key=str(number), position=number, text="▇▇", level="xa", escalate=number == 0,
                topic=("giao_thong", "dat_dai")[number % 2], status=("chua_tra_loi", "da_giai_quyet")[number % 2],
                confidential=number == 1,
            )  # fmt: skip
            session.add(opinion)
            made.append(opinion)
        session.add(Opinion(meeting_id=meeting.id, key="r", position=9, text="", state="removed"))
        session.flush()
        for opinion in made:
            personal.keep(session, store.keys, meeting.id, "opinion", opinion.id, "name", "Tạ Văn Mão")
            personal.keep(session, store.keys, meeting.id, "opinion", opinion.id, "text", "Ông Mão nói")
        session.add(Decision(opinion_id=made[0].id, field="topic", value={}, operation_id=operation.id))
        session.add(RaisedBefore(opinion_id=made[0].id, earlier_id=made[2].id, probability=0.5))
        kept = [
            files.keep(session, store.keys, meeting.id, kind, kind, "x/y", b"x", None)
            for kind in ("source", "extract", "document")
        ]
        document = Document(meeting_id=meeting.id, file_id=kept[2].id, kind="summary", name="x", revision=1)
        session.add(document)
        session.flush()
        letter = Dispatch(meeting_id=meeting.id, direction="up", addressee="tỉnh", document_id=document.id)
        session.add(letter)
        session.flush()
        session.add(Dispatched(dispatch_id=letter.id, opinion_id=made[0].id))
        session.add(Reply(dispatch_id=letter.id, received_on=date(2020, 2, 1), file_id=kept[0].id))
    return meeting.id


def set_rules(store: Store, **months: object) -> None:
    """As the settings page writes them."""
    with store.begin() as session:
        for rule in retention.RULES:
            session.add(OfficeSetting(name=rule, value={"value": months.get(rule, 0)}))


def counts(store: Store) -> dict[str, int]:
    """How many rows of a meeting each table has."""
    with store.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
            for name in sorted(OF_A_MEETING)
        }


def test_a_meeting_goes_whole_and_leaves_numbers(store: Store, a_commune: ACommune, a_person: APerson) -> None:
    """All its rows in all tables; another meeting keeps all of its own."""
    set_rules(store, retention_meetings=24)
    commune, person = a_commune(), a_person("administrator", everywhere=True)
    other = a_meeting(store, commune.id, date(2026, 1, 1))
    before = counts(store)
    gone = a_meeting(store, commune.id, date(2024, 3, 1))
    with store.begin() as session:
        assert [each.meeting_id for each in retention.run(session, person, date(2026, 3, 1))] == [gone]
    retention.settle(store.engine)
    assert counts(store) == before
    with store.read() as session:
        assert session.scalars(select(Meeting.id)).all() == [other]
        (line,) = session.scalars(select(LedgerLine))
        assert (line.meeting_id, line.commune, line.opinions, line.by) == (gone, "Tân Lập", 3, person.id)
        assert line.rule == "retention_meetings: 24"
        assert line.detail["topics"] == {"dat_dai": {"da_giai_quyet": 1}, "giao_thong": {"chua_tra_loi": 2}}
        assert (line.detail["escalated"], line.detail["confidential"], line.detail["files"]) == (1, 1, 3)
        (event,) = session.scalars(select(AuditEvent))
        assert (event.action, event.subject_id, event.detail["ledger"]) == ("meeting.retention", str(gone), line.id)
        assert audit.verify(session).broken is None


def test_names_go_and_covered_words_stay(store: Store, a_commune: ACommune) -> None:
    """The words of a confidential opinion are kept nowhere else: they go with the meeting."""
    set_rules(store, retention_names=24)
    gone = a_meeting(store, a_commune().id, date(2024, 3, 1))
    with store.begin() as session:
        (each,) = retention.run(session, None, date(2026, 3, 1))
        assert (each.rule, each.count) == ("retention_names", 5)
        left = session.execute(
            select(PersonalData.kind, Opinion.confidential).join(Opinion, Opinion.id == PersonalData.owner_id)
        ).all()
        assert [tuple(row) for row in left] == [("text", True)]
        assert session.get(Meeting, gone) is not None
        assert retention.due(session, date(2026, 3, 1)) == []


def test_uploaded_files_go_and_documents_stay(store: Store, a_commune: ACommune) -> None:
    """A reply's row stays without its file."""
    set_rules(store, retention_files=24)
    a_meeting(store, a_commune().id, date(2024, 3, 1))
    with store.begin() as session:
        (each,) = retention.run(session, None, date(2026, 3, 1))
        assert (each.rule, each.count) == ("retention_files", 2)
        assert session.scalars(select(KeptFile.kind)).all() == ["document"]
        assert session.scalars(select(Reply.file_id)).all() == [None]


@pytest.mark.parametrize(
    ("closed", "today", "is_due"),
    [
        (date(2024, 3, 1), date(2026, 2, 28), False),
        (date(2024, 3, 1), date(2026, 3, 1), True),
        (date(2024, 2, 29), date(2026, 2, 28), True),
        (None, date(2090, 1, 1), False),
    ],
)
def test_the_months_count_from_the_closing(
    sqlite_store: Store, a_commune: ACommune, closed: date | None, today: date, is_due: bool
) -> None:
    """To the day; an open meeting is never due."""
    set_rules(sqlite_store, retention_meetings=24)
    a_meeting(sqlite_store, a_commune().id, closed)
    with sqlite_store.read() as session:
        assert bool(retention.due(session, today)) is is_due


def test_nothing_is_due_when_every_rule_says_for_ever(sqlite_store: Store, a_commune: ACommune) -> None:
    """0 months."""
    set_rules(sqlite_store)
    a_meeting(sqlite_store, a_commune().id, date(1990, 1, 1))
    with sqlite_store.read() as session:
        assert retention.due(session, date(2026, 1, 1)) == []


def test_a_person_deletes_in_the_own_communes_alone(
    sqlite_store: Store, a_commune: ACommune, a_person: APerson
) -> None:
    """And only what was chosen of it; without the right nothing."""
    set_rules(sqlite_store, retention_meetings=1)
    mine, others = a_commune("Tân Lập"), a_commune("Tân Hòa")
    first, second = (a_meeting(sqlite_store, mine.id, date(2024, 1, 1)) for _ in range(2))
    a_meeting(sqlite_store, others.id, date(2024, 1, 1))
    person = a_person("administrator", communes=[mine.id])
    today = date(2026, 1, 1)
    with sqlite_store.begin() as session:
        assert [each.meeting_id for each in retention.run(session, person, today, [second])] == [second]
        assert [each.meeting_id for each in retention.run(session, person, today)] == [first]
        assert len(retention.due(session, today)) == 1
    secretary = a_person("secretary", everywhere=True)
    with sqlite_store.begin() as session, pytest.raises(Forbidden):
        retention.run(session, secretary, today)


@pytest.mark.parametrize("value", [-1, 1.5, True, "24", None, 1201])
def test_a_rule_that_is_no_number_of_months_stops_it(sqlite_store: Store, value: object) -> None:
    """Better nothing is deleted than too much."""
    set_rules(sqlite_store, retention_meetings=value)
    with sqlite_store.read() as session, pytest.raises(Invalid, match="số tháng"):
        retention.due(session, date(2026, 1, 1))


def test_the_defaults_are_those_of_the_settings_page() -> None:
    """Said twice since the store may not know the office; here they are held together."""
    shown = {each.name: each.default for each in office_settings.ALL if each.group == "retention"}
    assert shown == retention.RULES


def test_closing_sets_the_day_and_opening_again_takes_it_away(sqlite_store: Store, a_commune: ACommune) -> None:
    """By itself, whoever closes it."""
    meeting = Meeting(commune_id=a_commune().id, stage="concluded")
    assert meeting.closed_on is None
    meeting.stage = "closed"
    day = meeting.closed_on
    assert day is not None
    meeting.stage = "closed"
    assert meeting.closed_on == day
    meeting.stage = "review"
    assert meeting.closed_on is None
