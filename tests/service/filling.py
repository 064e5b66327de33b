"""A store as an office has it after years: many sessions and opinions, written in bulk, the same for the same seed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ydan.rules import URGENCIES
from ydan.text import fold
from ydan_service.store.tables import (
    Account,
    AccountCommune,
    AlikeGroup,
    AlikeMember,
    Answer,
    AnswerTo,
    Assessed,
    Assignment,
    Commune,
    Decision,
    Meeting,
    Opinion,
    RaisedBefore,
    StatusChange,
    Village,
)

_CORPUS = Path(__file__).resolve().parents[2] / "data" / "opinions" / "train.jsonl"
_NAMES = (
    "Cẩm Giang",
    "Tân Trường",
    "Lương Điền",
    "Đức Chính",
    "Cao An",
    "Ngọc Liên",
    "Định Sơn",
    "Cẩm Vũ",
    "Phúc Điền",
)
_STATUSES = (
    "da_giai_thich",
    "dang_giai_quyet",
    "chua_tra_loi",
    "da_giai_quyet",
    "kien_nghi_cap_tren",
    "chuyen_co_quan_khac",
)
VILLAGES = 8
REPEATED = 0.12
"""Share of the opinions that say again what an earlier session of the commune heard."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written: ids of the communes, of the meetings (oldest first), and of three accounts."""

    communes: tuple[int, ...]
    meetings: tuple[int, ...]
    opinions: int
    secretary: int
    leader: int
    local_leader: int
    """A leader of the first commune alone; ``leader`` and ``secretary`` see all."""


@cache
def corpus() -> tuple[dict[str, Any], ...]:
    """A thousand and a half labelled opinions of the training split, by strangers to each other."""
    lines = _CORPUS.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines[::7])


def fill(
    session: Session, random: Random, today: date, *, communes: int = 8, sessions: int = 200, opinions: int = 10_000
) -> Filled:
    """Write communes with villages, their sessions up to ``today``, opinions with all that belongs to them."""
    places = [Commune(name=_name(at), kind="xã", province="31") for at in range(communes)]
    for place in places:
        place.villages = [
            Village(name=f"Thôn {number}", households=random.randint(80, 400)) for number in range(1, VILLAGES + 1)
        ]
    session.add_all(places)
    people = [
        Account(username="thu-ky", display_name="Trần Thị Thư", roles=["secretary"], everywhere=True),
        Account(username="lanh-dao", display_name="Phạm Văn Lãnh", roles=["leader"], everywhere=True),
        Account(username="lanh-dao-xa", display_name="Lê Thị Xã", roles=["leader"]),
    ]
    session.add_all(people)
    session.flush()
    session.add(AccountCommune(account_id=people[2].id, commune_id=places[0].id))
    held = _meetings(session, random, today, [place.id for place in places], sessions)
    villages = {place.id: [village.id for village in place.villages] for place in places}
    rows = _opinions(random, today, held, villages, opinions, people[0].id)
    session.execute(insert(Opinion), rows)
    _beside(session, random, rows, held, people[0].id)
    session.flush()
    return Filled(
        tuple(place.id for place in places), tuple(one.id for one in held), len(rows), *(one.id for one in people)
    )


def _name(at: int) -> str:
    return _NAMES[at] if at < len(_NAMES) else f"{_NAMES[at % len(_NAMES)]} {at // len(_NAMES) + 1}"


def _meetings(session: Session, random: Random, today: date, communes: Sequence[int], count: int) -> list[Meeting]:
    held = []
    for number in range(count):
        day = today - timedelta(days=round((count - number) * 1500 / count) - 3)
        commune = communes[number % len(communes)]
        held.append(
            Meeting(
                commune_id=commune,
                title=f"Hội nghị tiếp xúc, đối thoại lần {number // len(communes) + 1}",
                meeting_type="txdt",
                held_on=min(day, today),
                attendance=random.randint(40, 180),
                stage="review" if number >= count - 6 else "closed",
                revision=1,
            )
        )
    session.add_all(held)
    session.flush()
    return held


