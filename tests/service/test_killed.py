"""The served process is killed in the middle of saves, again and again: nothing that it acknowledged is lost."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, text

from tests.service.office.reading import Office, sixty_lines
from tests.service.test_cli import COMMAND, free_port
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.accounts import sessions
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store import audit
from ydan_service.store.opening import open_store
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, AccountCommune, Commune, Decision, Job, Meeting, Operation, Opinion

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")]
TIMES = 20
TOPICS = ("transport_roads", "environment", "land_admin", "health_food", "education")


@dataclass
class Told:
    """What the server acknowledged: the operations by id, and the meetings that it took in."""

    operations: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: int = 0
    meetings: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def two_secretaries(store: Store) -> list[Person]:
    """Of one commune."""
    found = []
    with store.begin() as session:
        commune = Commune(name="Xã Tân Lập")
        session.add(commune)
        session.flush()
        for name in ("lan", "hoa"):
            account = Account(username=name, display_name=name.title(), roles=["secretary"])
            session.add(account)
            session.flush()
            session.add(AccountCommune(account_id=account.id, commune_id=commune.id))
            found.append(Person(account.id, name, name, frozenset({"secretary"}), communes=frozenset({commune.id})))
    return found


def browser(store: Store, person: Person, url: str) -> httpx2.Client:
    """Signed in; the session outlives every kill."""
    with store.begin() as session:
        started = sessions.start(session, person.id)
    return httpx2.Client(
        base_url=url, timeout=10, headers={"X-CSRF-Token": started.csrf_token},
        cookies={sessions.cookie_name(secure=False): started.token},
    )  # fmt: skip


def work_until_it_dies(
    client: httpx2.Client,
    meeting: int,
    commune: int,
    keys: list[str],
    told: Told,
    random: Random,
    numbers: itertools.count[int],
) -> None:
    """One secretary: labels, accepts, rewords, now and then hands in a file – each post waits for its answer."""
    try:
        while True:
            number = next(numbers)
            key = random.choice(keys)
            op: dict[str, Any] = {"id": f"viec-{number:08d}", "key": key, "kind": "decide", "version": 10**6}
            if number % 3 == 0:
                op = {"id": op["id"], "kind": "accept", "keys": random.sample(keys, 5)}
            else:
                op["fields"] = {"topic": random.choice(TOPICS)}
            told.sent += 1
            answer = client.post(f"/meetings/{meeting}/review/operations", json={"operations": [op], "since": 0})
            (result,) = answer.json().get("results") or [{"ok": False, "error": answer.json()}]
            if result["ok"]:
                told.operations[op["id"]] = op
            else:
                told.wrong.append(str(result)[:300])
            if number % 25 == 0:
                words = f"1. Ông Tạ Văn Mão (thôn Đông): Cống số {number} vỡ, ruộng ngập, đề nghị xã sửa."
                taken = client.post("/meetings", data={"commune": str(commune), "text": words})
                told.meetings.append(taken.json()["meeting_id"])
    except httpx2.TransportError:
        return  # killed: whatever was under way was not acknowledged
    except Exception as error:
        told.wrong.append(repr(error))


def serve(data: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The command, ready to answer."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(COMMAND), "--data", str(data), "--port", str(port)], stdout=output, stderr=subprocess.STDOUT
        )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/health/ready", timeout=2).status_code == 200:
                return process
        except httpx2.TransportError:
            time.sleep(0.02)
    process.kill()
    raise AssertionError(log.read_text(errors="replace")[-2000:])


def everything_told_is_there(store: Store, meeting: int, told: Told) -> None:
    """Operations, what they decided, and the files; the log is whole."""
    with store.read() as session:
        kept = set(session.scalars(select(Operation.id).where(Operation.meeting_id == meeting)))
        assert set(told.operations) <= kept
        decided = {
            (operation, field_) for operation, field_ in session.execute(select(Decision.operation_id, Decision.field))
        }
        for id_, op in told.operations.items():
            if op["kind"] == "decide":
                assert (id_, "topic") in decided
        for id_ in told.meetings:
            assert session.get(Meeting, id_) is not None
        assert audit.verify(session).broken is None
        if store.engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        numbers = session.scalars(select(Operation.number).where(Operation.meeting_id == meeting)).all()
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), "none half there, none twice"


def test_twenty_kills_in_the_middle_of_saves_lose_nothing(
    tmp_path: Path, predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two secretaries save as fast as they can; the process is killed, started again, and they go on."""
    monkeypatch.delenv("YDAN_API_KEY", raising=False)
    data, log = tmp_path / "data", tmp_path / "log.txt"
    store = open_store(Settings(data_dir=data))
    people = two_secretaries(store)
    (commune,) = people[0].communes
    meeting = Office(store, predictor, MinutesReader.load()).read(people[0], commune, sixty_lines())
    with store.read() as session:
        keys = list(session.scalars(select(Opinion.key).where(Opinion.meeting_id == meeting, Opinion.state == "live")))
    port, random, told, numbers = free_port(), Random(11), Told(), itertools.count(1)
    for _time in range(TIMES):
        process = serve(data, port, log)
        clients = [browser(store, person, f"http://127.0.0.1:{port}") for person in people]
        threads = [
            threading.Thread(target=work_until_it_dies, args=(one, meeting, commune, keys, told, Random(n), numbers))
            for n, one in enumerate(clients)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.4 + random.random())
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for thread in threads:
            thread.join(15)
            assert not thread.is_alive()
        for client in clients:
            client.close()
        assert told.wrong == []
        everything_told_is_there(store, meeting, told)
    assert len(told.operations) > 100
    assert told.meetings

    process = serve(data, port, log)
    try:
        # a browser that never got its answer sends the same again: it is done once
        again = [told.operations[id_] for id_ in list(told.operations)[-20:]]
        with store.read() as session:
            before = len(session.scalars(select(Operation.id)).all())
        with browser(store, people[0], f"http://127.0.0.1:{port}") as client:
            body = {"operations": again, "since": 0}
            answer = client.post(f"/meetings/{meeting}/review/operations", json=body).json()
        assert {result["id"] for result in answer["results"]} == {op["id"] for op in again}
        with store.read() as session:
            assert len(session.scalars(select(Operation.id)).all()) == before
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with store.read() as session:
                waiting = session.scalars(select(Job.id).where(Job.state.in_(("queued", "running")))).all()
            if not waiting:
                break
            time.sleep(0.2)
        assert not waiting, "files that were taken in are read after the start"
        with store.read() as session:
            assert set(session.scalars(select(Meeting.stage).where(Meeting.id.in_(told.meetings)))) == {"review"}
    finally:
        process.terminate()
        process.wait(20)
        store.engine.dispose()
    assert "Traceback" not in log.read_text(errors="replace")
