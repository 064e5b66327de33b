"""XML parts of office files, parsed without entities, network or endless nesting."""

from __future__ import annotations

import posixpath
from typing import Any

from ydan.errors import MissingExtra, ReadError
from ydan.minutes.readers.zipguard import Archive, corrupt

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE.encode(),
}


def read_xml(archive: Archive, part: str) -> Any | None:
    """The root element of a part; ``None`` when the archive has no such part.

    Office files never hold a document type declaration, so one is a sign of an entity bomb. "Strict" files of
    Word and Excel get the usual namespaces.

    :raises ReadError: ``unsafe_xml``, ``too_many_elements``, ``corrupt_file``.
    :raises MissingExtra: lxml is not installed.
    """
    data = archive.read(part)
    return None if data is None else parse_xml(data, archive)


def parse_xml(data: bytes, archive: Archive) -> Any:
    """See :func:`read_xml`."""
    etree = _etree()
    most = archive.limits.elements
    if data.count(b"<") > 2 * most or data.count(b"=") > 3 * most:  # start and end tags; attributes
        raise ReadError(
            f"Tệp {archive.name} có hơn {most / 1e6:g} triệu phần tử, đọc tối đa chừng ấy. "
            "Hãy tách tệp thành nhiều phần.",
            "too_many_elements",
        )
    for strict, usual in _TRANSITIONAL.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise _unsafe(archive.name)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise corrupt(archive.name) from error
    if root.getroottree().docinfo.doctype:
        raise _unsafe(archive.name)
    return root


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relation id to (last word of its type, part) for those that stay inside the archive."""
    folder, _, file = part.rpartition("/")
    root = read_xml(archive, posixpath.join(folder, "_rels", file + ".rels"))
    found: dict[str, tuple[str, str]] = {}
    for relation in () if root is None else root:
        target, kind = relation.get("Target") or "", relation.get("Type") or ""
        if relation.get("TargetMode") == "External" or not target:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id") or ""] = (kind.rpartition("/")[2], path)
    return found


def main_part(archive: Archive, usual: str) -> Any:
    """The path and root of the main document; ``usual`` is where most programs put it."""
    targets = [path for kind, path in relations(archive, "").values() if kind == "officeDocument"]
    for path in (*targets, usual):
        root = read_xml(archive, path)
        if root is not None:
            return path, root
    raise corrupt(archive.name)


def _unsafe(name: str) -> ReadError:
    return ReadError(
        f"Tệp {name} chứa khai báo XML (DOCTYPE) mà Word và Excel không bao giờ ghi, nên không đọc. "
        "Hãy mở bằng Word hoặc Excel rồi lưu lại.",
        "unsafe_xml",
    )


def _etree() -> Any:
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingExtra('Đọc tệp Word và Excel cần gói lxml. Hãy chạy: pip install "ydan[office]"') from error
    return etree
