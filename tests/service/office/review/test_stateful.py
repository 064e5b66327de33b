"""Whatever people do, rows and list are the same, and no word of anybody gets into the open."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, text

from tests.service.office.reading import Office
from tests.service.office.review.conftest import person_of
from ydan.errors import EditError
from ydan.minutes.edits import OpinionList
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.review.lists import replay
from ydan_service.store import personal
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, Opinion


def test_the_rows_follow_the_list_through_any_changes_and_undos(
    read_template: Path, shared_keys: KeyRing, predictor: Predictor, minutes_reader: MinutesReader
) -> None:
    class Review(RuleBasedStateMachine):
        """Lan works alone; ``model`` is an :class:`OpinionList` that does the same in memory."""

        def __init__(self) -> None:
            super().__init__()
            self.folder = Path(tempfile.mkdtemp(prefix="ydan-review-"))
            shutil.copy(read_template, self.folder / "ydan.db")
            self.store = Store(open_engine(sqlite_url(self.folder / "ydan.db")), shared_keys)
            self.office = Office(self.store, predictor, minutes_reader)
            self.lan = person_of(self.store, "lan")
            with self.store.read() as session:
                self.meeting = session.scalars(select(Meeting.id)).one()
                kept = load_minutes(session, self.store.keys, self.meeting)
            assert kept is not None
            self.minutes = kept.minutes
            self.model = OpinionList(kept.minutes)
            self.depth: list[bool] = []

        def teardown(self) -> None:
            self.store.engine.dispose()
            shutil.rmtree(self.folder)

        def keys(self) -> list[str]:
            return [raised.id for raised in self.model]

        def do(self, kind: str, **op: Any) -> bool:
            found = self.office.do(self.lan, self.meeting, kind, **op)["result"]
            return bool(found["ok"])

        def both(self, kind: str, done: Any, **op: Any) -> None:
            """The same in the model and in the store: both do it or both refuse."""
            try:
                done()
                expected = True
            except EditError:
                expected = False
            assert self.do(kind, **op) == expected
            if expected:
                self.depth.append(True)

        @rule(data=st.data())
        def split(self, data: st.DataObject) -> None:
            key = data.draw(st.sampled_from(self.keys()))
            words = next(raised.text for raised in self.model if raised.id == key)
            at = data.draw(st.integers(0, len(words)))
            self.both("split", lambda: self.model.split(key, [at]), key=key, at=[at])

        @precondition(lambda self: len(self.keys()) > 2)
        @rule(data=st.data())
        def merge(self, data: st.DataObject) -> None:
            keys = data.draw(st.lists(st.sampled_from(self.keys()), min_size=2, max_size=3, unique=True))
            self.both("merge", lambda: self.model.merge(keys), keys=keys)

        @rule(data=st.data(), to=st.integers(0, 8))
        def move(self, data: st.DataObject, to: int) -> None:
            key = data.draw(st.sampled_from(self.keys()))
            self.both("move", lambda: self.model.move(key, to), key=key, to=to)

        @rule(data=st.data(), words=st.sampled_from(["Đường lầy.", "Ông Tạ Văn Mão gọi 0912345678.", " ", "Đèn hỏng"]))
        def retext(self, data: st.DataObject, words: str) -> None:
            key = data.draw(st.sampled_from(self.keys()))
            self.both("retext", lambda: self.model.retext(key, words), key=key, text=words)

        @precondition(lambda self: len(self.keys()) > 2)
        @rule(data=st.data())
        def remove(self, data: st.DataObject) -> None:
            key = data.draw(st.sampled_from(self.keys()))
            self.both("remove", lambda: self.model.remove(key), key=key)

        @rule(start=st.integers(0, 900), length=st.integers(0, 60))
        def add(self, start: int, length: int) -> None:
            end = start + length
            self.both("add", lambda: self.model.add(start, end), start=start, end=end)

        @rule(data=st.data(), topic=st.sampled_from(["health_food", "transport_roads"]))
        def decide(self, data: st.DataObject, topic: str) -> None:
            key = data.draw(st.sampled_from(self.keys()))
            assert self.do("decide", key=key, fields={"topic": topic}, version=10_000)
            self.depth.append(False)

        @precondition(lambda self: self.depth)
        @rule()
        def undo(self) -> None:
            """The last operation can always be taken back."""
            assert self.do("undo")
            if self.depth.pop():
                self.model.undo()

        @invariant()
        def rows_are_the_list(self) -> None:
            rows = self.office.opinions(self.meeting)
            with self.store.read() as session:
                again = replay(session, self.store.keys, self.meeting, self.minutes)
                words = personal.read(session, self.store.keys, "opinion", [row.id for row in rows.values()], "text")
            mine = list(self.model)
            assert [raised.id for raised in again] == list(rows) == [raised.id for raised in mine]
            assert [raised.text for raised in mine] == [words[row.id] for row in rows.values()]
            assert [row.lineage for row in rows.values()] == [list(raised.lineage) for raised in mine]
            assert [row.position for row in rows.values()] == list(range(len(rows)))

        @invariant()
        def no_name_is_in_the_open(self) -> None:
            with self.store.read() as session:
                kept = repr(session.scalars(select(Opinion.text)).all())
                kept += repr(session.execute(text("SELECT detail FROM operation")).all())
            assert "Mão" not in kept
            assert "0912345678" not in kept

    found = settings(
        max_examples=12,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Review, settings=found)
