"""The demo is filled through the office's own doors, and leaves nothing behind."""

from __future__ import annotations

import os
import stat

import pytest
from sqlalchemy import ColumnExpressionArgument, func, select
from starlette.testclient import TestClient

from tests.service.demo.conftest import TODAY
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.cli import main
from ydan_service.demo import Demo, open_demo
from ydan_service.demo.open import require_loopback
from ydan_service.demo.script import load_script
from ydan_service.settings import Settings, SettingsError
from ydan_service.store import audit
from ydan_service.store.tables import (
    AlikeGroup,
    Assignment,
    Base,
    Commune,
    Decision,
    Dispatch,
    Meeting,
    Opinion,
    RaisedBefore,
    Reply,
    StatusChange,
    Village,
)

SAYS = "Bản xem thử: dữ liệu dựng sẵn"


@pytest.fixture
def visitor(small_demo: Demo, predictor: Predictor) -> TestClient:
    """A browser before the small demo; nobody is signed in."""
    reader = MinutesReader.load(predictor.bundle)
    app = create_app(Settings(), predictor, store=small_demo.store, minutes_reader=reader)
    app.state.demo = small_demo
    return TestClient(app, base_url="http://127.0.0.1:8000", headers={"Origin": "http://127.0.0.1:8000"})


def test_a_small_demo_is_read_reviewed_and_left_to_review(small_demo: Demo) -> None:
    """The older session is concluded with everything reviewed, the newest waits."""
    assert list(small_demo.unmatched) == []
    with small_demo.store.read() as session:
        meetings = session.scalars(select(Meeting).order_by(Meeting.held_on)).all()
        assert [meeting.stage for meeting in meetings] == ["concluded", "review", "review"]
        left = select(func.count()).where(Opinion.state == "live", Opinion.reviewed_at.is_(None))
        assert session.scalar(left.where(Opinion.meeting_id == meetings[0].id)) == 0
        assert (session.scalar(left.where(Opinion.meeting_id == meetings[2].id)) or 0) >= 15
        assert session.scalar(select(func.count()).select_from(Commune)) == 6
        assert audit.verify(session).broken is None


@pytest.mark.parametrize("username", [one.username for one in load_script().people if one.signs_in])
def test_everybody_on_the_sign_in_page_can_sign_in(visitor: TestClient, small_demo: Demo, username: str) -> None:
    """With the password that stands there; then the banner is on their first page."""
    shown = visitor.get("/sign-in").text
    assert SAYS in shown
    assert username in shown
    assert small_demo.password in shown
    answer = visitor.post("/sign-in", data={"username": username, "password": small_demo.password, "next": "/account"})
    assert answer.status_code == 200
    assert answer.url.path == "/account"
    assert SAYS in answer.text
    assert small_demo.password not in answer.text


def test_without_demo_there_is_no_banner(small_demo: Demo, predictor: Predictor) -> None:
    """An office's own pages say nothing of a demo."""
    client = TestClient(create_app(Settings(), predictor, store=small_demo.store))
    shown = client.get("/sign-in").text
    assert SAYS not in shown
    assert small_demo.password not in shown


def test_others_cannot_reach_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its password is on the sign-in page, so another address than loopback is refused before anything is built."""
    for name in [name for name in os.environ if name.startswith("YDAN_")]:
        monkeypatch.delenv(name)
    assert main(["--demo", "--host", "0.0.0.0"]) == 2
    assert "--host" in capsys.readouterr().err
    with pytest.raises(SettingsError, match="YDAN_PUBLIC_URL"):
        require_loopback(Settings(public_url="https://ydan.vidu.gov.vn"))


def test_it_lies_in_a_folder_of_its_own_that_goes(predictor: Predictor) -> None:
    """For its owner alone; the data folder of the settings is not touched."""
    reader = MinutesReader.load(predictor.bundle)
    said: list[str] = []
    demo = open_demo(Settings(database_url="postgresql://khong/co"), predictor, reader, say=said.append, scenes=1)
    assert stat.S_IMODE(demo.folder.stat().st_mode) == 0o700
    assert len(said) == 1
    demo.close()
    assert not demo.folder.exists()


@pytest.mark.heavy
def test_the_whole_year_is_there(whole_demo: Demo) -> None:
    """Enough to look alive: what comes back, what goes up, what is late, what nobody may read, who was not heard."""
    assert list(whole_demo.unmatched) == []
    with whole_demo.store.read() as session:

        def rows(table: type[Base], *conditions: ColumnExpressionArgument[bool]) -> int:
            return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

        def count(*conditions: ColumnExpressionArgument[bool]) -> int:
            return rows(Opinion, Opinion.state == "live", *conditions)

        assert count() >= 350
        assert count(Opinion.confidential) >= 6
        assert count(Opinion.escalate) >= 80
        assert count(Opinion.topic == "environment") >= 30
        assert count(Opinion.type == "complaint") >= 3
        assert count(Opinion.deadline < TODAY, Opinion.status == "dang_giai_quyet") >= 3
        assert rows(RaisedBefore) >= 3
        assert rows(AlikeGroup) >= 1
        assert rows(Dispatch) >= 40
        assert rows(Dispatch, ~Dispatch.replies.any()) >= 10
        heard = select(Opinion.village_id).where(Opinion.village_id.is_not(None))
        silent = session.scalars(select(Village.name).where(Village.id.not_in(heard))).all()
        assert "Thôn Bàu Sen" in silent
        assert "Buôn Ea Tar" in silent
        mixed = session.scalars(select(Meeting).where(Meeting.meeting_type == "mixed")).all()
        assert [meeting.commune.name for meeting in mixed] == ["Kim Giang"]
        assert audit.verify(session).broken is None


@pytest.mark.heavy
def test_nothing_of_it_lies_in_the_future(whole_demo: Demo) -> None:
    """Only plans and deadlines are ahead."""
    held = {scene.held(TODAY) for scene in load_script().scenes}
    with whole_demo.store.read() as session:
        assert set(session.scalars(select(Meeting.held_on))) == held
        for column in (
            Meeting.notice_given_on, Meeting.conclusion_published_on, Dispatch.sent_on, Reply.received_on,
            Assignment.done_on, StatusChange.on,
        ):  # fmt: skip
            assert all(
                day is not None and day <= TODAY for day in session.scalars(select(column).where(column.is_not(None)))
            )
        decided = session.scalars(select(Decision.at)).all()
        assert all(moment.date() <= TODAY for moment in decided)
