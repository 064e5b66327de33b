"""The pages' language. Message ids are the Vietnamese sentences themselves; English is in ``locale/en.po``.

``_`` may be called anywhere while a request is answered: in templates, macros and routes.

>>> _("Hội nghị")
'Hội nghị'
>>> with speaking("en"):
...     _("Hội nghị"), number(1234.5), share(0.256)
('Meetings', '1,234.5', '26%')
>>> number(1234.5), share(0.256)
('1.234,5', '26%')
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from importlib import resources

from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from starlette.requests import Request

from ydan_service.accounts import gate

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "ydan_language"
VIETNAM = timezone(timedelta(hours=7))
"""All year, so that no zone database is needed (Windows has none)."""
here: ContextVar[Request | None] = ContextVar("here", default=None)
"""The request that is being answered; :mod:`ydan_service.web.headers` sets it."""
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str:
    """What to speak: as :func:`speaking` says, else the account's language, else the cookie's, else Vietnamese."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    request = here.get()
    return "vi" if request is None else language_of(request)


def language_of(request: Request) -> str:
    """The language of the person who asks."""
    person = gate.current(request)
    wanted = person.language if person is not None else request.cookies.get(COOKIE, "vi")
    return wanted if wanted in LANGUAGES else "vi"


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak one language inside, whoever asks."""
    token = _spoken.set(wanted)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str, **values: object) -> str:
    """The sentence in the request's language, with ``%(name)s`` filled in; without a translation as it is."""
    found = english().get(message, message) if language() == "en" else message
    return found % values if values else found


_ = gettext


@cache
def english() -> dict[str, str]:
    """Vietnamese → English; read once."""
    with resources.files("ydan_service.web").joinpath("locale/en.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    return {str(entry.id): str(entry.string) for entry in catalog if entry.id and entry.string}


def number(value: float | None, digits: int | None = None) -> str:
    """``1.234,5``; at most three digits after the comma, or exactly ``digits``. Nothing for ``None``."""
    if value is None:
        return ""
    pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _decimal(value, pattern, language())


@lru_cache(4096)
def _decimal(value: float, pattern: str, spoken: str) -> str:
    # a page shows the same small numbers hundreds of times
    return format_decimal(value, pattern, locale=spoken)


def share(value: float | None, digits: int = 0) -> str:
    """A part of one in percent: ``25,6%``."""
    return "" if value is None else number(value * 100, digits) + "%"


def day(value: date | None) -> str:
    """``05/03/2026``, in both languages; a moment is shown as the day in Vietnam."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM)
    return "" if value is None else value.strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """``14:05 05/03/2026``, Vietnam's time."""
    return "" if value is None else value.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
