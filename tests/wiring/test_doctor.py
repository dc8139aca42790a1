"""The examination: each finding says what to do, and a bare installation is told apart from a good one."""

from __future__ import annotations

import json

import pytest

from tests.wiring.installation import Installation


def test_a_bare_installation_is_told_what_to_do_and_nothing_is_made(bare_installation: Installation) -> None:
    examined = bare_installation.command("doctor", "--json", "-")
    assert examined.returncode == 1
    findings = {finding["topic"]: finding for finding in json.loads(examined.stdout)["findings"]}
    assert findings["cluster"]["remedy"] == "Run refusion database prepare or make demo."
    assert not findings["keys"]["well"]
    assert all(finding["well"] == (finding["remedy"] is None) for finding in findings.values())
    assert not (bare_installation.folder / ".refusion").exists()


@pytest.mark.slow
def test_a_prepared_installation_is_well(installation: Installation) -> None:
    made = installation.command("database", "prepare")
    assert (made.returncode, made.stdout) == (0, "The database is ready.\n"), made.stderr
    again = installation.command("database", "prepare", LANG="da_DK.UTF-8")
    assert (again.returncode, again.stdout) == (0, "Databasen var allerede klar.\n"), again.stderr
    examined = installation.command("doctor", "--json", "-")
    findings = {finding["topic"]: finding for finding in json.loads(examined.stdout)["findings"]}
    assert {topic for topic in ("python", "keys", "server", "prepared", "roles", "walls", "server_clock") if not findings[topic]["well"]} == set()


def test_an_open_key_file_is_found(bare_installation: Installation) -> None:
    state = bare_installation.folder / ".refusion"
    state.mkdir()
    (state / "keys.json").write_text("{}", encoding="utf-8")
    (state / "keys.json").chmod(0o644)
    examined = bare_installation.command("doctor")
    assert examined.returncode == 1
    assert "can be read by others" in examined.stdout
    assert "chmod 0400" in examined.stdout


def test_a_real_database_without_key_file_is_refused_in_one_line(bare_installation: Installation) -> None:
    refused = bare_installation.command("database", "prepare", DATABASE_URL="postgresql://refusion_app@127.0.0.1:9/refusion")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "REFUSION_KEY_FILE" in refused.stderr
