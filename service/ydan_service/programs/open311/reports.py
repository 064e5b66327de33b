"""Service requests of GeoReport v2: opinions that were handed in, classified and kept, as their sender sees them.

What is kept is what the standard shows again: the words, the place, the notes, all sealed. Names, addresses of mail
and telephone numbers of reporters are not kept. Who sent a request says how it stands (:func:`change`); nothing here
follows the office's own work on it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from ydan.assessment import Assessment, dump_json
from ydan.opinion import Opinion, Session, parse_opinion
from ydan.predictor import Predictor
from ydan.taxonomy import Taxonomy
from ydan_service.errors import NotFound
from ydan_service.programs.open311.services import ATTRIBUTES, check_code
from ydan_service.programs.refused import Refused
from ydan_service.store import program_data
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Open311Request, now
from ydan_service.store.tables.base import VIETNAM

OWNER = "open311"
STATUSES = ("open", "closed")
MOST, MOST_DAYS = 1000, 90
"""What one list holds at most, as the standard has it."""
KEPT_DAYS = 365
"""After its last change a request is forgotten; done when the next one comes in."""
MOST_NOTES = 2000
_KEPT = {"address_string": "address", "address_id": "address_id", "zipcode": "zipcode", "lat": "lat", "long": "long",
         "media_url": "media_url"}  # fmt: skip
"""Arguments of a report that are kept beside its words → their names in a request."""
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was understood. ``service_code`` is None where the sender leaves the choice to the model."""

    opinion: Opinion
    service_code: str | None
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests a list is to hold."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None


def understand(form: Mapping[str, str], predictor: Predictor) -> Report:
    """A report out of its arguments.

    :raises Refused: no description, a coordinate that is none.
    :raises NotFound: an unknown service_code.
    :raises OpinionError: the description cannot be read, or an attribute is wrong.
    """
    if not form.get("description", "").strip():
        raise Refused(400, "missing_text", "Thiếu description. Hãy đặt nội dung ý kiến vào mục này.")
    code = form.get("service_code", "").strip() or None
    if code is not None:
        check_code(predictor.taxonomy, code)
    given = {name: form.get(f"attribute[{name}]", "").strip() for name in ATTRIBUTES}
    raw = {"text": form["description"], "host_level": given["host_level"] or None}
    raw |= {"date": given["session_date"][:10] or None, "province": given["province"] or None}
    opinion = parse_opinion(raw, Session(date.today()), fallback_id="1", competence=predictor.competence)
    words = {"description": form["description"]}
    for argument, name in _KEPT.items():
        value = form.get(argument, "").strip()
        if len(value) > _LONGEST:
            raise Refused(400, "invalid_request", f"{argument} có {len(value)} ký tự, tối đa {_LONGEST}.")
        if value and argument in ("lat", "long"):
            _check_coordinate(argument, value)
        if value:
            words[name] = value
    return Report(opinion, code, words)


def keep(
    transaction: Transaction,
    keys: KeyRing,
    caller_id: int | None,
    report: Report,
    found: Assessment,
    versions: Mapping[str, Any],
) -> str:
    """Keep a classified report; its id."""
    id_, session = secrets.token_hex(10), report.opinion.session
    forget_old(transaction, now())
    transaction.add(
        Open311Request(
            id=id_,
            caller_id=caller_id,
            service_code=report.service_code or found.topic.id,
            session={
                "host_level": session.host_level,
                "date": session.date.isoformat(),
                "province": session.province,
            },
            predicted=labels(found),
            versions=dict(versions),
        )
    )
    words = dump_json(report.words).encode()
    program_data.keep(transaction, keys, OWNER, id_, "words", words)
    return id_


def labels(found: Assessment) -> dict[str, Any]:
    """What the model says, without a word of the citizen's."""
    judged, goes = found.jurisdiction, found.escalation
    return {
        "topic": found.topic.id,
        "topic_confidence": found.topic.confidence,
        "type": found.type.id,
        "matter": None if found.matter is None else found.matter.id,
        "level": judged.level.id,
        "agency": judged.body.label,
        "escalation": goes.required,
        "urgency": goes.urgency,
        "confidential": goes.confidential,
        "review": bool(found.review),
    }


def listed(store: Store, taxonomy: Taxonomy, caller_id: int | None, wanted: Wanted) -> list[dict[str, Any]]:
    """The caller's own requests, the newest first; at most :data:`MOST` of :data:`MOST_DAYS` days.

    Ids leave every other condition aside, as the standard has it. A longer span keeps its latest days.

    :raises NotFound: an unknown service_code.
    :raises Refused: an unknown status, or a span that ends before it starts.
    """
    for code in wanted.codes:
        check_code(taxonomy, code)
    for status in wanted.statuses:
        _check_status(status)
    query = select(Open311Request).where(Open311Request.caller_id.is_not_distinct_from(caller_id))
    if wanted.ids:
        query = query.where(Open311Request.id.in_(wanted.ids[:MOST]))
    else:
        start, end = span(wanted.start, wanted.end, now())
        query = query.where(Open311Request.requested_at >= start, Open311Request.requested_at <= end)
        if wanted.codes:
            query = query.where(Open311Request.service_code.in_(wanted.codes))
        if wanted.statuses:
            query = query.where(Open311Request.status.in_(wanted.statuses))
    query = query.order_by(Open311Request.requested_at.desc(), Open311Request.id).limit(MOST)
    with store.read() as transaction:
        rows = transaction.scalars(query).all()
        words = program_data.read_many(transaction, store.keys, OWNER, [row.id for row in rows], "words")
        return [_shown(row, json.loads(words.get(row.id, b"{}")), taxonomy) for row in rows]


