"""JSON-like values as the XML of GeoReport v2: an element a key, a list as elements of one name inside another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

XML = "text/xml"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped."""


def to_xml(value: object, name: str, item: str = "item", inner: Mapping[str, str] | None = None) -> bytes:
    """A document whose root is ``name``; elements of a list at the root are called ``item``.

    ``inner`` says what the elements of further lists are called: ``{"attributes": "attribute"}``. None is an empty
    element.

    >>> to_xml([{"code": 400, "description": "a < b"}], "errors", "error").decode().split("\\n")[1]
    '<errors><error><code>400</code><description>a &lt; b</description></error></errors>'
    """
    root = ElementTree.Element(name)
    _fill(root, value, item, inner or {})
    body: bytes = ElementTree.tostring(root, encoding="unicode").encode()
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _fill(element: ElementTree.Element, value: object, item: str, inner: Mapping[str, str]) -> None:
    if isinstance(value, Mapping):
        for key, part in value.items():
            _fill(ElementTree.SubElement(element, key), part, inner.get(key, "item"), inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            _fill(ElementTree.SubElement(element, item), part, item, inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _FORBIDDEN.sub("\ufffd", str(value))
