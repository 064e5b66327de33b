"""Parts are claimed by one worker, done whole or not at all, never twice, whatever dies in between."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.service.programs.jobbing import lines
from ydan.predictor import Predictor
from ydan_service.programs.assessing.crew import Crew, Died
from ydan_service.programs.assessing.lines import Answered, Asked, answers_in, assess
from ydan_service.programs.bulk import intake, jobs, parts, queue_figures, results
from ydan_service.programs.bulk.embedded import EmbeddedQueue
from ydan_service.programs.bulk.reading import JSON_LINES, Limits, read
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, now

MEETING = {"host_level": "commune", "date": "2026-03-01", "province": None}
LIMITS = Limits(10**6, 10**7, 10**5)


class Silent:
    """A queue that nobody works on."""

    def announce(self, session: Any, parts: list[tuple[int, int]]) -> None:
        """Nothing: the rows are there."""


def a_job(store: Store, count: int) -> str:
    taken = intake.take_in(
        store, read(JSON_LINES, [lines(count)], {}, LIMITS), MEETING, None, days=7, most=LIMITS.opinions
    )
    with store.begin() as transaction:
        return intake.put_in_line(transaction, taken, Silent()).id


def state_of(store: Store, job_id: str) -> BulkJob:
    with store.read() as session:
        return session.get_one(BulkJob, job_id)


class Stumbling(Crew):
    """A crew whose process dies so many times."""

    def __init__(self, predictor: Predictor, times: int) -> None:
        super().__init__(predictor, size=1)
        self.times = times

    def assess(self, asked: Asked, *, long: bool) -> Answered:
        self.times -= 1
        if self.times >= 0:
            raise Died("killed")
        return super().assess(asked, long=long)


def test_a_part_is_one_workers(store: Store) -> None:
    """The second who asks gets the next; a third gets none."""
    a_job(store, 501)
    first, second = parts.claim(store), parts.claim(store)
    assert first is not None
    assert second is not None
    assert first.part_id != second.part_id
    assert parts.claim(store) is None
    with store.read() as session:
        figures = queue_figures(session)
    assert (figures["queued"], figures["running"]) == (0, 2)
    assert figures["oldest_seconds"] > 0


def test_a_short_job_does_not_wait_for_a_long_one(store: Store) -> None:
    """Each job gets its turn, part by part."""
    a_job(store, 1501)
    short = a_job(store, 2)
    parts.claim(store)
    mine = parts.claim(store)
    assert mine is not None
    with store.read() as session:
        assert session.get_one(BulkPart, mine.part_id).job_id == short


def test_who_was_thought_dead_comes_too_late(store: Store, predictor: Predictor) -> None:
    """After the lease another takes the part; the first one's answers are thrown away, nothing is there twice."""
    job_id = a_job(store, 3)
    late = parts.claim(store)
    assert late is not None
    with store.begin() as session:
        session.execute(update(BulkPart).values(claimed_at=now() - parts.LEASE - timedelta(seconds=1)))
    second = parts.claim(store)
    assert second is not None
    assert second.part_id == late.part_id
    done = assess(predictor, Asked(1, MEETING, _input(store, late)))
    with pytest.raises(parts.Lost):
        parts.complete(store, late, done, 7)
    parts.complete(store, second, done, 7)
    with pytest.raises(parts.Lost):
        parts.complete(store, second, done, 7)
    assert (state_of(store, job_id).state, state_of(store, job_id).done) == ("done", 3)


def test_an_answer_to_a_cancelled_job_is_thrown_away(store: Store, predictor: Predictor) -> None:
    """The part was at work when its caller changed their mind."""
    job_id = a_job(store, 3)
    mine = parts.claim(store)
    assert mine is not None
    done = assess(predictor, Asked(1, MEETING, _input(store, mine)))
    with store.begin() as session:
        jobs.cancel(session, None, job_id, 7)
    with pytest.raises(parts.Lost):
        parts.complete(store, mine, done, 7)
    assert list(results.parts_of(store, job_id)) == []
    assert state_of(store, job_id).done == 0


def test_a_part_is_tried_again_and_then_given_up(store: Store, predictor: Predictor) -> None:
    """Its opinions get an error each, with their ids; the job has failed and the rest of it is there."""
    job_id = a_job(store, 501)
    queue = EmbeddedQueue(store, Stumbling(predictor, parts.MOST_ATTEMPTS), 7)
    for _ in range(parts.MOST_ATTEMPTS - 1):
        with pytest.raises(Died):
            queue.do_next()
        assert state_of(store, job_id).state == "running"
    while queue.do_next():
        pass
    job = state_of(store, job_id)
    assert (job.state, job.done, job.failed) == ("failed", 501, 500)
    rows = [json.loads(row) for _versions, some in results.parts_of(store, job_id) for row in some]
    assert [row["id"] for row in rows] == [f"k{n}" for n in range(1, 502)]
    assert {row["error"]["code"] for row in rows[:500]} == {"not_assessed"}
    assert "topic" in rows[500]


def test_a_part_that_stumbles_twice_is_done_all_the_same(store: Store, predictor: Predictor) -> None:
    """Nothing is lost by it."""
    job_id = a_job(store, 2)
    queue = EmbeddedQueue(store, Stumbling(predictor, 2), 7)
    for _ in range(2):
        with pytest.raises(Died):
            queue.do_next()
    assert queue.do_next()
    assert (state_of(store, job_id).state, state_of(store, job_id).failed) == ("done", 0)


def test_the_next_start_takes_up_what_a_killed_server_left(sqlite_store: Store) -> None:
    """A part at work goes back; what was still coming in is forgotten."""
    a_job(sqlite_store, 3)
    mine = parts.claim(sqlite_store)
    assert mine is not None
    with sqlite_store.begin() as session:
        jobs.new(session, None, MEETING, 7)
    parts.take_up(sqlite_store)
    again = parts.claim(sqlite_store)
    assert again is not None
    assert (again.part_id, again.attempt) == (mine.part_id, 2)
    with sqlite_store.read() as session:
        assert len(session.scalars(select(BulkJob)).all()) == 1


def test_a_part_given_back_was_never_tried(store: Store) -> None:
    """An orderly stop costs no attempt."""
    a_job(store, 1)
    mine = parts.claim(store)
    assert mine is not None
    parts.release(store, [mine])
    again = parts.claim(store)
    assert again is not None
    assert again.attempt == 1


def _input(store: Store, mine: parts.Claim) -> bytes:
    from ydan_service.store import program_data

    with store.read() as session:
        found = program_data.read(session, store.keys, "bulk_part", str(mine.part_id), "input")
    assert found is not None
    return found


def test_the_answers_name_what_answered(predictor: Predictor, sqlite_store: Store) -> None:
    """Each part keeps the versions of its own model: a job may outlive an update."""
    a_job(sqlite_store, 1)
    mine = parts.claim(sqlite_store)
    assert mine is not None
    versions, rows = answers_in(assess(predictor, Asked(1, MEETING, _input(sqlite_store, mine))).lines)
    assert versions == predictor.versions
    assert len(rows) == 1
