"""Opening the demo: a store in a temporary folder, filled through the office's own doors."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import event

from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor, collector_paused
from ydan_service.demo import following
from ydan_service.demo.deciding import conclude, decide, words_of
from ydan_service.demo.intake import ReadAhead, hand_in, secretary_of, write_plan
from ydan_service.demo.redate import lay_back
from ydan_service.demo.script import Scene, Script, Someone, load_script, read_minutes
from ydan_service.demo.staff import Staff, make_password, settle
from ydan_service.settings import Settings, SettingsError
from ydan_service.store.opening import open_store
from ydan_service.store.store import Store
from ydan_service.store.tables import now
from ydan_service.store.tables.base import VIETNAM

Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """An open demo; ``unmatched`` are words of the script that no opinion holds any more."""

    store: Store
    folder: Path
    people: Sequence[Someone]
    password: str = field(repr=False)
    unmatched: Sequence[str] = ()

    def close(self) -> None:
        """Let go of the database and delete its folder."""
        self.store.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)


def open_demo(
    settings: Settings,
    predictor: Predictor,
    reader: MinutesReader,
    *,
    say: Say = print,
    today: date | None = None,
    scenes: int | None = None,
) -> Demo:
    """Build the invented year up to ``today``; ``scenes``: only the last ones, for a quick look.

    :raises SettingsError: other machines could reach it: its password stands on the sign-in page.
    """
    require_loopback(settings)
    script, day = load_script(), today or now().astimezone(VIETNAM).date()
    folder = Path(tempfile.mkdtemp(prefix="ydan-xem-thu-"))
    try:
        store = open_store(replace(settings, data_dir=folder, database_url=None, keys=None, key_file=None))
        _write_quickly(store)
        password = make_password()
        unmatched = _fill(store, predictor, reader, script, day, password, say, scenes)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Demo(store, folder, [one for one in script.people if one.signs_in], password, unmatched)


def require_loopback(settings: Settings) -> None:
    """Refuse an address that others can reach.

    :raises SettingsError: it is not the loopback address, or a proxy stands before it.
    """
    if settings.open_to_others:
        raise SettingsError(
            f"Bản xem thử chỉ mở trên máy này, vì mật khẩu hiện ngay ở trang đăng nhập; "
            f"{settings.public_url or settings.host} thì máy khác vào được. "
            "Hãy bỏ --host (YDAN_HOST) và YDAN_PUBLIC_URL, hoặc bỏ --demo."
        )


def _write_quickly(store: Store) -> None:
    """Do not wait for the disk: what is here is thrown away in any case."""
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")


def _fill(
    store: Store, predictor: Predictor, reader: MinutesReader, script: Script, today: date, password: str, say: Say,
    scenes: int | None,
) -> list[str]:  # fmt: skip
    with store.begin() as session:
        staff = settle(session, script, password)
    for planned in script.planned:
        write_plan(store, staff, planned, today)
    chosen = script.scenes if scenes is None else script.scenes[-scenes:]
    ahead = ReadAhead(reader, [read_minutes(scene, today) for scene in chosen])
    unmatched: list[str] = []
    with collector_paused():  # looking through the loaded models is a fifth of the time
        for place, scene in enumerate(chosen, 1):
            say(f"Đang dựng {place}/{len(chosen)}: {scene.commune}, {scene.held(today):%d/%m/%Y}")
            unmatched += play(store, predictor, ahead, script, staff, scene, today)
    return unmatched


def play(
    store: Store, predictor: Predictor, reader: MinutesReader, script: Script, staff: Staff, scene: Scene, today: date
) -> list[str]:
    """One session from its minutes to where it stands today; words of the scene that no opinion holds."""
    person = secretary_of(script, staff, scene.commune)
    meeting = hand_in(store, predictor, reader, script, staff, scene, today)
    unmatched = decide(store, predictor, person, scene, meeting)
    open_ = replace(scene, stage="concluded") if scene.stage == "closed" else scene
    conclude(store, predictor, person, open_, meeting, today)
    if scene.stage != "review":
        words = words_of(store, meeting)
        follower = staff.people["theo_doi"]
        with store.begin() as session:
            following.do_tasks(session, store.keys, follower, scene, words, meeting, today)
            following.write_letters(session, store.keys, follower, script, scene, words, meeting, today)
    if scene.stage == "closed":
        conclude(store, predictor, person, scene, meeting, today)
    with store.begin() as session:
        lay_back(session, scene, meeting, today)
    return unmatched
