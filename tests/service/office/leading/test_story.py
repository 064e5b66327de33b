"""One opinion's story, of minutes that were really read: what each person gets of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import NAMES, ROAD, SECRET, Office
from ydan_service.errors import NotFound
from ydan_service.office.leading.story import Story, tell
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.tables import (
    Answer,
    AnswerTo,
    AuditEvent,
    Dispatch,
    Dispatched,
    Document,
    KeptFile,
    Opinion,
    Reply,
    StatusChange,
)

TODAY = date(2026, 4, 1)


def story(office: Office, person: Person, opinion: Opinion) -> Story:
    return tell(office.store, person, opinion.id, TODAY)


def all_words(told: Story) -> str:
    """Everything that a page may show of it."""
    kin = told.kin
    relatives = [*kin.parents, *kin.heirs, *kin.before, *kin.again, *(kin.alike.others if kin.alike else ())]
    parts = [told.speaker, told.address, told.heading, *(piece.text for piece in told.pieces)]
    parts += [one.text for one in relatives] + [one.text for one in told.answers] + [one.text for one in told.steps]
    parts += [ground.words for ground in told.grounds]
    parts += [one.reason for one in told.labels] + [one.reason for one in told.chosen]
    return " | ".join(parts)


def secret_of(office: Office, meeting: int) -> Opinion:
    return next(one for one in office.opinions(meeting).values() if one.confidential)


def test_a_leader_reads_covered_words_and_a_secretary_the_full_ones(
    office: Office, lan: Person, leader: Person, meeting: int
) -> None:
    """Names and numbers are for those who may read names, on the whole page."""
    opinions = [one for one in office.opinions(meeting).values() if not one.confidential]
    for one in opinions:
        told = story(office, leader, one)
        assert not [name for name in NAMES if name in all_words(told)]
        assert "".join(piece.text for piece in told.pieces) == one.text
        assert told.speaker == one.speaker_code
    first = story(office, lan, opinions[0])
    assert "0912345678" in all_words(first)
    assert first.speaker.endswith("Tạ Văn Mão")
    assert len("".join(piece.text for piece in first.pieces)) == len(opinions[0].text)


def test_the_model_stands_beside_what_holds(office: Office, lan: Person, leader: Person, meeting: int) -> None:
    """Confidence, evidence in the words, basis and period; then who decided otherwise, when and why."""
    road = office.opinions(meeting)["1"]
    before = {label.field: label for label in story(office, leader, road).labels}
    assert before["topic"].now == before["topic"].said == "transport_roads"
    assert 0 < (before["topic"].confidence or 0) <= 1
    assert not any(label.by or label.other for label in before.values())
    told = story(office, leader, road)
    assert any(piece.marked for piece in told.pieces)
    assert told.model["jurisdiction"]["basis"]
    assert told.period is not None
    assert told.period.start <= date(2026, 3, 12)
    assert told.version is not None
    assert told.version.model.startswith("ydan-default")
    office.do(lan, meeting, "decide", key="1", version=road.version, fields={"topic": "environment"}, reason="do bụi")
    told = story(office, leader, road)
    after = {label.field: label for label in told.labels}
    assert (after["topic"].now, after["topic"].said, after["topic"].by) == ("environment", "transport_roads", "Lan")
    assert after["topic"].other
    assert after["topic"].at is not None
    assert [(one.field, one.before, one.value, one.by) for one in told.chosen][-1] == (
        "topic", "transport_roads", "environment", "Lan",
    )  # fmt: skip
    assert told.names[lan.id] == "Lan"


def test_the_way_leads_from_raised_to_answered(office: Office, lan: Person, leader: Person, meeting: int) -> None:
    """In order of time: raised, answered and charged that day, then what people did, then the day it is due."""
    road = office.opinions(meeting)["1"]
    held = date(2026, 3, 12)
    with office.store.begin() as session:
        letter = Dispatch(meeting_id=meeting, direction="up", addressee="Sở Xây dựng", number="12/UBND",
                          sent_on=date(2026, 3, 20), by=lan.id)  # fmt: skip
        letter.replies = [Reply(received_on=date(2026, 3, 28), text="Đã ghi vốn năm 2026.", by=lan.id)]
        session.add(letter)
        session.flush()
        session.add(Dispatched(dispatch_id=letter.id, opinion_id=road.id))
        session.add(StatusChange(opinion_id=road.id, status="kien_nghi_cap_tren", because="Theo công văn",
                                 on=date(2026, 3, 21), by=lan.id))  # fmt: skip
    told = story(office, leader, road)
    kinds = [(step.day, step.kind) for step in told.steps]
    assert kinds[0] == (held, "raised")
    assert (held, "answer") in kinds
    assert (held, "assigned") in kinds
    assert [kind for _day, kind in kinds if kind in ("dispatch", "reply")] == ["dispatch", "reply"]
    assert (date(2026, 3, 21), "status") in kinds
    days = [day for day, _kind in kinds if day]
    assert days == sorted(days)
    (charged,) = [step for step in told.steps if step.kind == "assigned"]
    assert charged.until == date(2026, 4, 30)
    assert kinds[-1] == (date(2026, 4, 30), "due")
    assert (told.left, told.steps[-1].late) == (29, False)
    late = tell(office.store, leader, road.id, date(2026, 5, 2))
    assert (late.left, late.steps[-1].late) == (-2, True)
    changed = next(step for step in told.steps if step.kind == "status" and step.by)
    assert (changed.label, changed.text, changed.by) == ("kien_nghi_cap_tren", "Theo công văn", "Lan")


def test_a_split_opinion_leads_to_its_heirs_and_back(office: Office, lan: Person, leader: Person, meeting: int) -> None:
    """What was replaced stays to be read, so that an old link says where it went."""
    lamp = office.opinions(meeting)["2"]
    done = office.do(lan, meeting, "split", key="2", at=[lamp.text.index(", đi tối") + 2])
    assert done["result"]["ok"]
    heirs = [one for one in office.opinions(meeting).values() if "2" in one.lineage]
    told = story(office, leader, lamp)
    assert told.opinion.state == "replaced"
    assert {one.id for one in told.kin.heirs} == {one.id for one in heirs}
    assert len(heirs) == 2
    for heir in heirs:
        assert [one.id for one in story(office, leader, heir).kin.parents] == [lamp.id]


def test_the_same_said_twice_is_shown_with_the_other(office: Office, leader: Person, meeting: int) -> None:
    """Alike in the meeting: how many people, from how many places, and the others' covered words."""
    told = story(office, leader, office.opinions(meeting)["1"])
    assert told.kin.alike is not None
    assert [one.key for one in told.kin.alike.others] == ["3"]
    assert told.kin.alike.people == 2
    assert ROAD in told.kin.alike.others[0].text


