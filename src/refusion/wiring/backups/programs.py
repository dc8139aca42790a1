"""Runs ``pg_dump`` and ``pg_restore``: the installed wheel's, else the machine's; no password ever stands among arguments."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from refusion.wiring.database.addresses import parameters
from refusion.wiring.launcher.programs import INSTALLED, PACKAGE, installed_wheel
from refusion.wiring.trouble import NotReady, not_ready

_WORDS = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}


def run(program: str, role: str, database: str, *arguments: str) -> None:
    """Run a program as one of our roles. Raises NotReady with its last words where it fails."""
    given = parameters(role)
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "PGDATABASE": database}
    environment |= {variable: given[word] for word, variable in _WORDS.items() if word in given}
    done = subprocess.run(  # noqa: S603 (PostgreSQL's own program, arguments made here)
        [str(_found(program)), "--no-password", *arguments],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        words = [line for line in done.stdout.splitlines() if line.strip()]
        raise not_ready("backup.program_failed", program=program, reason=words[-1] if words else str(done.returncode))


def _found(program: str) -> Path:
    try:
        return Path(str(installed_wheel().locate_file(PACKAGE))) / INSTALLED / "bin" / program
    except NotReady:
        found = shutil.which(program)
    if found is None:
        raise not_ready("backup.no_program", program=program)
    return Path(found)
