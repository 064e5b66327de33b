"""A file out of a request: a form with one file in it, or the bare bytes with the type of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from ydan.minutes.readers import READABLE
from ydan_service.problems import Problem
from ydan_service.routes.body import kind_of, read_body

FORM = "multipart/form-data"
SUFFIXES: Mapping[str, str] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-word.document.macroenabled.12": ".docm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""Media type → the ending that the readers go by."""
BYTES = "application/octet-stream"
_FIELDS = 8
_ROOM = 65_536
"""Bytes of a form beside its file."""


class Upload(NamedTuple):
    """A file's bytes, its name, and the other fields of the form."""

    data: bytes
    name: str
    fields: Mapping[str, str]


async def read_upload(request: Request, most_bytes: int, name: str | None) -> Upload:
    """The file that a request brings; ``name`` is how the address calls it.

    :raises Problem: 413 too large, 415 neither a form nor a type that is read, 422 a form without a file.
    """
    kind = kind_of(request, BYTES)
    if kind == FORM:
        return await _from_form(request, most_bytes, name)
    suffix = SUFFIXES.get(kind)
    if suffix is None and (kind != BYTES or name is None):
        raise Problem(
            415,
            "unsupported_media_type",
            f"Không nhận {kind}. Hãy gửi {FORM} với mục “file”, hoặc thân là tệp với Content-Type của tệp "
            f"({', '.join(READABLE)}), hoặc {BYTES} kèm ?name=bien-ban.docx.",
        )
    return Upload(await read_body(request, most_bytes), name or f"bien-ban{suffix}", {})


async def _from_form(request: Request, most_bytes: int, name: str | None) -> Upload:
    limited = Request(request.scope, _limited(request, most_bytes + _ROOM))
    try:
        form = await limited.form(max_files=1, max_fields=_FIELDS, max_part_size=_ROOM)
    except HTTPException as error:
        raise Problem(
            422, "invalid_request", f"Biểu mẫu không đọc được ({error.detail}). Hãy sửa rồi gửi lại."
        ) from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Problem(422, "missing_file", "Biểu mẫu không có tệp. Hãy gửi tệp biên bản trong mục “file”.")
        data = await file.read()
        if len(data) > most_bytes:
            raise _too_large(most_bytes)
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        return Upload(data, name or file.filename or "bien-ban", fields)
    finally:
        await form.close()


def _limited(request: Request, most_bytes: int) -> Receive:
    """The request's ``receive``, which ends in a problem once the body is longer than ``most_bytes``."""
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most_bytes:
            raise _too_large(most_bytes)
        return message

    return receive


def _too_large(most_bytes: int) -> Problem:
    return Problem(
        413, "too_large", f"Tệp lớn hơn {most_bytes} byte (YDAN_MOST_FILE_BYTES). Hãy bỏ bớt ảnh hoặc tách tệp."
    )
