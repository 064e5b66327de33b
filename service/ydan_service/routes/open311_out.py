"""The shapes of the answers of Open311 GeoReport v2."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class Endpoint(BaseModel):
    specification: str
    url: str
    changeset: str
    type: str
    formats: list[str]


class DiscoveryOut(BaseModel):
    changeset: str
    contact: str
    key_service: str
    endpoints: list[Endpoint]


class ServiceOut(BaseModel):
    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: Literal["realtime"]
    keywords: str
    group: str


class AttributeValue(BaseModel):
    key: str
    name: str


class Attribute(BaseModel):
    variable: bool
    code: str
    datatype: str
    required: bool
    datatype_description: str
    order: int
    description: str
    values: list[AttributeValue]


class DefinitionOut(BaseModel):
    service_code: str
    attributes: list[Attribute]


class TakenOut(BaseModel):
    service_request_id: str
    service_notice: str
    account_id: str | None


class RequestOut(BaseModel):
    """``extended_attributes`` (with ``extensions=true``): the model's labels and the session they were given for."""

    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str | None
    service_name: str
    service_code: str
    description: str | None
    agency_responsible: str | None
    service_notice: str | None
    requested_datetime: str
    updated_datetime: str
    expected_datetime: str | None
    address: str | None
    address_id: str | None
    zipcode: str | None
    lat: float | None
    long: float | None
    media_url: str | None
    extended_attributes: dict[str, Any] | None = None


class Open311Error(BaseModel):
    code: int
    description: str
