"""What is examined on the machine itself: Python, packages, files, space, keys."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from refusion.wiring import texts
from refusion.wiring.clock import SystemClock
from refusion.wiring.database import is_private
from refusion.wiring.doctor.finding import Finding, ill, well
from refusion.wiring.keys import key_file, read_vault
from refusion.wiring.launcher.places import places
from refusion.wiring.trouble import NotReady

OLDEST_PYTHON = (3, 11)
SPACE_NEEDED_MB = 2048
MB = 1024 * 1024
FIRST_SANE_YEAR = 2024
PACKAGE = Path(__file__).resolve().parents[2]
FRONT_END = PACKAGE / "doors" / "web" / "static" / "vendor"
FRONT_END_FILES = ("dkfds/css/dkfds.min.css", "dkfds/js/dkfds.min.js", "dkfds/img/all-svg-icons.svg")
SCHEMAS = PACKAGE / "adapters" / "bank" / "schemas"
SCHEMAS_NEEDED = (
    *(f"camt.{kind}.001.{version}.xsd" for kind in ("053", "054") for version in ("02", "04", "08")),
    "pain.001.001.03.xsd",
    "pain.001.001.09.xsd",
)
PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^;\s]+)")


def python() -> Finding:
    """Examine the version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    needed = ".".join(map(str, OLDEST_PYTHON))
    return (well if sys.version_info >= OLDEST_PYTHON else ill)("python", found=found, needed=needed)


def packages() -> Finding:
    """Examine whether each package is there in the version that this product was tested with."""
    pins = [found.groups() for line in importlib.metadata.requires("refusion") or [] if (found := PIN.match(line))]
    wrong = [f"{name} {_version(name)} (≠ {version})" for name, version in pins if _version(name) != version]
    return ill("packages", packages=", ".join(wrong)) if wrong else well("packages", number=len(pins))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "–"


def front_end() -> Finding:
    """Examine whether the front end's files are there."""
    return _files("front_end", FRONT_END, FRONT_END_FILES)


def schemas() -> Finding:
    """Examine whether the bank messages' ISO schemas are there."""
    return _files("schemas", SCHEMAS, SCHEMAS_NEEDED)


def _files(topic: str, folder: Path, names: tuple[str, ...]) -> Finding:
    lacking = [name for name in names if not (folder / name).exists()]
    return ill(topic, files=", ".join(lacking), folder=str(folder)) if lacking else well(topic, number=len(names))


def catalogues() -> Finding:
    """Examine whether the texts are compiled since they were last changed."""
    sources = sorted(texts.LOCALE.glob("*/LC_MESSAGES/*.po"))
    stale = [source for source in sources if not _is_fresh(source)]
    names = ", ".join(f"{source.parent.parent.name}/{source.stem}" for source in stale)
    return ill("catalogues", files=names) if stale or not sources else well("catalogues", number=len(sources))


def _is_fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def keys() -> Finding:
    """Examine the key file: named, there, closed to others, readable."""
    try:
        file = key_file()
        if is_private() and not file.exists():
            return ill("keys", file=str(file))
        vault = read_vault(file)
    except NotReady as error:
        problem = error.problems[0]
        return Finding("keys", well=False, seen=problem.what, remedy=problem.remedy)
    return well("keys", file=str(file), number=len(vault.masters))


def space() -> Finding:
    """Examine the free space where the state is kept."""
    folder = places().state
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // MB
    return (well if free >= SPACE_NEEDED_MB else ill)("space", free_mb=free, needed_mb=SPACE_NEEDED_MB, folder=str(folder))


def clock() -> Finding:
    """Examine the clock and the table of time zones."""
    try:
        ZoneInfo("Europe/Copenhagen")
    except ZoneInfoNotFoundError:
        return ill("clock", seen="Europe/Copenhagen")
    today = SystemClock().today()
    return (well if today.year >= FIRST_SANE_YEAR else ill)("clock", seen=today)
