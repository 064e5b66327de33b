"""Answers that change only with the model, the table or the labels: made once, and not sent again to who has them.

The ETag is strong: the SHA-256 of the bytes. ``Cache-Control: private, no-cache`` lets a caller keep an answer and
makes it ask each time; mostly the answer is 304 without a body.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from fastapi import Request
from starlette.responses import Response

from ydan.predictor import Predictor
from ydan_service.responses import encode

_TAG = re.compile(r'(?:W/)?("[^"]*")')
LANGUAGES = ("vi", "en")


def made_once(
    request: Request, name: str, make: Callable[[Predictor], dict[str, Any]], language: str = "vi"
) -> Response:
    """What ``make`` gives, made once for the model that is loaded."""
    state = request.app.state
    if not hasattr(state, "made"):
        state.made = {}
    kept: dict[str, tuple[Predictor, bytes]] = state.made
    predictor: Predictor = state.predictor
    found = kept.get(name)
    if found is None or found[0] is not predictor:
        found = kept[name] = (predictor, encode(make(predictor)))
    return send(request, found[1], language)


def send(request: Request, body: bytes, language: str = "vi") -> Response:
    """JSON with its ETag, or 304 where the caller has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Language": language,
        "Vary": "Accept-Language, Authorization",
    }
    if has(request.headers.get("if-none-match", ""), tag):
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type="application/json")


def has(given: str, tag: str) -> bool:
    """Whether an ``If-None-Match`` names the tag (RFC 9110: compared weakly, ``*`` is any).

    >>> has('W/"a", "b"', '"b"'), has("*", '"b"'), has('"c"', '"b"')
    (True, True, False)
    """
    return given.strip() == "*" or tag in _TAG.findall(given)


def language_of(request: Request) -> str:
    """The language that the caller likes best of those that there are; Vietnamese unless said."""
    best, weight = "vi", 0.0
    for part in request.headers.get("accept-language", "").lower().split(","):
        name, _, rest = part.strip().partition(";")
        language = name.partition("-")[0].strip()
        try:
            liking = float(rest.partition("=")[2]) if rest else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and liking > weight:
            best, weight = language, liking
    return best
