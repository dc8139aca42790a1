"""Money comes wrong, in parts, in one sum, from strangers or not at all; every øre is shown where it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.adapters.bank.twin import Payment
from refusion.ledger import PreRegistration
from refusion.ledger.setting import Rule
from refusion.values.said import BadInput, Refused
from refusion.watch.facts import Kind
from refusion.workflow.ports.institution import Actor, Settings
from refusion.workflow.watch.settings import NO_LIMIT, Change
from tests.story.diary import Diary, at, opened_diary
from tests.story.payroll import hired, paid_through, sick

LOW = 20_000_00


def decided(*diaries: Diary, numbers: str = "1") -> Diary:
    """Live absences with one claim each up to where only their decisions lack, which come from 5 to 12 May."""
    for diary in diaries:
        rows = [[hired(one), *paid_through(one, "2024-12", "2025-05", LOW), sick(one, until="2025-04-20")] for one in numbers]
        diary.on("2025-04-07").payroll_says(*rows)
        diary.the_house_works()
    for diary in diaries:
        diary.on("2025-04-21").the_house_works()
    return diaries[0]


def payments(diary: Diary) -> list[tuple[str, int, date]]:
    """Give what the authority has said that it pays: reference, øre, day."""
    return [tuple(row) for row in diary.rows("SELECT reference, pays, pays_on FROM decision ORDER BY reference")]


def paid_day(diary: Diary) -> list[tuple[str, int, date]]:
    """Go to the day of payment, without the payment."""
    diary.on("2025-05-14").the_house_works()
    due = payments(diary)
    diary.on(due[0][2].isoformat())
    return due


def test_less_is_paid_and_then_the_rest(diary: Diary) -> None:
    ((reference, pays, _),) = paid_day(decided(diary))
    diary.the_bank_tells(Payment(diary.clock.today(), pays - 500_00, reference))
    diary.the_house_works()
    diary.the_claims_are("differing")
    (task,) = diary.tasks()
    assert (task.kind, task.at_stake, task.said.key) == (Kind.DIFFERENCE, 500_00, "settlements.difference_paid_wrong")
    assert diary.balance("receivable") == 500_00

    diary.until("2025-06-10").the_bank_tells(Payment(diary.clock.today(), 500_00, reference))
    diary.the_house_works()
    diary.the_claims_are("settled").the_case_is("settled").the_books_balance()
    assert (diary.balance("receivable"), diary.balance("bank"), diary.tasks()) == (0, pays, ())


def test_one_sum_for_two_claims_of_two_people(diary: Diary) -> None:
    due = paid_day(decided(diary, numbers="12"))
    days = {day for _reference, _pays, day in due}
    diary.on(max(days).isoformat())
    total = sum(pays for _reference, pays, _day in due)
    diary.the_bank_tells(Payment(diary.clock.today(), total, None, tuple(reference for reference, _pays, _day in due)))
    diary.the_house_works()
    assert [claim.state.value for number in "12" for claim in diary.claims(number)] == ["settled", "settled"]
    assert (diary.balance("receivable"), diary.balance("bank"), diary.tasks()) == (0, total, ())
    diary.the_books_balance()


def test_a_line_that_belongs_to_nobody_is_shown_with_what_is_known_of_it(diary: Diary) -> None:
    diary.on("2025-04-07").the_bank_tells(Payment(date(2025, 4, 7), 1245_00, None, ("Tilbagebetaling kursusgebyr",)))
    diary.the_house_works()
    (task,) = diary.tasks()
    assert (task.kind, task.at_stake, task.said.key) == (Kind.LINE_UNMATCHED, 1245_00, "settlements.no_reference")
    assert diary.value("SELECT count(*) FROM posting") == 0


def test_a_foreign_account_and_a_foreign_currency_stay_in_the_tray(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    line = Payment(day, pays, reference)
    stranger = diary.the_bank_tells(line, account="DK5000400440116243")
    euros = diary.the_bank_tells(line, currency="EUR")
    assert stranger is not None
    assert euros is not None
    assert (stranger.in_tray, euros.in_tray) == (1, 1)
    diary.the_house_works()
    diary.the_claims_are("decided")
    assert diary.value("SELECT count(*) FROM bank_match") == 0
    assert diary.tasks() == ()


def test_money_that_never_comes_is_asked_for_after_a_week(diary: Diary) -> None:
    ((_reference, pays, day),) = paid_day(decided(diary))
    diary.on(date.fromordinal(day.toordinal() + 7).isoformat()).the_house_works()
    assert diary.tasks() == ()
    diary.on(date.fromordinal(day.toordinal() + 8).isoformat()).the_house_works()
    assert [(task.kind, task.at_stake) for task in diary.tasks()] == [(Kind.PAYMENT_LATE, pays)]


def test_a_decision_that_never_comes_is_asked_for(diary: Diary) -> None:
    diary.authority("set", decide_days=[60, 60])
    decided(diary).on("2025-05-26").the_house_works()
    assert diary.tasks() == ()
    diary.on("2025-05-27").the_house_works()
    assert [task.kind for task in diary.tasks()] == [Kind.DECISION_LATE]
    diary.until("2025-07-25").the_case_is("settled")
    assert diary.tasks() == ()


@pytest.mark.parametrize(("per_cent", "key"), [(90, "settlements.difference_decided_less"), (0, "settlements.difference_decided_less")])
def test_a_revised_decision_shows_its_difference_until_it_is_closed_with_a_reason(diary: Diary, per_cent: int, key: str) -> None:
    diary.authority("set", revised_decisions={"per_mille": 1000, "after_days": 14, "per_cent": per_cent})
    decided(diary).until("2025-07-10").the_claims_are("differing")
    claim = diary.claims()[0]
    (task,) = diary.tasks()
    assert (task.kind, task.said.key) == (Kind.DIFFERENCE, key)
    assert task.at_stake == claim.expected.total - claim.received > 0
    with pytest.raises(Refused):
        diary.accountant_closes(reason="  ")
    diary.accountant_closes().the_house_works()
    diary.the_claims_are("settled").the_case_is("settled").the_books_balance()
    assert (diary.balance("receivable"), diary.balance("bank"), diary.tasks()) == (0, claim.received, ())
    diary.until("2025-08-20").the_case_is("settled")
    assert diary.tasks() == ()


def test_a_difference_above_the_limit_is_closed_by_two(diary: Diary) -> None:
    diary.authority("set", revised_decisions={"per_mille": 1000, "after_days": 14, "per_cent": 0})
    decided(diary).until("2025-07-10").the_claims_are("differing")
    admin = Actor("administrator", frozenset({"institution_admin"}))
    claim = diary.claims()[0]
    for limit, is_enough in ((claim.expected.total - 1, False), (0, False), (claim.expected.total, True)):
        diary.house().change_settings(admin, diary.code, Change(close_alone_up_to=limit))
        if is_enough:
            diary.accountant_closes().the_claims_are("settled")
            continue
        with pytest.raises(Refused, match=r"claims\.close_needs_two"):
            diary.accountant_closes()
        diary.the_claims_are("differing")
    diary.house().change_settings(admin, diary.code, Change(close_alone_up_to=NO_LIMIT))
    with diary.reading() as tx:
        assert tx.institution.settings.close_alone_up_to is None


def test_a_refusal_is_a_difference_though_no_money_ever_moves(diary: Diary) -> None:
    decided(diary)
    claim = diary.claims()[0]
    # The municipality finds that the notification came late, which the house does not know.
    shelf = diary.host._state
    with shelf.transaction():
        for key, held in list(shelf.scan("report")):
            shelf.put("report", key, held | {"fields": held["fields"] | {"FoersteFravaersdag": "2025-04-19"}})
    diary.on("2025-05-14").the_house_works()
    assert [row[1] for row in payments(diary)] == [0]
    diary.the_claims_are("differing")
    (task,) = diary.tasks()
    assert (task.kind, task.at_stake) == (Kind.DIFFERENCE, claim.expected.total)
    diary.accountant_closes().the_house_works()
    diary.the_case_is("settled").the_books_balance()
    assert diary.balance("receivable") == 0


def test_the_same_statement_twice_and_the_notification_of_the_same_line_count_once(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    first = diary.the_bank_tells(Payment(day, pays, reference), name="a.xml")
    raw = diary.value("SELECT count(*) FROM bank_line")
    again = diary.the_bank_tells(Payment(day, pays, reference), name="b.xml")
    assert (first.new, again.new, again.known, raw) == (1, 0, 1, 1)
    diary.the_house_works()
    diary.the_claims_are("settled")
    assert diary.balance("bank") == pays


def test_a_broken_statement_is_refused_and_nothing_of_it_stays(diary: Diary) -> None:
    diary.on("2025-04-07")
    with pytest.raises(BadInput):
        diary.the_bank_sends("broken.xml", b"<Document><x></Document>")
    assert diary.rows("SELECT state FROM raw_file") == [("refused",)]
    assert diary.value("SELECT count(*) FROM bank_line") == 0


def test_without_pre_registration_everything_works_but_the_postings(house_database: str) -> None:
    off = Settings(preregistration=PreRegistration(on_by_default=False))
    with opened_diary(off) as diary:
        ((reference, pays, day),) = paid_day(decided(diary))
        diary.the_bank_tells(Payment(day, pays - 100_00, reference))
        diary.the_house_works()
        diary.the_claims_are("differing")
        assert [(task.kind, task.at_stake) for task in diary.tasks()] == [(Kind.DIFFERENCE, 100_00)]
        diary.accountant_closes().the_house_works()
        diary.the_case_is("settled")
        claim = diary.claims()[0]
        assert (claim.expected.total, claim.decided, claim.received) == (pays, pays, pays - 100_00)
        assert diary.value("SELECT count(*) FROM posting") == 0


def test_pre_registration_switched_on_never_posts_for_the_past(house_database: str) -> None:
    later = Settings(preregistration=PreRegistration((Rule(date(2025, 5, 1), on=True),), on_by_default=False))
    with opened_diary(later) as diary:
        diary.on("2025-03-24").payroll_says(hired(), paid_through("1", "2024-12", "2025-05", LOW), sick(until="2025-05-18", since="2025-02-24"))
        diary.the_house_works()
        diary.until("2025-05-20")
        filed = {claim.id: claim.requested_on for claim in diary.claims()}
        diary.until("2025-06-25")
        assert {row[0] for row in diary.rows("SELECT DISTINCT claim_id FROM posting")} == {id for id, day in filed.items() if day and day >= date(2025, 5, 1)}
        assert min(day for day in filed.values() if day) < date(2025, 5, 1)


def test_two_institutions_with_the_same_person_keep_apart(diary: Diary) -> None:
    other = at(diary, "BAKKEN")
    decided(diary, other)
    assert len(diary.accepted()) == len(other.accepted()) == 2
    diary.on("2025-05-14").the_house_works()
    other.the_house_works()
    while diary.clock.today() < date(2025, 6, 10):
        diary.on(date.fromordinal(diary.clock.today().toordinal() + 1).isoformat())
        for each in (diary, other):
            if each.the_bank_pays() is not None:
                each.the_house_works()
    for each in (diary, other):
        each.the_case_is("settled").the_books_balance()
        assert each.value("SELECT count(*) FROM claim") == 1
        assert each.balance("bank") == each.claims()[0].received > 0
