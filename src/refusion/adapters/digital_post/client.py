"""The one place that opens a socket to Digital Post and Mit Sygefravær: one POST, nothing sent twice, nothing followed."""

from __future__ import annotations

import ssl
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from refusion.adapters.digital_post.codec import SIZE_LIMIT
from refusion.values.said import said
from refusion.workflow.ports.authority import Message, RawAnswer, Silence

PATH = "/digitalpost/"
CORRELATION = "X-Korrelation"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Client:
    """Speaks HTTP to one address; without TLS to this machine only. Each message has a connection of its own."""

    def __init__(self, address: str, seconds: float = 30, tls: ssl.SSLContext | None = None) -> None:
        """Take the address ``https://host:port``; raises ValueError for any other, or for plain HTTP elsewhere."""
        place = urlsplit(address)
        if place.scheme not in {"http", "https"} or not place.hostname:
            raise ValueError("the address of Digital Post is https://host or https://host:port")
        if place.scheme == "http" and place.hostname not in _LOOPBACK:
            raise ValueError("Digital Post is spoken to without TLS on this machine only")
        self._place, self._seconds = place, seconds
        self._tls = (tls or ssl.create_default_context()) if place.scheme == "https" else None

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send and wait for the whole answer; whatever goes wrong on the way is a silence, never an exception."""
        connection = self._made()
        try:
            connection.connect()
        except OSError:
            return Silence(said("post.unreachable"), sent=False)
        try:
            return _exchange(connection, message)
        except (OSError, HTTPException, ValueError):
            return Silence(said("post.answer_missing"), sent=True)
        finally:
            connection.close()

    def _made(self) -> HTTPConnection:
        host, port = str(self._place.hostname), self._place.port
        if self._tls is not None:
            return HTTPSConnection(host, port, timeout=self._seconds, context=self._tls)
        return HTTPConnection(host, port, timeout=self._seconds)


def _exchange(connection: HTTPConnection, message: Message) -> RawAnswer | Silence:
    correlation = sha256(message.operation.encode() + message.raw).hexdigest()
    headers = {"Content-Type": "application/json; charset=utf-8", CORRELATION: correlation}
    connection.request("POST", PATH + message.operation, body=message.raw, headers=headers)
    response = connection.getresponse()
    raw = response.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT or response.length:
        return Silence(said("post.answer_cut"), sent=True)
    if response.getheader(CORRELATION) not in {correlation, None}:
        return Silence(said("post.answer_to_another"), sent=True)
    return RawAnswer(response.status, raw)
