"""A twin in a process of its own: start it, speak to its control door, stop or kill it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, cast
from urllib.parse import urlsplit

from refusion.rehearsal.host import CONTROL, LOOPBACK, Start

PATIENCE_SECONDS = 20
_OK = 200


@dataclass(frozen=True)
class TwinProcess:
    """A running twin; ``address`` is ``http://127.0.0.1:PORT``."""

    process: subprocess.Popen[str]
    address: str

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to the control door."""
        return order(self.address, name, **facts)

    def stop(self) -> None:
        """Tell it to end and wait until it has."""
        self.process.terminate()
        self._wait()

    def kill(self) -> None:
        """Kill it on the spot; its memory is as of the last finished request."""
        self.process.kill()
        self._wait()

    def _wait(self) -> None:
        self.process.wait(PATIENCE_SECONDS)
        if self.process.stdout is not None:
            self.process.stdout.close()


def spawn(start: Start) -> TwinProcess:
    """Start a twin and wait for its address. Raises OSError when it does not come up."""
    words = ["--state", str(start.state), "--day", start.day, "--port", str(start.port), "--seed", start.seed]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-m", "refusion.rehearsal.host", start.party, *words], stdout=subprocess.PIPE, text=True
    )
    twin = TwinProcess(process, process.stdout.readline().strip() if process.stdout else "")
    if not twin.address:
        twin.stop()
        raise OSError(f"the twin {start.party} did not start (exit code {process.returncode})")
    return twin


def order(address: str, name: str, **facts: object) -> dict[str, Any]:
    """Give an order to a twin's control door. Raises ValueError with its words when it refuses, OSError when it is away."""
    connection = HTTPConnection(LOOPBACK, urlsplit(address).port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("POST", CONTROL, body=json.dumps({"order": name, **facts}).encode())
        response = connection.getresponse()
        answer = cast("dict[str, Any]", json.loads(response.read()))
    finally:
        connection.close()
    if response.status != _OK:
        raise ValueError(answer["error"])
    return answer
