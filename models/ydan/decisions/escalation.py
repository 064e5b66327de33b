"""Does it go up, why, to whom, how soon. A reason always points at words of the opinion."""

from __future__ import annotations

from collections.abc import Mapping

from ydan.assessment import Body, Choice, Escalation, Jurisdiction, Reason, Span
from ydan.decisions.evidence import cue_span, word_span
from ydan.decisions.jurisdiction import Offices
from ydan.model.heads import LinearHeads
from ydan.model.signals import RANKS, Reading
from ydan.opinion import DISTRICTS_ENDED, Session
from ydan.rules import URGENCIES, EscalationRule
from ydan.taxonomy import Taxonomy

BEYOND = "beyond_competence"


def decide(
    *,
    taxonomy: Taxonomy,
    rules: Mapping[str, EscalationRule],
    offices: Offices,
    heads: LinearHeads,
    reading: Reading,
    row: int,
    topic: Choice,
    matter: Choice | None,
    type_: str,
    jurisdiction: Jurisdiction,
    session: Session,
    above: float,
    codes: Mapping[str, float],
    probability: float,
    thresholds: Mapping[str, float],
) -> Escalation:
    """``above`` is the probability that the level is above the host, ``codes`` that of each other reason,
    ``probability`` the weighed answer; ``thresholds`` hold one limit a code and ``escalate``.
    """
    level = jurisdiction.level.id
    transfer = level == "external"
    higher = RANKS.get(level, -1) > RANKS[session.host_level]
    held = {code: p for code, p in codes.items() if p >= thresholds[code]}
    if higher:
        held[BEYOND] = above
    required = bool(held) or probability >= thresholds["escalate"]
    if required and not held:
        # Torn: the whole says "up", no single reason does. LABELS.md §4: when torn, escalate – name the likeliest.
        likeliest = max(codes, key=lambda code: codes[code] / thresholds[code])
        held = {BEYOND: above} if above >= codes[likeliest] else {likeliest: codes[likeliest]}
    reasons = []
    for code in sorted(held, key=lambda name: -held[name]):
        rule = rules[code]
        span = _span(heads, reading, row, code, level, matter or topic)
        basis = jurisdiction.basis if code == BEYOND and higher else rule.basis
        reasons.append(Reason(code, taxonomy.escalation_codes[code].label, span, basis, round(float(held[code]), 4)))
    confidential = type_ == "denunciation" or any(rules[code].confidential for code in held)
    if not required:
        to_level, to_body = (level, jurisdiction.body) if transfer else (None, None)
        urgency = "with_conclusion" if transfer else None
        return Escalation(False, transfer, round(probability, 4), urgency, to_level, to_body, (), confidential)
    urgency = min((rules[code].urgency for code in held), key=URGENCIES.index)
    to_level, to_body = addressee_of(rules, offices, held, jurisdiction, session, higher)
    return Escalation(
        True,
        transfer,
        round(max(probability, *held.values()), 4),
        urgency,
        to_level,
        to_body,
        tuple(reasons),
        confidential,
    )


def next_level(session: Session) -> str:
    """The level directly above the host on that date."""
    if session.host_level == "commune":
        return "district" if session.date < DISTRICTS_ENDED else "province"
    return "province" if session.host_level == "district" else "central"


def addressee_of(
    rules: Mapping[str, EscalationRule],
    offices: Offices,
    held: Mapping[str, float],
    jurisdiction: Jurisdiction,
    session: Session,
    higher: bool,
) -> tuple[str, Body]:
    """The competent body when it is above the host; else the level above, by the most urgent reason."""
    first = min(held, key=lambda code: (URGENCIES.index(rules[code].urgency), -held[code]))
    up = next_level(session)
    special = {"police": "cong_an", "inspection": "thanh_tra_tcd", "finance": "tai_chinh", "legislator": "hdnd_qh"}
    addressee = rules[first].addressee
    if higher:
        return jurisdiction.level.id, jurisdiction.body
    return up, offices.named(special.get(addressee, "ubnd"), up, session)


def _span(heads: LinearHeads, reading: Reading, row: int, code: str, level: str, subject: Choice) -> Span:
    """Where the reason shows: a cue, else the words that weighed most, else the whole opinion."""
    document, hits = reading.documents[row], reading.hits[row]
    if code == BEYOND:
        span = cue_span(document, hits, level, ("owner", "hint"))
        # what the opinion is about decides who is competent: the words for its matter, or for its topic
        head = "matter" if subject.id in heads.heads["matter"].labels else "topic"
        source = (head, heads.heads[head].labels.index(subject.id))
    else:
        span = cue_span(document, hits, code, ("strong", "weak"))
        source = ("code", heads.heads["code"].labels.index(code))
    if span is not None:
        return span
    return word_span(heads, reading, row, *source) or (0, len(document.original))
