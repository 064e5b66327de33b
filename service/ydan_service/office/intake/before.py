"""Was it raised before? The commune's earlier meetings are asked once for all opinions of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.alike import AlikeItem, read_items
from ydan.alike.candidates import candidate_pairs
from ydan.alike.weigh import load_grades, weigh
from ydan.predictor import Predictor
from ydan_service.store.tables import Meeting, Opinion

BACK = timedelta(days=731)
MOST = 2_000
"""Earlier opinions that are compared, the latest: reading and weighing them takes about a second."""
SHOWN = 5
"""Earlier opinions that one opinion shows, at most."""


class Before(NamedTuple):
    """An opinion (its place in the list asked for) and an earlier one that says the same."""

    place: int
    earlier_id: int
    probability: float


def earlier_items(session: Session, meeting: Meeting, held: date) -> list[AlikeItem]:
    """The commune's opinions of the two years before, the latest first; none that is confidential."""
    rows = session.execute(
        select(Opinion.id, Opinion.text, Opinion.place, Opinion.meeting_id)
        .join(Meeting)
        .where(
            Meeting.commune_id == meeting.commune_id,
            Meeting.id != meeting.id,
            Meeting.held_on >= held - BACK,
            Meeting.held_on <= held,
            Opinion.state == "live",
            ~Opinion.confidential,
        )
        .order_by(Meeting.held_on.desc(), Opinion.id)
        .limit(MOST)
    )
    return [AlikeItem(str(row.id), row.text, str(row.meeting_id), address=row.place or None) for row in rows]


def find_before(items: Sequence[AlikeItem], earlier: Sequence[AlikeItem], predictor: Predictor) -> list[Before]:
    """Which of ``earlier`` say the same as one of ``items``, the likest first for each."""
    if not items or not earlier:
        return []
    grades = load_grades()
    rows = read_items([*items, *earlier], predictor)
    first, second = candidate_pairs(rows)
    across = (first < len(items)) & (second >= len(items))
    first, second = first[across], second[across]
    same, _similar = weigh(rows, first, second, grades)
    kept = same >= grades["same"].threshold
    found: dict[int, list[Before]] = {}
    order = np.argsort(-same[kept], kind="stable")
    for new, old, chance in zip(first[kept][order], second[kept][order], same[kept][order], strict=True):
        mine = found.setdefault(int(new), [])
        if len(mine) < SHOWN:
            mine.append(Before(int(new), int(earlier[int(old) - len(items)].id), round(float(chance), 3)))
    return [one for mine in found.values() for one in mine]
