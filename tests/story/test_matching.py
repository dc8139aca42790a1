"""What the bank tells without a clean reference: specified, suggested, matched by hand, taken back, written off by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection

from refusion.adapters.bank.twin import Payment, TwinAccount, notification, statement
from refusion.values.said import Refused
from refusion.watch.facts import Kind
from refusion.workflow.ports.institution import Actor
from refusion.workflow.settlements.by_hand import Given
from tests.story.diary import ACCOUNTANT, PLACES, Diary, at
from tests.story.payroll import hired
from tests.story.test_money import decided, paid_day, payments
from tests.workflow.dump import dumped

APPROVER = Actor("godkender", frozenset({"approver"}))
OTHER_ACCOUNTANT = Actor("regnskab2", frozenset({"accountant", "approver"}))


def number_of(diary: Diary, one: str = "1") -> str:
    """Give the national number of an employee."""
    return str(hired(one).national_number)


def line_number(diary: Diary, place: int = -1) -> int:
    return int(diary.rows("SELECT position FROM bank_line ORDER BY position")[place][0])


def claim_number(diary: Diary, one: str = "1") -> int:
    return int(diary.claims(one)[0].number or 0)


def specified(*rows: str) -> bytes:
    head = "payment;amount;payer;pays_on;reference;national_number;first_day;last_day;text"
    return "\r\n".join((head, *rows)).encode()


def kroner(ore: int) -> str:
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02d}"


def payer_tells(diary: Diary, raw: bytes, name: str = "spec.csv") -> tuple[int, int]:
    done = diary.house().absorb_payments(ACCOUNTANT, diary.code, name, raw)
    return done.new, done.known


def day_of_all(diary: Diary) -> list[tuple[str, int, date]]:
    """Go to the day on which the money of all decisions has come."""
    due = paid_day(diary)
    diary.on(max(day for _, _, day in due).isoformat())
    return due


def test_a_specified_lump_sum_pays_what_is_right_and_shows_what_is_wrong(diary: Diary) -> None:
    due = day_of_all(decided(diary, numbers="123"))
    paid = [(reference, pays - (700_00 if place == 1 else 0)) for place, (reference, pays, _) in enumerate(due)]
    total = sum(amount for _, amount in paid)
    rows = [f"UDB-7;{kroner(amount)};;;{reference};;;;" for reference, amount in paid]
    payer_tells(diary, specified(*rows))
    diary.the_bank_tells(Payment(diary.clock.today(), total, None, ("Samlet udbetaling UDB-7",)))
    diary.the_house_works()
    states = sorted(diary.claims(number)[0].state.value for number in "123")
    assert states == ["differing", "settled", "settled"]
    (task,) = diary.tasks()
    assert (task.kind, task.at_stake) == (Kind.DIFFERENCE, 700_00)
    assert (diary.balance("bank"), diary.balance("receivable")) == (total, 700_00)
    diary.the_books_balance()


def test_the_parts_inside_a_batch_specify_it_in_whatever_order_statement_and_notification_come(diary: Diary) -> None:
    due = day_of_all(decided(diary, numbers="12"))
    today = diary.clock.today()
    parts = tuple(Payment(today, pays - (100_00 if place else 0), reference) for place, (reference, pays, _) in enumerate(due))
    total = sum(part.amount for part in parts)
    held = TwinAccount(PLACES[diary.code][2], PLACES[diary.code][0], "DKK")
    whole = Payment(today, total, None, parts=parts)
    diary.the_bank_sends("054.xml", notification(held, today, [whole]))
    again = diary.the_bank_sends("053.xml", statement(held, today, [whole]))
    assert (again.new, again.known) == (0, 1)
    diary.the_house_works()
    assert sorted(diary.claims(number)[0].state.value for number in "12") == ["differing", "settled"]
    assert [task.at_stake for task in diary.tasks()] == [100_00]
    assert diary.value("SELECT count(*) FROM matched_part") == 2


def test_person_and_period_are_evidence_and_no_number_is_kept_in_clear(diary: Diary) -> None:
    ((_, pays, day),) = paid_day(decided(diary))
    period = diary.claims()[0].period
    number = number_of(diary)
    text = f"Refusion {number[:6]}-{number[6:]} {period.first:%d.%m.%Y}-{period.last:%d.%m.%Y}"
    diary.the_bank_tells(Payment(day, pays, None, (text,)))
    diary.the_house_works()
    diary.the_claims_are("settled").the_books_balance()
    assert diary.value("SELECT reason FROM bank_match") == "settlements.person_period"

    payer_tells(diary, specified(f"UDB-1;1.00;Kommunen;;;{number};2025-04-01;2025-04-02;til {number}"))
    assert number not in str(diary.rows("SELECT * FROM payment_part"))


def test_a_specification_may_come_before_its_money_and_before_payroll_knows_the_person(diary: Diary) -> None:
    number = number_of(diary)
    diary.on("2025-01-02")
    raw = specified(f"UDB-1;100.00;Kommunen;2025-05-12;;{number};2025-04-01;2025-04-20;")
    assert payer_tells(diary, raw) == (1, 0)
    assert payer_tells(diary, raw) == (0, 0)
    assert payer_tells(diary, raw + b"\r\n", "again.csv") == (0, 1)
    decided(diary)
    assert diary.value("SELECT count(*) FROM payment_part s JOIN person p ON p.id = s.person_id") == 1


def test_a_suggestion_is_accepted_under_its_code_and_taken_back(diary: Diary) -> None:
    ((_, pays, day),) = paid_day(decided(diary))
    number = number_of(diary)
    diary.the_bank_tells(Payment(day, pays - 200, None, (f"Refusion {number}",)))
    diary.the_house_works()
    before = dumped(diary, but=("task", "claim"))
    line = line_number(diary)
    (shown,) = diary.house().matching_board(ACCOUNTANT, diary.code).lines
    assert (shown.line.number, shown.line.rest) == (line, pays - 200)
    best = shown.offers[0]
    assert (best.suggestion.difference, best.suggestion.rivals) == (-200, 0)
    assert [one.number for one in best.names.values()] == [claim_number(diary)]
    with pytest.raises(Refused):
        diary.house().accept_suggestion(ACCOUNTANT, diary.code, line, "00000000")
    diary.house().accept_suggestion(ACCOUNTANT, diary.code, line, best.code)
    diary.the_claims_are("differing").the_books_balance()
    assert (diary.balance("bank"), [task.kind for task in diary.tasks()]) == (pays - 200, [Kind.DIFFERENCE])
    assert diary.value("SELECT by FROM bank_match") == ACCOUNTANT.name
    with pytest.raises(Refused):
        diary.house().accept_suggestion(ACCOUNTANT, diary.code, line, best.code)

    assert diary.house().undo_match(ACCOUNTANT, diary.code, line, "forkert person") == pays - 200
    assert (diary.balance("bank"), diary.balance("receivable")) == (0, diary.claims()[0].expected.total)
    diary.the_books_balance()
    after = dumped(diary, but=("task", "claim"))
    assert all(row in after[table] for table, rows in before.items() for row in rows), "nothing was deleted or changed"
    counts = diary.the_house_works()
    assert counts["settle"] == 0
    assert [task.said.key for task in diary.tasks(Kind.LINE_UNMATCHED)] == ["settlements.undone_waits"]

    diary.house().match_by_hand(ACCOUNTANT, diary.code, [Given(line, claim_number(diary))], "rigtig alligevel")
    assert diary.balance("bank") == pays - 200
    assert diary.value("SELECT count(*) FROM bank_match") == 3
    diary.the_books_balance()


def test_a_settled_claim_stands_open_again_when_its_match_is_taken_back(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    diary.the_bank_tells(Payment(day, pays, reference))
    diary.the_house_works()
    diary.the_claims_are("settled")
    line = line_number(diary)
    with pytest.raises(Refused):
        diary.house().undo_match(ACCOUNTANT, diary.code, line, " ")
    diary.house().undo_match(ACCOUNTANT, diary.code, line, "andens penge")
    diary.the_claims_are("differing").the_books_balance()
    assert sorted(task.kind for task in diary.tasks()) == [Kind.DIFFERENCE, Kind.LINE_UNMATCHED]
    with pytest.raises(Refused):
        diary.house().undo_match(ACCOUNTANT, diary.code, line, "igen")
    before = dumped(diary)
    diary.the_house_works()
    assert dumped(diary) == before
    diary.house().match_by_hand(ACCOUNTANT, diary.code, [Given(line, claim_number(diary))], "rettet")
    diary.the_claims_are("settled").the_books_balance()
    assert (diary.balance("receivable"), diary.tasks()) == (0, ())


def test_one_line_is_split_and_two_are_joined(diary: Diary) -> None:
    due = day_of_all(decided(diary, numbers="12"))
    pays = {number: diary.value("SELECT pays FROM decision WHERE claim_id = %(id)s", id=diary.claims(number)[0].id) for number in "12"}
    today, total = diary.clock.today(), sum(amount for _, amount, _ in due)
    diary.the_bank_tells(Payment(today, total - 300_00, None, ("uden reference",)), Payment(today, 300_00, None, ("resten",)))
    diary.the_house_works()
    first, second = line_number(diary, -2), line_number(diary, -1)
    one, two = claim_number(diary, "1"), claim_number(diary, "2")
    house = diary.house()
    with pytest.raises(Refused, match="more_than_left"):
        house.match_by_hand(ACCOUNTANT, diary.code, [Given(first, one, total)], "for meget")
    with pytest.raises(Refused, match="more_than_left"):
        house.match_by_hand(ACCOUNTANT, diary.code, [Given(first, one, -100)], "forkert fortegn")
    house.match_by_hand(ACCOUNTANT, diary.code, [Given(first, one, pays["1"]), Given(first, two), Given(second, two)], "aftalt med kommunen")
    assert [claim.state.value for number in "12" for claim in diary.claims(number)] == ["settled", "settled"]
    assert (diary.balance("receivable"), diary.balance("bank"), diary.tasks()) == (0, total, ())
    diary.the_books_balance()


def test_a_line_laid_aside_comes_back_after_its_day(diary: Diary) -> None:
    diary.on("2025-04-07").the_bank_tells(Payment(date(2025, 4, 7), 1245_00, None, ("Tilbagebetaling kursusgebyr",)))
    diary.the_house_works()
    line = line_number(diary)
    with pytest.raises(Refused):
        diary.house().park_line(ACCOUNTANT, diary.code, line, reason="spurgt", until=date(2025, 4, 7))
    diary.house().park_line(ACCOUNTANT, diary.code, line, reason="spurgt banken", until=date(2025, 4, 9))
    assert diary.tasks() == ()
    diary.on("2025-04-09").the_house_works()
    assert diary.tasks() == ()
    diary.on("2025-04-10").the_house_works()
    assert [task.kind for task in diary.tasks()] == [Kind.LINE_UNMATCHED]


def test_a_line_is_written_off_by_two_and_nothing_is_posted(diary: Diary) -> None:
    diary.on("2025-04-07").the_bank_tells(Payment(date(2025, 4, 7), 1245_00, None, ("Tilbagebetaling kursusgebyr",)))
    diary.the_house_works()
    house, line = diary.house(), line_number(diary)
    number = house.propose_line_write_off(ACCOUNTANT, diary.code, line, "ikke refusion")
    with pytest.raises(Refused, match="write_off_open"):
        house.propose_line_write_off(ACCOUNTANT, diary.code, line, "igen")
    with pytest.raises(Refused):
        house.approve_write_off(ACCOUNTANT, diary.code, number)
    assert house.approve_write_off(APPROVER, diary.code, number) == 0
    assert (diary.tasks(), house.matching_board(ACCOUNTANT, diary.code).lines) == ((), ())
    before = dumped(diary)
    diary.the_house_works()
    assert dumped(diary) == before
    assert diary.value("SELECT count(*) FROM posting") == 0


def short_paid(diary: Diary) -> Diary:
    ((reference, pays, day),) = paid_day(decided(diary))
    diary.the_bank_tells(Payment(day, pays - 500_00, reference))
    diary.the_house_works()
    return diary


def test_a_difference_is_written_off_by_two_and_booked_as_lost(diary: Diary) -> None:
    house = short_paid(diary).house()
    number = house.propose_claim_write_off(ACCOUNTANT, diary.code, claim_number(diary), "forældet")
    diary.the_claims_are("differing")
    assert house.approve_write_off(APPROVER, diary.code, number) == 500_00
    diary.the_claims_are("settled").the_books_balance()
    assert (diary.balance("receivable"), diary.tasks()) == (0, ())
    with pytest.raises(Refused, match="write_off_decided"):
        house.approve_write_off(APPROVER, diary.code, number)


def test_nobody_approves_his_own_proposal_not_even_past_the_house(diary: Diary) -> None:
    house = short_paid(diary).house()
    number = house.propose_claim_write_off(OTHER_ACCOUNTANT, diary.code, claim_number(diary), "forældet")
    with pytest.raises(Refused, match="write_off_own"):
        house.approve_write_off(OTHER_ACCOUNTANT, diary.code, number)
    for by, content in ((OTHER_ACCOUNTANT.name, "content_hash"), (APPROVER.name, "'another content'")):
        with pytest.raises((DatabaseError, psycopg.Error), match="write_off_four_eyes"), diary.reading(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE write_off SET outcome = 'approved', decided_by = %s, decided_at = proposed_at, decided_hash = {content}", [by]
            )
    house.decline_write_off(APPROVER, diary.code, number)
    diary.the_claims_are("differing")
    assert diary.balance("receivable") == 500_00


def test_a_proposal_whose_ground_moved_is_not_approved(diary: Diary) -> None:
    house = short_paid(diary).house()
    number = house.propose_claim_write_off(ACCOUNTANT, diary.code, claim_number(diary), "forældet")
    reference = payments(diary)[0][0]
    diary.the_bank_tells(Payment(diary.clock.today(), 100_00, reference))
    diary.the_house_works()
    with pytest.raises(Refused, match="write_off_changed"):
        house.approve_write_off(APPROVER, diary.code, number)
    house.withdraw_write_off(ACCOUNTANT, diary.code, number)
    again = house.propose_claim_write_off(ACCOUNTANT, diary.code, claim_number(diary), "forældet")
    assert house.approve_write_off(APPROVER, diary.code, again) == 400_00
    diary.the_claims_are("settled").the_books_balance()


def test_what_nobody_can_know_is_kept_and_shown(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    other = at(diary, "BAKKEN")
    diary.the_bank_tells(
        Payment(day, 77_00, "KSD-9999999999"),
        Payment(day, -33_00, None, ("modregning",)),
        Payment(day, 55_00, None, (reference, "KSD-8888888888")),
    )
    diary.the_house_works()
    assert sorted(task.at_stake for task in diary.tasks(Kind.LINE_UNMATCHED)) == [33_00, 55_00, 77_00]
    diary.the_claims_are("decided")
    assert diary.value("SELECT count(*) FROM bank_match") == 0
    assert other.value("SELECT count(*) FROM bank_line WHERE institution_id IS NOT NULL") == 0
    # More than was decided is kept for the claim that it names, and its surplus is a difference.
    diary.the_bank_tells(Payment(day, pays + 999_00, reference))
    diary.the_house_works()
    diary.the_claims_are("differing").the_books_balance()
    assert [task.at_stake for task in diary.tasks(Kind.DIFFERENCE)] == [999_00]


def test_more_than_came_is_never_taken_back(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    diary.the_bank_tells(Payment(day, pays, reference), Payment(day, -pays - 1, None, ("retur",)))
    diary.the_house_works()
    diary.the_claims_are("settled")
    with pytest.raises(Refused, match="more_than_came"):
        diary.house().match_by_hand(ACCOUNTANT, diary.code, [Given(line_number(diary), claim_number(diary))], "retur")


def test_another_institution_sees_and_moves_nothing(diary: Diary) -> None:
    ((reference, pays, day),) = paid_day(decided(diary))
    diary.the_bank_tells(Payment(day, pays, reference))
    diary.the_house_works()
    other = replace(diary, code="BAKKEN").house()
    with pytest.raises(Refused, match="no_line"):
        other.undo_match(ACCOUNTANT, "BAKKEN", line_number(diary), "ikke mit")
