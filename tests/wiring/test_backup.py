"""A backup is taken, lost rows are brought back, and whatever is not whole is refused with nothing changed."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from tests.wiring.installation import Installation

FOUND = """
from refusion.wiring.start import started
from uuid import uuid4
from refusion.workflow.ports.institution import Settings
with started():
    from refusion.wiring.founding import founded
    from refusion.wiring.house import House
    from refusion.wiring.parts import ports_of
    from refusion.wiring.clock import SystemClock
    from refusion.workflow.ports.institution import HOUSE
    founded("FJORD", "Fjord", uuid4(), ("99999999", "1000000000"), Settings(contact="x@eksempel.dk"))
    ports = ports_of(SystemClock())
    with ports.work("FJORD", HOUSE) as tx:
        tx.audit.note("try", "one", {"kroner": 1})
"""
LINES = """
from refusion.wiring.start import started
with started():
    from django.db import connections
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        print(cursor.fetchone()[0])
"""
LOSE = """
from refusion.wiring.start import started
with started():
    from django.db import connections
    with connections["migrator"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
"""


@pytest.fixture(scope="module")
def kept(installation: Installation) -> tuple[Installation, Path]:
    installation.run(FOUND)
    taken = installation.command("backup", "one.backup", "--json", "-")
    assert taken.returncode == 0, taken.stderr
    told = json.loads(taken.stdout)
    assert told["institutions"] == 1
    assert told["rows"] > 1
    return installation, installation.folder / "one.backup"


@pytest.mark.slow
def test_lost_rows_come_back_and_a_restore_can_be_undone(kept: tuple[Installation, Path]) -> None:
    installation, file = kept
    assert file.stat().st_mode & 0o077 == 0, "nobody but the owner reads it"
    had = installation.run(LINES)
    installation.run(LOSE)
    assert installation.run(LINES) == "0"
    refused = installation.command("restore", file.name)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert installation.run(LINES) == "0"
    done = installation.command("restore", file.name, "--replace", "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["institutions"] == 1
    assert installation.run(LINES) == had
    assert installation.command("restore", "--undo").returncode == 0
    assert installation.run(LINES) == "0"
    assert installation.command("restore", "--undo").returncode == 1, "once is enough"


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["cut", "changed", "other", "trail", "rows"])
def test_what_is_not_whole_is_refused(kept: tuple[Installation, Path], harm: str) -> None:
    installation, file = kept
    bad = harmed(file, harm)
    had = installation.run(LINES)
    refused = installation.command("restore", bad.name, "--replace")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "Traceback" not in refused.stderr
    assert installation.run(LINES) == had


@pytest.mark.slow
def test_a_backup_never_overwrites_another_and_needs_its_folder(kept: tuple[Installation, Path]) -> None:
    installation, file = kept
    before = file.read_bytes()
    assert installation.command("backup", file.name).returncode == 1
    assert installation.command("backup", "nowhere/two.backup").returncode == 1
    assert file.read_bytes() == before
    assert not list(file.parent.glob(".backup-*"))


def harmed(file: Path, harm: str) -> Path:
    """Make a copy of a backup with one harm done to it."""
    bad = file.with_name(f"{harm}.backup")
    raw = file.read_bytes()
    if harm == "cut":
        bad.write_bytes(raw[: len(raw) // 2])
    elif harm == "other":
        bad.write_bytes(b"not a backup at all")
    elif harm == "changed":
        place = len(raw) // 2
        bad.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    else:
        rewritten(file, bad, harm)
    return bad


def rewritten(file: Path, bad: Path, harm: str) -> None:
    """Let the manifest promise more than the dump holds."""
    with tarfile.open(file) as tar, tarfile.open(bad, "w") as out:
        for entry in tar:
            inside = tar.extractfile(entry)
            assert inside is not None
            content = inside.read()
            if entry.name == "manifest.json":
                told = json.loads(content)
                if harm == "rows":
                    told["rows"]["institution"] += 1
                else:
                    told["trails"] = {code: [last + 1, end] for code, (last, end) in told["trails"].items()}
                content = json.dumps(told).encode()
                entry.size = len(content)
            out.addfile(entry, io.BytesIO(content))
