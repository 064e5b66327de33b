"""One attempt to deliver, with the standard library: no redirect is followed, nothing of the answer is kept."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress

from ydan import __version__
from ydan_service.programs.webhooks.addresses import Address

TIMEOUT = 10.0
"""Seconds that one step may take: to connect, to send, to wait for a line of the answer."""
MOST_SECONDS = 20.0
"""Seconds that all of it may take."""


class NotDelivered(Exception):
    """Nobody answered, or not in time; the message says why."""


def post(
    address: Address,
    headers: Mapping[str, str],
    body: bytes,
    timeout: float = TIMEOUT,
    most_seconds: float = MOST_SECONDS,
    tls: ssl.SSLContext | None = None,
) -> int:
    """Send and give back the status of the answer; its body is not read.

    :raises NotDelivered: there was no answer.
    """
    connection: http.client.HTTPConnection
    if address.scheme == "https":
        tls = tls or ssl.create_default_context()
        connection = http.client.HTTPSConnection(address.host, address.port, timeout=timeout, context=tls)
    else:
        connection = http.client.HTTPConnection(address.host, address.port, timeout=timeout)
    late = threading.Event()
    limit = threading.Timer(most_seconds, _cut, (connection, late))
    limit.daemon = True
    limit.start()
    try:
        connection.request(
            "POST",
            address.target,
            body,
            {
                "Host": address.shown,
                "Content-Type": "application/json",
                "User-Agent": f"ydan/{__version__}",
                "Connection": "close",
                **headers,
            },
        )
        status = connection.getresponse().status
        if late.is_set():  # cut in the middle of the head of an answer that had no end
            raise NotDelivered("timeout")
        return status
    except TimeoutError as error:
        raise NotDelivered("timeout") from error
    except ssl.SSLError as error:
        raise NotDelivered(f"tls: {error.reason or type(error).__name__}"[:200]) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered("timeout" if late.is_set() else type(error).__name__) from error
    finally:
        limit.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