def _opinions(
    random: Random, today: date, held: Sequence[Meeting], villages: dict[int, list[int]], count: int, by: int
) -> list[dict[str, Any]]:
    said: dict[int, list[dict[str, Any]]] = {}
    rows: list[dict[str, Any]] = []
    for number in range(count):
        meeting = held[number * len(held) // count]
        day = meeting.held_on
        assert day is not None
        earlier = said.setdefault(meeting.commune_id, [])
        again = random.random() < REPEATED and bool(earlier)
        source = random.choice(earlier)["source_row"] if again else random.choice(corpus())
        late_stage = meeting.stage == "review"
        reviewed = random.random() < (0.35 if late_stage else 0.97)
        up = bool(source["escalate"])
        status = random.choices(_STATUSES, (5, 3, 2, 3, 3 if up else 0, 1))[0]
        secret = source["type"] == "denunciation"
        row = {
            "id": number + 1,
            "meeting_id": meeting.id,
            "key": str(number),
            "position": number,
            "state": "live" if random.random() > 0.01 else "removed",
            "text": "" if secret else source["text"],
            "plain": "" if secret else fold(source["text"]),
            "speaker_code": "" if secret else f"N{number % 40 + 1:02d}",
            # the last two villages are heard rarely
            "village_id": None
            if secret or random.random() < 0.1
            else villages[meeting.commune_id][
                min(random.randrange(VILLAGES), random.randrange(VILLAGES + 1), VILLAGES - 1)
            ],
            "source": {"start": 0, "end": 1},
            "lineage": [],
            "answered": status != "chua_tra_loi",
            "confidential": secret,
            "topic": source["topic"],
            "topic_confidence": round(random.uniform(0.4, 1.0), 4),
            "matter": source["matter"],
            "type": source["type"],
            "level": "province" if source["level"] == "district" else source["level"],
            "body": "ubnd",
            "escalate": up,
            "transfer": bool(source["transfer"]),
            "urgency": random.choice(URGENCIES) if up else None,
            "codes": source["codes"],
            "review_needed": not reviewed and random.random() < 0.3,
            "reviewed_by": by if reviewed else None,
            "reviewed_at": datetime.combine(day, time(9), UTC) if reviewed else None,
            "status": status,
            "deadline": day + timedelta(days=random.choice((10, 30, 60, 90)))
            if status == "dang_giai_quyet" and not secret
            else None,
            "version": 1,
        }
        rows.append(row)
        if not secret and row["state"] == "live":
            earlier.append({"id": number + 1, "meeting": meeting.id, "source_row": source, "again": again})
    return rows


def _beside(session: Session, random: Random, rows: Sequence[dict[str, Any]], held: Sequence[Meeting], by: int) -> None:
    commune = {meeting.id: meeting.commune_id for meeting in held}
    first: dict[tuple[int, str], dict[str, Any]] = {}
    before: list[dict[str, Any]] = []
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["confidential"] or row["state"] != "live":
            continue
        key = commune[row["meeting_id"]], row["text"]
        earlier = first.setdefault(key, row)
        if earlier["meeting_id"] != row["meeting_id"]:
            before.append({"opinion_id": row["id"], "earlier_id": earlier["id"], "probability": 0.9})
            first[key] = row
        groups.setdefault((row["meeting_id"], row["text"]), []).append(row)
    if before:
        session.execute(insert(RaisedBefore), before)
    alike = [members for members in groups.values() if len(members) > 1]
    for members in alike:
        session.add(
            AlikeGroup(
                meeting_id=members[0]["meeting_id"],
                representative=members[0]["key"],
                people=len(members),
                places=1,
                members=[AlikeMember(opinion_id=one["id"]) for one in members],
            )
        )
    session.execute(
        insert(Assessed),
        [{"opinion_id": row["id"], "answer": _answer(row), "model": "ydan-default 1.0.0", "taxonomy": "1.0.0",
          "competence": "1.0.0"} for row in rows],
    )  # fmt: skip
    charged = [row for row in rows if row["deadline"] is not None]
    if charged:
        session.execute(
            insert(Assignment),
            [{"opinion_id": row["id"], "body": "Phòng Kinh tế", "what": "Kiểm tra, trả lời",
              "deadline": row["deadline"], "from_minutes": True, "by": by} for row in charged],
        )  # fmt: skip
    session.execute(
        insert(StatusChange),
        [{"opinion_id": row["id"], "status": row["status"], "because": "Theo trả lời tại hội nghị"} for row in rows],
    )
    decided = [row for row in rows if row["reviewed_by"] and random.random() < 0.05 and not row["confidential"]]
    if decided:
        session.execute(
            insert(Decision),
            [{"opinion_id": row["id"], "field": "topic", "value": {"value": row["topic"], "before": "other"},
              "by": by, "at": row["reviewed_at"]} for row in decided],
        )  # fmt: skip
    answered = [row for row in rows if row["answered"] and not row["confidential"]][::9]
    for at, row in enumerate(answered, 1):
        session.add(Answer(id=at, meeting_id=row["meeting_id"], key=f"a{at}",
                           text="Xã tiếp thu, giao bộ phận chuyên môn.", span=[0, 1], given_on=None))  # fmt: skip
    session.flush()
    if answered:
        session.execute(
            insert(AnswerTo), [{"answer_id": at, "opinion_id": row["id"]} for at, row in enumerate(answered, 1)]
        )


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    if row["confidential"]:
        return {"sealed": True}
    return {
        "id": row["key"],
        "topic": {"id": row["topic"], "label": row["topic"], "confidence": row["topic_confidence"]},
        "alternatives": [],
        "secondary_topics": [],
        "matter": {"id": row["matter"], "label": row["matter"], "confidence": 0.8} if row["matter"] else None,
        "type": {"id": row["type"], "label": row["type"], "confidence": 0.9},
        "jurisdiction": {"level": {"id": row["level"], "label": row["level"], "confidence": 0.9},
                         "body": {"id": row["body"], "label": "UBND xã"}, "period": "2025-07-01", "basis": "",
                         "decided_by": "model"},
        "escalation": {"required": row["escalate"], "transfer": row["transfer"],
                       "confidence": 0.9 if row["escalate"] else 0.1, "urgency": row["urgency"], "to": None,
                       "reasons": [], "confidential": False},
        "evidence": [],
        "review": {"needed": row["review_needed"], "reasons": []},
    }  # fmt: skip
