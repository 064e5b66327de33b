"""The shapes of the labels and of the competence table, for OpenAPI."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ydan_service.schemas import Body, HostLevel, LevelId, ModelVersion, Version

Certainty = Literal["verified", "unverified", "local"]


class Versioned(BaseModel):
    """What every answer carries."""

    model: ModelVersion
    taxonomy: Version
    competence: Version


class Defined(BaseModel):
    id: str
    label: str
    definition: str


class TopicOut(Defined):
    includes: str
    goes_elsewhere: dict[str, str] = Field(description="Mã lĩnh vực khác → việc thuộc về đó")
    examples: list[str]


class MatterOut(BaseModel):
    id: str
    topic: str
    label: str
    description: str


class TaxonomyOut(Versioned):
    version: str
    topics: list[TopicOut]
    matters: list[MatterOut]
    types: list[Defined]
    levels: list[Defined]
    escalation_codes: list[Defined]
    bodies: list[Body]


class PeriodOut(BaseModel):
    """A span in which no common rule changes."""

    model_config = ConfigDict(populate_by_name=True)
    id: str
    from_: str = Field(alias="from", description="Ngày đầu")
    changed: str
    source: str


class PeriodUntil(PeriodOut):
    until: str | None = Field(description="Ngày đầu của kỳ sau; null: đến nay")


class ProvinceOut(BaseModel):
    code: str
    name: str
    former: list[str]


class RuleOut(BaseModel):
    """From ``from`` (null: always) to ``until``, excluded (null: still)."""

    model_config = ConfigDict(populate_by_name=True)
    rule: str
    matter: str
    province: str | None
    from_: str | None = Field(alias="from")
    until: str | None
    level: LevelId
    body: str
    source: str
    certainty: Certainty
    note: str | None


class CompetenceOut(Versioned):
    version: str
    periods: list[PeriodUntil]
    provinces: list[ProvinceOut]
    rules: list[RuleOut]


class MatterName(BaseModel):
    id: str
    label: str
    topic: str


class ProvinceName(BaseModel):
    code: str
    name: str


class LevelName(BaseModel):
    id: LevelId
    label: str


class RulingOut(Versioned):
    matter: MatterName
    date: str
    province: ProvinceName | None
    host_level: HostLevel
    level: LevelName
    body: Body
    office: str | None = Field(description="Bộ phận làm việc đó, khi bảng có ghi")
    above_host: bool = Field(description="Cao hơn cấp chủ trì: phải báo lên trên")
    basis: str
    source: str
    certainty: Certainty
    note: str | None
    rule: str
    overridden: bool = Field(description="Quy định riêng của tỉnh")
    period: PeriodOut
