"""The outbox: one report of a case at a time, in the order they were intended, never two hands on one report."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from refusion.claims.filing import Kind, State
from refusion.wiring.work import OpenTransaction
from tests.store.conftest import DAY, Open, undone
from tests.store.filled import case_of, filing_of, uid, with_case
from tests.store.told import ANNA


def two_cases(tx: OpenTransaction) -> None:
    """Open two cases, with two reports for the first and one for the second."""
    first = with_case(tx)
    tx.cases.open_many([case_of(tx, "2")])
    second = tx.cases.find(case_of(tx, "2").id)
    for filing in (filing_of(first, 2, tx.at.now), filing_of(first, 1, tx.at.now), filing_of(second, 3, tx.at.now)):
        assert tx.outbox.intend(filing)


def test_a_report_comes_back_as_it_was_intended_and_lies_there_once(work: Open) -> None:
    with work() as tx:
        filing = filing_of(with_case(tx), 1, tx.at.now)
        assert tx.outbox.intend(filing)
        assert not tx.outbox.intend(filing)
        assert tx.outbox.find(filing.id) == filing
        with pytest.raises(ValueError, match="other content"):
            tx.outbox.intend(replace(filing, content_hash="other"))


def test_per_case_only_the_oldest_open_report_is_due(work: Open) -> None:
    with work() as tx:
        two_cases(tx)
        assert tx.outbox.due(tx.at.now, DAY, 10) == (uid(3002), uid(3003))
        assert tx.outbox.due(tx.at.now, DAY, 1) == (uid(3002),)
        assert tx.outbox.due(tx.at.now, DAY - timedelta(days=1), 10) == ()
        assert tx.outbox.due(tx.at.now - timedelta(seconds=1), DAY, 10) == ()


def test_while_one_report_is_in_doubt_no_other_of_its_case_goes(work: Open) -> None:
    answered = dict.fromkeys((State.ACCEPTED, State.REJECTED, State.CANCELLED), (uid(3001),))
    for state, then in {State.SENDING: (), State.UNKNOWN: (), **answered}.items():
        with undone(work) as tx:
            two_cases(tx)
            tx.outbox.keep(replace(tx.outbox.find(uid(3002)), state=state))
            tx.outbox.keep(replace(tx.outbox.find(uid(3003)), state=State.CANCELLED))
            assert tx.outbox.due(tx.at.now, DAY, 10) == then, state


def test_a_later_report_in_doubt_holds_back_the_earlier_one(work: Open) -> None:
    with work() as tx:
        two_cases(tx)
        tx.outbox.keep(replace(tx.outbox.find(uid(3001)), state=State.UNKNOWN))
        assert tx.outbox.due(tx.at.now, DAY, 10) == (uid(3003),)


def test_two_rounds_at_the_same_time_never_share_a_report(work: Open) -> None:
    with work() as tx:
        two_cases(tx)
    taken: list[tuple[object, ...]] = []
    both, failed = threading.Barrier(2), []

    def take_one() -> None:
        try:
            with work() as tx:
                taken.append(tx.outbox.due(tx.at.now, DAY, 1))
                both.wait(20)
        except Exception as error:  # noqa: BLE001 (shown below)
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert sorted(taken) == [(uid(3002),), (uid(3003),)]


def test_what_became_of_a_report_is_kept_and_its_content_is_not_touched(work: Open) -> None:
    with work() as tx:
        filing = filing_of(with_case(tx), 1, tx.at.now)
        tx.outbox.intend(filing)
        accepted = replace(filing, state=State.ACCEPTED, receipt="R1", authority_id="A1", signed_at=tx.at.now, attempts=2, not_found=1)
        tx.outbox.keep(accepted)
        assert tx.outbox.find(filing.id) == accepted
        assert tx.outbox.last_accepted(filing.subject) == accepted
        assert tx.outbox.open_of_case(filing.case) == ()


def test_the_newest_accepted_report_of_a_subject_is_never_a_recovery(work: Open) -> None:
    with work() as tx:
        case = with_case(tx)
        for number, kind in ((1, Kind.NOTIFICATION), (2, Kind.CORRECTION), (3, Kind.RECOVERY), (4, Kind.CORRECTION)):
            filing = replace(filing_of(case, number, tx.at.now), kind=kind)
            tx.outbox.intend(filing)
            if number < 4:
                tx.outbox.keep(replace(filing, state=State.ACCEPTED, signed_at=tx.at.now))
        assert getattr(tx.outbox.last_accepted(case.id), "id", None) == uid(3002)
        assert tx.outbox.last_accepted(uid(1)) is None
        assert [filing.id for filing in tx.outbox.open_of_case(case.id)] == [uid(3004)]


def test_attempts_end_once_and_unknown_ones_wait_for_their_inquiry(work: Open) -> None:
    with work() as tx:
        filing = filing_of(with_case(tx), 1, tx.at.now)
        tx.outbox.intend(filing)
        tx.outbox.keep(replace(filing, state=State.SENDING, attempts=1))
        tx.outbox.begin_attempt(filing, 1, tx.at.now)
        assert tx.outbox.in_doubt() == ((filing.id, State.SENDING),)
        tx.outbox.end_attempt(filing.id, 1, tx.at.now, "unknown", "timeout")
        with pytest.raises(ValueError, match="not under way"):
            tx.outbox.end_attempt(filing.id, 1, tx.at.now, "accepted")
        later = tx.at.now + timedelta(minutes=10)
        tx.outbox.keep(replace(filing, state=State.UNKNOWN, attempts=1, next_try_at=later))
        assert tx.outbox.to_inquire(tx.at.now, 10) == ()
        assert tx.outbox.to_inquire(later, 10) == (filing.id,)
        assert tx.outbox.in_doubt() == ((filing.id, State.UNKNOWN),)


def test_no_national_number_stands_in_the_clear_anywhere(work: Open) -> None:
    raw = f"number;{ANNA}".encode()
    with work() as tx:
        filing = filing_of(with_case(tx), 1, tx.at.now)
        tx.outbox.intend(filing)
        message = tx.messages.keep(filing.id, 1, "sent", raw, tx.at.now)
        file = tx.files.keep("payroll-employments", "file.csv", raw, tx.at.now).id
        assert (tx.messages.raw(message), tx.files.raw(file)) == (raw, raw)  # type: ignore[attr-defined]
    with work(), connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            if table.startswith(("auth", "django")):
                continue
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = cursor.fetchone()[0] or ""
            assert ANNA not in text, table
            assert ANNA.encode().hex() not in text, table
