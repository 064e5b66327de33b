"""The labels and the competence table as JSON; importable without HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ydan.competence import Period, RuleRow, load_periods, load_provinces
from ydan.opinion import Session, parse_session
from ydan.predictor import Predictor


def taxonomy_of(predictor: Predictor) -> dict[str, Any]:
    """Every id that an answer can hold, with what it means."""
    known = predictor.taxonomy
    return {
        "version": known.version,
        "topics": [
            {
                "id": topic.id,
                "label": topic.label,
                "definition": topic.definition,
                "includes": topic.includes,
                "goes_elsewhere": dict(topic.goes_elsewhere),
                "examples": list(topic.examples),
            }
            for topic in known.topics.values()
        ],
        "matters": [
            {"id": m.id, "topic": m.topic, "label": m.label, "description": m.description}
            for m in known.matters.values()
        ],
        "types": [{"id": t.id, "label": t.label, "definition": t.definition} for t in known.types.values()],
        "levels": [{"id": x.id, "label": x.label, "definition": x.definition} for x in known.levels.values()],
        "escalation_codes": [
            {"id": code.id, "label": code.label, "definition": code.definition}
            for code in known.escalation_codes.values()
        ],
        "bodies": [{"id": body.id, "label": body.label} for body in known.bodies.values()],
        **predictor.versions,
    }


def table_of(predictor: Predictor) -> dict[str, Any]:
    """The periods, the provinces and every rule, as they are asked."""
    periods = load_periods()
    ends = [*(period.begins for period in periods[1:]), None]
    return {
        "version": predictor.competence.version,
        "periods": [{**_period(period), "until": end} for period, end in zip(periods, ends, strict=True)],
        "provinces": [
            {"code": each.code, "name": each.name, "former": list(each.former)} for each in load_provinces().values()
        ],
        "rules": [_rule(row) for row in predictor.competence.rows],
        **predictor.versions,
    }


def ruling_on(predictor: Predictor, matter_id: str, asked: Mapping[str, str | None]) -> dict[str, Any]:
    """Who settles a matter on ``date``, for ``province`` and ``host_level``; today, nowhere and a commune unless said.

    :raises OpinionError: no such date, province or host.
    :raises TaxonomyError: no such matter.
    """
    known, table = predictor.taxonomy, predictor.competence
    session = parse_session(asked, Session(date.today()), table)
    matter = known.matter(matter_id)
    found = table.lookup(matter.id, session.date, session.province)
    province = None if session.province is None else load_provinces()[session.province]
    return {
        "matter": {"id": matter.id, "label": matter.label, "topic": matter.topic},
        "date": session.date.isoformat(),
        "province": None if province is None else {"code": province.code, "name": province.name},
        "host_level": session.host_level,
        "level": {"id": found.level, "label": known.level(found.level).label},
        "body": {"id": found.body, "label": found.body_label},
        "office": found.office or None,
        "above_host": known.is_above(found.level, session.host_level),
        "basis": found.basis,
        "source": found.source,
        "certainty": found.certainty,
        "note": found.note or None,
        "rule": found.rule_id,
        "overridden": found.overridden,
        "period": _period(found.period),
        **predictor.versions,
    }


def _period(period: Period) -> dict[str, Any]:
    return {"id": period.id, "from": period.begins, "changed": period.changed, "source": period.source}


def _rule(row: RuleRow) -> dict[str, Any]:
    return {
        "rule": row.rule_id,
        "matter": row.matter,
        "province": row.province,
        "from": None if row.start is None else row.start.isoformat(),
        "until": None if row.until is None else row.until.isoformat(),
        "level": row.level,
        "body": row.body,
        "source": row.source,
        "certainty": row.certainty,
        "note": row.note or None,
    }
