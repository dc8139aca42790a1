"""What is kept of self-employed persons comes back as it was, once, and sealed where it tells of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import connection

from refusion.values.said import Refused
from refusion.workflow.ports.self_employed.cases import FilingState
from tests.store.conftest import Open
from tests.store.self_employed.rows import BERIT, FIRST, case_of, filing_of, keep_self_employed


def test_a_case_comes_back_as_it_was_and_once(work: Open) -> None:
    with work() as tx:
        kept = tx.self_employed.cases.open(case_of(tx))
        again = tx.self_employed.cases.open(case_of(tx))
        assert kept == again == replace(case_of(tx), number=kept.number)
        assert tx.self_employed.cases.of_person(BERIT.national_number) == (kept.number,)
        tx.audit.note("test", "1", {})
    with work("THERE") as tx, pytest.raises(Refused):
        tx.self_employed.cases.find(kept.number or 0)


def test_steps_waits_and_letters_come_back(work: Open) -> None:
    with work() as tx:
        case = keep_self_employed(tx)
        step = tx.self_employed.cases.steps(case.id)[0]
        assert (step.happened.facts, step.document, step.undone_at) == ({"until": FIRST}, "letter", None)
        wait = tx.self_employed.cases.waits(case.id, None)[0]
        tx.self_employed.cases.warn(wait, date(2025, 3, 3))
        tx.self_employed.cases.end_wait(wait, date(2025, 3, 3))
        assert tx.self_employed.cases.waits(None, None) == ()
        assert tx.self_employed.cases.all_waits(case.id)[0].warned_on == date(2025, 3, 3)
        assert tx.self_employed.filings.letters(case.id) == ("letter-1",)
        assert not tx.self_employed.filings.keep_message(case.id, "digital_post", "received", "letter-1", b"<letter/>")
        assert tx.self_employed.cases.to_look_at(FIRST) == (case.number,)
        assert [row.number for row in tx.self_employed.cases.listed("opened", 10)] == [case.number]
        assert tx.self_employed.cases.listed("ended", 10) == ()
        tx.audit.note("test", "1", {})


def test_a_form_is_filed_once_and_again_only_after_a_refusal(work: Open) -> None:
    with work() as tx:
        case = tx.self_employed.cases.open(case_of(tx))
        first = filing_of(tx, case)
        assert tx.self_employed.filings.intend(first)
        assert not tx.self_employed.filings.intend(filing_of(tx, case, 2))
        assert tx.self_employed.filings.find(first.id) == first
        tx.self_employed.filings.keep(replace(first, state=FilingState.REJECTED, answer="1001"))
        assert tx.self_employed.filings.intend(filing_of(tx, case, 2))
        assert len(tx.self_employed.filings.open_ones()) == 1
        tx.audit.note("test", "1", {})


def test_an_undone_step_is_undone_once(work: Open) -> None:
    with work() as tx:
        case = keep_self_employed(tx)
        tx.self_employed.cases.undo(case.id, 0, "kim", tx.at.now)
        tx.audit.note("test", "1", {})
    with pytest.raises((psycopg.Error, Exception), match="undone_at"), work() as tx:
        tx.self_employed.cases.undo(case.id, 0, "kai", tx.at.now)


def test_nothing_of_the_person_or_the_illness_stands_in_the_open(work: Open) -> None:
    with work() as tx:
        keep_self_employed(tx)
        tx.audit.note("test", "1", {})
    with work() as tx, connection.cursor() as cursor:
        for table in ("case", "step", "wait", "filing", "message"):
            cursor.execute(f"SELECT t::text FROM self_employed_{table} t")
            text = " ".join(row[0] for row in cursor.fetchall())
            assert not [word for word in (BERIT.national_number, "Berit", "berit@", "day3_min", "30000000") if word in text], table
