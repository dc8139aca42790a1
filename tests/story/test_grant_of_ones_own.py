"""A second agreement of the family, expressed by figures alone: the same verbs carry it, and two at once get in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from refusion.values.said import BadInput, Refused
from refusion.wiring.database.clones import cloned
from refusion.workflow.grants.deciding import Proposal, batch_hash
from refusion.workflow.grants.papers import Heard, Table
from refusion.workflow.grants.paying import Wanted
from refusion.workflow.grants.reporting import Report
from tests.story.grant_office import ANNA, BO, CODE, Office, grant_office

NAME = "own-2031"
CODES = ("01", "03", "09")
OWN = """
name = "own-2031"
title = "made-up agreement"
short = "OWN"
edition = "2030-12-12"
source = "made up"
year = 2031
population_day = 2030-11-01
counties = ["01", "03", "09"]

[budget]
expenditure_area = "9"
appropriation = "1:2"
item = "7"

[[pot]]
name = "total"
called = "All"
amount = 1_000
section = "1"
source = "made up"
verified = true

[[pot]]
name = "plans"
called = "Plans"
amount = 1_000
part_of = "total"
rule = "population_share_if_fulfilled"
columns = { fulfilled = "planned" }
pay_by = 2031-06-06
section = "2"
source = "made up"
verified = true

[[check]]
id = "P-1"
pot = "plans"
asks = "a plan"
kind = "required"
evidence = "plan"

[[deadline]]
by = 2031-03-31
what = "plans"
who = "landsting"
pots = ["plans"]
section = "2"

[[approval]]
id = "board"
by = "The board"
what = "approved"
pots = ["total"]
section = "3"

[[requirement]]
pot = "plans"
set_by = "The office"
consulted = "The counties"
section = "2"
"""


@pytest.fixture(scope="module")
def office(house_server: None) -> Iterator[Office]:
    with cloned(), grant_office() as opened:
        yield opened.on("2031-01-10")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do works in threads with connections of their own; give what each gave or raised, in order."""
    given: list[object] = [None] * len(works)
    start = Barrier(len(works))

    def do(place: int) -> None:
        try:
            start.wait()
            given[place] = works[place]()
        except Exception as wrong:  # noqa: BLE001 - what a thread raises is given to the test
            given[place] = wrong
        finally:
            connection.close()

    threads = [Thread(target=do, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_1_it_is_opened_from_its_text_and_another_text_of_its_name_is_refused(office: Office) -> None:
    house = office.house
    house.open_agreement(ANNA, CODE, OWN, "own.toml")
    with pytest.raises(Refused, match="stands_already"):
        house.open_agreement(ANNA, CODE, OWN.replace("made up", "made up anew"), "own.toml")
    with pytest.raises(BadInput):
        house.open_agreement(ANNA, CODE, OWN.replace("amount = 1_000\npart_of", "amount = 999\npart_of"), "own.toml")
    heard = Heard("The counties", office.day, "minutes", office.day)
    house.set_requirement(ANNA, CODE, NAME, ("plans", office.day, "paper"), heard)
    rows = [{"county": code, "population": str(size), "population_day": "2030-11-01"} for code, size in zip(CODES, (3, 2, 1), strict=True)]
    house.add_statistics(ANNA, CODE, NAME, Table(rows, "people.csv", 2, date(2030, 11, 1), "made up"))


def test_2_two_reports_at_once_under_one_diary_number_leave_one(office: Office) -> None:
    house = office.on("2031-03-31").house
    report = {code: Report("plans", code, f"D{code}", None, {"P-1": "plan"}) for code in CODES}
    same = Report("plans", "01", "D01", None, {"P-1": "plan"})
    given = at_once(*(lambda: house.register_report(ANNA, CODE, NAME, same) for _ in range(4)))
    assert sum(isinstance(one, Refused) for one in given) == 3
    for code in CODES[1:]:
        house.register_report(ANNA, CODE, NAME, report[code])
    assert len(house.agreement(ANNA, CODE, NAME).reports) == 3


def test_3_decided_before_the_approval_and_payable_with_it(office: Office) -> None:
    house = office.on("2031-04-10").house
    assert house.begin_review(ANNA, CODE, NAME, "plans") == 3
    proposed = house.propose_decisions(ANNA, CODE, NAME, Proposal("plans", ("01", "03"), True, "good"))
    proposed += house.propose_decisions(ANNA, CODE, NAME, Proposal("plans", ("09",), False, "thin"))
    given = at_once(*(lambda: house.approve_decisions(BO, CODE, NAME, "plans", batch_hash(proposed)) for _ in range(2)))
    assert sum(isinstance(one, Refused) for one in given) == 1
    with pytest.raises(BadInput):
        house.propose_run(ANNA, CODE, NAME, Wanted(("plans",)))
    assert house.record_approval(ANNA, CODE, NAME, ("board", office.day, "minutes")) == 2


def test_4_two_runs_at_once_leave_one_and_it_is_paid_once_with_its_own_budget_line(office: Office) -> None:
    house = office.on("2031-06-02").house
    given = at_once(*(lambda: house.propose_run(ANNA, CODE, NAME, Wanted(("plans",))) for _ in range(3)))
    (run,) = [one for one in given if not isinstance(one, Exception)]
    assert [one.because.key for one in given if isinstance(one, Refused)] == ["agreements.run_open"] * 2
    # 6 June 2031 is the national day: the banking day before pays.
    assert run.pays_on == date(2031, 6, 5)
    house.approve_run(BO, CODE, NAME, run.number, run.content_hash)
    paid = at_once(*(lambda: house.pay_run(ANNA, CODE, NAME, run.number) for _ in range(3)))
    assert sum(isinstance(one, Refused) for one in paid) == 2
    standing = house.agreement(ANNA, CODE, NAME)
    assert {(line.payee, line.difference, line.budget) for line in standing.lines} == {
        ("01", 500_00, "UO 9, anslag 1:2, anslagspost 7"), ("03", 333_00, "UO 9, anslag 1:2, anslagspost 7"),
    }  # fmt: skip


def test_5_the_trail_names_every_verb(office: Office) -> None:
    with office.house.ports.work(CODE, ANNA), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT verb FROM audit_entry")
        verbs = {row[0] for row in cursor.fetchall()}
    assert verbs == {
        "open_agreement", "set_requirement", "add_statistics", "register_report", "begin_review", "propose_decisions", "approve_decisions",
        "record_approval", "propose_run", "approve_run", "pay_run",
    }  # fmt: skip
