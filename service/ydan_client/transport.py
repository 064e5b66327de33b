"""Calls with everything around them: the key or token, time limits, retries, problem details as exceptions.

A call is sent again when it did nothing yet or may be done twice: after 429 and 503, and after a broken connection,
since every POST of this client either only asks or carries an ``Idempotency-Key``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from ydan_client.errors import ApiError, ClientError, Unreachable

AGAIN = frozenset((429, 503))
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 60.0
"""Seconds; a longer ``Retry-After`` is not waited for: the error says how long."""
_BEFORE_EXPIRY = 30.0

Content = bytes | Iterable[bytes] | None


class Transport:
    """One server, one caller."""

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None,
        client_id: str | None,
        client_secret: str | None,
        timeout: float,
        retries: int,
        sleep: Callable[[float], None] = time.sleep,
        verify: Any = True,
    ) -> None:
        if key is not None and client_id is not None:
            raise ClientError("Give either key or client_id with client_secret, not both.")
        if (client_id is None) != (client_secret is None):
            raise ClientError("client_id and client_secret belong together.")
        self._key, self._token, self._token_until = key, "", 0.0
        self._credentials = None if client_id is None else (client_id, client_secret or "")
        self._retries, self._sleep = retries, sleep
        self.http = httpx2.Client(
            base_url=base_url.rstrip("/"),
            timeout=timeout,
            headers={"Accept": "application/json", "User-Agent": "ydan-client"},
            verify=verify,
        )

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | None] | None = None,
        headers: Mapping[str, str] | None = None,
        content: Callable[[], Content] | None = None,
        timeout: float | None = None,
        stream: bool = False,
    ) -> httpx2.Response:
        """The answer, if it is a success or 304; ``content`` gives the body anew for each attempt.

        With ``stream`` the caller reads the body, and closes the answer.

        :raises ApiError: the server refused.
        :raises Unreachable: no answer came.
        """
        attempt, renewed = 0, False
        while True:
            request = self.http.build_request(
                method,
                path,
                params={name: value for name, value in (params or {}).items() if value is not None},
                headers={**(headers or {}), **self._authorization()},
                content=content() if content is not None else None,
                timeout=httpx2.USE_CLIENT_DEFAULT if timeout is None else timeout,
            )
            try:
                answer = self.http.send(request, stream=True)
                if answer.status_code < 300 or answer.status_code == 304:
                    if not stream:
                        _read(answer)
                    return answer
                _read(answer)
            except httpx2.TransportError as error:
                if attempt >= self._retries:
                    raise Unreachable(f"{method} {path}: {type(error).__name__} {error}".rstrip()) from error
                self._sleep(pause(attempt))
                attempt += 1
                continue
            if answer.status_code == 401 and self._credentials is not None and not renewed:
                self._token, renewed = "", True  # revoked, or the server's clock is another
                continue
            wait = retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
            if not _again(answer) or attempt >= self._retries or (wait or 0) > LONGEST_PAUSE:
                raise error_of(answer)
            self._sleep(pause(attempt) if wait is None else wait)
            attempt += 1

    def _authorization(self) -> dict[str, str]:
        if self._credentials is not None:
            return {"Authorization": f"Bearer {self._access_token(self._credentials)}"}
        return {} if self._key is None else {"Authorization": f"Bearer {self._key}"}

    def _access_token(self, credentials: tuple[str, str]) -> str:
        if not self._token or time.monotonic() >= self._token_until:
            form = {"grant_type": "client_credentials"}
            try:
                answer = self.http.post("/v1/oauth/token", data=form, auth=credentials)
            except httpx2.TransportError as error:
                raise Unreachable(f"POST /v1/oauth/token: {type(error).__name__} {error}".rstrip()) from error
            if answer.status_code != 200:
                raise error_of(answer)
            found = answer.json()
            self._token = str(found["access_token"])
            self._token_until = time.monotonic() + max(float(found["expires_in"]) - _BEFORE_EXPIRY, 1.0)
        return self._token


def pause(attempt: int) -> float:
    """Seconds before the next attempt: doubled each time, spread by a half so that callers do not march in step.

    >>> 0.125 <= pause(0) <= 0.25 and 2.0 <= pause(4) <= 4.0 and pause(40) <= 60
    True
    """
    longest: float = min(FIRST_PAUSE * 2 ** min(attempt, 20), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)


def retry_after(said: str | None, moment: datetime) -> float | None:
    """Seconds that ``Retry-After`` asks for, as a number or a date; None where it says nothing sensible.

    >>> retry_after("7", datetime.now(UTC)), retry_after("soon", datetime.now(UTC))
    (7.0, None)
    """
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - moment).total_seconds())
    except (TypeError, ValueError):
        return None


def error_of(answer: httpx2.Response) -> ApiError:
    """Problem details, an OAuth error or any other answer as an exception."""
    try:
        body = answer.json()
    except ValueError:
        body = {}
    body = body if isinstance(body, dict) else {}
    code = body.get("code") or body.get("error") or f"http_{answer.status_code}"
    detail = body.get("detail") or body.get("error_description") or answer.text[:200]
    return ApiError(
        answer.status_code,
        str(code),
        str(body.get("title", "")),
        str(detail),
        answer.headers.get("x-request-id", ""),
        body,
    )


def _again(answer: httpx2.Response) -> bool:
    """Whether the same may succeed later: too fast, too busy, or its twin is still being done."""
    if answer.status_code == 409:
        return error_of(answer).code == "idempotency_conflict"
    return answer.status_code in AGAIN and error_of(answer).code != "selftest_failed"


def _read(answer: httpx2.Response) -> None:
    try:
        answer.read()
    finally:
        answer.close()
