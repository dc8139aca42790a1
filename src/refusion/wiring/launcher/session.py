"""Who uses the server: each command holds a share, the first one starts it and the last one to leave stops it."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from refusion.wiring.launcher.cluster import halt, start
from refusion.wiring.launcher.places import Places, make_private, places, remove_folders, remove_socket_folder
from refusion.wiring.trouble import not_ready

SOCKET_VARIABLE = "REFUSION_SOCKET"
LOCK = "starting.lock"
SHARES = "users.lock"


@dataclass(frozen=True, slots=True)
class Server:
    """The running server: the folder of its socket, and whether this command started it."""

    socket: Path
    started_here: bool


@dataclass(frozen=True, slots=True)
class _Share:
    where: Places
    file: int
    process: int
    server: Server


_shares: dict[Path, _Share] = {}


def ensure() -> Server:
    """Start the private server or join the running one, and hold a share in it until :func:`stop`.

    The share is a lock on a file, so a killed command gives it back by dying. Asked again it only makes
    sure that the server still runs. Raises NotReady with a remedy where the machine lacks something.
    """
    where = places()
    with alone(where):
        folder, started = start(where)
        held = _shares.get(where.state)
        if held is None or held.process != os.getpid():
            held = _Share(where, _take_share(where), os.getpid(), Server(folder, started))
            _shares[where.state] = held
    os.environ[SOCKET_VARIABLE] = str(folder)
    return held.server


def _take_share(where: Places) -> int:
    file = os.open(where.state / SHARES, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def stop() -> bool:
    """Give the share back; the last one to leave stops the server. Tell whether it was stopped."""
    where = places()
    held = _shares.get(where.state)
    if held is None or held.process != os.getpid():
        return False  # a forked child never gives back what its parent holds
    with alone(where):
        del _shares[where.state]
        os.close(held.file)
        if in_use(where):
            return False
        halt(where)
        remove_socket_folder(where)
    return True


def in_use(where: Places) -> bool:
    """Tell whether any command holds a share in the server."""
    if not (where.state / SHARES).exists():
        return False
    file = os.open(where.state / SHARES, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def remove() -> None:
    """Stop the server and remove all that it and we made, outside the working folder too.

    Raises NotReady while another command uses the server.
    """
    where = places()
    stop()
    if where.state.exists():
        with alone(where):
            if in_use(where):
                raise not_ready("setup.server_in_use")
            halt(where)
            remove_folders(where)


def set_aside() -> None:
    """Put a cluster whose key file is gone out of the way; what it sealed cannot be read without that file.

    This happens when the working folder was removed and made anew. Raises NotReady while another command uses it.
    """
    where = places()
    if not where.cluster.exists():
        return
    with alone(where):
        if in_use(where):
            raise not_ready("setup.key_file_lost")
        halt(where)
        aside = where.home / "without-keys"
        if aside.exists():
            shutil.rmtree(aside)
        where.cluster.rename(aside)
    logging.getLogger(__name__).warning("A database without its key file was set aside in %s", aside)


@contextmanager
def alone(where: Places) -> Iterator[None]:
    """Hold the lock under which the server is started, stopped and prepared; it falls with its holder."""
    file = _locked(where)
    try:
        yield
    finally:
        os.close(file)


def _locked(where: Places) -> int:
    """Take the lock; one whose file was removed while we waited locks nothing, so it is asked for again."""
    while True:
        make_private(where.state)
        file = os.open(where.state / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            return file
        os.close(file)
