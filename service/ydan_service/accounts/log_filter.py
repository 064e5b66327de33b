"""Logs without people: phones, identity numbers, names, passwords and tokens are covered before a line is written.

:func:`install` covers every record as it is made, whichever handler writes it later: a filter on a logger does not see
what its children say, and the web server replaces its handlers when it starts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from ydan.documents.redact import named_people
from ydan.text import mask

COVER = "[đã che]"
_SECRET = re.compile(
    r"(?P<before>(?:\b|_)(?:password|mat_khau|code_verifier|api_key|token|secret|nonce|set-cookie|cookie|authorization)"
    r"[\"']?\s*[=:]\s*(?:Bearer |Basic )?+[\"']?+"
    r"|\b(?:__Host-)?ydan(?:-oidc)?=|[?&](?:code|state|session_state)=)"
    r"(?P<secret>(?!\[đã che)[^\s\"'&;,)}\]]+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?P<before>\b(?:Bearer|Basic) )(?P<secret>(?!\[đã che)[^\s\"',;]+)", re.IGNORECASE)
_LINK = re.compile(r"(?P<before>/start/)(?P<secret>[\w%.~-]+)")
_TOKEN = re.compile(r"(?<![\w-])(?P<before>)(?P<secret>[A-Za-z0-9_-]{43}|eyJ[\w-]+\.[\w-]+\.[\w-]*)(?![\w-])")
_KEY = re.compile(r"(?P<before>ydan_(?:key|secret|token)_)(?=[a-z_-]*[A-Z0-9])(?P<secret>[A-Za-z0-9_-]{7,})")
"""Secrets of other systems (``programs/keys.py``); six characters of one are kept readable on purpose."""
_DATABASE = re.compile(r"(?P<before>\w+://[^\s:/@]*:)(?P<secret>[^\s@/]+)(?=@)")
_PARAMETERS = re.compile(r"(?P<before>\[parameters: )(?P<secret>.*?)(?=\]\s*(?:\n|\(|$))", re.DOTALL)
_DETAIL = re.compile(r"(?P<before>(?:DETAIL|CONTEXT): +)(?P<secret>.*)")
_SURNAME = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Lương|Trịnh|Mai|Đào|Cao|Tạ|Lâm"
    "|Phùng|Tô|Vương|Quách|Thái|Nông|Lò|Vi|Hứa|Giàng|Vàng|Thào|Kiều|Tăng|Châu|Chu|Khổng|Nghiêm|Triệu|Lưu|Mạc|Quàng|Bạch"
)
_NAME = re.compile(rf"(?<!\w)(?P<before>)(?P<secret>(?:{_SURNAME})(?: [A-ZĐÀ-ỸƯƠ][^\W\d_]*){{1,4}})(?!\w)")
"""A full name without a title before it; in a log a street of that name may go too."""
_PATTERNS = (_PARAMETERS, _DETAIL, _DATABASE, _KEY, _SECRET, _BEARER, _LINK, _TOKEN, _NAME)


def cover(text: str) -> str:
    """``text`` as it may stand in a log.

    >>> cover("POST /start/abcdef?next=/ của ông Tạ Văn Mão, số 0912.345.678")
    'POST /start/[đã che]?next=/ của ông [đã che], số [điện thoại]'
    """
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: match["before"] + COVER, text)
    for name in sorted(named_people(text), key=len, reverse=True):
        text = text.replace(name, COVER)
    return mask(text).text


class Covering(logging.Filter):
    """Covers what a record says; on a handler, for those who do not call :func:`install`."""

    def filter(self, record: logging.LogRecord) -> bool:
        cover_record(record)
        return True


def cover_record(record: logging.LogRecord) -> None:
    """Cover message, arguments and traceback; the arguments keep their places, formatters of the web server count."""
    record.msg = cover(str(record.msg))
    if isinstance(record.args, Mapping):
        record.args = {name: _covered(value) for name, value in record.args.items()}
    elif record.args:
        record.args = tuple(_covered(value) for value in record.args)
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)  # formatters use it as it is
    if record.exc_text:
        record.exc_text = cover(record.exc_text)
    if record.stack_info:
        record.stack_info = cover(record.stack_info)


def install() -> None:
    """Cover every record of this process from now on; calling it twice changes nothing."""
    making = logging.getLogRecordFactory()
    if getattr(making, "covers", False):
        return

    def covering(*args: object, **values: object) -> logging.LogRecord:
        record: logging.LogRecord = making(*args, **values)
        cover_record(record)
        return record

    covering.covers = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(covering)


def _covered(value: object) -> object:
    """Numbers stay numbers; anything else stays what it is unless its words hide something."""
    if value is None or isinstance(value, int | float):
        return value
    said = str(value)
    clean = cover(said)
    return value if clean == said else clean
