"""The database cluster itself: made once, started on a socket of its own, stopped in order."""

from __future__ import annotations

import os
import pwd
import shutil
import time
from pathlib import Path

import psycopg

from refusion.wiring.launcher.places import SOCKET_NAME, Places, make_folders, socket_folder
from refusion.wiring.launcher.processes import PAUSE, clear, living_in
from refusion.wiring.launcher.programs import give_to, run
from refusion.wiring.trouble import not_ready

SUPERUSER = "postgres"
MAJOR_VERSION = "18"
START_LIMIT = 120.0
APPEARS_WITHIN = 3.0
SETTINGS = """
# Made by refusion; changes here are kept.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 96MB
wal_level = minimal
max_wal_senders = 0
jit = off
fsync = on
timezone = 'UTC'
log_timezone = 'UTC'
"""


def make(where: Places) -> None:
    """Make the cluster where there is none; one that was interrupted while being made is begun anew.

    Each beginning has a folder of its own: what makes the cluster outlives a killed command and may still write.
    """
    make_folders(where)
    if where.cluster.exists():
        check_version(where)
        return
    for begun in where.home.glob("data.part*"):
        shutil.rmtree(begun, ignore_errors=True)
    beside = where.home / f"data.part.{os.getpid()}.{time.monotonic_ns()}"
    made = run(
        where, "initdb", "--pgdata", str(beside), "--username", SUPERUSER, "--encoding", "UTF8",
        "--locale", "C.UTF-8", "--locale-provider", "builtin", "--auth", "reject", "--no-sync",
    )  # fmt: skip
    if made.returncode:
        raise not_ready("setup.cluster_not_made", reason=last_line(made.stdout))
    configure(beside, where)
    beside.rename(where.cluster)


def configure(folder: Path, where: Places) -> None:
    """Write the settings: no port, and only our own account of the machine may come in, as any role."""
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    (folder / "pg_hba.conf").write_text("local all all peer map=house\n", encoding="utf-8")
    (folder / "pg_ident.conf").write_text(f'house "{own_account_name()}" all\n', encoding="utf-8")
    if where.account is not None:
        give_to(folder, where.account)


def own_account_name() -> str:
    """Name the account that this process runs as, whatever the environment says."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise not_ready("setup.account_without_name", number=os.geteuid()) from None


def check_version(where: Places) -> None:
    """Refuse a cluster that another major version made."""
    version = (where.cluster / "PG_VERSION").read_text(encoding="utf-8").strip()
    if version != MAJOR_VERSION:
        raise not_ready("setup.cluster_of_other_version", found=version, needed=MAJOR_VERSION, folder=str(where.cluster))


def start(where: Places) -> tuple[Path, bool]:
    """Start the server where it does not run; give its socket's folder and whether it was started here."""
    make(where)
    folder = socket_folder(where)
    if joins(where, folder):
        return folder, False
    if not clear(where.cluster):
        raise not_ready("setup.orphans_stay", folder=str(where.cluster))
    for left in (where.cluster / "postmaster.pid", folder / SOCKET_NAME, folder / f"{SOCKET_NAME}.lock"):
        left.unlink(missing_ok=True)
    begun = run(where, "pg_ctl", "start", "--no-wait", "--silent", "--pgdata", str(where.cluster),
                "--log", str(where.log), "--options", f"-k {folder}")  # fmt: skip
    if begun.returncode:
        raise not_ready("setup.server_not_started", reason=last_line(begun.stdout), log=str(where.log))
    wait_until_ready(where, folder)
    return folder, True


def joins(where: Places, folder: Path) -> bool:
    """Join a running server, which may still be coming up; one that dies meanwhile is none."""
    until = time.monotonic() + START_LIMIT
    while postmaster(where) is not None and time.monotonic() < until:
        if _knock(folder) is None:
            return True
        time.sleep(PAUSE)
    return False


def postmaster(where: Places) -> int | None:
    """Give the process number of the running server, or None; a note left by a dead one does not count."""
    note = where.cluster / "postmaster.pid"
    if not note.exists():
        return None
    first = note.read_text(encoding="utf-8").partition("\n")[0].strip()
    number = int(first) if first.isdigit() else None
    return number if number in living_in(where.cluster) else None


def wait_until_ready(where: Places, folder: Path) -> None:
    """Wait until the server answers; it may first have to recover from a kill."""
    begun = time.monotonic()
    while (trouble := _knock(folder)) is not None:
        waited = time.monotonic() - begun
        died = waited > APPEARS_WITHIN and not living_in(where.cluster)
        if died or waited > START_LIMIT:
            raise not_ready("setup.server_not_started", reason=last_fatal(where.log) or trouble, log=str(where.log))
        time.sleep(PAUSE)


def _knock(folder: Path) -> str | None:
    try:
        psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return last_line(str(error))
    return None


def halt(where: Places) -> None:
    """Stop the server in order: sessions are ended, everything is written."""
    if postmaster(where) is None:
        return
    ended = run(where, "pg_ctl", "stop", "--silent", "--mode", "fast", "--wait", "--timeout", "60", "--pgdata", str(where.cluster))
    if ended.returncode and not clear(where.cluster):
        raise not_ready("setup.server_not_stopped", reason=last_line(ended.stdout))


def last_line(text: str) -> str:
    """Give the last line that says something; that what was made is taken away again says nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and "removing data directory" not in line]
    return lines[-1] if lines else ""


def last_fatal(log: Path) -> str:
    """Give the server's own last word on why it would not start, or nothing."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return last_line("\n".join(line.partition("FATAL:")[2] for line in text.splitlines()))
