"""Three communes with a year of known facts, counted by hand in the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ydan_service.store.store import Store
from ydan_service.store.tables import Assignment, Commune, Dispatch, Meeting, Opinion, Plan, Reply, now

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Year:
    """Ids of what was written."""

    good: int
    bad: int
    silent: int
    kept: int
    faulty: int
    voters: int


def hold(store: Store) -> Year:
    """Xã An: one session without fault. Xã Bình: one with many, one voter meeting in a plan's place, a plan given up,
    one missed, one to come. Xã Cam: nothing at all."""
    with store.begin() as session:
        good, bad, silent = (Commune(name=name, kind="xã") for name in ("An", "Bình", "Cam"))
        session.add_all([good, bad, silent])
        session.flush()
        kept = _kept(session, good.id)
        faulty = _faulty(session, bad.id)
        plan = _plan(session, bad.id, date(2026, 6, 10))
        voters = _meeting(session, bad.id, date(2026, 6, 10), meeting_type="txct", plan_id=plan)
        _plan(session, bad.id, date(2026, 8, 1))
        _plan(session, bad.id, date(2026, 9, 1), cancelled_because="Trùng bầu cử")
        _plan(session, bad.id, date(2026, 12, 20))
        return Year(good.id, bad.id, silent.id, kept, faulty, voters)


def _kept(session: Session, commune: int) -> int:
    plan = _plan(session, commune, date(2026, 3, 5), notice_given_on=date(2026, 2, 20))
    id_ = _meeting(
        session, commune, date(2026, 3, 5), plan_id=plan, invited=100, attendance=80,
        conclusion_published_on=date(2026, 3, 12),
    )  # fmt: skip
    _opinions(session, id_, [{"status": "da_giai_thich"}] * 3 + [{"status": "dang_giai_quyet", "charged": True}])
    return id_


def _faulty(session: Session, commune: int) -> int:
    id_ = _meeting(
        session, commune, date(2026, 4, 10), invited=200, attendance=60, notice_given_on=date(2026, 4, 6),
        conclusion_published_on=date(2026, 5, 4), meeting_type="mixed",
        warnings=[{"code": "voter_meeting", "message": "", "span": None}],
    )  # fmt: skip
    late = {"status": "dang_giai_quyet", "charged": True, "deadline": date(2026, 5, 30)}
    secret = {"status": "chua_tra_loi", "confidential": True, "deadline": date(2026, 5, 30)}
    _opinions(
        session, id_,
        [late, late, {"status": "dang_giai_quyet"}, {"status": "chua_tra_loi"}, secret,
         {"status": "chua_tra_loi", "reviewed": False}, {"status": "chua_tra_loi", "state": "removed"}],
    )  # fmt: skip
    letters = [Dispatch(meeting_id=id_, direction="up", addressee="Sở", sent_on=date(2026, 5, day)) for day in (5, 6)]
    letters.append(Dispatch(meeting_id=id_, direction="up", addressee="Sở", sent_on=date(2026, 11, 6)))
    letters.append(Dispatch(meeting_id=id_, direction="up", addressee="Sở"))
    session.add_all(letters)
    session.flush()
    session.add(Reply(dispatch_id=letters[0].id, received_on=date(2026, 6, 1)))
    return id_


def _plan(session: Session, commune: int, day: date, **values: Any) -> int:
    plan = Plan(commune_id=commune, planned_on=day, **values)
    session.add(plan)
    session.flush()
    return plan.id


def _meeting(session: Session, commune: int, day: date, **values: Any) -> int:
    meeting = Meeting(**{"commune_id": commune, "held_on": day, "title": "Hội nghị đối thoại", "stage": "review",
                         "meeting_type": "txdt", **values})  # fmt: skip
    session.add(meeting)
    session.flush()
    return meeting.id


def _opinions(session: Session, meeting: int, each: list[dict[str, Any]]) -> None:
    for at, values in enumerate(each):
        made = Opinion(
            meeting_id=meeting, key=str(at), position=at, text="" if values.get("confidential") else "Đường lầy lội",
            status=values["status"], deadline=values.get("deadline"), confidential=values.get("confidential", False),
            state=values.get("state", "live"), reviewed_at=now() if values.get("reviewed", True) else None,
        )  # fmt: skip
        session.add(made)
        session.flush()
        if values.get("charged"):
            until = values.get("deadline") or TODAY + timedelta(days=9)
            session.add(Assignment(opinion_id=made.id, body="Phòng Kinh tế", deadline=until))
