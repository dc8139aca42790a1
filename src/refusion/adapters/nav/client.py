"""The one place that opens a socket to NAV: one request at a time, nothing sent twice, nothing followed."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer, local
from urllib.parse import urlsplit

from refusion.values.said import said
from refusion.workflow.ports.authority import Silence
from refusion.workflow.ports.norway.nav import NavAnswer, NavMessage

CORRELATION, CUT = "X-Korrelation", "X-Warning-limit-reached"
SIZE_LIMIT = 64 * 1024 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Client:
    """Speaks HTTP to one address of NAV. Without TLS it speaks to this machine only.

    ``seconds`` is the longest that a whole exchange may take; ``token`` gives the bearer token of each request, where
    one is needed. A connection is kept open between messages, one for each thread; nothing is repeated by the client.
    """

    def __init__(
        self, address: str, seconds: float = 30, tls: ssl.SSLContext | None = None, token: Callable[[], str] | None = None
    ) -> None:
        """Take the address ``https://host:port``; raises ValueError for any other, or for plain HTTP elsewhere."""
        place = urlsplit(address)
        if place.scheme not in {"http", "https"} or not place.hostname:
            raise ValueError("the address of NAV is https://host or https://host:port")
        if place.scheme == "http" and place.hostname not in _LOOPBACK:
            raise ValueError("NAV is spoken to without TLS on this machine only")
        self._place, self._seconds, self._token = place, seconds, token
        self._tls = (tls or ssl.create_default_context()) if place.scheme == "https" else None
        self._kept = local()

    def send(self, message: NavMessage) -> NavAnswer | Silence:
        """Send and wait for the whole answer; whatever goes wrong on the way is a silence, never an exception."""
        try:
            headers = self._headers(message)
            connection = self._connected()
        except OSError:  # TLS errors and time-outs among them
            return Silence(said("nav.unreachable"), sent=False)
        watchdog = Timer(self._seconds, _cut(connection))
        watchdog.daemon = True
        watchdog.start()
        try:
            answer = _exchange(connection, message, headers)
        except (OSError, HTTPException, ValueError):
            answer = Silence(said("nav.answer_missing"), sent=True)
        finally:
            watchdog.cancel()
        if isinstance(answer, Silence):
            self.close()
        return answer

    def close(self) -> None:
        """Close this thread's connection, if there is one."""
        connection: HTTPConnection | None = getattr(self._kept, "connection", None)
        self._kept.connection = None
        if connection is not None:
            connection.close()

    def _headers(self, message: NavMessage) -> dict[str, str]:
        correlation = sha256(f"{message.method} {message.path} ".encode() + message.raw).hexdigest()
        headers = {"Accept": message.accept, CORRELATION: correlation}
        if message.raw:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token()}"
        return headers

    def _connected(self) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is not None and connection.sock is not None and not _speaks(connection):
            return connection
        self.close()
        connection = self._made()
        connection.connect()
        self._kept.connection = connection
        return connection

    def _made(self) -> HTTPConnection:
        host, port = str(self._place.hostname), self._place.port
        if self._tls is not None:
            return HTTPSConnection(host, port, timeout=self._seconds, context=self._tls)
        return HTTPConnection(host, port, timeout=self._seconds)


def _speaks(connection: HTTPConnection) -> bool:
    """Tell whether a kept connection has something to say before it is asked: closed by them, or a late answer."""
    readable, _, _ = select.select([connection.sock], [], [], 0)
    return bool(readable)


def _cut(connection: HTTPConnection) -> Callable[[], None]:
    def cut() -> None:
        with suppress(OSError, AttributeError):  # gone already: the exchange ended as the time ran out
            connection.sock.shutdown(socket.SHUT_RDWR)

    return cut


def _exchange(connection: HTTPConnection, message: NavMessage, headers: dict[str, str]) -> NavAnswer | Silence:
    connection.request(message.method, message.path, body=message.raw or None, headers=headers)
    response = connection.getresponse()
    raw = _whole(response)
    if raw is None:
        return Silence(said("nav.answer_cut"), sent=True)
    if response.getheader(CORRELATION) not in {headers[CORRELATION], None}:
        return Silence(said("nav.answer_to_another"), sent=True)
    return NavAnswer(response.status, raw, cut=response.getheader(CUT) is not None)


def _whole(response: HTTPResponse) -> bytes | None:
    """Read all that was promised, or None when less came or more than is allowed."""
    raw = response.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT or response.length:
        return None
    return raw
