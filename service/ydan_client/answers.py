"""The shapes of the answers. They are plain dictionaries: a field that a newer server adds is simply there."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Choice(TypedDict):
    """A label with the calibrated probability that it is right."""

    id: str
    label: str
    confidence: float


class Body(TypedDict):
    id: str
    label: str


class Jurisdiction(TypedDict):
    level: Choice
    body: Body
    period: str
    basis: str
    decided_by: str


class Reason(TypedDict):
    code: str
    label: str
    span: list[int]
    basis: str
    confidence: float


class Addressee(TypedDict):
    level: str
    body: Body


class Escalation(TypedDict):
    required: bool
    transfer: bool
    confidence: float
    urgency: str | None
    to: Addressee | None
    reasons: list[Reason]
    confidential: bool


Evidence = TypedDict("Evidence", {"span": list[int], "weight": float, "for": str})


class ReviewReason(TypedDict):
    code: str
    label: str


class Review(TypedDict):
    needed: bool
    reasons: list[ReviewReason]


class ErrorDetail(TypedDict):
    code: str
    message: str


class Result(TypedDict):
    """An assessment; or, where ``error`` is there, only ``id`` and the reason why there is none."""

    id: str
    error: NotRequired[ErrorDetail]
    text: str
    topic: Choice
    alternatives: list[Choice]
    secondary_topics: list[Choice]
    matter: Choice | None
    type: Choice
    jurisdiction: Jurisdiction
    escalation: Escalation
    evidence: list[Evidence]
    review: Review


class ModelVersion(TypedDict):
    name: str
    version: str


class Version(TypedDict):
    version: str


class Classified(TypedDict):
    """As many results as opinions, in order, and the versions that answered."""

    results: list[Result]
    model: ModelVersion
    taxonomy: Version
    competence: Version


class Session(TypedDict, total=False):
    """The meeting that the opinions come from."""

    host_level: Literal["commune", "district", "province"] | None
    date: str | None
    province: str | None


class Opinion(TypedDict):
    """One opinion to be classified; what it says of its own meeting wins over the session."""

    text: str
    id: NotRequired[str]
    host_level: NotRequired[str]
    date: NotRequired[str]
    province: NotRequired[str]


class Label(TypedDict):
    """A label in short; ``label`` is None where there is none, ``error`` says why."""

    label: str | None
    score: float | None
    name: str
    error: NotRequired[ErrorDetail]


class Job(TypedDict):
    """``state`` is queued, running, done, failed or cancelled; of ``done`` opinions ``failed`` got an error."""

    id: str
    state: str
    total: int
    done: int
    failed: int
    progress: float
    message: str | None
    created: str
    started: str | None
    ended: str | None
    expires: str | None
    links: dict[str, Any]


class Minutes(TypedDict):
    """A file of minutes as it was read; each of ``opinions`` has its place in the file and its assessment."""

    meeting: dict[str, Any]
    session: dict[str, Any]
    notices: list[dict[str, str]]
    opinions: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    model: ModelVersion
    taxonomy: Version
    competence: Version
