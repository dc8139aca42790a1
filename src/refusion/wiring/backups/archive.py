"""The backup file: a tar of the database's dump and a manifest that says what must be found in it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from refusion.wiring.trouble import not_ready

FORM = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
LARGEST_MANIFEST = 1 << 24
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the version's mark, rows by table, and each institution's end of the audit trail."""

    form: int
    mark: str
    rows: Mapping[str, int]
    trails: Mapping[str, tuple[int, str]]
    sha256: str = ""


def write(file: Path, manifest: Manifest, dump: Path) -> None:
    """Write a backup under its final name as a whole or not at all, readable for its owner alone."""
    beside = file.with_name(f"{file.name}.part")
    complete = Manifest(**{**asdict(manifest), "sha256": digest(dump)})
    told = json.dumps(asdict(complete), sort_keys=True, indent=1).encode()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened, tarfile.open(fileobj=opened, mode="w") as tar:
        _add(tar, MANIFEST, told)
        tar.add(dump, DUMP, filter=_without_names)
        tar.close()
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)


def read(file: Path, folder: Path) -> tuple[Manifest, Path]:
    """Take manifest and dump out of a backup into a folder. Raises NotReady where it is not one, or not whole."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            manifest = _manifest(file, tar)
            dump = folder / DUMP
            _copy(tar, dump)
    except (tarfile.TarError, KeyError, ValueError, TypeError):
        raise not_ready("backup.not_a_backup", file=str(file)) from None
    if digest(dump) != manifest.sha256:
        raise not_ready("backup.changed", file=str(file))
    return manifest, dump


def digest(file: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _manifest(file: Path, tar: tarfile.TarFile) -> Manifest:
    inside = tar.extractfile(MANIFEST)
    facts = json.loads(inside.read(LARGEST_MANIFEST)) if inside else {}
    trails = {code: (int(last), str(end)) for code, (last, end) in facts["trails"].items()}
    if facts["form"] != FORM:
        raise not_ready("backup.other_form", file=str(file), found=int(facts["form"]))
    return Manifest(FORM, facts["mark"], facts["rows"], trails, facts["sha256"])


def _copy(tar: tarfile.TarFile, target: Path) -> None:
    inside = tar.extractfile(DUMP)
    if inside is None:
        raise KeyError(DUMP)
    with target.open("wb") as out:
        while chunk := inside.read(_CHUNK):
            out.write(chunk)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _without_names(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who made it and where: a backup travels."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
