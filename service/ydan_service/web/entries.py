"""What a form sent, as values: words, days, numbers, files; a wrong one names its entry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from ydan_service.errors import Invalid


async def form(request: Request) -> AsyncIterator[FormData]:
    """The fields of a form, as they were sent; its files are closed after the request."""
    found = await request.form()
    try:
        yield found
    finally:
        await found.close()


Sent = Annotated[FormData, Depends(form)]


def text_of(sent: FormData, name: str, most: int = 20_000) -> str:
    """An entry's words; empty where there is none."""
    value = sent.get(name)
    return value.replace("\0", "")[:most].strip() if isinstance(value, str) else ""


def day_of(sent: FormData, name: str) -> date | None:
    """A day, as the browser's calendar writes it.

    :raises Invalid: it is none.
    """
    raw = text_of(sent, name, 40)
    if not raw:
        return None
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(raw, shape).date()
        except ValueError:
            continue
    raise Invalid("Ngày không đọc được. Hãy chọn trên lịch, hoặc nhập theo mẫu 05/03/2026.", name)


def moment_of(sent: FormData, name: str) -> datetime | None:
    """A moment that the page itself wrote; anything else counts as none."""
    try:
        found = datetime.fromisoformat(text_of(sent, name, 40))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def number_of(sent: FormData, name: str) -> int:
    """A number that the page itself wrote; anything else is 0."""
    raw = text_of(sent, name, 12)
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def file_of(sent: FormData, name: str, most: int) -> tuple[str, bytes] | None:
    """Name and bytes of a file, read up to one byte more than ``most``; None where none was chosen."""
    value = sent.get(name)
    if not isinstance(value, UploadFile) or not value.filename:
        return None
    return value.filename, value.file.read(most + 1)


def entries_of(sent: FormData) -> dict[str, str]:
    """All words of a form, to show it again."""
    return {name: value for name, value in sent.items() if isinstance(value, str) and name != "csrf_token"}