def test_a_confidential_opinion_is_for_its_readers_and_a_look_is_written_down(
    office: Office, lan: Person, hoa: Person, leader: Person, meeting: int
) -> None:
    """Lan handed the minutes in. For everybody else there is no such opinion, whatever their rights."""
    secret = secret_of(office, meeting)
    assert SECRET.split(",", maxsplit=1)[0] in all_words(story(office, lan, secret))
    with office.store.read() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (last.action, last.subject_id, last.account_id) == ("opinion.look_confidential", str(meeting), lan.id)
    assert last.detail == {"opinions": [secret.id]}
    for person in (hoa, leader):
        with pytest.raises(NotFound):
            story(office, person, secret)
    with office.store.read() as session:
        assert session.scalars(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1)).one() == last.id


def test_looking_at_any_other_opinion_leaves_no_line(office: Office, leader: Person, meeting: int) -> None:
    """The log is of what is confidential and of names in bulk."""
    with office.store.read() as session:
        before = len(session.scalars(select(AuditEvent.id)).all())
    story(office, leader, office.opinions(meeting)["1"])
    with office.store.read() as session:
        assert len(session.scalars(select(AuditEvent.id)).all()) == before


def test_an_answer_that_speaks_of_a_confidential_opinion_too_is_not_shown(
    office: Office, lan: Person, leader: Person, meeting: int
) -> None:
    """Its words are sealed; only who may read all that it speaks of gets them."""
    road, secret = office.opinions(meeting)["1"], secret_of(office, meeting)
    with office.store.begin() as session:
        answer = Answer(meeting_id=meeting, text="", given_on=date(2026, 3, 30), by=lan.id)
        session.add(answer)
        session.flush()
        session.add_all(AnswerTo(answer_id=answer.id, opinion_id=one.id) for one in (road, secret))
        personal.keep(session, office.store.keys, meeting, "answer", answer.id, "text", "Về việc ông Quỳnh bán đất.")
    assert "bán đất" in all_words(story(office, lan, road))
    told = story(office, leader, road)
    assert "bán đất" not in all_words(told)
    assert date(2026, 3, 30) not in [step.day for step in told.steps]


def test_another_communes_opinion_does_not_exist(
    office: Office, a_person: APerson, a_commune: ACommune, meeting: int
) -> None:
    """Nor does a number that no opinion has."""
    stranger = a_person("secretary", communes=[a_commune("Xã khác").id])
    for id_ in (office.opinions(meeting)["1"].id, 999_999):
        with pytest.raises(NotFound):
            tell(office.store, stranger, id_, TODAY)


def test_documents_are_the_latest_of_each_kind_and_none_that_is_confidential(
    office: Office, leader: Person, meeting: int
) -> None:
    """Of the meeting that the opinion was raised at."""
    with office.store.begin() as session:
        file = session.scalars(select(KeptFile)).first()
        assert file is not None
        for name, kind, secret in (("cũ", "notice", False), ("mới", "notice", False), ("kín", "sealed", True)):
            session.add(Document(meeting_id=meeting, file_id=file.id, kind=kind, name=name, revision=1,
                                 confidential=secret))  # fmt: skip
            session.flush()
    assert [one.name for one in story(office, leader, office.opinions(meeting)["1"]).documents] == ["mới"]
