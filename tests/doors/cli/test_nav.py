"""refusion nav and its imports from the command line, from SAP's files to the reconciliation."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.doors.cli import main
from refusion.rehearsal.norway import feed
from refusion.rehearsal.norway.leaves import leaves
from refusion.rehearsal.norway.people import workforce
from refusion.rehearsal.norway.profile import small_plan
from refusion.values.period import months_after
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from refusion.wiring.house import House
from tests.adapters.nav.world import world
from tests.workflow.nav.institution import CODE, Uio, uio
from tests.workflow.nav.test_journeys import report_of

Command = Callable[..., tuple[int, str, str]]
PLAN = small_plan()


@pytest.fixture(scope="module")
def here(house_server: None) -> Iterator[Uio]:
    """Found the institution in a database of this module."""
    with cloned(), world("2025-05-12") as nav, uio(nav, "2025-05-12", wired=True) as institution:
        yield institution


@pytest.fixture
def refusion(here: Uio, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, working in this process on the institution."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [House(here.ports)])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", CODE])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_the_empty_institution_says_so(refusion: Command) -> None:
    for verb, words in (
        ("runs", "No run has been closed.\n"),
        ("notices", "There are no Norwegian cases.\n"),
        ("deadlines", "No deadline is near.\n"),
        ("parked", "No line is parked.\n"),
    ):
        assert refusion("nav", verb)[:2] == (0, words)
    assert refusion("nav", "reconcile")[0] == 0
    assert refusion("nav", "year-end", 2024)[1] == "Nothing came in 2024 and nothing is to be accrued.\n"


def test_from_saps_files_to_the_reconciliation(refusion: Command, tmp_path: Path) -> None:
    plan, people = PLAN, workforce(PLAN)
    told = [(leave, leave.tellings[0]) for leave in leaves(PLAN, people)]
    months = [months_after(plan.first.replace(day=1), n) for n in range(-3, 5)]
    files = {
        "sap-employments": feed.employments(plan, people, {}, plan.first),
        "sap-allocations": feed.allocations(plan, people),
        "sap-pay": feed.pay(plan, people, months, plan.first),
        "sap-absences": feed.absences(plan, told),
    }
    for kind, raw in files.items():
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(raw.replace(plan.code.encode(), CODE.encode()))
        code, out, _ = refusion("import", kind, file)
        assert (code, "new" in out) == (0, True)
        assert "newest word already" in refusion("import", kind, file)[1]
    report = tmp_path / "nav.csv"
    report.write_bytes(report_of(("2", "2025-04-01", 100_00, people[0].national_number), ("Q", "2025-04-01", 50_00, people[0].national_number)))
    assert refusion("import", "nav-report", report)[0] == 2, "the file names no day of payment"
    code, out, _ = refusion("import", "nav-report", report, "--pays-on", "2025-04-25", "--json", "-")
    assert (code, json.loads(out)["total"]) == (0, 150_00)
    transfer, load = tmp_path / "oa.csv", tmp_path / "sap.csv"
    code, out, _ = refusion("nav", "run", "main", "--month", "2025-05", "--transfer", transfer, "--load", load)
    assert (code, out.startswith("Run 1 for the month of ")) == (0, True)
    once = transfer.read_bytes(), load.read_bytes()
    code, out, _ = refusion("nav", "run", "main", "--month", "2025-05", "--transfer", transfer, "--load", load, "--json", "-")
    assert json.loads(out)["again"] is True
    assert (transfer.read_bytes(), load.read_bytes()) == once
    code, out, _ = refusion("nav", "reconcile", "--json", "-")
    found = json.loads(out)
    assert (code, found["residual"], found["open"]) == (1, 0, 150_00)
    assert [one["name"] for one in found["comparisons"]] == ["booked_income", "debtor_payroll", "debtor_claims", "interim"]


def test_a_person_places_and_is_told_what_cannot_be(refusion: Command) -> None:
    rows = json.loads(refusion("nav", "parked", "--json", "-")[1])
    assert len(rows) == 2
    assert refusion("nav", "place", "nonsense", 1, "2025-04")[0] == 1
    code, out, _ = refusion("nav", "place", rows[0]["line"], 1, "2025-04")
    assert (code, "NOK" in out or "100" in out) == (0, True)
    assert refusion("nav", "place", rows[0]["line"], 1, "2025-04")[0] == 1
    assert refusion("nav", "explain", 999, "2025-04", "--reason", "why")[0] == 1
    assert refusion("nav", "retry", 1)[0] == 1
    assert refusion("nav", "accept-pay", 1, "2025-04", "--reason", " ")[0] == 1
    assert refusion("nav", "run", "third")[0] == 1


def test_looking_gives_words_and_json(refusion: Command) -> None:
    assert "main run" in refusion("nav", "runs")[1]
    assert json.loads(refusion("nav", "notices", "--json", "-")[1])[0]["case"] == 1
    assert "contracts" in json.loads(refusion("nav", "deadlines", "--json", "-")[1])
    assert refusion("nav", "shares", "--from", "2025-01", "--to", "2025-05")[0] == 0
    assert json.loads(refusion("nav", "settings", "ending_months", "2", "--json", "-")[1])["ending_months"] == 2
    assert refusion("nav", "settings", "ending_months")[0] == 1
    assert refusion("nav", "day")[1].startswith("NAV: ")


def test_every_verb_has_help(refusion: Command) -> None:
    for verb in ("day", "run", "runs", "reconcile", "notices", "deadlines", "parked", "shares", "year-end", "explain", "place", "retry"):
        assert refusion("nav", verb, "--help")[0] == 0
