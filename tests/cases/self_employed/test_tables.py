"""Every state of every track meets every event of it, every wait has its day, and what the source says is what happens."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from refusion.cases.self_employed.asked import FACTS, read_facts
from refusion.cases.self_employed.automatic import by_itself
from refusion.cases.self_employed.facts import BEGINNINGS, Course, Event, Happened, Lapse, State, Track, Treatment
from refusion.cases.self_employed.happening import happen, replay
from refusion.cases.self_employed.limits import last_benefit_day, limit_day
from refusion.cases.self_employed.payments import payments
from refusion.cases.self_employed.tables import EVENTS_OF, STATES_OF, TABLES, TRACK_OF, refusals
from refusion.cases.self_employed.waits import Rests, Turn, waits
from refusion.law.denmark.sickness.duration import GROUNDS
from refusion.values.said import BadInput, Said
from refusion.wiring import texts
from tests.cases.self_employed.courses import APPLIED, FILED, FIRST, GRANTED, OPENED, RUNNING, led

E, S, T = Event, State, Track
KNOWS_NO_WAIT = {S.ENDED, S.WITHDRAWN}


@pytest.mark.parametrize("track", list(Track))
def test_every_cell_is_a_move_or_a_refusal_with_a_sentence(track: Track) -> None:
    refused = refusals(track)
    for cell in product(STATES_OF[track], EVENTS_OF[track]):
        assert (cell in TABLES[track]) != (cell in refused)
    assert all(texts.catalogue("self_employed", language)[key] for key in refused.values() for language in ("da", "en"))
    assert BEGINNINGS[track] in STATES_OF[track]


def test_every_state_is_reached_and_every_event_belongs_to_one_track() -> None:
    reached = set(BEGINNINGS.values()) | {after for table in TABLES.values() for after in table.values()}
    assert reached == set(State)
    assert set(TRACK_OF) == set(Event)
    assert sum(len(events) for events in EVENTS_OF.values()) == len(Event)


def test_waits_are_dated_and_said_in_both_languages() -> None:
    course = led(*RUNNING)
    kinds = {wait.kind: wait for wait in waits(course)}
    assert kinds["reassessment"].due == date(2022, 8, 15)
    assert kinds["limit"].due == date(2022, 8, 31)
    assert kinds["first_meeting"].due == date(2022, 4, 26)
    assert kinds["payment"].due == date(2022, 3, 31)
    assert kinds["payment"].turn is Turn.MUNICIPALITY


@pytest.mark.parametrize(
    ("insurance", "agreement", "due"),
    [(None, False, date(2022, 3, 22)), ("day1_min", False, date(2022, 3, 8)), ("day3_max", False, date(2022, 3, 10)), (None, True, date(2022, 3, 8))],
)
def test_notification_is_due_by_the_cover(insurance: str | None, agreement: bool, due: date) -> None:
    found = {wait.kind: wait.due for wait in waits(Course(FIRST, insurance, agreement))}
    assert found["notification"] == due
    assert found["request"] == date(2022, 3, 22)


def test_two_weeks_goal_and_a_notice_of_delay() -> None:
    applied = led(*APPLIED)
    assert next((wait.kind, wait.due, wait.rests) for wait in waits(applied)) == ("decision", date(2022, 4, 3), Rests.GOAL)
    told = led((E.DELAY_TOLD, date(2022, 4, 1), {"decision_expected": date(2022, 4, 20)}), course=applied)
    assert waits(told)[0].due == date(2022, 4, 20)
    asked = led((E.COMPLETION_ASKED, date(2022, 4, 2), {"completion_by": date(2022, 4, 9)}), course=told)
    assert (waits(asked)[0].kind, waits(asked)[0].turn) == ("completion", Turn.PERSON)
    given = led((E.COMPLETED, date(2022, 4, 8), {"way": "mit_sygefravaer"}), course=asked)
    assert waits(given)[0].due == date(2022, 4, 22)


def test_fast_track_is_two_weeks_and_never_later() -> None:
    early = led(*FILED, (E.FAST_TRACK_ASKED, date(2022, 3, 10)))
    late = led(*FILED, (E.FAST_TRACK_ASKED, date(2022, 4, 20)))
    assert {wait.kind: wait.due for wait in waits(early)}["first_meeting"] == date(2022, 3, 24)
    assert {wait.kind: wait.due for wait in waits(late)}["first_meeting"] == date(2022, 4, 26)


def test_standby_lifts_the_meetings_and_keeps_the_payments() -> None:
    course = led(*RUNNING, (E.STANDBY_ASKED, date(2022, 4, 1)), (E.STANDBY_GRANTED, date(2022, 4, 5), {"standby_review": date(2022, 7, 1)}))
    kinds = {wait.kind for wait in waits(course)}
    assert "first_meeting" not in kinds
    assert {"payment", "standby_review"} <= kinds
    assert payments(course, date(2022, 4, 30)) == payments(led(*RUNNING), date(2022, 4, 30))


def test_a_statement_is_there_before_the_meeting() -> None:
    course = led(*RUNNING, (E.STATEMENT_ASKED, date(2022, 4, 1), {"statement_side": "person"}))
    assert {wait.kind: wait.due for wait in waits(course)}["statement"] == date(2022, 4, 25)


@pytest.mark.parametrize("treatment", list(Treatment))
def test_only_treatment_in_the_narrow_sense_may_be_refused(treatment: Treatment) -> None:
    after = happen(led(*RUNNING), Happened(E.TREATMENT_REFUSED, date(2022, 4, 1), {"treatment": treatment.value}))
    may = treatment in (Treatment.BY_DOCTOR, Treatment.OPERATION, Treatment.MEDICINE)
    assert isinstance(after, Course) == may


def test_what_the_clinical_function_proposes_may_be_refused_too() -> None:
    course = led(
        *RUNNING, (E.TREATMENT_REFUSED, date(2022, 4, 1), {"treatment": "operation"}),
        (E.TREATMENT_PROPOSED, date(2022, 4, 20), {"proposal_answer_by": date(2022, 5, 1)}), (E.PROPOSAL_REFUSED, date(2022, 4, 25)),
    )  # fmt: skip
    assert course.main is S.RUNNING
    assert last_benefit_day(course) is None


@pytest.mark.parametrize("lapse", list(Lapse))
def test_each_ground_of_lapse_stops_the_payments(lapse: Lapse) -> None:
    course = led(*RUNNING, (E.RIGHT_LAPSED, date(2022, 5, 2), {"lapse": lapse.value}))
    assert course.main is S.PAYING_OUT
    assert last_benefit_day(course) == date(2022, 5, 1)
    assert payments(course, date(2022, 12, 31))[-1].period.last == date(2022, 5, 1)


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_ground_extends(ground: str) -> None:
    course = led(*RUNNING, (E.REASSESSMENT_BEGUN, date(2022, 7, 1)), (E.EXTENDED, date(2022, 8, 1), {"ground": ground}))
    until = {"clarification": date(2023, 11, 27), "treatment": date(2025, 2, 24)}.get(ground)
    assert (course.main, limit_day(course)) == (S.EXTENDED, until)
    assert by_itself(course, date(2022, 9, 1)) is None


def test_an_extension_beyond_its_weeks_is_refused() -> None:
    reassessing = led(*RUNNING, (E.REASSESSMENT_BEGUN, date(2022, 7, 1)))
    facts = {"ground": "clarification", "extended_until": date(2023, 11, 28)}
    assert isinstance(happen(reassessing, Happened(E.EXTENDED, date(2022, 8, 1), facts)), Said)


def test_without_a_ground_the_right_stops_at_the_month_end() -> None:
    course = led(*RUNNING)
    assert by_itself(course, date(2022, 8, 31)) is None
    limit = by_itself(course, date(2022, 9, 1))
    assert limit == Happened(E.TIME_LIMIT_REACHED, date(2022, 8, 31))
    assert last_benefit_day(led((limit.event, limit.day), course=course)) == date(2022, 8, 31)


def test_clarification_lasts_two_years_and_may_be_renewed() -> None:
    course = led(*RUNNING, (E.REASSESSMENT_BEGUN, date(2022, 7, 1)), (E.CLARIFICATION_BEGUN, date(2022, 9, 1)))
    assert [(wait.kind, wait.due) for wait in waits(course)] == [("clarification", date(2024, 8, 31))]
    renewed = led((E.CLARIFICATION_RENEWED, date(2024, 8, 30)), course=course)
    assert waits(renewed)[0].due == date(2026, 8, 29)
    assert last_benefit_day(renewed) == date(2022, 8, 31)


def test_benefit_ends_on_the_day_of_fitness_whoever_told_and_whenever() -> None:
    running = led(*RUNNING, (E.FIT_AGAIN, date(2022, 4, 6)))
    assert running.main is S.PAYING_OUT
    paid = payments(running, date(2022, 12, 31))
    assert paid[-1].period.last == date(2022, 4, 5)
    assert paid[-1].weeks[-1].amount == 4465_00 * 2 // 5
    early = led(*FILED, (E.FIT_AGAIN, date(2022, 3, 20)))
    assert early.main is S.REQUESTED


@pytest.mark.parametrize(("on", "expected"), [(date(2022, 4, 22), "in_time"), (date(2022, 4, 23), "late")])
def test_a_complaint_is_in_time_for_four_weeks_and_taken_late(on: date, expected: str) -> None:
    course = led(*RUNNING, (E.COMPLAINED, on))
    assert course.words["complaint"] == expected
    assert {wait.kind: wait.due for wait in waits(course)}["complaint"] == on + timedelta(weeks=4)


def test_a_changed_decision_restores_the_right() -> None:
    refused = led(*APPLIED, (E.REFUSED, date(2022, 3, 28)))
    assert refused.words["ended_because"] == "not_eligible"
    assert isinstance(happen(refused, Happened(E.RIGHT_RESTORED, date(2022, 4, 20), {"benefit_from": date(2022, 3, 15)})), Said)
    changed = led((E.COMPLAINED, date(2022, 4, 1)), (E.DECISION_CHANGED, date(2022, 4, 20)), course=refused)
    restored = led((E.RIGHT_RESTORED, date(2022, 4, 20), {"benefit_from": date(2022, 3, 15)}), course=changed)
    begun = by_itself(restored, date(2022, 4, 20))
    assert begun is not None
    assert led((begun.event, begun.day), course=restored).main is S.RUNNING
    assert payments(restored, date(2022, 4, 30))[0].period.first == date(2022, 3, 15)


def test_paper_and_other_ways_are_for_those_who_may() -> None:
    paper = Happened(E.NOTIFIED, date(2022, 3, 9), {"way": "borgerservice"})
    assert isinstance(happen(OPENED, paper), Said)
    exempt = led((E.EXEMPTION_SHOWN, date(2022, 1, 5)))
    assert isinstance(happen(exempt, paper), Course)
    sent = led(*APPLIED[:-1])
    by_post = Happened(E.FORM_ANSWERED, date(2022, 3, 20), {"way": "digital_post"})
    assert isinstance(happen(sent, by_post), Said)
    assert isinstance(happen(led((E.DISPENSATION_GRANTED, date(2022, 3, 15)), course=sent), by_post), Course)


def test_partly_fit_pays_three_quarters_or_half_from_its_day() -> None:
    course = led(*RUNNING, (E.PARTLY_FIT, date(2022, 4, 1), {"medical": "doctor_estimates_partly"}))
    assert {wait.kind for wait in waits(course)} >= {"capacity"}
    quarter = led((E.ASSESSED_A_QUARTER, date(2022, 4, 6), {"share_from": date(2022, 4, 4)}), course=course)
    week = [week for payment in payments(quarter, date(2022, 4, 30)) for week in payment.weeks if week.period.first == date(2022, 4, 4)]
    assert week[0].amount == 3348_75


def test_an_agreement_reaches_the_illness_and_never_beside_an_insurance() -> None:
    dated: dict[str, object] = {"agreement_from": date(2022, 1, 1), "agreement_until": date(2022, 12, 31)}
    made = led((E.AGREEMENT_APPLIED, date(2021, 12, 1)), (E.AGREEMENT_MADE, date(2021, 12, 10), dated))
    assert made.agreement_58a
    insured = Course(FIRST, "day1_min")
    assert isinstance(happen(insured, Happened(E.AGREEMENT_APPLIED, FIRST)), Said)


def test_payments_go_on_whole_weeks_on_the_last_thursday() -> None:
    paid = payments(led(*RUNNING), date(2022, 6, 30))
    assert [payment.day for payment in paid] == [date(2022, 3, 31), date(2022, 4, 28), date(2022, 5, 25), date(2022, 6, 30)]
    assert all(payment.period.last.isoweekday() == 7 for payment in paid)
    assert sum(payment.amount for payment in paid) == 4465_00 * 14 + 4465_00 * 4 // 5


def test_all_is_paid_when_the_last_day_is() -> None:
    course = led(*RUNNING, (E.FIT_AGAIN, date(2022, 3, 28)))
    assert by_itself(course, date(2022, 4, 1)) is None
    paid = led((E.PAID, date(2022, 3, 31), {"paid_ore": 8037_00, "paid_for": date(2022, 3, 31), "paid_through": date(2022, 3, 27)}), course=course)
    ended = by_itself(paid, date(2022, 4, 1))
    assert ended == Happened(E.ALL_PAID, date(2022, 4, 1))


def test_facts_are_read_with_every_problem_named() -> None:
    assert read_facts(E.GRANTED, {"benefit_from": "2022-03-15"}) == {"benefit_from": date(2022, 3, 15)}
    with pytest.raises(BadInput) as bad:
        read_facts(E.EXTENDED, {"ground": "weather", "extended_until": "soon", "colour": "red"})
    assert [problem.column for problem in bad.value.problems] == ["colour", "ground", "extended_until"]


def test_history_gives_the_course_again() -> None:
    steps = [Happened(step[0], step[1], step[2] if len(step) > 2 else {}) for step in RUNNING]
    assert replay(OPENED, steps) == led(*RUNNING)
    with pytest.raises(ValueError, match="too_early"):
        replay(OPENED, [Happened(E.ALL_PAID, FIRST)])


def test_every_asked_fact_belongs_to_an_event() -> None:
    assert set(FACTS) <= set(Event)
    assert led(*GRANTED).main is S.WAITING