def one(store: Store, taxonomy: Taxonomy, caller_id: int | None, id_: str) -> dict[str, Any]:
    """A request of the caller's own.

    :raises NotFound: there is none, or it is another's.
    """
    found = listed(store, taxonomy, caller_id, Wanted(ids=(id_,)))
    if not found:
        raise NotFound(f"Không có yêu cầu “{id_[:60]}”. Hãy xem lại service_request_id.")
    return found[0]


def change(store: Store, caller_id: int | None, id_: str, status: str | None, notes: str | None) -> None:
    """Say how a request stands: ``status``, ``notes`` or both.

    :raises NotFound: there is none, or it is another's.
    :raises Refused: an unknown status, notes that are too long, nothing at all.
    """
    if status is None and notes is None:
        raise Refused(400, "invalid_request", "Hãy gửi status (open, closed) hoặc status_notes.")
    if status is not None:
        _check_status(status)
    if notes is not None and len(notes) > MOST_NOTES:
        raise Refused(400, "invalid_request", f"status_notes có {len(notes)} ký tự, tối đa {MOST_NOTES}.")
    with store.begin() as transaction:
        row = transaction.get(Open311Request, id_)
        if row is None or row.caller_id != caller_id:
            raise NotFound(f"Không có yêu cầu “{id_[:60]}”. Hãy xem lại service_request_id.")
        row.status = status or row.status
        row.updated_at = now()
        if notes is not None:
            words = json.loads(program_data.read(transaction, store.keys, OWNER, id_, "words") or b"{}")
            data = dump_json(words | {"status_notes": notes}).encode()
            program_data.keep(transaction, store.keys, OWNER, id_, "words", data)


def forget_old(transaction: Transaction, moment: datetime) -> None:
    """Delete what has not changed for :data:`KEPT_DAYS`, of all callers."""
    before = moment - timedelta(days=KEPT_DAYS)
    ids: Sequence[str] = transaction.scalars(
        select(Open311Request.id).where(Open311Request.updated_at < before).limit(MOST)
    ).all()
    if ids:
        program_data.drop(transaction, OWNER, ids)
        transaction.execute(delete(Open311Request).where(Open311Request.id.in_(ids)))


def span(start: datetime | None, end: datetime | None, moment: datetime) -> tuple[datetime, datetime]:
    """The days that a list is about: the last ones, or those after ``start``, or those before ``end``.

    :raises Refused: it ends before it starts.
    """
    most = timedelta(days=MOST_DAYS)
    if start is not None and end is not None and end < start:
        raise Refused(400, "invalid_request", "end_date trước start_date. Hãy sửa lại khoảng thời gian.")
    if end is None:
        end = moment if start is None else min(start + most, max(moment, start))
    earliest = end - most
    return (earliest if start is None else max(start, earliest)), end


def moment_of(name: str, raw: str) -> datetime:
    """A point in time as the standard writes it; a bare day is Vietnam's.

    :raises Refused: it is none.
    """
    try:
        found = datetime.fromisoformat(raw.strip().replace(" ", "+"))  # a plus sign that was not escaped
    except ValueError:
        raise Refused(
            400, "bad_date", f"{name}={raw[:40]!r} không đọc được. Hãy viết như 2026-03-01T00:00:00+07:00."
        ) from None
    if not 1900 < found.year < 9000:
        raise Refused(400, "bad_date", f"{name}={raw[:40]!r} có năm không hợp lý. Hãy xem lại.")
    return found if found.tzinfo is not None else found.replace(tzinfo=VIETNAM)


def _check_status(status: str) -> None:
    if status not in STATUSES:
        raise Refused(400, "invalid_request", f"status={status[:40]!r} không có. Hãy dùng {' hoặc '.join(STATUSES)}.")


def _check_coordinate(name: str, value: str) -> None:
    limit = 90 if name == "lat" else 180
    try:
        right = abs(float(value)) <= limit
    except ValueError:
        right = False
    if not right:
        raise Refused(400, "invalid_request", f"{name}={value[:40]!r} phải là số từ -{limit} đến {limit}.")


def told(taxonomy: Taxonomy, predicted: Mapping[str, Any]) -> str:
    """What the sender reads of the classification: a suggestion."""
    text = f"Máy gợi ý: {taxonomy.topic(predicted['topic']).label}; {taxonomy.level(predicted['level']).label}."
    return text + (" Cán bộ cần xem lại." if predicted.get("review") else " Cán bộ xác nhận.")


def _shown(row: Open311Request, words: Mapping[str, str], taxonomy: Taxonomy) -> dict[str, Any]:
    """Every field that the standard names; null where there is nothing."""
    return {
        "service_request_id": row.id,
        "status": row.status,
        "status_notes": words.get("status_notes"),
        "service_name": taxonomy.topic(row.service_code).label,
        "service_code": row.service_code,
        "description": words.get("description"),
        "agency_responsible": row.predicted.get("agency"),
        "service_notice": told(taxonomy, row.predicted),
        "requested_datetime": _written(row.requested_at),
        "updated_datetime": _written(row.updated_at),
        "expected_datetime": None,
        "address": words.get("address"),
        "address_id": words.get("address_id"),
        "zipcode": words.get("zipcode"),
        "lat": float(words["lat"]) if "lat" in words else None,
        "long": float(words["long"]) if "long" in words else None,
        "media_url": words.get("media_url"),
        "extended_attributes": {**row.predicted, "session": row.session},
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")
