"""One piece of feedback at the door: an opinion, and the labels that a person decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ydan.competence import CompetenceTable
from ydan.errors import OpinionError, TaxonomyError
from ydan.opinion import Opinion, Session, parse_opinion
from ydan.taxonomy import Taxonomy

FIELDS = ("topic", "secondary", "matter", "type", "level", "body", "codes", "escalate")
"""What ``final`` may hold; the names are those of the corpus (``data/README.md``), and ``body``."""
LONGEST_NAME = 200
"""Characters of ``id`` and of ``source``."""
MOST_LABELS = 20


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion with its final labels; ``source`` is who decided, in the caller's own words."""

    opinion: Opinion
    final: dict[str, Any]
    source: str | None


def read_given(raw: object, session: Session, number: str, taxonomy: Taxonomy, table: CompetenceTable) -> Given:
    """Check one item.

    :raises OpinionError: with a stable code: those of an opinion, ``bad_final``, ``unknown_label``, ``contradiction``.
    """
    opinion = parse_opinion(raw, session, fallback_id=number, competence=table)
    assert isinstance(raw, Mapping)  # else parse_opinion had raised
    if len(opinion.id) > LONGEST_NAME:
        raise OpinionError("bad_final", f"id dài {len(opinion.id)} ký tự, nhận tối đa {LONGEST_NAME}. Hãy rút ngắn.")
    source = raw.get("source")
    if source is not None and (not isinstance(source, str) or len(source) > LONGEST_NAME):
        raise OpinionError("bad_final", f'"source" phải là chuỗi tối đa {LONGEST_NAME} ký tự, ví dụ "phòng tiếp dân".')
    return Given(opinion, read_final(raw.get("final"), opinion.session, taxonomy), source)


def read_final(raw: object, session: Session, taxonomy: Taxonomy) -> dict[str, Any]:
    """The labels, each one of the taxonomy's.

    :raises OpinionError: no label, a field that is not known, a label that does not exist, two that exclude each other.
    """
    if not isinstance(raw, Mapping) or not raw:
        raise OpinionError(
            "bad_final", '"final" phải là một đối tượng có ít nhất một nhãn, ví dụ {"topic": "education"}.'
        )
    unknown = [str(name) for name in raw if name not in FIELDS]
    if unknown:
        names = ", ".join(name[:40] for name in unknown[:5])
        raise OpinionError("bad_final", f'"final" có mục lạ: {names}. Các mục nhận: {", ".join(FIELDS)}.')
    checks: dict[str, Callable[[str], object]] = {
        "topic": taxonomy.topic,
        "matter": taxonomy.matter,
        "type": taxonomy.type,
        "level": taxonomy.level,
        "body": taxonomy.body,
    }
    lists: dict[str, Callable[[str], object]] = {"secondary": taxonomy.topic, "codes": taxonomy.escalation_code}
    final: dict[str, Any] = {}
    for name, value in raw.items():
        if name == "escalate":
            if not isinstance(value, bool):
                raise OpinionError("bad_final", '"escalate" phải là true hoặc false.')
        elif name in lists:
            value = _labels(name, value, lists[name])
        elif not (value is None and name == "matter"):
            _label(name, value, checks[name])
        final[name] = value
    _agree(final, session, taxonomy)
    return final


def _label(name: str, value: object, find: Callable[[str], object]) -> None:
    if not isinstance(value, str):
        raise OpinionError("bad_final", f'"{name}" phải là mã nhãn dạng chuỗi. Danh sách ở GET /v1/taxonomy.')
    try:
        find(value)
    except TaxonomyError as error:
        raise OpinionError("unknown_label", f'"{name}": {error}') from error


def _labels(name: str, value: object, find: Callable[[str], object]) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_LABELS:
        raise OpinionError("bad_final", f'"{name}" phải là danh sách tối đa {MOST_LABELS} mã nhãn, có thể trống.')
    for each in value:
        _label(name, each, find)
    return sorted(set(value))


def _agree(final: Mapping[str, Any], session: Session, taxonomy: Taxonomy) -> None:
    """What cannot be true together."""
    if "escalate" in final and "codes" in final and final["escalate"] != bool(final["codes"]):
        raise OpinionError(
            "contradiction",
            '"escalate" là true khi và chỉ khi "codes" có mã. Hãy sửa một trong hai, hoặc bỏ "escalate".',
        )
    level = final.get("level")
    if level is not None and not taxonomy.level(level).exists_on(session.date):
        raise OpinionError(
            "contradiction", f"Ngày {session.date.isoformat()} không còn cấp {level}. Hãy sửa ngày hoặc cấp."
        )
    matter, topic = final.get("matter"), final.get("topic")
    if matter is not None and topic is not None and taxonomy.matter(matter).topic != topic:
        right = taxonomy.matter(matter).topic
        raise OpinionError(
            "contradiction", f"Việc {matter} thuộc lĩnh vực {right}, không thuộc {topic}. Hãy sửa một trong hai."
        )
