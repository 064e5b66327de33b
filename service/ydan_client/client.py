"""The client."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, cast, overload

from ydan_client.answers import Classified, Label, Minutes, Opinion, Result, Session
from ydan_client.jobs import Jobs, numbered
from ydan_client.transport import Transport

AT_ONCE = 500
"""Opinions in one call; more are sent in several."""


class Client:
    """One server, called by one system. Use it as a context manager, or :meth:`close` it.

    :param key: a caller's key, or the server's ``YDAN_API_KEY``.
    :param client_id: with ``client_secret`` instead of a key: a token is fetched and renewed (OAuth 2.0).
    :param timeout: seconds that connecting, sending or waiting for the next bytes may take.
    :param retries: how often a call is sent again that came too fast, met a busy server or a broken connection.
    :param sleep: how pauses are made; a test may pass its own.
    :param verify: certificates of HTTPS, as httpx takes it (a ``ssl.SSLContext`` for an office's own authority).
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        timeout: float = 60.0,
        retries: int = 5,
        sleep: Callable[[float], None] = time.sleep,
        verify: Any = True,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._transport = Transport(
            self.base_url,
            key=key,
            client_id=client_id,
            client_secret=client_secret,
            timeout=timeout,
            retries=retries,
            sleep=sleep,
            verify=verify,
        )
        self._known: dict[str, tuple[str, dict[str, Any]]] = {}
        self.jobs = Jobs(self._transport)

    def close(self) -> None:
        """Give back the connections."""
        self._transport.http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def classify(self, opinions: Iterable[str | Opinion], session: Session | None = None) -> Classified:
        """One result for each opinion, in order: an assessment, or ``error``. Texts get their place as id."""
        rows = list(numbered(opinions))
        whole = self._classify(rows[:AT_ONCE], session)
        for begin in range(AT_ONCE, len(rows), AT_ONCE):
            whole["results"] += self._classify(rows[begin : begin + AT_ONCE], session)["results"]
        return whole

    def classify_stream(
        self, opinions: Iterable[str | Opinion], session: Session | None = None, at_once: int = 200
    ) -> Iterator[Result]:
        """The same without end: ``at_once`` opinions are taken, sent and answered, then the next; memory stays flat."""
        rows = numbered(opinions)
        while some := list(islice(rows, at_once)):
            yield from self._classify(some, session)["results"]

    @overload
    def label(self, text: str, field: str = "topic", session: Session | None = None) -> Label: ...

    @overload
    def label(self, text: list[str], field: str = "topic", session: Session | None = None) -> list[Label]: ...

    def label(self, text: str | list[str], field: str = "topic", session: Session | None = None) -> Label | list[Label]:
        """The label in short, of ``field`` topic, type, level or matter."""
        params = {"field": field, **cast("dict[str, str | None]", session or {})}
        return cast("Label | list[Label]", self._post("/v1/label", {"text": text}, params=params))

    def minutes(
        self,
        file: str | Path,
        *,
        host_level: Literal["commune", "district", "province"] | None = None,
        date: str | None = None,
        province: str | None = None,
        timeout: float = 300.0,
    ) -> Minutes:
        """A file of minutes (.docx .pdf .xlsx .txt …): the meeting and its opinions with their assessments."""
        path = Path(file)
        data = path.read_bytes()
        answer = self._transport.call(
            "POST",
            "/v1/minutes",
            params={"name": path.name, "host_level": host_level, "date": date, "province": province},
            headers={"Content-Type": "application/octet-stream"},
            content=lambda: data,
            timeout=timeout,
        )
        return cast(Minutes, answer.json())

    def feedback(
        self,
        items: Iterable[Mapping[str, Any]],
        session: Session | None = None,
        idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """What people decided: items of ``id``, ``text`` and ``final`` (``{"topic": …, "type": …, "level": …}``)."""
        body = {"session": session or {}, "items": [dict(item) for item in items]}
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        return cast("dict[str, Any]", self._post("/v1/feedback", body, headers=headers))

    def competence(
        self, matter: str, *, date: str | None = None, province: str | None = None, host_level: str | None = None
    ) -> dict[str, Any]:
        """Who is competent for a matter on a day, and what that rests on."""
        params = {"date": date, "province": province, "host_level": host_level}
        return cast("dict[str, Any]", self._transport.call("GET", f"/v1/competence/{matter}", params=params).json())

    def taxonomy(self) -> dict[str, Any]:
        """Every id that an answer can hold; fetched again only when it has changed."""
        return self._cached("/v1/taxonomy")

    def model(self) -> dict[str, Any]:
        """The model card; fetched again only when it has changed."""
        return self._cached("/v1/model")

    def selftest(self, *, fresh: bool = False) -> dict[str, Any]:
        """The proof that the loaded model is the one that was measured.

        :raises ApiError: ``selftest_failed``, it is not.
        """
        params = {"fresh": "true" if fresh else None}
        return cast("dict[str, Any]", self._transport.call("GET", "/v1/selftest", params=params).json())

    def _classify(self, rows: list[dict[str, Any]], session: Session | None) -> Classified:
        return cast(Classified, self._post("/v1/classify", {"session": session or {}, "opinions": rows}))

    def _post(
        self,
        path: str,
        body: object,
        params: Mapping[str, str | None] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> object:
        data = json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        found: object = self._transport.call("POST", path, params=params, headers=sent, content=lambda: data).json()
        return found

    def _cached(self, path: str) -> dict[str, Any]:
        tag, known = self._known.get(path, ("", {}))
        answer = self._transport.call("GET", path, headers={"If-None-Match": tag} if tag else None)
        if answer.status_code == 304:
            return known
        found = cast("dict[str, Any]", answer.json())
        if "etag" in answer.headers:
            self._known[path] = (answer.headers["etag"], found)
        return found
