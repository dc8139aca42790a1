"""Where the private server keeps its things, and whom it runs as."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from refusion.wiring.trouble import not_ready

STATE_VARIABLE = "REFUSION_STATE"
SHARED_HOME = Path("/var/lib/refusion")
LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"
ROOT = 0
OURS = "made-by-refusion"
LEFT_IN_STATE = ("keys.json", "socket-folder", "starting.lock", "users.lock")


@dataclass(frozen=True, slots=True)
class Account:
    """The account that the server runs as where we ourselves are root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one installation: ``state`` is ours, ``home`` belongs to the server."""

    state: Path
    home: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        """Name the folder of the database cluster."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Name the server's log."""
        return self.home / "server.log"

    @property
    def socket_note(self) -> Path:
        """Name the file that says where the socket's folder is."""
        return self.state / "socket-folder"


def places(environment: Mapping[str, str] | None = None) -> Places:
    """Find the places of the working folder, or of ``REFUSION_STATE`` where that is set."""
    chosen = (os.environ if environment is None else environment).get(STATE_VARIABLE)
    state = Path(chosen).absolute() if chosen else Path.cwd() / ".refusion"
    if os.geteuid() != ROOT:
        return Places(state, state / "server", None)
    home = state / "server" if chosen else SHARED_HOME / short_name(Path.cwd())
    return Places(state, home, account_without_rights())


def short_name(folder: Path) -> str:
    """Give the eight hexadecimal digits that stand for a folder."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]


def account_without_rights() -> Account:
    """Find the account ``nobody``; PostgreSQL refuses to run as root."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise not_ready("setup.no_nobody") from None
    return Account(entry.pw_uid, entry.pw_gid)


def make_folders(where: Places) -> None:
    """Make the folders with the rights they need; folders above ours are never changed."""
    make_private(where.state)
    if where.account is None:
        make_private(where.home)
        return
    parent = where.home.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        make_private(where.home)
    except OSError as error:
        raise not_ready("setup.no_server_home", folder=str(parent), reason=error.strerror) from error
    os.chown(where.home, where.account.uid, where.account.gid)
    if not reachable(where.home):
        raise not_ready("setup.home_out_of_reach", folder=str(where.home))


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that stands already is left as it is."""
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / OURS).touch()
        folder.chmod(0o700)


def reachable(folder: Path) -> bool:
    """Tell whether an account without rights gets through every folder above this one."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.parents)


def socket_folder(where: Places) -> Path:
    """Give the socket's own folder: the one noted last where it still stands and is ours, else a new one."""
    noted = noted_socket_folder(where)
    if noted is not None and is_private(noted, where):
        return noted
    folder = Path(tempfile.mkdtemp(prefix="refusion-", dir=temporary_folder(where)))
    if where.account is not None:
        os.chown(folder, where.account.uid, where.account.gid)
    where.socket_note.write_text(str(folder), encoding="utf-8")
    return folder


def noted_socket_folder(where: Places) -> Path | None:
    """Read where the socket's folder was last."""
    if not where.socket_note.exists():
        return None
    return Path(where.socket_note.read_text(encoding="utf-8").strip())


def is_private(folder: Path, where: Places) -> bool:
    """Tell whether a folder is a real one, the server's own and closed to others."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    status = folder.stat()
    owner = os.geteuid() if where.account is None else where.account.uid
    return status.st_uid == owner and status.st_mode & 0o077 == 0


def temporary_folder(where: Places) -> Path:
    """Choose a temporary folder that is short enough for a socket and that the server can reach."""
    tried = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108 (a 0700 folder with a chance name is made in it)
    for folder in tried:
        longest = len(os.fsencode(folder / "refusion-12345678" / SOCKET_NAME))
        if longest > LONGEST_SOCKET or not folder.is_dir():
            continue
        if where.account is None or (reachable(folder) and folder.stat().st_mode & 0o001):
            return folder
    raise not_ready("setup.no_socket_folder", folder=str(tried[0]))


def remove_socket_folder(where: Places) -> None:
    """Remove the socket's folder, where it is still ours."""
    noted = noted_socket_folder(where)
    if noted is not None and is_private(noted, where):
        shutil.rmtree(noted)


def remove_folders(where: Places) -> None:
    """Remove all that the launcher made, outside the working folder too; a folder that stood before us stays."""
    remove_socket_folder(where)
    if where.home.exists():
        shutil.rmtree(where.home)
    if (where.state / OURS).exists():
        shutil.rmtree(where.state)
    for name in LEFT_IN_STATE:
        (where.state / name).unlink(missing_ok=True)
    if where.home.parent == SHARED_HOME and SHARED_HOME.exists() and not any(SHARED_HOME.iterdir()):
        SHARED_HOME.rmdir()
