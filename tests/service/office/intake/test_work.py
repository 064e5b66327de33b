"""From a kept file to a meeting that can be reviewed."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from tests.service.office.reading import DOCUMENTS, NAMES, TEXT, Office, sixty_lines
from ydan.minutes.edits import OpinionList
from ydan.minutes.reader import MinutesReader
from ydan_service.office.intake import jobs, work
from ydan_service.office.intake.before import BACK
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.intake.worker import Worker
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.store import Store
from ydan_service.store.tables import (
    AlikeGroup,
    Answer,
    Assessed,
    Assignment,
    Commune,
    Job,
    Meeting,
    Opinion,
    RaisedBefore,
    StatusChange,
    Village,
    now,
)


def test_a_meeting_is_ready_for_review(store: Store, office: Office, lan: Person, commune: Commune) -> None:
    meeting = office.read(lan, commune.id)
    with store.read() as session:
        held = session.get_one(Meeting, meeting)
        assert (held.stage, held.held_on and held.held_on.isoformat()) == ("review", "2026-03-12")
        assert (held.chair, held.secretary, held.place) == ("Lê Hữu Phước", "Ngô Thị Sen", "Nhà văn hóa xã")
        rows = session.scalars(select(Opinion).order_by(Opinion.position)).all()
        assert [row.key for row in rows] == ["1", "2", "3", "4", "5"]
        first = rows[0]
        assert (first.topic, first.speaker_code, first.place) == ("transport_roads", "CD-01", "thôn Đông")
        villages = {village.name: village.id for village in session.scalars(select(Village))}
        assert [row.village_id for row in rows[:3]] == [villages[f"Thôn {name}"] for name in ("Đông", "Đoài", "Đông")]
        assert first.deadline is not None
        assert first.deadline.isoformat() == "2026-04-30"
        assert (
            session.scalars(select(Assignment.body).where(Assignment.opinion_id == first.id)).one() == "phòng Kinh tế"
        )
        assert first.answered
        assert (
            first.status
            == session.scalars(select(StatusChange.status).where(StatusChange.opinion_id == first.id)).one()
        )
        assert session.get_one(Assessed, first.id).answer["topic"]["id"] == "transport_roads"
        group = session.scalars(select(AlikeGroup)).one()
        assert {member.opinion_id for member in group.members} == {rows[0].id, rows[2].id}
        full = personal.read(session, store.keys, "opinion", [rows[2].id], "text")[rows[2].id]
        assert "ông Mão" in full
        assert len(rows[2].text) == len(full)
        assert session.get_one(Job, 1).state == "done"


def test_no_table_but_the_sealed_ones_holds_a_name(office: Office, lan: Person, commune: Commune) -> None:
    """Read as a thief would: every column of every table."""
    office.read(lan, commune.id)
    for table in ("opinion", "answer", "assignment", "assessment", "meeting", "job", "audit_event", "status_change"):
        with office.store.read() as session:
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
        assert rows, table
        for name in NAMES:
            assert name not in "\n".join(repr(tuple(row)) for row in rows), (table, name)


def test_a_confidential_opinion_leaves_no_word_in_the_open(office: Office, lan: Person, meeting: int) -> None:
    row = office.opinions(meeting)["4"]
    assert row.confidential
    assert (row.text, row.plain, row.place, row.heading, row.speaker_code, row.village_id) == ("", "", "", "", "", None)
    with office.store.read() as session:
        assert session.get_one(Assessed, row.id).answer == {"sealed": True}
        assert session.scalar(select(StatusChange.because).where(StatusChange.opinion_id == row.id)) == ""
    assert office.readers(row.id) == {lan.id}


def test_the_list_can_be_replayed_from_what_is_kept(
    office: Office, meeting: int, minutes_reader: MinutesReader
) -> None:
    with office.store.read() as session:
        kept = load_minutes(session, office.store.keys, meeting)
    assert kept is not None
    assert kept.minutes == minutes_reader.read_bytes(TEXT.encode(), "bien-ban.txt")
    assert len(kept.covered) == len(kept.minutes.extract.text)
    assert len(OpinionList(kept.minutes)) == 5


@pytest.mark.parametrize(
    "name",
    [
        "m1-xa-quynh-lam-docx-table.docx",
        "m1-phuong-ngoc-son-tay-pdf-ket-luan.pdf",
        "m1-xa-tien-hoa-nam-xlsx-tra-loi.xlsx",
        "m2-xa-khanh-binh-tay-csv-so-tiep-dan.csv",
        "m1-xa-quang-lac-md-tiep-cong-dan.md",
        "m2-xa-vinh-hien-thuong-txt-tcvn3.txt",
    ],
)
def test_every_format_comes_in_whole(
    office: Office, lan: Person, commune: Commune, minutes_reader: MinutesReader, name: str
) -> None:
    meeting = office.read(lan, commune.id, (DOCUMENTS / name).read_bytes(), name)
    minutes = minutes_reader.read_file(DOCUMENTS / name)
    rows = office.opinions(meeting)
    assert list(rows) == [raised.id for raised in minutes.opinions]
    with office.store.read() as session:
        words = personal.read(session, office.store.keys, "opinion", [row.id for row in rows.values()], "text")
        assert [words[row.id] for row in rows.values()] == [raised.text for raised in minutes.opinions]
        kept = load_minutes(session, office.store.keys, meeting)
        assert kept is not None
        assert kept.minutes == minutes
        assert session.scalar(select(func.count()).select_from(Answer)) == len(minutes.answers)


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bom.docx", _bomb()),
        ("hong.docx", b"PK\x03\x04 khong phai zip"),
        ("hong.pdf", b"%PDF-1.7\n%%EOF"),
        ("la.exe", b"MZ\x90\x00"),
        ("rong.xlsx", b"\x00" * 100),
        ("xxe.docx", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("hong.jsonl", b"{khong\n[1,2"),
    ],
)
def test_a_hostile_file_ends_as_a_failed_job_and_is_not_lost(
    office: Office, lan: Person, commune: Commune, name: str, data: bytes
) -> None:
    received = office.hand_in(lan, commune.id, data, name)
    office.work()
    with office.store.read() as session:
        job = session.get_one(Job, received.job_id)
        assert (job.state, session.get_one(Meeting, received.meeting_id).stage) == ("failed", "failed")
        assert job.message.endswith(".")
        assert job.detail["error"] not in ("internal", "error")
    good = office.read(lan, commune.id)
    assert office.opinions(good), "the worker goes on"


def test_lists_come_in_too(office: Office, lan: Person, commune: Commune) -> None:
    lines = [
        {"text": "Đường thôn Đông lầy lội.", "speaker": "Tạ Văn Mão", "address": "Thôn Đông"},
        {"text": "Đèn đường hỏng."},
    ]
    raw = "\n".join(json.dumps(line) for line in lines) + "\nkhong phai json\n"
    first = office.read(lan, commune.id, raw, "y-kien.jsonl")
    rows = office.opinions(first)
    assert [row.text for row in rows.values()] == [line["text"] for line in lines]
    assert rows["1"].village_id is not None
    with office.store.read() as session:
        warnings = session.get_one(Meeting, first).warnings
        assert "dòng 3" in next(one["message"] for one in warnings if one["code"] == "bad_rows")
        assert "no_date" in {one["code"] for one in warnings}
    table = "STT;Họ tên;Địa chỉ;Nội dung\n1;Tạ Văn Mão;Thôn Đoài;Đường lầy lội.\n2;;;\n3;;;Đèn hỏng.\n"
    second = office.opinions(office.read(lan, commune.id, table, "y-kien.csv"))
    assert [row.text for row in second.values()] == ["Đường lầy lội.", "Đèn hỏng."]
    assert second["1"].speaker_code == "CD-01"
    pasted = office.read(lan, commune.id, "Đường thôn tôi lầy lội.\n\nĐèn đường hỏng cả tháng.", "dan.txt")
    assert len(office.opinions(pasted)) == 2


def test_what_is_no_opinion_keeps_its_place_with_the_reason(office: Office, lan: Person, commune: Commune) -> None:
    raw = "\n".join(json.dumps({"text": words}) for words in ("The road is bad and wet.", "Đèn đường xóm chùa hỏng."))
    rows = office.opinions(office.read(lan, commune.id, raw, "y-kien.jsonl"))
    assert [row.topic is None for row in rows.values()] == [True, False]
    assert rows["1"].review_needed
    with office.store.read() as session:
        assert session.get_one(Assessed, rows["1"].id).answer["error"]["code"] == "not_vietnamese"


def test_what_an_earlier_meeting_heard_is_found(office: Office, lan: Person, commune: Commune) -> None:
    first = office.read(lan, commune.id)
    later = TEXT.replace("12 tháng 3 năm 2026", "20 tháng 9 năm 2026").replace("cả tháng nay", "đã nửa năm nay")
    second = office.read(lan, commune.id, later)
    with office.store.read() as session:
        found = session.scalars(select(RaisedBefore)).all()
        assert {row.probability > 0.5 for row in found} == {True}
        old, new = office.opinions(first), office.opinions(second)
        assert (new["1"].id, old["1"].id) in {(row.opinion_id, row.earlier_id) for row in found}
        secret = {old["4"].id, new["4"].id}
        assert not secret & {id_ for row in found for id_ in (row.opinion_id, row.earlier_id)}
    much_later = TEXT.replace("năm 2026", f"năm {2026 + BACK.days // 365 + 2}")
    third = office.read(lan, commune.id, much_later)
    with office.store.read() as session:
        ids = [row.id for row in office.opinions(third).values()]
        assert session.scalars(select(RaisedBefore).where(RaisedBefore.opinion_id.in_(ids))).all() == []


def test_a_job_that_was_cut_off_is_done_once_after_the_restart(
    office: Office, lan: Person, commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stops between reading and writing: as if the process were gone."""
    received = office.hand_in(lan, commune.id)

    class Stop(BaseException):
        pass

    def stop(*_args: object) -> None:
        raise Stop

    with monkeypatch.context() as patched:
        patched.setattr(work, "write_draft", stop)
        with pytest.raises(Stop):
            office.work()
    with office.store.read() as session:
        assert session.get_one(Job, received.job_id).state == "running"
        assert session.scalars(select(Opinion)).all() == []
    with Worker(office.store, office.predictor, office.reader, interval=0.02) as worker:
        worker.wake()
        _wait_until_done(office, received.job_id)
    assert len(office.opinions(received.meeting_id)) == 5
    with office.store.read() as session:
        assert session.get_one(Job, received.job_id).detail["attempts"] == 2


