"""What a person sees: reconciliation, deadlines, year-end, shares, settings; and what SAP did not take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from refusion.absences.norwegian import Benefit
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.wiring.abroad.norway import norwegian_world
from refusion.wiring.house import House
from refusion.workflow.nav.reconcile import reconcile
from refusion.workflow.nav.watch import deadlines, watch_deadlines
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.norway.sap import RunKind
from tests.workflow.nav.institution import CODE, Uio
from tests.workflow.nav.test_journeys import DAILY, notified


def test_claims_that_nobody_sent_contracts_and_maximum_dates_are_watched(here: Uio) -> None:
    here.employs(1, ends=date(2026, 3, 31))
    here.away(1, "2026-01-05", "2026-06-26")
    found = deadlines(here.ports, HOUSE, CODE)
    assert [(case, one.last_day) for case, one in found.at_risk] == [(1, date(2026, 4, 30))]
    assert [(one.case, one.last_day) for one in found.endings] == [(1, date(2026, 3, 31))]
    assert watch_deadlines(here.ports, HOUSE, CODE) == 1
    here.on("2026-04-01")
    assert watch_deadlines(here.ports, HOUSE, CODE) == 1
    assert here.tasks() == ["refusjon.claim_at_risk"]
    here.employs(1)
    here.nav.apply()
    here.notify()
    here.on("2026-04-02")
    here.notify()
    assert watch_deadlines(here.ports, HOUSE, CODE) == 0
    assert here.tasks() == []


def test_the_comparisons_agree_through_a_month_with_both_runs(here: Uio) -> None:
    notified(here)
    for day, kind in (("2026-01-15", RunKind.MAIN), ("2026-01-26", RunKind.CORRECTION), ("2026-02-16", RunKind.MAIN)):
        here.on(day)
        here.reports()
        here.run(day[:7], kind)
        found = reconcile(here.ports, HOUSE, CODE, date.fromisoformat(day))
        assert (found.residual, found.open) == (0, 0)
    here.on("2026-02-26")
    here.reports()
    found = reconcile(here.ports, HOUSE, CODE, date(2026, 2, 26))
    assert (found.residual, found.open, found.comparisons[0].difference) == (0, 0, 20 * DAILY)


def test_year_end_and_shares(here: Uio) -> None:
    house = House(here.ports)
    notified(here)
    here.on("2026-02-16")
    here.run("2026-02")
    here.on("2026-03-31")
    here.reports()
    (share,) = house.nav_shares(HOUSE, CODE, Period(date(2026, 1, 1), date(2026, 2, 28)))
    assert (share.unit, share.covered) == ("HF", 40 * DAILY)
    found = house.nav_year_end(HOUSE, CODE, 2026)
    assert sum(found.received.values()) == 40 * DAILY
    assert {one.nature for one in found.accruals} == {"benefit", "holiday"}


def test_settings_are_decided_under_their_duty_and_mixed_accounts_refused(here: Uio) -> None:
    house = House(here.ports)
    assert house.decide_nav_setting(HOUSE, CODE, "account:income_parental", "5899").accounts == {"income_parental": "5899"}
    for name, value in (("account:bank", "5813"), ("profile", "mars"), ("deadline_days", "soon"), ("colour", "red"), ("account:cash", "1")):
        with pytest.raises(Refused):
            house.decide_nav_setting(HOUSE, CODE, name, value)
    assert house.nav_settings(HOUSE, CODE).profile == "uio"
    with pytest.raises(Refused):
        house.decide_nav_setting(Actor("somebody", frozenset({"caseworker"})), CODE, "profile", "state")


def test_payments_are_booked_in_a_correction_run_only_where_the_institution_says_so(here: Uio) -> None:
    notified(here)
    here.on("2026-02-26")
    here.reports()
    here.on("2026-03-26")
    assert here.run("2026-03", RunKind.CORRECTION).received == 0
    House(here.ports).decide_nav_setting(HOUSE, CODE, "payments_in_corrections", "on")
    here.on("2026-04-26")
    assert here.run("2026-04", RunKind.CORRECTION).received == 20 * DAILY


def test_runs_come_in_their_order_and_give_their_files_again(here: Uio) -> None:
    house = House(here.ports)
    notified(here)
    here.on("2026-02-16")
    closed = here.run("2026-02")
    with pytest.raises(Refused):
        here.run("2026-01")
    with pytest.raises(Refused):
        here.run("2026-05")
    kept = house.nav_run_files(HOUSE, CODE, RunKind.MAIN, date(2026, 2, 1))
    assert kept is not None
    assert (kept.transfer, kept.load) == (closed.run.transfer, closed.run.load)
    assert kept.transfer.startswith(b"institution;")
    assert house.nav_run_files(HOUSE, CODE, RunKind.MAIN, date(2026, 1, 1)) is None


def test_a_days_work_does_nav_s_part_for_norwegian_institutions(here: Uio) -> None:
    here.employs()
    here.away(1, "2026-01-05", "2026-06-26")
    here.nav.apply()
    house, told = House(here.ports), []
    counts = house.run_day(HOUSE, CODE, lambda step, _count: told.append(step))
    assert (counts["nav_requests"], counts["nav_planned"], counts["nav_waiting"]) == (1, 1, 1)
    assert "nav_planned" in told
    unreached = House(replace(here.ports, norway=replace(norwegian_world(), nav=None)))
    with pytest.raises(Refused):
        unreached.run_day(HOUSE, CODE)


def test_lines_that_sap_did_not_take_become_tasks_once(here: Uio) -> None:
    raw = b"run;key;code;text\r\n12;0f1e2d3c4b5a69788796a5b4c3d2e1f0;PG/017;Personnummer sperret\r\n"
    house = House(here.ports)
    assert house.take_sap_rejected(HOUSE, CODE, "rejected.csv", raw) == 1
    assert house.take_sap_rejected(HOUSE, CODE, "rejected.csv", raw) == 1
    assert here.tasks() == ["refusjon.sap_rejected"]


def test_an_absence_that_sap_takes_back_takes_its_claim_back(here: Uio) -> None:
    notified(here)
    here.on("2026-01-15")
    here.run("2026-01")
    here.away(1, "2026-01-05", "2026-06-26", withdrawn=True)
    here.notify()
    here.on("2026-01-26")
    here.notify()
    here.run("2026-01", RunKind.CORRECTION)
    assert here.balances()["5812"] == 0
    assert here.nav.order("owed", until="2026-06-30")["ore"] == 0
    with here.ports.work(CODE, HOUSE) as tx:
        (case,) = tx.norway.facts.cases()
    assert (case.benefit, case.state.value) == (Benefit.PARENTAL_BIRTH, "withdrawn")
