"""No room on the disk: the caller is told, nothing is half written, what needs no disk goes on, and room heals it."""

from __future__ import annotations

from sqlalchemy import event, func, select, text

from tests.service.programs.jobbing import LINES, at_work, hand_in, lines, rows_of, wait
from ydan.predictor import Predictor
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, Feedback, IdempotentRequest, ProgramData

TEXT = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"
ITEM = {"id": "1", "text": TEXT, "final": {"topic": "transport_roads"}}


class Disk:
    """SQLite's own limit of pages: beyond it the database says what it says when the disk is full."""

    def __init__(self, store: Store) -> None:
        self._store, self._limit = store, 0
        event.listen(store.engine, "checkout", self._set)

    def _set(self, connection: object, *_more: object) -> None:
        wanted = self._limit or 1_000_000_000
        connection.execute(f"PRAGMA max_page_count = {wanted}")  # type: ignore[attr-defined]

    def fill(self) -> None:
        """No page more than there are."""
        with self._store.engine.connect() as connection:
            self._limit = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)

    def free(self) -> None:
        """As much as is wanted."""
        self._limit = 0


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_full_disk_is_said_and_nothing_is_half_written(sqlite_store: Store, predictor: Predictor) -> None:
    """507 for what must be kept, 200 for what need not; the same key succeeds when there is room."""
    disk = Disk(sqlite_store)
    with at_work(sqlite_store, predictor) as client:
        disk.fill()
        seen = set()
        for number in range(300):  # until the free pages inside the file are used up
            answer = client.post("/v1/feedback", json=ITEM, headers={"Idempotency-Key": f"viec-{number}"})
            seen.add(answer.status_code)
            if answer.status_code == 507:
                break
        assert seen == {200, 507}
        problem = answer.json()
        assert (problem["code"], answer.headers["Content-Type"]) == ("disk_full", "application/problem+json")
        assert int(answer.headers["Retry-After"]) > 0
        kept = count(sqlite_store, Feedback)
        assert kept == number
        job = hand_in(client, lines(2_000))
        assert job.status_code == 507, job.text
        assert (count(sqlite_store, BulkJob), count(sqlite_store, BulkPart)) == (0, 0)
        assert client.post("/v1/classify", json={"opinions": [{"id": "1", "text": TEXT}]}).status_code == 200
        disk.free()
        again = client.post("/v1/feedback", json=ITEM, headers={"Idempotency-Key": f"viec-{number}"})
        assert again.status_code == 200
        assert count(sqlite_store, Feedback) == kept + 1
        done = wait(client, hand_in(client, lines(600), LINES).json())
        assert (done["state"], len(rows_of(client, done))) == ("done", 600)
    assert count(sqlite_store, IdempotentRequest) == kept + 1
    assert count(sqlite_store, ProgramData) > 0
    with sqlite_store.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
