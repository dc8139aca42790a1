"""Books, bank and trail: balanced or refused, once and never changed, and a trail that shows every tampering."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections
from hypothesis import given
from hypothesis import strategies as some

from refusion.store import institutions
from refusion.store.audit import StoredAudit, entry_hash, first_broken
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind, Task, Turn
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.keys import open_vault
from refusion.wiring.work import HouseWork, NotNoted, OpenTransaction
from refusion.workflow.ports.bank import Match
from refusion.workflow.ports.institution import HOUSE, Actor, Settings
from tests.store.conftest import DAY, HERS, THEIRS, Open, make_institution
from tests.store.filled import claim_of, decision_of, line_of, transaction_of, uid, with_case
from tests.store.told import ANNA, absorb, employment_of, employments


def with_claim(tx: OpenTransaction) -> UUID:
    claim = claim_of(with_case(tx))
    tx.claims.keep(claim, tx.at.now)
    return claim.id


def run(statement: str, *facts: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)


def test_a_transaction_is_posted_once_and_comes_back_whole(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        first, second = transaction_of(1, claim, tx.at.now), replace(transaction_of(2, claim, tx.at.now, 7), corrects=uid(5001))
        assert [tx.ledger.post(first), tx.ledger.post(first), tx.ledger.post(second)] == [True, False, True]
        assert tx.ledger.of_claim(claim.id) == (first, second)
        assert tx.ledger.of_claim(uid(1)) == ()
        assert tx.ledger.imbalance() == 0


@pytest.mark.parametrize("amounts", [[], [100], [100, -99]])
def test_an_unbalanced_or_empty_transaction_is_refused_at_the_end(work: Open, amounts: list[int]) -> None:
    with pytest.raises(IntegrityError, match=r"ledger transaction .* has"), work() as tx:  # noqa: PT012 (the error comes at the end)
        claim, number = with_claim(tx), tx.institution.id
        run("INSERT INTO ledger_transaction (institution_id, id, reason, happened_on, learned_at, text_key, text_facts, postings) "
            "VALUES (%s, %s, 'lost', %s, %s, 'x', '{}', %s)", number, uid(1), DAY, tx.at.now, len(amounts))
        for place, amount in enumerate(amounts):
            run("INSERT INTO posting VALUES (%s, %s, %s, '1', %s, %s)", number, uid(1), place, amount, claim)


def test_no_posting_is_added_to_a_transaction_that_stands(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        tx.ledger.post(transaction_of(1, claim, tx.at.now))
    more = "INSERT INTO posting VALUES (%s, %s, 3, '1', 5, %s), (%s, %s, 4, '2', -5, %s)"
    with pytest.raises(Exception, match="takes no further postings"), work() as tx:
        run(more, *(tx.institution.id, uid(5001), claim.id) * 2)


def test_a_line_goes_to_the_owner_of_its_account_or_to_the_tray(work: Open) -> None:
    lines = [line_of(1), line_of(2, 50, THEIRS), line_of(3, 1, "DK99"), line_of(4, 9, HERS, "EUR")]
    with work() as tx:
        file = tx.files.keep("bank", "a.xml", b"a", tx.at.now).id
        assert tx.bank.owners([HERS, THEIRS, "DK99"]) == {HERS: ("DKK", "NORDEA")}
        assert tx.bank.absorb(lines, file, tx.at.now) == (4, 0)
        assert tx.bank.absorb(lines, file, tx.at.now) == (0, 4)
        assert tx.bank.absorb([], file, tx.at.now) == (0, 0)
        assert [(line.key, line.amount, line.tray) for line in tx.bank.unmatched()] == [("key-1", 100_00, None)]
        assert _tray() == [("key-3", "bank.foreign_account"), ("key-4", "bank.foreign_currency")]
    with work("THERE") as tx:
        assert [line.key for line in tx.bank.unmatched()] == ["key-2"]
        file = tx.files.keep("bank", "a.xml", b"a", tx.at.now).id
        assert tx.bank.absorb(lines, file, tx.at.now) == (0, 4)
        assert _tray() == [("key-3", "bank.foreign_account"), ("key-4", "bank.foreign_currency")]


def _tray() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, tray FROM bank_line WHERE institution_id IS NULL ORDER BY key")
        return list(cursor.fetchall())


def test_a_stranger_to_the_mandate_sees_neither_tray_nor_accounts(work: Open) -> None:
    with work() as tx:
        file = tx.files.keep("bank", "a.xml", b"a", tx.at.now).id
        tx.bank.absorb([line_of(3, 1, "DK99")], file, tx.at.now)
    make_institution("FAR")
    with work("FAR") as tx, connection.cursor() as cursor:
        for table in ("bank_line", "mandate", "mandate_account", "mandate_owner"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        file = tx.files.keep("bank", "a.xml", b"a", tx.at.now).id
        with pytest.raises(Refused, match=r"store\.no_mandate"):
            tx.bank.absorb([line_of(1)], file, tx.at.now)


def test_a_line_cannot_be_given_to_an_institution_that_does_not_own_its_account(work: Open) -> None:
    with work() as tx:
        file = tx.files.keep("bank", "a.xml", b"a", tx.at.now).id
        tx.bank.absorb([line_of(3, 1, "DK99")], file, tx.at.now)
    with pytest.raises(Exception, match="row-level security"), work() as tx:
        run("INSERT INTO bank_line (id, mandate_id, key, institution_id, account, currency, amount, booked_on, reference, payer, text, "
            "received_by_id, file_id, recorded_at) SELECT %s, mandate_id, 'other', %s, account, currency, amount, booked_on, reference, "
            "payer, text, received_by_id, file_id, recorded_at FROM bank_line", uid(1), tx.institution.id)


def test_matches_leave_what_is_left_and_decisions_wait_for_their_money(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        decision = decision_of(claim, 1, 90_00)
        assert [tx.bank.keep_decision(decision), tx.bank.keep_decision(decision)] == [True, False]
        assert tx.bank.decisions(claim.id) == tx.bank.unpaid_decisions() == (decision,)
        tx.bank.absorb([line_of(1)], tx.files.keep("bank", "a.xml", b"a", tx.at.now).id, tx.at.now)
        line = tx.bank.unmatched()[0].id
        assert line is not None
        for _ in range(2):
            tx.bank.keep_match(Match(uid(1), line, claim.id, decision.id, 90_00, "bank.reference", DAY))
        assert [rest.amount for rest in tx.bank.unmatched()] == [10_00]
        assert (tx.bank.matched(claim.id), tx.bank.matched_decision(decision.id), tx.bank.matched(uid(9))) == (90_00, 90_00, 0)
        assert tx.bank.unpaid_decisions() == ()
        revised = replace(decision_of(claim, 2, 70_00), pays=-20_00, revises="D1", reference=decision.reference)
        tx.bank.keep_decision(revised)
        assert tx.bank.unpaid_decisions() == (decision, revised)
        tx.bank.keep_match(Match(uid(2), line, claim.id, revised.id, 10_00, "bank.reference", DAY))
        assert tx.bank.unmatched() == ()


def test_a_file_is_kept_once_by_kind_and_content(work: Open) -> None:
    with work() as tx:
        first, again = (tx.files.keep("bank", name, b"same", tx.at.now) for name in ("a", "b"))
        other = tx.files.keep("decisions", "a", b"same", tx.at.now)
        assert (first.seen_before, again.seen_before, other.seen_before) == (False, True, False)
        assert (again.id, again.name, again.state) == (first.id, "a", "kept")
        assert other.id != first.id
        problems = (said("bank.broken", day=DAY), said("bank.line", row=3))
        for _ in range(2):
            tx.files.set_state(first.id, "refused", problems)
        assert tx.files.keep("bank", "a", b"same", tx.at.now).state == "refused"
        with connection.cursor() as cursor:
            cursor.execute("SELECT position, key FROM file_problem ORDER BY position")
            assert cursor.fetchall() == [(1, "bank.broken"), (2, "bank.line")]


def test_markers_and_days_are_kept(work: Open) -> None:
    with work() as tx:
        assert (tx.messages.marker("events"), tx.days.last("absorb")) == (None, None)
        for value in ("1", "2", "2"):
            tx.messages.set_marker("events", value)
        for _ in range(2):
            tx.days.mark(DAY, "absorb")
    with work() as tx:
        assert (tx.messages.marker("events"), tx.days.done(DAY), tx.days.last("absorb")) == ("2", frozenset({"absorb"}), DAY)
    with work("THERE") as tx:
        assert (tx.messages.marker("events"), tx.days.done(DAY)) == (None, frozenset())


def test_a_task_is_opened_brought_up_to_date_closed_and_opened_again(work: Open) -> None:
    with work() as tx:
        case = with_case(tx).id
        task = Task(uid(1), Kind.DIFFERENCE, said("watch.difference", day=DAY, amount_ore=5), Turn.CASEWORKER, 5, DAY, case=case)
        other = replace(task, id=uid(2), at_stake=9, safe_day=DAY, case=None)
        for opened in (task, other):
            tx.tasks.open(opened)
        assert tx.tasks.open_tasks() == (other, task)
        tx.tasks.close(task.id, DAY, "kim")
        assert tx.tasks.find(task.id) == replace(task, done_on=DAY, done_by="kim")
        tx.tasks.close(task.id, DAY.replace(day=9), "bo")
        assert tx.tasks.find(task.id).done_by == "kim"
        tx.tasks.open(replace(task, at_stake=6))
        assert tx.tasks.open_tasks(case=case) == (replace(task, at_stake=6),)
        tx.tasks.close_for(case=case, day=DAY, by="house")
        tx.tasks.close(uid(3), DAY, "kim")
        assert tx.tasks.open_tasks() == (other,)


def test_each_verb_leaves_a_line_in_a_chain_of_its_institution(work: Open) -> None:
    for number in range(3):
        with work("HERE", Actor("kim")) as tx:
            tx.audit.note("verb", f"subject {number}", {"day": DAY, "count": number})
    with work("THERE") as tx:
        tx.audit.note("verb", "other", {})
    with work() as tx, connection.cursor() as cursor:
        assert isinstance(tx.audit, StoredAudit)
        assert (tx.audit.first_broken(), tx.audit.head()[0]) == (None, 3)
        cursor.execute("SELECT sequence, actor, subject, facts FROM audit_entry ORDER BY sequence")
        assert cursor.fetchall()[2] == (3, "kim", "subject 2", '{"count":2,"day":{"day":"2025-03-03"}}')


def test_a_line_that_does_not_follow_is_refused(work: Open) -> None:
    with pytest.raises(Exception, match="does not follow the last one"), work() as tx:
        run("INSERT INTO audit_entry VALUES (%s, 2, %s, 'x', 'x', 'x', '{}', '', 'abc')", tx.institution.id, tx.at.now)


def test_a_failed_transaction_leaves_neither_rows_nor_line(work: Open) -> None:
    with pytest.raises(KeyError), work() as tx:  # noqa: PT012 (what went before is to be undone)
        tx.audit.note("verb", "x", {})
        absorb(tx, employments(("E1", ANNA, "Anna", 3700)))
        raise KeyError
    with work() as tx:
        assert isinstance(tx.audit, StoredAudit)
        assert tx.audit.head() == (0, "")
        with pytest.raises(Refused):
            tx.payroll.employment(employment_of(tx, "E1"))


@pytest.mark.parametrize("tampering", [
    "UPDATE audit_entry SET facts = '{}' WHERE sequence = 2",
    "UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 2",
    "UPDATE audit_entry SET at = at + interval '1 second' WHERE sequence = 2",
    "DELETE FROM audit_entry WHERE sequence = 2",
])
def test_a_tampered_trail_is_found(work: Open, tampering: str) -> None:
    for number in range(3):
        with work() as tx:
            tx.audit.note("verb", str(number), {"n": number})
    with connections["migrator"].cursor() as cursor:
        cursor.execute(tampering)
    with work() as tx:
        assert isinstance(tx.audit, StoredAudit)
        assert tx.audit.first_broken() == 2


Line = some.tuples(some.text(max_size=5), some.text(max_size=5), some.text(max_size=5), some.text(max_size=5))


@given(some.lists(Line, min_size=1, max_size=6), some.data())
def test_any_change_to_any_line_breaks_the_chain(lines: list[tuple[str, ...]], data: some.DataObject) -> None:
    chain: list[tuple[object, ...]] = []
    previous = b""
    for sequence, line in enumerate(lines, 1):
        digest = entry_hash(7, (sequence, "at", *line), previous)
        chain.append((sequence, "at", *line, previous, digest))
        previous = digest
    assert first_broken(7, chain) is None
    assert first_broken(8, chain) == 1
    row, place = data.draw(some.integers(0, len(chain) - 1)), data.draw(some.integers(2, 5))
    changed = list(chain[row])
    changed[place] = f"{changed[place]}!"
    assert first_broken(7, [*chain[:row], tuple(changed), *chain[row + 1 :]]) == row + 1


def test_a_verb_that_writes_and_notes_nothing_is_found(work: Open, clock: SetClock) -> None:
    strict = HouseWork(clock, open_vault(), HERE, must_note=True)
    with pytest.raises(NotNoted), strict("HERE", HOUSE) as tx:
        tx.days.mark(DAY, "x")
    with strict("HERE", HOUSE) as tx:
        assert tx.days.done(DAY) == frozenset()


def test_the_same_person_has_another_index_and_another_seal_elsewhere(work: Open) -> None:
    indexes, sealed = [], []
    for code in ("HERE", "THERE"):
        with work(code) as tx, connection.cursor() as cursor:
            absorb(tx, employments(("E1", ANNA, "Anna", 3700)))
            cursor.execute("SELECT id, number_index, sealed_number FROM person")
            ((found, index, seal),) = cursor.fetchall()
            assert tx.payroll.national_number(found) == ANNA
            indexes.append(bytes(index))
            sealed.append((found, bytes(seal)))
    assert indexes[0] != indexes[1]
    assert sealed[0][0] != sealed[1][0]
    with connections["migrator"].cursor() as cursor:
        cursor.execute("UPDATE person SET sealed_number = %s WHERE id = %s", [sealed[1][1], sealed[0][0]])
    with pytest.raises(ValueError, match="belongs to another"), work() as tx:
        tx.payroll.national_number(sealed[0][0])


def test_institutions_are_made_found_and_listed(work: Open) -> None:
    assert institutions.codes() == ("HERE", "THERE")
    found = institutions.find("HERE").institution
    assert (found.code, found.country, found.settings) == ("HERE", "DK", Settings(contact="Desk"))
    with pytest.raises(Refused, match=r"store\.no_institution"):
        institutions.find("NOWHERE")
    with pytest.raises(Refused, match=r"store\.institution_stands"):
        make_institution("HERE")
    with pytest.raises(Refused, match=r"store\.no_institution"), work("NOWHERE"):
        pass


def test_a_user_sees_all_his_roles_before_he_chooses(work: Open) -> None:
    from django.contrib.auth.models import User

    kim, bo = (User.objects.create(username=name).pk for name in ("kim", "bo"))
    for user, code, roles in ((kim, "HERE", ("caseworker", "auditor")), (kim, "THERE", ("leader",)), (bo, "THERE", ("leader",))):
        for _ in range(2):
            institutions.give_roles(user, code, roles)
    assert institutions.roles_of(kim) == {"HERE": frozenset({"caseworker", "auditor"}), "THERE": frozenset({"leader"})}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM user_role")
        assert cursor.fetchone() == (0,)


def test_a_transaction_is_never_opened_inside_another(work: Open) -> None:
    with pytest.raises(RuntimeError, match="durable"), work(), work("THERE"):
        pass
