"""Serves the pages on this machine alone: one process with threads, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from getpass import getuser
from typing import Any

from gunicorn.app.base import BaseApplication

from refusion.values.languages import shell_language
from refusion.values.said import BadInput, Problem, Said, said
from refusion.wiring.texts import render

HERE = "127.0.0.1"
USUAL_PORT = 8000
PORTS_TRIED = 50
LAST_PORT = 65535
THREADS = 8
NO_LIMIT = 0
ServingAt = Callable[[str], AbstractContextManager[None]]
Tell = Callable[[Said], None]


@contextmanager
def unnoted(_address: str) -> Iterator[None]:
    """Leave no word of where the pages are served."""
    yield


def tell_shell(what: Said) -> None:
    """Say a line to whoever started us."""
    sys.stdout.write(render(what, shell_language(os.environ)) + "\n")
    sys.stdout.flush()


def serve(port: int | None = None, serving_at: ServingAt = unnoted, tell: Tell = tell_shell) -> str:
    """Serve the pages on the port, or the next free one, until Ctrl-C; gives the address that was served.

    Django is set up and the database up. Raises BadInput where no port is free.
    """
    listening = listen(USUAL_PORT if port is None else port)
    found = int(listening.getsockname()[1])
    address = f"http://{HERE}:{found}/"
    if found != (port or USUAL_PORT):
        tell(said("web.serve_port_taken", asked=port or USUAL_PORT, port=found))
    tell(said("web.serve_at", address=address))
    tell(said("web.serve_over_ssh", command=f"ssh -N -L {found}:{HERE}:{found} {getuser()}@{socket.gethostname()}"))
    with serving_at(address):
        _run(listening.detach())
    return address


def listen(first: int) -> socket.socket:
    """Listen on the first free port from one on; port 0 lets the machine choose. Raises BadInput where none is free."""
    for port in range(first, min(first + PORTS_TRIED, LAST_PORT + 1)):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((HERE, port))
            made.listen(socket.SOMAXCONN)
        except OSError:
            made.close()
        else:
            return made
    raise BadInput(Problem(said("web.serve_no_port"), said("web.serve_no_port_remedy"), value=str(first)))


def _run(listening: int) -> None:
    from django.db import connections

    # A connection must not be shared with the process that answers.
    connections.close_all()
    ours = os.getpid()
    try:
        _Server(listening).run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
        if os.getpid() != ours:
            os._exit(code)  # the one that answered: what we opened is ours to close, not its
        if code:
            raise


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn on a socket that listens already; what this process holds is handed on to its one worker."""

    def __init__(self, listening: int) -> None:
        self.listening = listening
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own choice."""
        chosen: dict[str, Any] = {
            "bind": [f"fd://{self.listening}"],
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": NO_LIMIT,  # a day of the demo may take longer than any limit
            "graceful_timeout": 3,
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the application that answers."""
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()

