"""One job of reading, from the kept file to a meeting that can be reviewed."""

from __future__ import annotations

import logging

from sqlalchemy.orm import joinedload, undefer

from ydan.alike import AlikeItem
from ydan.errors import YDanError
from ydan.minutes.reader import MinutesReader
from ydan.minutes.records import Minutes
from ydan.opinion import Session as Held
from ydan.predictor import Predictor
from ydan_service.office.intake import jobs
from ydan_service.office.intake.before import earlier_items
from ydan_service.office.intake.draft import make_draft
from ydan_service.office.intake.jobs import Claim
from ydan_service.office.intake.labels import session_of
from ydan_service.office.intake.source import read_source
from ydan_service.office.intake.write import set_facts, write_draft
from ydan_service.store import audit, files
from ydan_service.store.store import Store
from ydan_service.store.tables import Job, KeptFile, Meeting

_LOG = logging.getLogger(__name__)
_UNFORESEEN = (
    "Máy chủ gặp lỗi không lường trước khi đọc tệp này. Tệp vẫn được giữ; hãy thử lại hoặc báo người quản trị."
)


class Lost(Exception):
    """The claim is another worker's now; what was done is thrown away."""


def work(store: Store, predictor: Predictor, reader: MinutesReader, job_id: int) -> None:
    """Do a claimed job to its end. Nothing that a file does raises here: the job fails and says why."""
    with store.read() as session:
        job = session.get(Job, job_id)
        if job is None or job.state != "running":
            return
        mine = Claim(job.id, job.detail.get("claim", ""))
    try:
        _work(store, predictor, reader, mine)
    except Lost:
        _LOG.warning("job %d was taken up elsewhere", job_id)
    except YDanError as error:
        jobs.fail(store, mine, str(error), error.code)
    except Exception:
        _LOG.exception("job %d failed", job_id)
        jobs.fail(store, mine, _UNFORESEEN, "internal")


def _work(store: Store, predictor: Predictor, reader: MinutesReader, mine: Claim) -> None:
    def report(done: int, message: str) -> None:
        if not jobs.keep_alive(store, mine, done, message):
            raise Lost

    report(5, "Đang đọc tệp")
    data, name = _source(store, mine)
    minutes = read_source(data, name, reader)
    report(35, "Đã đọc xong tệp")
    held, earlier = _prepare(store, mine, minutes)
    draft = make_draft(minutes, held, earlier, predictor, report)
    with store.begin() as session:
        job = jobs.holds(session, mine)
        if job is None:
            raise Lost
        meeting = session.get_one(Meeting, job.meeting_id, options=[joinedload(Meeting.commune)])
        write_draft(session, store.keys, predictor, meeting, draft, held)
        job.state, job.done, job.message = "done", 100, ""
        audit.record(
            session, None, "meeting.read", "meeting", meeting.id, job=job.id, opinions=len(draft.minutes.opinions)
        )


def _source(store: Store, mine: Claim) -> tuple[bytes, str]:
    with store.read() as session:
        job = session.get_one(Job, mine.job_id)
        file = session.get_one(KeptFile, job.detail["file"], options=[undefer(KeptFile.sealed)])
        return files.read(store.keys, file), file.name


def _prepare(store: Store, mine: Claim, minutes: Minutes) -> tuple[Held, list[AlikeItem]]:
    """Write down what the minutes say of the meeting; the session to assess in; the opinions of earlier meetings."""
    with store.begin() as session:
        job = jobs.holds(session, mine)
        if job is None:
            raise Lost
        meeting = session.get_one(Meeting, job.meeting_id, options=[joinedload(Meeting.commune)])
        set_facts(session, meeting, minutes)
        held = session_of(meeting)
        return held, earlier_items(session, meeting, held.date)
