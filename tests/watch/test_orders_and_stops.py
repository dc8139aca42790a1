"""Orders: every state and event; stops: the kroner of the days that rest; rules: what they may answer; settings: what they move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.cases.facts import Kind
from refusion.claims.answer_rules import FIELDS, AnswerRule, by_rule, granted_without_rule, hash_of, names_of
from refusion.claims.facts import Answer
from refusion.claims.facts import State as ClaimState
from refusion.claims.filing import Kind as Report
from refusion.values.period import Period
from refusion.values.said import Said
from refusion.watch.effect import effect
from refusion.watch.orders import MOVES, NAMES, OPEN, Event, Form, State, form_of, move
from refusion.watch.stops import Cause, Stop, answer_by, at_risk
from tests.watch.made import a_case, a_claim

DAY = date(2025, 4, 1)
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_event_moves_an_order_or_is_refused_with_a_reason(state: State, event: Event) -> None:
    moved = move(state, event)
    if (state, event) in MOVES:
        assert moved is MOVES[state, event]
    else:
        assert isinstance(moved, Said)
        assert moved.facts == {"state": state.value, "event": event.value}


def test_a_closed_order_meets_nothing_more_and_every_open_one_can_reach_the_authority() -> None:
    assert {state for state, _ in MOVES} == OPEN
    assert all(move(state, Event.AUTHORITY_RECEIPT) is State.FILED for state in OPEN)


FULL, PARTIAL = a_claim(APRIL), a_claim(APRIL, {"2025-04-07": 1800})


@pytest.mark.parametrize(
    ("kind", "claim", "pregnancy", "form"),
    [
        (Report.NOTIFICATION, None, False, Form.NEW_SICKNESS),
        (Report.NOTIFICATION, None, True, Form.PREGNANCY_NEW),
        (Report.RECOVERY, None, False, Form.FOLLOW_UP),
        (Report.CORRECTION, None, True, Form.PREGNANCY_FOLLOW_UP),
        (Report.CLAIM, PARTIAL, False, Form.FOLLOW_UP),
        (Report.CLAIM, FULL, False, Form.NONE),
    ],
)
def test_the_form_of_a_report(kind: Report, claim: object, pregnancy: bool, form: Form) -> None:
    assert form_of(a_case(DAY), kind, claim, pregnancy) is form  # type: ignore[arg-type] (a claim or none)
    assert form_of(a_case(DAY, kind=Kind.PARENTAL), kind, claim, pregnancy) is Form.NONE  # type: ignore[arg-type] (a claim or none)


def test_every_form_has_its_name() -> None:
    assert set(NAMES) == set(Form)
    assert [form for form, name in NAMES.items() if not name] == [Form.NONE]


def a_stop(first: date, resumed: date | None = None) -> Stop:
    return Stop(UUID(int=5), UUID(int=1), Cause.NO_ANSWER, first, first, "brev", first, "kim", 0, resumed_from=resumed)


@pytest.mark.parametrize(
    ("first", "resumed", "ore"),
    [
        # April 2025 has 22 weekdays; 11,000 øre are 500 a weekday.
        (date(2025, 4, 1), None, 11_000),
        (date(2025, 4, 21), None, 4_000),
        (date(2025, 4, 21), date(2025, 4, 28), 2_500),
        (date(2025, 4, 26), date(2025, 4, 28), 0),
        (date(2025, 4, 21), date(2025, 4, 21), 0),
        (date(2025, 5, 1), None, 0),
    ],
)
def test_the_kroner_of_the_days_that_rest(first: date, resumed: date | None, ore: int) -> None:
    assert at_risk(a_stop(first, resumed), [a_claim(APRIL, ore=11_000)]) == ore


def test_what_has_come_is_not_at_risk_and_a_dropped_claim_neither() -> None:
    whole = a_stop(date(2025, 4, 1))
    assert at_risk(whole, [a_claim(APRIL, ore=11_000, received=10_000)]) == 1_000
    assert at_risk(whole, [a_claim(APRIL, ore=11_000, received=12_000)]) == 0
    assert at_risk(whole, [a_claim(APRIL, ore=11_000, state=ClaimState.DROPPED)]) == 0


def test_the_employee_has_eight_days_to_answer() -> None:
    assert answer_by(date(2025, 4, 3)) == date(2025, 4, 11)


WORDS = ("weekly_hours", "3700", "the agreement", DAY, None)


def a_rule(number: int = 1, field: str = "weekly_hours", value: str = "3700", **more: object) -> AnswerRule:
    facts: dict[str, object] = {"approved_by": "lea", "approved_at": datetime(2025, 1, 2, tzinfo=UTC), **more}
    proposed = (hash_of(*WORDS), "kim", datetime(2025, 1, 1, tzinfo=UTC))
    return AnswerRule(UUID(int=number), number, field, value, "so", DAY, None, *proposed, **facts)  # type: ignore[arg-type] (by name)


def test_the_newest_approved_rule_answers_what_lacks() -> None:
    lacking = (Answer("weekly_hours", None, "payroll"), Answer("hourly_after_am", None, "payroll"))
    answered = by_rule(lacking, [a_rule(1), a_rule(2, value="3000")], DAY)
    assert answered == (Answer("weekly_hours", 3000, "rule", 2, date(2025, 1, 2)), lacking[1])
    assert names_of(answered) == {"weekly_hours": "R2"}


@pytest.mark.parametrize(
    "rule",
    [
        a_rule(approved_at=None, approved_by=None),
        a_rule(withdrawn_at=datetime(2025, 2, 1, tzinfo=UTC), withdrawn_by="kim"),
        a_rule(field="contact", value="Desk"),
    ],
)
def test_a_rule_that_does_not_hold_answers_nothing(rule: AnswerRule) -> None:
    lacking = (Answer("weekly_hours", None, "payroll"),)
    assert by_rule(lacking, [rule], DAY) == lacking


def test_a_rule_holds_on_its_days_alone() -> None:
    lacking = (Answer("weekly_hours", None, "payroll"),)
    assert by_rule(lacking, [a_rule()], DAY - timedelta(days=1)) == lacking
    assert by_rule(lacking, [a_rule()], DAY) != lacking


@given(some.sampled_from(["payroll", "entered"]), some.integers(0, 4000))
def test_what_somebody_said_is_never_answered_over(source: str, value: int) -> None:
    given_answer = (Answer("weekly_hours", value, source),)
    assert by_rule(given_answer, [a_rule()], DAY) == given_answer


def test_what_is_taken_for_granted_is_named_until_a_rule_stands_behind_it() -> None:
    answers = (Answer("contact", "Desk", "rule"), Answer("pregnancy", False, "case"), Answer("job_kind", "ordinary", "payroll"))
    rules = [a_rule(1, "pregnancy", "no"), a_rule(2, "contact", "Desk")]
    assert granted_without_rule([], DAY) == ("wage_paid", "agreement_56", "pregnancy", "contact")
    assert granted_without_rule(rules, DAY) == ("wage_paid", "agreement_56")
    ruled = by_rule(answers, rules, DAY)
    assert names_of(ruled) == {"contact": "R2", "pregnancy": "R1"}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("weekly_hours", "3700", 3700), ("weekly_hours", "0", None), ("weekly_hours", "16801", None), ("weekly_hours", "37,0", None),
        ("pregnancy", "no", False), ("pregnancy", "nej", None), ("contact", " Desk ", "Desk"), ("contact", " ", None),
    ],
)  # fmt: skip
def test_what_a_rule_s_text_means(field: str, text: str, value: object) -> None:
    assert FIELDS[field](text) == value


@pytest.mark.parametrize("other", range(5))
def test_the_hash_is_of_every_word(other: int) -> None:
    changed = ("pregnancy", "3000", "because", date(2025, 1, 1), date(2025, 12, 31))
    assert hash_of(*WORDS) != hash_of(*(changed[n] if n == other else WORDS[n] for n in range(5)))  # type: ignore[arg-type] (five words)


def test_a_new_filing_day_moves_what_is_ahead_and_leaves_what_has_come() -> None:
    ahead = a_case(date(2025, 3, 20), file_on=date(2025, 4, 16))
    come = a_case(date(2025, 3, 1), file_on=date(2025, 3, 28))
    found = effect([ahead, come], 20, 2, DAY)
    assert (found.open_cases, [(one.before, one.after) for one in found.moved]) == (2, [(date(2025, 4, 16), date(2025, 4, 8))])
    # No day is planned in the past.
    assert [one.after for one in effect([ahead], 1, 2, DAY).moved] == [DAY]
    assert effect([ahead, come], 28, 2, DAY).moved == ()
