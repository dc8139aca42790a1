"""Rows of reports as they are read: decided supplements, losses with their steps, deadlines, money to come, work; one's own alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connections

from refusion.claims.facts import State
from refusion.claims.filing import State as Filed
from refusion.claims.losses import Followed, Step
from refusion.reports import NAMES
from refusion.store.reads import case_claims
from refusion.store.reads.claim_lines import claim_lines
from refusion.store.reads.reporting.of_report import rows_of
from tests.store.conftest import DAY, Open
from tests.store.filled import claim_of, decision_of, fill, uid

FIRST, LAST, ZONE = date(2025, 1, 1), date(2025, 12, 31), "Europe/Copenhagen"


def test_what_was_decided_of_a_supplement_is_the_last_decision_on_each_version(work: Open) -> None:
    fill(work)
    with work() as tx:
        claim = claim_of(tx.cases.find(uid(1001)))
        for number, version, supplement in ((2, 1, 300), (3, 1, 200), (4, 2, 1_500)):
            tx.bank.keep_decision(replace(decision_of(claim, number, 10_000), claim_version=version, supplement=supplement))
        ((_, line),) = claim_lines(FIRST, LAST)
        assert line.decided_supplement == 1_700


def test_losses_are_read_with_their_steps_and_unit(work: Open) -> None:
    fill(work)
    with work() as tx:
        rows, persons = rows_of("lost", FIRST, LAST, ZONE)
        (line,) = rows.losses
        assert (line.found.owner, line.found.standing, line.found.person, line.claim_number) == ("Kim Ager", 100, "Anna Ager", None)
        assert line.found == tx.losses.find(line.found.number)
        assert len(persons) == 1
        assert rows_of("lost", date(2026, 1, 1), date(2026, 12, 31), ZONE)[0].losses == ()


def test_a_report_counts_on_the_day_of_signing_where_the_authority_is(work: Open) -> None:
    fill(work)
    with work() as tx:
        filing = tx.outbox.find(uid(3001))
        # 23:30 in UTC is the next day in Copenhagen.
        signed_at = tx.at.now.replace(hour=23, minute=30)
        tx.outbox.keep(replace(filing, state=Filed.ACCEPTED, signed_at=signed_at, receipt="R", authority_id="A"))
        (line,) = rows_of("punctuality", FIRST, LAST, ZONE)[0].filings
        assert line.signed_on == signed_at.date() + timedelta(days=1)
        assert (line.filed, line.claim_number, line.deadline) == ("notification", None, date(2025, 4, 1))


def test_money_to_come_is_of_filed_claims_not_paid_in_full(work: Open) -> None:
    fill(work)
    with work() as tx:
        claim = claim_of(tx.cases.find(uid(1001)))
        assert rows_of("forecast", FIRST, LAST, ZONE)[0].incoming == ()
        tx.claims.keep(replace(claim, state=State.DECIDED, requested_on=DAY, decided=20_000, received=5_000), tx.at.now)
        (line,) = rows_of("forecast", FIRST, LAST, ZONE)[0].incoming
        assert (line.outstanding, line.decided_on, line.pays_on) == (15_000, DAY, None)


def test_work_counts_answers_by_their_source_and_what_persons_did(work: Open) -> None:
    fill(work)
    with work() as tx:
        (line,) = rows_of("work-saved", FIRST, LAST, ZONE)[0].work
        assert (line.from_payroll, line.typed, line.by_rule, line.touches, line.closed) == (1, 1, 0, 1, False)
        tx.tasks.close(uid(4), DAY, "house")
        tx.tasks.write()
        assert rows_of("work-saved", FIRST, LAST, ZONE)[0].work[0].touches == 1


def test_a_task_that_a_person_closed_is_a_touch(work: Open) -> None:
    fill(work)
    with work() as tx:
        tx.tasks.close(uid(4), DAY, "kim")
        assert rows_of("work-saved", FIRST, LAST, ZONE)[0].work[0].touches == 2


@pytest.mark.parametrize("name", NAMES)
def test_nobody_reads_another_institutions_rows(work: Open, name: str) -> None:
    fill(work)
    with work("THERE"):
        rows, persons = rows_of(name, FIRST, LAST, ZONE)
        assert persons == ()
        assert not any((rows.claims, rows.losses, rows.filings, rows.incoming, rows.work, rows.past.from_request))


def test_a_case_shows_what_is_still_lost(work: Open) -> None:
    fill(work)
    with work() as tx:
        case = uid(1001)
        assert [row.amount for row in case_claims.losses(case)] == [100]
        tx.losses.keep_step(uid(2), Followed(Step.RECOVERED, DAY, "house", amount=40))
        assert [row.amount for row in case_claims.losses(case)] == [60]
        tx.losses.keep_step(uid(2), Followed(Step.GRANTED, DAY, "kim", "letter"))
        assert case_claims.losses(case) == ()


def test_claims_of_some_days_have_a_path(house_database: str) -> None:
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'claim_version' AND indexdef LIKE '%(institution_id, first_day)'")
        assert len(cursor.fetchall()) == 1
