"""What can be reported: the topics of the taxonomy as the services of GeoReport v2."""

from __future__ import annotations

from typing import Any

from ydan.opinion import HOST_LEVELS
from ydan.taxonomy import Taxonomy, Topic
from ydan_service.errors import NotFound

GROUP = "Ý kiến của người dân"
ATTRIBUTES = ("host_level", "session_date", "province")
"""What a report may say beside its words, as ``attribute[…]``."""
CHANGED = "2026-01-01T00:00:00+07:00"
"""When the endpoint last changed in a way that a client sees."""


def discovery(base_url: str) -> dict[str, Any]:
    """The service discovery document."""
    return {
        "changeset": CHANGED,
        "contact": "Người quản trị máy chủ Ý Dân của cơ quan",
        "key_service": "Người quản trị cấp khoá: ydan-serve callers add",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{base_url}/open311/v2",
                "changeset": CHANGED,
                "type": "production",
                "formats": ["application/json", "text/xml"],
            }
        ],
    }


def services(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """One service a topic."""
    return [
        {
            "service_code": topic.id,
            "service_name": topic.label,
            "description": topic.definition,
            "metadata": True,
            "type": "realtime",
            "keywords": _keywords(taxonomy, topic),
            "group": GROUP,
        }
        for topic in taxonomy.topics.values()
    ]


def definition(taxonomy: Taxonomy, code: str) -> dict[str, Any]:
    """The attributes that a report under a service may have: the meeting that it comes from. None is required.

    :raises NotFound: no topic has this id.
    """
    check_code(taxonomy, code)
    hosts = [{"key": id_, "name": taxonomy.level(id_).label} for id_ in HOST_LEVELS]
    said = {
        "host_level": ("singlevaluelist", "Cấp chủ trì cuộc họp; mặc định cấp xã", hosts),
        "session_date": ("string", "Ngày nêu ý kiến, NĂM-THÁNG-NGÀY; mặc định hôm nay", []),
        "province": ("string", "Mã hoặc tên tỉnh, để dùng quy định riêng của tỉnh", []),
    }
    attributes = [
        {
            "variable": True,
            "code": name,
            "datatype": said[name][0],
            "required": False,
            "datatype_description": said[name][1],
            "order": order,
            "description": said[name][1],
            "values": said[name][2],
        }
        for order, name in enumerate(ATTRIBUTES, 1)
    ]
    return {"service_code": code, "attributes": attributes}


def check_code(taxonomy: Taxonomy, code: str) -> None:
    """:raises NotFound: no topic has this id."""
    if code not in taxonomy.topics:
        raise NotFound(f"Không có service_code “{code[:60]}”. Xem danh sách ở /open311/v2/services.json.")


def _keywords(taxonomy: Taxonomy, topic: Topic) -> str:
    """Comma-separated, so that names with a comma of their own are left out."""
    return ",".join(matter.label for matter in taxonomy.matters_of(topic.id) if "," not in matter.label)
