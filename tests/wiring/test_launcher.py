"""The private server: started once, shared, stopped by its last user, and whole again after any kill."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.wiring.installation import Installation

HOLD = """
import psycopg, sys
from refusion.wiring.launcher import ensure, stop
server = ensure()
print(server.socket, server.started_here, flush=True)
sys.stdin.readline()
print(stop(), flush=True)
"""
JOIN = """
from refusion.wiring.launcher import ensure, stop
server = ensure()
print(server.started_here, stop())
"""
WRITE = """
import psycopg
from refusion.wiring.launcher import ensure
connection = psycopg.connect(host=str(ensure().socket), user="postgres", autocommit=True)
connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
"""
COUNT = """
import psycopg
from refusion.wiring.launcher import ensure, stop
with psycopg.connect(host=str(ensure().socket), user="postgres") as connection:
    print(connection.execute("SELECT count(*) FROM kept").fetchone()[0])
stop()
"""
POSTMASTER = """
from refusion.wiring.launcher.cluster import postmaster
from refusion.wiring.launcher.places import places
print(postmaster(places()))
"""


def held(installation: Installation, **more: str) -> tuple[subprocess.Popen[str], Path, bool]:
    process = installation.begin(HOLD, **more)
    assert process.stdout is not None
    words = process.stdout.readline().split()
    if not words:
        raise AssertionError(process.communicate()[1])
    return process, Path(words[0]), words[1] == "True"


def let_go(process: subprocess.Popen[str]) -> bool:
    printed, complained = process.communicate("\n", timeout=60)
    assert process.returncode == 0, complained
    return printed.strip() == "True"


def test_the_last_one_to_leave_stops_the_server(installation: Installation) -> None:
    first, socket, started = held(installation)
    second, same, joined = held(installation)
    assert (started, joined) == (True, False)
    assert socket == same
    assert not let_go(first), "another command still uses it"
    assert installation.run(POSTMASTER) != "None"
    assert let_go(second)
    assert installation.run(POSTMASTER) == "None"


def test_commands_that_start_at_once_share_one_server(installation: Installation) -> None:
    begun = [installation.begin(HOLD) for _ in range(4)]
    lines = [process.stdout.readline().split() for process in begun if process.stdout is not None]
    assert len({line[0] for line in lines}) == 1
    assert sorted(line[1] for line in lines) == ["False", "False", "False", "True"]
    assert [let_go(process) for process in begun].count(True) == 1


def test_no_port_is_open_and_the_socket_is_closed_to_others(installation: Installation) -> None:
    process, socket, _ = held(installation)
    settings = "import psycopg; from refusion.wiring.launcher import ensure, stop; c = psycopg.connect(host=str(ensure().socket), user='postgres'); "
    asked = "print(*[c.execute(f'SHOW {n}').fetchone()[0] for n in ('listen_addresses', 'fsync')], sep='|'); c.close(); stop()"
    assert installation.run(settings + asked) == "|on"
    assert socket.stat().st_mode & 0o077 == 0
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    let_go(process)


@pytest.mark.slow
def test_a_killed_server_comes_back_with_every_row(installation: Installation) -> None:
    installation.run(WRITE)
    for _ in range(3):
        os.kill(int(installation.run(POSTMASTER)), signal.SIGKILL)
        assert installation.run(COUNT) == "1000"
        installation.run(WRITE.replace("INSERT", "DELETE FROM kept; INSERT"))
    installation.run(JOIN)


def test_a_killed_command_gives_its_share_back(installation: Installation) -> None:
    process, _, _ = held(installation)
    process.kill()
    process.communicate(timeout=60)
    assert installation.run(JOIN) == "False True", "the server still ran, and its last user stopped it"


@pytest.mark.slow
def test_a_command_killed_while_the_cluster_was_made_leaves_nothing_in_the_way(bare_installation: Installation) -> None:
    for delay in (0.15, 0.3, 0.45):
        process = bare_installation.begin(HOLD)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(delay)
        process.kill()
        process.communicate(timeout=60)
    assert bare_installation.run(JOIN).endswith("True")


def test_a_note_left_by_a_dead_server_is_no_server(installation: Installation) -> None:
    installation.run(JOIN)
    note = "from refusion.wiring.launcher.places import places; (places().cluster / 'postmaster.pid').write_text('{}\\n')"
    installation.run(note.format(os.getpid()))
    assert installation.run(JOIN) == "True True"


def test_a_long_temporary_folder_is_passed_over(installation: Installation, tmp_path: Path) -> None:
    long = tmp_path / ("long" * 25)
    long.mkdir()
    process, socket, _ = held(installation, TMPDIR=str(long))
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    let_go(process)


def test_removing_leaves_no_trace(bare_installation: Installation) -> None:
    process, socket, _ = held(bare_installation)
    home = Path(bare_installation.run("from refusion.wiring.launcher.places import places; print(places().home)"))
    refused = bare_installation.begin("from refusion.wiring.launcher import remove; remove()")
    assert "server_in_use" in refused.communicate(timeout=60)[1]
    let_go(process)
    bare_installation.run("from refusion.wiring.launcher import remove; remove()")
    assert [place for place in (socket, home, bare_installation.folder / ".refusion") if place.exists()] == []


@pytest.mark.slow
def test_a_lost_key_file_never_opens_old_rows(bare_installation: Installation) -> None:
    keep = "from refusion.wiring.keys import open_vault; open_vault(); "
    bare_installation.run(keep + WRITE)
    bare_installation.run(JOIN)
    (bare_installation.folder / ".refusion" / "keys.json").unlink()
    bare_installation.run(keep + "from refusion.wiring.launcher import ensure, stop; ensure(); stop()")
    home = "from refusion.wiring.launcher.places import places; print((places().home / 'without-keys').exists())"
    assert bare_installation.run(home) == "True"


@pytest.mark.slow
def test_an_ordinary_user_needs_nothing_more(newcomer: Installation) -> None:
    begun = time.monotonic()
    before = Path("/var/tmp").stat().st_mode
    assert newcomer.run(JOIN) == "True True"
    assert newcomer.run(WRITE) == ""
    os.kill(int(newcomer.run(POSTMASTER)), signal.SIGKILL)
    assert newcomer.run(COUNT) == "1000"
    assert (newcomer.folder / ".refusion" / "server").stat().st_uid == newcomer.folder.stat().st_uid
    assert Path("/var/tmp").stat().st_mode == before
    assert time.monotonic() - begun < 60
