"""What can go wrong with a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """The base of all."""


class Unreachable(ClientError):
    """No answer came: the server cannot be reached, or the time ran out; also after all retries."""


class NotFinished(ClientError):
    """A job did not end within the time that was given to :meth:`~ydan_client.jobs.Jobs.wait`."""


class ApiError(ClientError):
    """The server refused. ``code`` is stable (docs/errors.md), ``detail`` says in Vietnamese what to do.

    ``request_id`` is what the server's administrator finds the request by; ``body`` the whole answer.
    """

    def __init__(
        self, status: int, code: str, title: str, detail: str, request_id: str, body: Mapping[str, Any]
    ) -> None:
        super().__init__(f"{status} {code}: {detail}" + (f" [{request_id}]" if request_id else ""))
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.request_id, self.body = request_id, body
