"""Payroll changes its mind: pay, days, kinds and whole absences, before and after the authority was told."""

from __future__ import annotations

from datetime import timedelta

from refusion.workflow.day.run import begin_day
from refusion.workflow.ports.institution import HOUSE
from tests.story.diary import Diary
from tests.story.payroll import hired, paid, paid_through, sick, withdrawn

ENDED = {"since": "2025-03-03", "until": "2025-05-11"}


def claimed(diary: Diary) -> Diary:
    """Live an absence with two accepted claims, ended on 11 May."""
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-06", 30_000_00), sick())
    diary.until("2025-03-30").until("2025-05-01").on("2025-05-12").payroll_says(sick(**ENDED))
    diary.the_house_works()
    return diary.the_claims_are("accepted", "accepted")


def test_pay_corrected_after_filing_corrects_the_claim_and_its_money(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05", 20_000_00), sick(until="2025-04-20"))
    diary.until("2025-03-30").until("2025-06-06").the_claims_are("settled").the_case_is("settled")
    before = diary.claims()[0]

    diary.on("2025-06-07").payroll_says(paid("1", "2025-02", 25_000_00))
    diary.the_house_works()
    diary.the_claims_are("accepted").the_case_is("ended")
    after = diary.claims()[0]
    assert (after.version, after.number, after.decided) == (2, before.number, None)
    assert after.expected.total > before.expected.total
    diary.the_authority_holds("Opret DP201", "Opret DP202", "Opret DP202")

    diary.until("2025-07-25").the_case_is("settled").the_claims_are("settled").the_books_balance()
    settled = diary.claims()[0]
    amounts = [row[0] for row in diary.rows("SELECT pays FROM decision ORDER BY decided_on, pays")]
    assert amounts == [before.expected.total, -before.expected.total, after.expected.total]
    assert settled.received == settled.expected.total
    assert (diary.balance("receivable"), diary.balance("bank")) == (0, settled.received)
    assert diary.balance("income") == -settled.received
    assert diary.tasks() == ()


def test_no_difference_is_shown_between_the_money_taken_back_and_the_new_payment(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05", 20_000_00), sick(until="2025-04-20"))
    diary.until("2025-03-30").until("2025-05-23").on("2025-05-24").payroll_says(paid("1", "2025-02", 25_000_00))
    diary.the_house_works()
    while diary.clock.today().isoformat() < "2025-07-10":
        diary.until((diary.clock.today() + timedelta(days=1)).isoformat())
        assert diary.tasks() == ()


def test_the_last_day_moved_earlier_takes_back_the_last_claim_and_corrects_the_one_before(diary: Diary) -> None:
    claimed(diary).until("2025-05-14").payroll_says(sick(since="2025-03-03", until="2025-04-27"))
    diary.the_house_works()
    diary.until("2025-05-16").the_periods_are("2025-04-02..2025-04-27").the_claims_are("accepted").the_case_is("ended")
    assert [claim.state.value for claim in diary.all_claims()] == ["accepted", "annulled"]
    diary.until("2025-07-10").the_case_is("settled").the_books_balance()
    claim = diary.claims()[0]
    assert claim.received == claim.expected.total
    assert diary.balance("receivable") == 0


def test_the_last_day_moved_later_corrects_the_last_claim_and_adds_another(diary: Diary) -> None:
    claimed(diary).until("2025-06-10").payroll_says(sick(since="2025-03-03", until="2025-06-08"))
    diary.the_house_works()
    diary.the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-31", "2025-06-01..2025-06-08")
    diary.until("2025-08-10").the_case_is("settled").the_books_balance()
    assert all(claim.received == claim.expected.total for claim in diary.claims())
    assert (diary.balance("receivable"), diary.tasks()) == (0, ())


def test_the_last_day_moved_earlier_while_the_last_claim_is_under_way_waits_for_its_answer(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-06", 30_000_00), sick())
    diary.until("2025-03-30").until("2025-05-01").on("2025-05-12").payroll_says(sick(**ENDED))
    begin_day(diary.ports, HOUSE, diary.code)
    diary.the_claims_are("accepted", "filing").payroll_says(sick(since="2025-03-03", until="2025-04-27"))
    begin_day(diary.ports, HOUSE, diary.code)
    diary.the_claims_are("accepted", "filing").the_house_works()
    diary.until("2025-05-14").the_periods_are("2025-04-02..2025-04-27").the_claims_are("accepted")
    assert diary.value("SELECT count(*) FROM filing WHERE state = 'rejected'") == 0
    assert diary.tasks() == ()


def test_an_end_that_is_revoked_lets_the_case_run_on(diary: Diary) -> None:
    claimed(diary).until("2025-05-14").payroll_says(sick(since="2025-03-03", until=None))
    diary.the_house_works()
    diary.the_case_is("running")
    diary.until("2025-06-01").the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-31", "2025-06-01..2025-06-30")
    diary.until("2025-06-03").the_claims_are("settled", "accepted", "drafted")
    diary.payroll_says(sick(since="2025-03-03", until="2025-06-02"))
    diary.the_house_works()
    diary.until("2025-08-10").the_case_is("settled").the_books_balance()


def test_an_absence_withdrawn_before_filing_files_nothing(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick())
    diary.the_house_works()
    diary.on("2025-03-10").payroll_says(withdrawn())
    diary.the_house_works()
    diary.until("2025-04-10").the_case_is("withdrawn").the_authority_holds()


def test_an_absence_withdrawn_after_filing_is_annulled_last_claim_first_and_the_money_goes_back(diary: Diary) -> None:
    claimed(diary).until("2025-05-22").on("2025-05-23").payroll_says(withdrawn())
    diary.the_house_works()
    diary.the_case_is("annulled").the_claims_are()
    annulled = [row[0] for row in diary.rows("SELECT c.sequence FROM filing f JOIN claim c ON c.id = f.subject_id WHERE f.kind = 'annulment' ORDER BY f.position")]
    assert annulled == [2, 1]
    assert [one["standing"] for one in diary.accepted() if one["form"] != "DP212s"] == ["annulleret"] * 6
    diary.until("2025-07-10").the_books_balance()
    assert [diary.balance(purpose) for purpose in ("receivable", "bank", "income")] == [0, 0, 0]
    assert diary.tasks() == ()


def test_an_annulment_on_the_day_of_the_signing_waits_for_the_next(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick())
    diary.until("2025-03-30").the_case_is("running").payroll_says(withdrawn())
    diary.the_house_works()
    diary.the_case_is("annulling").the_authority_holds("Opret DP201")
    diary.on("2025-03-31").the_house_works()
    diary.the_case_is("annulled").the_authority_holds("Opret DP201", "Annuller DP201")


def test_an_absence_told_again_after_its_annulment_is_notified_anew(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick())
    diary.until("2025-03-30").until("2025-03-31").payroll_says(withdrawn())
    diary.the_house_works()
    diary.the_case_is("annulled").on("2025-04-02").payroll_says(sick(until="2025-04-20"))
    diary.the_house_works()
    diary.the_case_is("ended").the_authority_holds("Opret DP201", "Annuller DP201", "Opret DP201")
    diary.on("2025-04-21").the_house_works()
    diary.the_claims_are("accepted").until("2025-05-25").the_case_is("settled").the_books_balance()


def test_an_absence_told_again_while_its_annulment_is_under_way_is_notified_anew(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick())
    diary.until("2025-03-30").payroll_says(withdrawn())
    diary.the_house_works()
    diary.payroll_says(sick())
    diary.the_house_works()
    diary.the_case_is("annulling").on("2025-03-31").the_house_works()
    diary.the_case_is("watching")
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201", "Annuller DP201", "Opret DP201")


def test_a_first_day_moved_after_the_notification_is_put_right_there(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick())
    diary.until("2025-03-31").payroll_says(sick(since="2025-02-28"))
    diary.the_house_works()
    diary.the_authority_holds("Opret DP201", "Ret DP201").the_periods_are("2025-03-30..2025-03-31")
    diary.until("2025-04-21").payroll_says(sick(since="2025-03-04", until="2025-04-20"))
    diary.the_house_works()
    diary.the_case_is("ended")
    assert [one["fields"]["FoersteFravaersdag"] for one in diary.accepted() if one["action"] == "Ret"][-1] == "2025-03-04"


def test_hours_answered_for_the_later_month_first_wait_for_the_earlier(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-06"), sick(until="2025-05-25", partial_from="2025-04-14"))
    diary.until("2025-03-30").until("2025-06-02").the_claims_are("drafted", "drafted")
    weeks = sorted(task.about or "" for task in diary.tasks())
    for week in weeks[2:]:
        diary.caseworker_answers("2000", about=week)
    diary.the_house_works()
    diary.the_claims_are("drafted", "drafted")
    for week in weeks[:2]:
        diary.caseworker_answers("2000", about=week)
    diary.the_house_works()
    diary.the_claims_are("accepted", "accepted").until("2025-07-15").the_case_is("settled").the_books_balance()
