"""Topics: all of them with their counts, and one summed up: a page, on paper, as a Word document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ydan.documents.wording import slug
from ydan.taxonomy import load_taxonomy
from ydan_service.accounts.gate import needs
from ydan_service.office import settings
from ydan_service.office.leading import sentence
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.leading.period import EVERYTHING, days_of, name_of_period, read_period
from ydan_service.office.leading.places import Places, find_places
from ydan_service.office.leading.topic_index import list_topics
from ydan_service.office.leading.topic_paper import MEDIA, cite, write_paper
from ydan_service.office.leading.topic_summary import check_topic, summarise
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.web import narrowed
from ydan_service.web.clock import today
from ydan_service.web.i18n import _, day, gettext, number, share
from ydan_service.web.render import page

router = APIRouter(prefix="/topics")
Reader = Annotated[Person, Depends(needs("meetings.read"))]


@router.get("")
def show_all(request: Request, person: Reader) -> Response:
    """Every topic in the sessions that the address means."""
    period = read_period(request.query_params, today())
    with request.app.state.store.read() as session:
        places = find_places(session, person, period)
        index = list_topics(session, person, period, today())
    return page(request, "leading/topics.html", index=index, **_around(period, places))


@router.get("/{topic}")
def show(request: Request, person: Reader, topic: str) -> Response:
    """One topic."""
    period = read_period(request.query_params, today())
    vocabulary = request.app.state.predictor.bundle.heads.vocabulary
    with request.app.state.store.read() as session:
        summary = summarise(session, person, topic, period, today(), vocabulary)
        places = find_places(session, person, period)
    speech = sentence.Speech(gettext, number, _share)
    return page(
        request,
        "leading/topic.html",
        summary=summary,
        counts=sentence.counts(summary, speech),
        weights=sentence.weights(summary, speech),
        thresholds=sentence.thresholds(speech),
        **_around(period, places),
    )


@router.get("/{topic}/summary.docx")
def save(request: Request, person: Reader, topic: str) -> Response:
    """The same for Word, always in Vietnamese; with a line in the audit log, for words leave the office by it."""
    check_topic(topic)
    held = request.app.state
    period = read_period(request.query_params, today())
    with held.store.read() as session:
        summary = summarise(session, person, topic, period, today(), held.predictor.bundle.heads.vocabulary)
        places = find_places(session, person, period)
        office = str(settings.read(session)["office_name"])
    place = _place(places, period)
    made = write_paper(
        summary, office=office or place, place=place, period=_period(period, places), today=today()
    )  # fmt: skip
    with held.store.begin() as session:
        said = {"query": period.query()[:300], "shown": [line.id for line in summary.representatives]}
        audit.record(session, person, "topic.download", "topic", topic, opinions=summary.count, **said)
    label = load_taxonomy().topics[topic].label if topic != NONE else "chua phan loai"
    name = f"tom-tat-{slug(label)}-{today().isoformat()}.docx"
    return Response(made, media_type=MEDIA, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _around(period: Narrowing, places: Places) -> dict[str, Any]:
    query = period.query() or f"period={EVERYTHING}"
    return {
        "period": period, "places": places, "narrowed": narrowed, "query": query, "cite": cite,
        "named": name_of_period(period, today()), "about": _about(period, places),
        "stretch_of": _stretch,
    }  # fmt: skip


def _stretch(name: str) -> dict[str, str]:
    """A named stretch of time in an address."""
    start, end = days_of(name, today())
    return {"from": start.isoformat(), "to": end.isoformat()} if start and end else {"period": EVERYTHING}


def _about(period: Narrowing, places: Places) -> str:
    """What the figures are about, for the head of the page."""
    if period.meeting is not None and period.meeting in places.meetings:
        return narrowed.title_of(places.meetings[period.meeting])
    where = places.communes.get(period.commune or 0) or _("Tất cả xã, phường")
    if period.undated:
        return f"{where} · {_('hội nghị chưa rõ ngày')}"
    if period.start and period.end:
        return f"{where} · {day(period.start)}–{day(period.end)}"
    return f"{where} · {_('mọi thời gian')}" if not (period.start or period.end) else f"{where} · {_half(period)}"


def _half(period: Narrowing) -> str:
    if period.start:
        return _("từ %(d)s", d=day(period.start))
    return _("đến %(d)s", d=day(period.end))


def _place(places: Places, period: Narrowing) -> str:
    """Of which commune the paper is; Vietnamese, as the paper."""
    meeting = places.meetings.get(period.meeting or 0)
    commune = period.commune or places.commune or (meeting.commune_id if meeting is not None else None)
    return places.communes.get(commune or 0) or "các xã, phường"


def _period(period: Narrowing, places: Places) -> str:
    meeting = places.meetings.get(period.meeting or 0)
    if meeting is not None:
        held = f" ngày {day(meeting.held_on)}" if meeting.held_on else ""
        return f"{meeting.title or 'hội nghị'}{held}"
    if period.start and period.end:
        return f"từ {day(period.start)} đến {day(period.end)}"
    if period.start or period.end:
        return f"từ {day(period.start)}" if period.start else f"đến {day(period.end)}"
    return "các hội nghị chưa rõ ngày" if period.undated else "tất cả các hội nghị"


def _share(value: float) -> str:
    return share(value) if value >= 0.005 else _("dưới 1%")
