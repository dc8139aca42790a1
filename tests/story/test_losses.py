"""Losses from the day they are certain to the day they are excused, come after all, or stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from refusion.access import DUTIES, Role
from refusion.claims.expectation import expected
from refusion.claims.facts import LossCause
from refusion.claims.facts import State as ClaimState
from refusion.claims.losses import Dispensation, FollowedLoss
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.watch.facts import Kind
from refusion.watch.stops import Cause, Stop
from refusion.workflow.ports.institution import Actor
from tests.story.diary import ACCOUNTANT, CASEWORKER, Diary
from tests.story.payroll import hired, paid_through, sick

PLEA = {"ground": "system_outage", "reason": "NemRefusion svarede ikke i tre dage"}


def losses(diary: Diary) -> list[FollowedLoss]:
    numbers = [int(row[0]) for row in diary.rows("SELECT number FROM loss ORDER BY number")]
    with diary.ports.work(diary.code, CASEWORKER) as tx:
        return [tx.losses.find(number) for number in numbers]


def late(diary: Diary) -> FollowedLoss:
    """Learn of an absence on day 40: the days before the notification are lost."""
    diary.on("2025-04-11").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(since="2025-03-03", until="2025-04-30"))
    diary.the_house_works()
    (found,) = losses(diary)
    return found


def test_a_late_notification_is_excused_and_claimed_from_the_first_day(diary: Diary) -> None:
    lost = late(diary)
    assert (lost.loss.cause, lost.dispensation(diary.clock.today())) == (LossCause.LATE_NOTIFICATION, Dispensation.POSSIBLE)
    assert lost.excusable_until == date(2025, 9, 3)
    diary.the_periods_are("2025-04-11..2025-04-30")
    house = diary.house()
    house.name_loss_owner(CASEWORKER, diary.code, lost.number, "Kim Ager")
    letter = house.apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    assert house.dispensation_letter(CASEWORKER, diary.code, lost.number) == letter
    with pytest.raises(Refused):
        house.apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    diary.on("2025-05-02").the_house_works()
    before = diary.claims()[0].expected.total
    house.record_dispensation(CASEWORKER, diary.code, lost.number, granted=True, document="25-0101, 2. maj 2025")
    diary.the_house_works()
    diary.the_periods_are("2025-04-02..2025-04-30")
    assert diary.claims()[0].expected.total == before + lost.loss.amount
    (followed,) = losses(diary)
    assert (followed.owner, followed.standing, followed.dispensation(diary.clock.today())) == ("Kim Ager", 0, Dispensation.GRANTED)
    assert not diary.tasks(Kind.REFUND_LOST)
    diary.until("2025-07-01").the_books_balance()


def test_a_late_request_is_excused_and_the_claim_is_filed_once_more(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-08"), sick(until="2025-04-20"))
    diary.every_day_until("2025-04-06")
    diary.until("2025-07-15")
    diary.caseworker_answers("3700").the_house_works()
    (lost,) = losses(diary)
    assert lost.loss.cause is LossCause.LATE_REQUEST
    before = diary.claims()[0]
    house = diary.house()
    house.apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    house.record_dispensation(CASEWORKER, diary.code, lost.number, granted=True, document="afgørelse 7")
    diary.the_house_works()
    after = diary.claims()[0]
    assert (after.version, after.period, after.expected.total) == (before.version + 1, before.period, before.expected.total + lost.loss.amount)
    assert losses(diary)[0].standing == 0
    diary.until("2025-10-01").the_books_balance()
    assert diary.value("SELECT count(*) FROM loss WHERE cause = 'late_request'") == 1


def test_a_refused_claim_is_filed_again_once_its_days_are_excused(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-08"), sick(until="2025-04-20"))
    diary.every_day_until("2025-04-06")
    diary.until("2025-07-15").caseworker_answers("3700").the_house_works()
    (lost,) = losses(diary)
    before = diary.claims()[0]
    with diary.ports.work(diary.code, CASEWORKER) as tx:
        tx.claims.keep(replace(before, state=ClaimState.REJECTED), tx.at.now)
        tx.audit.note("test", "claim", {})
    diary.house().apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    diary.house().record_dispensation(CASEWORKER, diary.code, lost.number, granted=True, document="afgørelse 8")
    after = diary.claims()[0]
    assert (after.state, after.version, after.expected.total) == (
        ClaimState.FILING,
        before.version + 1,
        before.expected.total + lost.loss.amount,
    )


def test_a_refusal_lets_the_loss_stand(diary: Diary) -> None:
    lost = late(diary)
    house = diary.house()
    with pytest.raises(Refused):
        house.record_dispensation(CASEWORKER, diary.code, lost.number, granted=True, document="brev")
    house.apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    house.record_dispensation(CASEWORKER, diary.code, lost.number, granted=False, document="brev")
    (followed,) = losses(diary)
    assert (followed.standing, followed.dispensation(date(2025, 5, 1))) == (lost.loss.amount, Dispensation.REFUSED)
    diary.the_periods_are("2025-04-11..2025-04-30")


@pytest.mark.parametrize(("day", "possible"), [("2025-09-03", True), ("2025-09-04", False)])
def test_dispensation_ends_six_months_after_the_first_absence_day(diary: Diary, day: str, possible: bool) -> None:
    lost = late(diary)
    diary.on(day)
    if possible:
        diary.house().apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    else:
        with pytest.raises(Refused) as refused:
            diary.house().apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
        assert refused.value.because.key == "losses.dispensation_too_late"


@pytest.mark.parametrize(("ground", "reason", "key"), [("bad_luck", "x", "unknown_ground"), ("system_outage", "  ", "no_reason")])
def test_an_application_needs_a_ground_of_the_law_and_a_reason(diary: Diary, ground: str, reason: str, key: str) -> None:
    lost = late(diary)
    with pytest.raises(Refused) as refused:
        diary.house().apply_dispensation(CASEWORKER, diary.code, lost.number, ground=ground, reason=reason)
    assert refused.value.because.key == f"losses.{key}"


def test_a_closed_difference_is_a_loss_that_money_coming_later_lessens(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-20"))
    diary.the_house_works()
    while not diary.value("SELECT count(*) FROM bank_line"):
        today = diary.clock.today()
        diary.on(date.fromordinal(today.toordinal() + 1).isoformat())
        diary.the_bank_pays(less=10_000)
        diary.the_house_works()
    diary.the_house_works()
    short = next(place for place, claim in enumerate(diary.claims()) if claim.state is ClaimState.DIFFERING)
    assert losses(diary) == []
    diary.accountant_closes(short).the_house_works()
    (lost,) = losses(diary)
    claim = diary.claims()[short]
    assert (lost.loss.cause, lost.loss.amount, lost.loss.claim) == (LossCause.WRITTEN_OFF, 10_000, claim.id)
    assert claim.expected.total == claim.received + lost.standing
    assert lost.dispensation(diary.clock.today()) is Dispensation.IMPOSSIBLE
    with pytest.raises(Refused):
        diary.house().apply_dispensation(CASEWORKER, diary.code, lost.number, **PLEA)
    diary.the_house_works()
    assert len(losses(diary)) == 1
    diary.the_books_balance()


def test_lost_and_received_make_up_all_that_the_absence_gave_a_right_to(diary: Diary) -> None:
    late(diary)
    for _ in range(70):
        diary.on(date.fromordinal(diary.clock.today().toordinal() + 1).isoformat())
        diary.the_bank_pays(less=12_345)
        diary.the_house_works()
    for place, claim in enumerate(diary.claims()):
        if claim.state is ClaimState.DIFFERING:
            diary.accountant_closes(place)
    diary.the_house_works()
    diary.the_claims_are("settled")
    (claim,) = diary.claims()
    whole = expected(Period(date(2025, 4, 2), date(2025, 4, 30)), claim.answers).total
    assert {found.loss.cause for found in losses(diary)} == {LossCause.LATE_NOTIFICATION, LossCause.WRITTEN_OFF}
    assert sum(found.standing for found in losses(diary)) + claim.received == whole


def test_a_decision_below_what_was_expected_is_named_as_such_once_it_is_accepted(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-20"))
    diary.the_house_works()
    diary.until("2025-06-20").the_claims_are("settled")
    claim = diary.claims()[0]
    with diary.ports.work(diary.code, ACCOUNTANT) as tx:
        tx.claims.keep(replace(claim, decided=claim.expected.total - 500, received=claim.expected.total - 700), tx.at.now)
        tx.audit.note("test", "claim", {})
    diary.the_house_works()
    assert {found.loss.cause: found.loss.amount for found in losses(diary)} == {
        LossCause.UNDER_DECIDED: 500,
        LossCause.WRITTEN_OFF: 200,
    }
    with diary.ports.work(diary.code, ACCOUNTANT) as tx:
        tx.claims.keep(replace(claim, decided=claim.expected.total, received=claim.expected.total - 100), tx.at.now)
        tx.audit.note("test", "claim", {})
    diary.the_house_works()
    assert sum(found.standing for found in losses(diary)) == 100
    assert sum(found.recovered for found in losses(diary)) == 600
    before = diary.value("SELECT count(*) FROM loss_step")
    diary.the_house_works()
    assert diary.value("SELECT count(*) FROM loss_step") == before


def test_what_was_decided_lower_while_the_benefit_was_stopped_is_named_a_stop(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-20"))
    diary.the_house_works()
    diary.until("2025-06-20").the_claims_are("settled")
    claim = diary.claims()[0]
    with diary.ports.work(diary.code, ACCOUNTANT) as tx:
        stop = Stop(claim.id, claim.case, Cause.NO_COOPERATION, date(2025, 4, 14), None, "brev 3", date(2025, 4, 16), "kim", 0)
        tx.waits.stops.keep(stop)
        tx.claims.keep(replace(claim, decided=claim.expected.total - 500, received=claim.expected.total - 700), tx.at.now)
        tx.audit.note("test", "claim", {})
    diary.the_house_works()
    found = {found.loss.cause: found.loss.amount for found in losses(diary)}
    assert found == {LossCause.STOPPED: 500, LossCause.WRITTEN_OFF: 200}
    diary.the_house_works()
    assert len(losses(diary)) == 2


def test_what_nobody_filed_in_time_is_lost_whole_and_once(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-08"), sick(until="2025-04-20"))
    diary.until("2025-04-05").until("2025-07-20").the_claims_are("drafted")
    assert losses(diary) == []
    diary.until("2025-07-21")
    (lost,) = losses(diary)
    assert (lost.loss.cause, lost.loss.period, lost.loss.claim) == (LossCause.LATE_REQUEST, diary.claims()[0].period, diary.claims()[0].id)
    assert diary.tasks(Kind.REFUND_LOST)
    diary.caseworker_answers("3700").the_house_works()
    diary.until("2025-08-10")
    assert len(losses(diary)) == 1


def test_nobody_without_the_duty_follows_or_excuses() -> None:
    assert {role for role in Role if "excuse_loss" in DUTIES[role]} == {Role.CASEWORKER}
    assert {role for role in Role if "follow_loss" in DUTIES[role]} == {Role.CASEWORKER, Role.LEADER, Role.ACCOUNTANT}


def test_an_accountant_may_not_excuse(diary: Diary) -> None:
    lost = late(diary)
    with pytest.raises(Refused):
        diary.house().apply_dispensation(Actor("regnskab", ACCOUNTANT.roles), diary.code, lost.number, **PLEA)
