"""A request's body, read up to what the settings allow."""

from __future__ import annotations

import json

from fastapi import Request

from ydan_service.problems import Problem


def kind_of(request: Request, otherwise: str) -> str:
    """The body's media type without its parameters, ``otherwise`` where none is named."""
    return request.headers.get("content-type", otherwise).partition(";")[0].strip().lower()


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body.

    :raises Problem: 413 when it is longer than ``most_bytes``.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            raise Problem(413, "too_large", f"Thân yêu cầu vượt {most_bytes} byte. Hãy chia thành nhiều lần gọi.")
    return bytes(body)


def json_of(body: bytes) -> object:
    """The JSON of a body.

    :raises Problem: 400 when it is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(
            400, "invalid_json", f"Thân yêu cầu không phải JSON hợp lệ: {str(error)[:120]}. Hãy sửa rồi gửi lại."
        ) from error


def check_count(count: int, most: int) -> None:
    """Whether one call may hold so many opinions.

    :raises Problem: 413 when it may not.
    """
    if count > most:
        raise Problem(
            413, "too_many_opinions", f"Có {count} ý kiến, mỗi lần gọi nhận tối đa {most}. Hãy chia thành nhiều lần."
        )
