"""Cases and claims: opened once, kept with their history, versions that left the house never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from refusion.cases.facts import State as CaseState
from refusion.claims.facts import Expected, Loss, LossCause, State
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.wiring.work import OpenTransaction
from tests.store.conftest import DAY, Open, undone
from tests.store.filled import case_of, claim_of, moved, uid, with_case
from tests.store.told import absence_of, absences, absorb, employment_of

FEBRUARY = date(2025, 2, 15)


def history(tx: OpenTransaction) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute('SELECT state, because, "by" FROM case_history ORDER BY position')
        return list(cursor.fetchall())


def test_cases_are_opened_once_and_numbered_in_the_order_given(work: Open) -> None:
    with work() as tx:
        with_case(tx)
        first = case_of(tx)
        second = replace(case_of(tx, "2"), id=uid(1), last_absence_day=date(2025, 3, 1))
        assert tx.cases.open_many([second, first]) == 1
        assert tx.cases.open_many([first, second]) == 0
        assert tx.cases.open_many([]) == 0
        found = tx.cases.of_employment(employment_of(tx, "E1"))
        assert [case.number for case in found] == [100001, 100002]
        assert found[1] == replace(second, number=100002)
        assert tx.cases.of_absence(absence_of(tx, "E1", "2")) == found[1]
        assert tx.cases.of_absence(uid(9)) is None
        assert history(tx) == [("watching", "opened", "house")] * 2


def test_a_second_case_of_one_absence_is_not_opened(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        assert tx.cases.open_many([replace(case, id=uid(77))]) == 0


def test_a_touched_absence_knows_its_case(work: Open) -> None:
    with work() as tx:
        with_case(tx)
        assert tx.payroll.touched().has_case.tolist() == [True, False]


def test_a_case_is_kept_as_it_stands_with_a_line_where_its_state_changed(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        there = replace(moved(case, CaseState.RUNNING), authority_id="A1", notified_on=DAY, told_last_day=DAY, version=2)
        tx.cases.keep(there, "accepted", tx.at.now)
        tx.cases.keep(replace(there, last_absence_day=DAY), "payroll", tx.at.now)
        assert tx.cases.find(case.id) == replace(there, last_absence_day=DAY)
        assert history(tx) == [("watching", "opened", "house"), ("running", "accepted", "house")]


def test_what_the_institution_does_not_have_is_refused(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
    with work("THERE") as tx:
        for find in (tx.cases.find, tx.claims.find, tx.outbox.find, tx.tasks.find):
            with pytest.raises(Refused, match=r"store\.not_found"):
                find(case.id)
        with pytest.raises(Refused, match=r"store\.not_found"):
            tx.cases.keep(case, "x", tx.at.now)


def test_due_for_notification_begins_on_the_filing_day(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        assert tx.cases.due_for_notification(date(2025, 2, 1)) == ()
        assert tx.cases.due_for_notification(date(2025, 2, 2)) == (case.id,)
        tx.cases.keep(moved(case, CaseState.NOTIFYING), "filing_day", tx.at.now)
        assert tx.cases.due_for_notification(date(2025, 2, 2)) == ()


REVIEWED = (
    ("watching", None, (), DAY, False),
    ("running", None, (), date(2025, 2, 5), False),  # the first refundable day is not over
    ("running", None, (), date(2025, 2, 6), True),
    ("running", date(2025, 2, 4), (), DAY, False),  # ended before anything could be refunded
    ("ended", date(2025, 2, 5), (), DAY, True),
    ("running", None, ("drafted",), date(2025, 2, 28), False),
    ("running", None, ("drafted",), date(2025, 3, 1), True),
    ("running", None, ("accepted",), date(2025, 3, 1), False),
    ("running", None, ("accepted",), date(2025, 3, 2), True),  # March has begun and nothing is asked for it
    ("ended", date(2025, 2, 28), ("accepted",), date(2025, 3, 2), False),
    ("ended", date(2025, 2, 28), ("annulled",), date(2025, 3, 2), True),
    ("settled", date(2025, 2, 28), (), date(2025, 3, 2), False),
)
FINISHED = (
    ("ended", (), True),  # there was nothing to claim
    ("ended", ("settled", "annulled"), True),
    ("ended", ("settled", "decided"), False),
    ("running", ("settled",), False),
)


def standing(tx: OpenTransaction, state: str, last: date | None, claims: tuple[str, ...]) -> UUID:
    """Have a case stand in a state, with claims that do."""
    case = replace(with_case(tx), state=CaseState(state), last_absence_day=last)
    tx.cases.keep(case, "test", tx.at.now)
    for place, name in enumerate(claims, 1):
        tx.claims.keep(claim_of(case, place, State(name)), tx.at.now)
    return case.id


def test_what_is_to_be_reviewed(work: Open) -> None:
    for state, last, claims, day, due in REVIEWED:
        with undone(work) as tx:
            case = standing(tx, state, last, claims)
            assert tx.cases.to_review(day) == ((case,) if due else ()), (state, last, claims, day)


def test_when_all_claims_of_a_case_are_finished(work: Open) -> None:
    for state, claims, finished in FINISHED:
        with undone(work) as tx:
            case = standing(tx, state, None, claims)
            assert tx.cases.all_claims_finished() == ((case,) if finished else ()), (state, claims)


def test_a_claim_comes_back_as_it_was_kept(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        claim = claim_of(case)
        tx.claims.keep(claim, tx.at.now)
        found = tx.claims.find(claim.id)
        assert found == replace(claim, number=100001)
        assert found.missing == claim.missing == ()
        tx.claims.keep(claim_of(case, 2), tx.at.now)
        assert [other.sequence for other in tx.claims.of_case(case.id)] == [1, 2]


def test_a_draft_is_rewritten_and_a_filed_version_is_not(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        more = replace(claim, expected=Expected(9, 0, True, {}, "law-1"), period=Period(FEBRUARY, FEBRUARY))
        tx.claims.keep(more, tx.at.now)
        assert tx.claims.find(claim.id) == replace(more, number=100001)
        filed = replace(more, state=State.FILING, requested_on=DAY)
        tx.claims.keep(filed, tx.at.now)
        with pytest.raises(ValueError, match="is the next version"):
            tx.claims.keep(replace(filed, state=State.DRAFTED, expected=claim.expected), tx.at.now)
        decided = replace(filed, state=State.DECIDED, authority_id="C1", decided=9, received=4)
        tx.claims.keep(decided, tx.at.now)
        assert tx.claims.find(claim.id) == replace(decided, number=100001)


def test_a_correction_is_a_version_beside_the_first(work: Open) -> None:
    with work() as tx:
        claim = replace(claim_of(with_case(tx)), state=State.ACCEPTED)
        tx.claims.keep(claim, tx.at.now)
        corrected = replace(claim, version=2, state=State.CORRECTING, expected=replace(claim.expected, refund=1))
        tx.claims.keep(corrected, tx.at.now)
        assert tx.claims.find(claim.id).expected.refund == 1
    with connection.cursor() as cursor, work():
        cursor.execute("SELECT version, refund, fixed_at IS NOT NULL FROM claim_version ORDER BY version")
        assert cursor.fetchall() == [(1, 1_234_500, True), (2, 1, True)]


def test_the_database_itself_refuses_to_change_a_fixed_version(work: Open) -> None:
    with work() as tx:
        tx.claims.keep(replace(claim_of(with_case(tx)), state=State.FILING), tx.at.now)
    with pytest.raises(Exception, match=r"version 1 of claim .* is fixed"), work(), connection.cursor() as cursor:
        cursor.execute("UPDATE claim_version SET refund = 0")


def test_claims_that_wait_for_a_decision(work: Open) -> None:
    with work() as tx:
        waiting = replace(claim_of(with_case(tx)), state=State.ACCEPTED, requested_on=date(2025, 2, 1))
        tx.claims.keep(waiting, tx.at.now)
        assert [claim.id for claim in tx.claims.awaiting_decision(date(2025, 2, 2))] == [waiting.id]
        assert tx.claims.awaiting_decision(date(2025, 2, 1)) == ()
        tx.claims.keep(replace(waiting, decided=5), tx.at.now)
        assert tx.claims.awaiting_decision(date(2025, 2, 2)) == ()


def test_a_loss_is_kept_once(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        loss = Loss(uid(1), case.id, Period(DAY, DAY), 100, LossCause.LATE_REQUEST, DAY, DAY, DAY)
        for _ in range(2):
            tx.claims.keep_loss(loss)
        with connection.cursor() as cursor:
            cursor.execute("SELECT amount, cause FROM loss")
            assert cursor.fetchall() == [(100, "late_request")]


def test_an_absence_that_changes_is_touched_although_it_has_a_case(work: Open) -> None:
    with work() as tx:
        with_case(tx)
        found = tx.payroll.touched()
        tx.payroll.mark_handled(found.absence, found.version)
        absorb(tx, absences(("E1", "1", date(2025, 1, 6), DAY, False)), "end")
        assert tx.payroll.touched().has_case.tolist() == [True]
