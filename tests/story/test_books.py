"""The books are proved each night against claims, bank and authority, go out once, and are put right by two people."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from refusion.adapters.accounting.twin import Kept, take_in
from refusion.adapters.accounting.writer import Writer
from refusion.ledger import default_chart
from refusion.values.said import Refused
from refusion.watch.facts import Kind
from refusion.wiring.house import House
from refusion.workflow.books.export import Order
from refusion.workflow.ports.books.proofs import Certificate, What
from refusion.workflow.ports.institution import Actor
from tests.story.diary import Diary, at
from tests.story.payroll import hired, paid_through, sick
from tests.story.test_money import decided, paid_day

KEEPER, OTHER = Actor("regnskab", frozenset({"accountant"})), Actor("godkender", frozenset({"approver"}))
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def settled(diary: Diary) -> Diary:
    """Live one claim up to its money."""
    return decided(diary).until("2025-06-10").the_claims_are("settled")


def proof(diary: Diary) -> Certificate:
    return House(diary.ports).reconcile_books(KEEPER, diary.code)


def found(diary: Diary) -> list[tuple[str, int]]:
    return sorted((what, amount) for what, _subject, amount in proof(diary).differences)


def entry_of(diary: Diary, reason: str) -> int:
    return int(diary.value("SELECT max(position) FROM ledger_transaction WHERE reason = %(reason)s", reason=reason))


def owner(query: str) -> None:
    """Change a table as only its owner can."""
    from django.db import connections

    with connections["migrator"].cursor() as cursor:
        cursor.execute(query)


def test_every_night_has_its_certificate_and_nothing_is_told(diary: Diary) -> None:
    settled(diary)
    nights = diary.value("SELECT count(DISTINCT day) FROM certificate")
    assert nights > 5
    assert diary.value("SELECT count(*) FROM certificate WHERE NOT certified") == 0
    assert diary.tasks() == ()
    made = House(diary.ports).certificates(KEEPER, diary.code)
    assert all(holds for _, holds in made)
    assert [later.previous for later, _ in made[1:]] == [one.digest for one, _ in made[:-1]]
    noted = diary.rows("SELECT facts FROM audit_entry WHERE verb = 'reconcile_books' ORDER BY sequence")
    assert [json.loads(facts)["digest"] for (facts,) in noted] == [one.digest for one, _ in made]


def test_a_day_done_twice_is_proved_once(diary: Diary) -> None:
    settled(diary)
    before = diary.value("SELECT count(*) FROM certificate")
    diary.the_house_works()
    assert diary.value("SELECT count(*) FROM certificate") == before


def test_without_nights_the_last_day_of_the_month_is_proved(diary: Diary) -> None:
    House(diary.ports).set_nightly(KEEPER, diary.code, nightly=False)
    diary.on("2025-04-29").the_house_works()
    assert diary.value("SELECT count(*) FROM certificate") == 0
    diary.on("2025-04-30").the_house_works()
    assert diary.rows("SELECT day, certified FROM certificate") == [(date(2025, 4, 30), True)]


def test_a_certificate_that_was_changed_is_seen(diary: Diary) -> None:
    settled(diary)
    owner("UPDATE certificate SET figures = replace(figures, 'debit_ore', 'debits_ore') WHERE day = '2025-06-10'")
    made = House(diary.ports).certificates(KEEPER, diary.code, date(2025, 6, 10))
    assert [holds for _, holds in made] == [False]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE bank_match SET amount = amount - 100", [("money_not_booked", 100)]),
        ("UPDATE bank_match SET amount = amount + 100", [("line_overmatched", 100), ("money_not_booked", 100)]),
        ("UPDATE filing SET state = 'rejected' WHERE kind = 'claim'", [("held_but_refused", 1), ("pre_registered_otherwise", 2)]),
        ("UPDATE filing SET content_hash = 'x' WHERE kind = 'notification'", [("other_with_authority", 1)]),
        ("UPDATE filing SET id = '00000000-0000-0000-0000-000000000001' WHERE kind = 'claim'", [("not_with_authority", 1), ("only_with_authority", 0)]),
        ("UPDATE filing SET state = 'unknown' WHERE kind = 'notification'", [("in_doubt", 1)]),
    ],
)
def test_what_does_not_agree_is_named_with_its_kroner_until_it_does(diary: Diary, change: str, what: list[tuple[str, int]]) -> None:
    settled(diary)
    loosen = "ALTER TABLE filing_attempt DROP CONSTRAINT filing_attempt_filing_id_reference; ALTER TABLE message DROP CONSTRAINT message_filing_id_reference"
    owner(loosen)
    held = diary.rows("SELECT * FROM filing ORDER BY position"), diary.rows("SELECT id, amount FROM bank_match")
    owner(change)
    named = found(diary)
    assert [name for name, _ in named] == [name for name, _ in what]
    assert all(amount > 0 for name, amount in named if name != "only_with_authority")
    if "bank_match" in change:
        assert named == what
    tasks = diary.tasks(Kind.BOOKS_DIFFER)
    assert sorted((task.said.key, task.at_stake) for task in tasks) == sorted((f"books.{name}", amount) for name, amount in named)
    put_right(held)
    assert proof(diary).certified
    assert diary.tasks(Kind.BOOKS_DIFFER) == ()


def put_right(held: tuple[list[tuple[object, ...]], list[tuple[object, ...]]]) -> None:
    from django.db import connections

    filings, matches = held
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'filing' ORDER BY ordinal_position")
        names = [row[0] for row in cursor.fetchall()]
        for filing in filings:
            facts = dict(zip(names, filing, strict=True))
            cursor.execute(
                "UPDATE filing SET id = %s, state = %s, content_hash = %s WHERE position = %s",
                [facts["id"], facts["state"], facts["content_hash"], facts["position"]],
            )
        for match, amount in matches:
            cursor.execute("UPDATE bank_match SET amount = %s WHERE id = %s", [amount, match])


def test_a_silent_authority_gives_no_certificate_and_is_asked_again(diary: Diary) -> None:
    settled(diary)
    diary.the_authority("drop", on=("HentIndberetninger",), times=9)
    assert [name for name, _ in found(diary)] == [What.AUTHORITY_SILENT.value]
    (task,) = diary.tasks()
    assert task.at_stake > 0
    diary.the_authority()
    assert proof(diary).certified
    assert diary.tasks() == ()


def test_a_report_of_another_system_is_accepted_once(diary: Diary) -> None:
    settled(diary)
    owner("DELETE FROM posting; DELETE FROM ledger_transaction; DELETE FROM bank_match; DELETE FROM filing_attempt; DELETE FROM message; DELETE FROM filing")
    named = proof(diary)
    strangers = [subject for what, subject, _ in named.differences if what == What.ONLY_WITH_AUTHORITY.value]
    assert len(strangers) > 1
    house = House(diary.ports)
    with pytest.raises(Refused, match=r"books\.reason_missing"):
        house.accept_difference(KEEPER, diary.code, UUID(strangers[0]), " ")
    for stranger in strangers:
        house.accept_difference(KEEPER, diary.code, UUID(stranger), "lønsystem B")
    assert proof(diary).certified
    with pytest.raises(Refused, match=r"books\.not_to_accept"):
        house.accept_difference(KEEPER, diary.code, UUID(strangers[0]), "lønsystem B")


def test_each_transaction_goes_once_to_each_target_and_each_batch_as_often_as_asked(diary: Diary) -> None:
    house = House(diary.ports)
    decided(diary)
    early = date(2025, 5, 10)
    before = {form: house.export_journal(KEEPER, diary.code, Order(form, form, FIRST, early)) for form in Writer.forms}
    diary.until("2025-06-10").the_claims_are("settled")
    kept = {}
    for form in Writer.forms:
        again = house.export_journal(KEEPER, diary.code, Order(form, form, FIRST, early))
        assert (again.number, again.content) == (1, before[form].content)
        later = house.export_journal(KEEPER, diary.code, Order(form, form, FIRST, LAST))
        assert (later.number, house.journal_batch(KEEPER, diary.code, form, 2).content) == (2, later.content)
        kept[form] = take_in(form, later.content, take_in(form, before[form].content, Kept()))
        with pytest.raises(ValueError, match="was posted before"):
            take_in(form, later.content, kept[form])
    chart = default_chart()
    money = diary.balance("bank")
    assert money > 0
    assert all(one.balances() == {chart.bank.number: money, chart.income.number: -money} for one in kept.values())
    with pytest.raises(Refused, match=r"books\.nothing_to_export"):
        house.export_journal(KEEPER, diary.code, Order("csv", "csv", LAST, LAST))
    with pytest.raises(Refused, match=r"books\.other_form"):
        house.export_journal(KEEPER, diary.code, Order("ledger", "csv", FIRST, LAST))


def test_the_database_lets_no_transaction_go_twice(diary: Diary) -> None:
    settled(diary)
    house = House(diary.ports)
    house.export_journal(KEEPER, diary.code, Order("csv", "csv", FIRST, LAST))
    again = "INSERT INTO journal_exported SELECT institution_id, target, transaction_id, number FROM journal_exported"
    with pytest.raises(DatabaseError), diary.reading(), connection.cursor() as cursor:
        cursor.execute(again)


def test_two_people_take_a_posting_back_and_the_books_say_what_is_wrong_until_it_is_right(diary: Diary) -> None:
    house = House(diary.ports)
    settled(diary)
    entry = entry_of(diary, "adjusted")
    proposed = house.propose_void(KEEPER, diary.code, entry, "forkert sag")
    assert proposed.amount == diary.balance("bank")
    with pytest.raises(Refused, match=r"books\.void_open"):
        house.propose_void(KEEPER, diary.code, entry, "forkert sag")
    with pytest.raises(Refused, match=r"books\.void_own"):
        house.approve_void(Actor("regnskab", frozenset({"approver"})), diary.code, entry)
    with pytest.raises(Refused, match=r"access\.not_yours"):
        house.approve_void(KEEPER, diary.code, entry)
    house.approve_void(OTHER, diary.code, entry)
    assert (diary.balance("bank"), diary.balance("receivable")) == (0, proposed.amount)
    assert [name for name, _ in found(diary)] == ["receivable_left"]
    back = entry_of(diary, "reversed")
    house.propose_void(KEEPER, diary.code, back, "den var rigtig")
    house.approve_void(OTHER, diary.code, back)
    assert (diary.balance("bank"), diary.balance("receivable")) == (proposed.amount, 0)
    assert proof(diary).certified
    diary.the_books_balance()


def test_a_proposal_is_bound_to_what_was_seen_and_can_be_withdrawn(diary: Diary) -> None:
    house = House(diary.ports)
    settled(diary)
    entry = entry_of(diary, "adjusted")
    house.propose_void(KEEPER, diary.code, entry, "forkert sag")
    owner("UPDATE posting_void SET content_hash = 'other'")
    with pytest.raises(Refused, match=r"books\.void_changed"):
        house.approve_void(OTHER, diary.code, entry)
    house.withdraw_void(KEEPER, diary.code, entry)
    assert [one.void.outcome for one in house.voids(KEEPER, diary.code)] == ["withdrawn"]
    with pytest.raises(Refused, match=r"books\.no_void"):
        house.approve_void(OTHER, diary.code, entry)
    with pytest.raises(Refused, match=r"books\.reason_missing"):
        house.propose_void(KEEPER, diary.code, entry, "  ")
    with pytest.raises(Refused, match=r"books\.no_entry"):
        house.propose_void(KEEPER, diary.code, 10**9, "x")


@pytest.mark.parametrize("wrong", ["decided_by = proposed_by, decided_hash = content_hash", "decided_by = 'x', decided_hash = 'y'", "decided_by = 'x'"])
def test_the_database_itself_asks_for_four_eyes_and_the_same_content(diary: Diary, wrong: str) -> None:
    settled(diary)
    House(diary.ports).propose_void(KEEPER, diary.code, entry_of(diary, "adjusted"), "forkert sag")
    with pytest.raises(DatabaseError, match="posting_void_four_eyes"), diary.reading(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE posting_void SET outcome = 'approved', decided_at = proposed_at, {wrong}")


def test_accounts_chosen_later_leave_a_claims_money_where_it_waits(diary: Diary) -> None:
    house = House(diary.ports)
    decided(diary)
    for purpose, number in (("receivable", "61.34"), ("income", "18.89"), ("bank", "63.10")):
        house.set_account(KEEPER, diary.code, purpose, number)
    diary.until("2025-06-10").the_claims_are("settled")
    assert diary.rows("SELECT account, sum(amount) FROM posting GROUP BY account HAVING sum(amount) <> 0 ORDER BY account") == [
        ("18.91", -diary.claims()[0].received), ("63.10", diary.claims()[0].received),
    ]
    assert diary.value("SELECT count(*) FROM certificate WHERE NOT certified") == 0


def test_a_kind_has_accounts_of_its_own(diary: Diary) -> None:
    house = House(diary.ports)
    house.set_account(KEEPER, diary.code, "income", "18.92", kind="ordinary")
    house.set_account(KEEPER, diary.code, "bank", "63.20", kind="ordinary")
    settled(diary)
    assert {account for (account,) in diary.rows("SELECT DISTINCT account FROM posting")} == {"61.33", "18.92", "63.20"}
    charts = house.account_charts(KEEPER, diary.code)
    assert (set(charts), charts["ordinary"].income.number, charts[""].income.number) == ({"", "ordinary"}, "18.92", "18.91")
    house.set_account(KEEPER, diary.code, "income", "", kind="ordinary")
    assert house.account_charts(KEEPER, diary.code)["ordinary"].income.number == "18.91"


@pytest.mark.parametrize(
    ("purpose", "number", "kind", "key"),
    [
        ("receivables", "61.33", "", "books.no_purpose"),
        ("income", "61.33", "no_such", "books.no_kind"),
        ("income", "61 33", "", "books.no_account_number"),
        ("income", "=1+1", "", "books.no_account_number"),
        ("income", "61.33", "", "books.account_shared"),
        ("bank", "18.91", "", "books.account_shared"),
        ("receivable", "63.00", "fleksjob", "books.account_shared"),
    ],
)
def test_a_wrong_account_is_refused_and_changes_nothing(diary: Diary, purpose: str, number: str, kind: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        House(diary.ports).set_account(KEEPER, diary.code, purpose, number, kind=kind)
    assert refused.value.because.key == key
    assert diary.value("SELECT settings->'accounts' = '{}'::jsonb FROM institution WHERE code = %(code)s", code=diary.code)


def test_an_account_on_which_claims_wait_serves_nothing_else(diary: Diary) -> None:
    decided(diary)
    house = House(diary.ports)
    house.set_account(KEEPER, diary.code, "receivable", "61.34")
    with pytest.raises(Refused, match=r"books\.account_was_receivable"):
        house.set_account(KEEPER, diary.code, "loss", "61.33")


def test_a_closed_difference_is_lost_and_the_books_agree(diary: Diary) -> None:
    ((reference, pays, _),) = paid_day(decided(diary))
    from refusion.adapters.bank.twin import Payment

    diary.the_bank_tells(Payment(diary.clock.today(), pays - 500_00, reference))
    diary.the_house_works()
    diary.accountant_closes().the_claims_are("settled")
    assert (diary.balance("receivable"), diary.balance("bank")) == (0, pays - 500_00)
    assert diary.value("SELECT count(*) FROM ledger_transaction WHERE reason = 'lost'") == 1
    assert proof(diary).certified


def test_another_institution_neither_sees_nor_gets_the_journal(diary: Diary) -> None:
    settled(diary)
    other = at(diary, "BAKKEN")
    with pytest.raises(Refused, match=r"books\.nothing_to_export"):
        House(other.ports).export_journal(KEEPER, other.code, Order("csv", "csv", FIRST, LAST))
    assert proof(other).figures["transactions"] == 0


def test_changes_after_filing_keep_claims_and_ledger_together(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.until("2025-05-01").payroll_says(sick(since="2025-03-03", until="2025-04-20"))
    diary.the_house_works()
    diary.until("2025-07-20")
    assert diary.value("SELECT count(*) FROM certificate WHERE NOT certified") == 0
