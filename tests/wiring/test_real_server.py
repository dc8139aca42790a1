"""The deployment page's commands, on a PostgreSQL server of its own over TCP, with workers in folders of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from refusion.wiring.launcher.places import make_folders, places
from refusion.wiring.launcher.programs import run
from tests.wiring.installation import Installation

TOP = Path(__file__).resolve().parents[2]
PASSWORDS = {name: f"only-for-this-test-{name}" for name in ("postgres", "app", "migrator", "worker", "backup")}
KEYS = "from pathlib import Path; from refusion.wiring.keys import make_key_file; make_key_file(Path('keys.json'))"


@dataclass(frozen=True)
class RealServer:
    """A server that is spoken to over TCP, with a password."""

    port: int

    def address(self, name: str) -> str:
        """Give the address of one of our roles."""
        return f"postgresql://refusion_{name}:{PASSWORDS[name]}@127.0.0.1:{self.port}/refusion"

    def environment(self, keys: Path) -> dict[str, str]:
        """Give what /etc/refusion/environment holds."""
        named = {"DATABASE_URL": "app", "DATABASE_MIGRATOR_URL": "migrator", "DATABASE_WORKER_URL": "worker", "DATABASE_BACKUP_URL": "backup"}
        return {variable: self.address(name) for variable, name in named.items()} | {
            "REFUSION_KEY_FILE": str(keys),
            # Nobody listens there: the workers go on without the authority.
            "REFUSION_NEMREFUSION_URL": f"http://127.0.0.1:{free_port()}",
        }

    @property
    def superuser(self) -> str:
        """Give the superuser's address."""
        return f"postgresql://postgres:{PASSWORDS['postgres']}@127.0.0.1:{self.port}/postgres"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def real_server() -> Iterator[RealServer]:
    folder = Path(tempfile.mkdtemp(prefix="refusion-real-", dir="/var/tmp"))
    folder.chmod(0o711)
    where = places({"REFUSION_STATE": str(folder / "state")})
    (folder / "state").mkdir(mode=0o711)
    make_folders(where)
    secret = where.home / "secret"
    secret.write_text(PASSWORDS["postgres"])
    if where.account is not None:
        os.chown(secret, where.account.uid, where.account.gid)
    made = run(where, "initdb", "--pgdata", str(where.cluster), "--username", "postgres", "--pwfile", str(secret),
               "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
    assert made.returncode == 0, made.stdout
    port = free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    begun = run(where, "pg_ctl", "start", "--wait", "--silent", "--pgdata", str(where.cluster), "--log", str(where.log), "--options", options)
    assert begun.returncode == 0, begun.stdout
    yield RealServer(port)
    run(where, "pg_ctl", "stop", "--mode", "immediate", "--pgdata", str(where.cluster))
    shutil.rmtree(folder)


@pytest.mark.slow
def test_the_deployment_pages_commands(real_server: RealServer, tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    house.folder.mkdir()
    house.run(KEYS)
    given = real_server.environment(house.folder / "keys.json")

    prepared = house.command("database", "prepare", DATABASE_SUPERUSER_URL=real_server.superuser, **given)
    assert prepared.returncode == 0, prepared.stderr
    founded = house.command(
        "institution", "found", "FJORD", "--name", "Fjordmuseet", "--company-number", "13585628", "--unit-number", "1003404532",
        "--contact", "refusion@eksempel.dk", **given,
    )  # fmt: skip
    assert founded.returncode == 0, founded.stderr
    workers = [begun(tmp_path / f"worker-{number}", given | {"REFUSION_WORKER": "1"}, "worker", "--every", "1") for number in (1, 2)]
    pages = begun(tmp_path / "pages", given, "serve", "--port", str(free_port()))
    try:
        assert [worker.stdout.readline().startswith("Works until") for worker in workers if worker.stdout] == [True, True]
        assert pages.stdout is not None
        said = pages.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert address, said
        asked = HTTPConnection("127.0.0.1", int(address[1]), timeout=60)
        asked.request("GET", "/health")
        assert asked.getresponse().read() == b"well\n"
        asked.close()
        taken = house.command("backup", "one.backup", "--json", "-", **given)
        assert taken.returncode == 0, taken.stderr
        assert json.loads(taken.stdout)["institutions"] == 1
        busy = house.command("restore", "one.backup", "--replace", DATABASE_SUPERUSER_URL=real_server.superuser, **given)
        assert busy.returncode == 1, ([ended(process) for process in workers], "who works is not robbed of his database")
    finally:
        ends = [ended(process) for process in (*workers, pages)]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    back = house.command("restore", "one.backup", "--replace", DATABASE_SUPERUSER_URL=real_server.superuser, **given)
    assert back.returncode == 0, back.stderr
    assert "FJORD" in house.command("institution", "list", **given).stdout
    refused = house.command("demo", "--no-serve", **given)
    assert refused.returncode == 1, "a demo never touches a real database"


def begun(folder: Path, given: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """Begin a command in a folder of its own, its lines unbuffered."""
    folder.mkdir()
    program = "from refusion.doors.cli.main import run; run()"
    environment = Installation(folder).environment(**given, PYTHONUNBUFFERED="1", REFUSION_LANGUAGE="en")
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], cwd=folder, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Tell a process to end as a service manager does; gives its exit code and what it said since."""
    process.send_signal(signal.SIGTERM)
    printed, _ = process.communicate(timeout=60)
    return process.returncode, printed


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze on this machine")
def test_the_units_are_as_systemd_wants_them(tmp_path: Path) -> None:
    for unit in sorted((TOP / "deploy").glob("*.service")):
        words = unit.read_text(encoding="utf-8")
        assert "/opt/refusion/.venv/bin/refusion" in words
        name = unit.name.replace("@.", "@1.")
        (tmp_path / name).write_text(words.replace("/opt/refusion/.venv/bin/refusion", sys.executable).replace("User=refusion", "User=root").replace("Group=refusion", "Group=root"), encoding="utf-8")
        checked = subprocess.run(["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False)
        assert (checked.returncode, [line for line in checked.stderr.splitlines() if name in line]) == (0, []), checked.stderr


def test_the_example_names_every_variable_of_a_server() -> None:
    written = (TOP / "deploy" / "environment.example").read_text(encoding="utf-8")
    assert {line.partition("=")[0] for line in written.splitlines() if line and not line.startswith("#")} >= {
        "DATABASE_URL", "DATABASE_MIGRATOR_URL", "DATABASE_WORKER_URL", "DATABASE_BACKUP_URL", "REFUSION_KEY_FILE", "REFUSION_HOSTS",
    }  # fmt: skip