def test_of_two_workers_only_one_gets_a_job(store: Store, office: Office, lan: Person, commune: Commune) -> None:
    office.hand_in(lan, commune.id)
    first, second = jobs.claim(store), jobs.claim(store)
    assert first is not None
    assert second is None


def test_a_job_of_a_server_that_went_silent_is_taken_over_and_the_old_claim_is_void(
    store: Store, office: Office, lan: Person, commune: Commune
) -> None:
    office.hand_in(lan, commune.id)
    old = jobs.claim(store)
    assert old is not None
    with store.begin() as session:
        session.execute(update(Job).values(changed_at=now() - jobs.LEASE - timedelta(seconds=1)))
    new = jobs.claim(store)
    assert new is not None
    assert new.token != old.token
    assert not jobs.keep_alive(store, old)
    jobs.fail(store, old, "Không được ghi.", "x")
    with store.read() as session:
        assert session.get_one(Job, new.job_id).state == "running"
    work.work(store, office.predictor, office.reader, new.job_id)
    with store.read() as session:
        assert session.get_one(Job, new.job_id).state == "done"


def test_a_file_that_takes_the_server_down_again_and_again_is_given_up(
    office: Office, lan: Person, commune: Commune
) -> None:
    received = office.hand_in(lan, commune.id)
    for _try in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(office.store) is not None
        jobs.take_up(office.store)
    assert jobs.claim(office.store) is None
    with office.store.read() as session:
        assert session.get_one(Job, received.job_id).detail["error"] == "crashed"
        assert session.get_one(Meeting, received.meeting_id).stage == "failed"


