"""The shape of a job in answers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ydan_service.schemas import HostLevel, ModelVersion, Version


class SessionOut(BaseModel):
    """The meeting that the opinions come from."""

    host_level: HostLevel
    date: str
    province: str | None


class Links(BaseModel):
    """Where to go on; ``cancel`` is null once the job has ended."""

    self_: str = Field(alias="self")
    result: str
    cancel: str | None


class JobOut(BaseModel):
    """A job. ``done`` of ``total`` opinions have an answer, ``failed`` of these an error."""

    id: str = Field(examples=["job_0f8a2c1d4b7e4f60a1b2c3d4e5f60718"])
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    total: int
    done: int
    failed: int
    progress: float = Field(ge=0, le=1)
    session: SessionOut
    message: str | None
    created: str
    started: str | None
    ended: str | None
    expires: str | None
    model: ModelVersion | None
    taxonomy: Version | None
    competence: Version | None
    links: Links