def test_a_failed_reading_can_be_tried_again_and_writes_nothing_twice(
    office: Office, lan: Person, commune: Commune
) -> None:
    meeting = office.read(lan, commune.id)
    with office.store.begin() as session:
        session.execute(update(Job).values(state="queued"))
    office.work()
    assert len(office.opinions(meeting)) == 5
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Answer)) == 2


def test_an_error_nobody_foresaw_fails_the_job_and_says_so(office: Office, lan: Person, commune: Commune) -> None:
    received = office.hand_in(lan, commune.id)
    with office.store.begin() as session:
        session.execute(text("UPDATE kept_file SET sealed = x'00'"))
    office.work()
    with office.store.read() as session:
        job = session.get_one(Job, received.job_id)
        assert job.state == "failed"
        assert job.message


def test_a_commune_that_is_not_the_one_of_the_minutes_is_a_warning(
    office: Office, lan: Person, commune: Commune
) -> None:
    name = "m1-xa-quynh-lam-docx-table.docx"
    meeting = office.read(lan, commune.id, (DOCUMENTS / name).read_bytes(), name)
    with office.store.read() as session:
        assert "other_commune" in {one["code"] for one in session.get_one(Meeting, meeting).warnings}


def test_sixty_opinions_are_read_in_seconds(office: Office, lan: Person, commune: Commune) -> None:
    assert len(office.opinions(office.read(lan, commune.id, sixty_lines()))) == 60


def _wait_until_done(office: Office, job_id: int) -> None:
    import time

    for _turn in range(600):
        with office.store.read() as session:
            if session.get_one(Job, job_id).state in ("done", "failed"):
                return
        time.sleep(0.02)
    raise AssertionError("the worker did not do it")


def test_minutes_survive_their_json(minutes_reader: MinutesReader) -> None:
    """Every field, also those that these minutes lack."""
    from ydan_service.office.intake.kept import KeptMinutes, _from_json, _to_json

    minutes = minutes_reader.read_bytes(TEXT.encode(), "a.txt")
    minutes = replace(minutes, meeting=replace(minutes.meeting, attendance=12, agenda=("I",)))
    kept = KeptMinutes(minutes, ("Mão",), "x")
    assert _from_json(json.loads(json.dumps(_to_json(kept)))) == kept
