"""The loss ledger's rules: what a shortfall is made of, until when dispensation is possible, which days nobody claimed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.cases.facts import Kind
from refusion.claims.facts import Loss, LossCause
from refusion.claims.letters import Plea, Sender, dispensation_letter
from refusion.claims.losses import CITATION, Dispensation, Followed, FollowedLoss, Shortfall, Step, shortfalls
from refusion.claims.unclaimed import uncovered
from refusion.law.denmark.sickness.dates import GROUNDS, dispensation_by, dispensation_possible
from refusion.values.period import Period
from refusion.wiring.texts import render

DAY = date(2025, 3, 3)
OWNED, APPLIED = Followed(Step.OWNED, DAY, "kim", "Kim"), Followed(Step.APPLIED, DAY, "kim", "system_outage")
GRANTED, REFUSED = Followed(Step.GRANTED, DAY, "kim", "brev"), Followed(Step.REFUSED, DAY, "kim", "brev")


def lost(cause: LossCause, *steps: Followed, kind: Kind = Kind.ORDINARY, first: date = DAY) -> FollowedLoss:
    days = Period(date(2025, 4, 2), date(2025, 4, 10))
    loss = Loss(UUID(int=1), UUID(int=2), days, 100_000, cause, date(2025, 4, 11), date(2025, 4, 7), date(2025, 4, 11))
    return FollowedLoss(loss, 7, 100_001, kind, first, "Anna Ager", steps)


@pytest.mark.parametrize(
    ("expected", "decided", "received", "under", "written"),
    [
        (100, 100, 100, 0, 0),
        (100, 80, 80, 20, 0),
        (100, 100, 70, 0, 30),
        (100, 80, 70, 20, 10),
        (100, 120, 90, 0, 10),
        (100, 80, 95, 5, 0),
        (100, 100, 130, 0, 0),
        (0, 0, 0, 0, 0),
    ],
)
def test_a_shortfall_is_what_was_decided_lower_and_what_was_never_paid(
    expected: int, decided: int, received: int, under: int, written: int
) -> None:
    found = shortfalls(Shortfall(UUID(int=1), expected, decided, received))
    assert found == {LossCause.UNDER_DECIDED: under, LossCause.WRITTEN_OFF: written}


amounts = st.integers(-(10**9), 10**9)


@given(amounts, amounts, amounts)
def test_lost_and_received_make_up_what_was_expected(expected: int, decided: int, received: int) -> None:
    found = shortfalls(Shortfall(UUID(int=1), expected, decided, received))
    assert min(found.values()) >= 0
    assert sum(found.values()) + min(received, expected) == expected


@given(st.dates(date(2012, 7, 2), date(2030, 12, 31)), st.sampled_from(GROUNDS))
def test_the_last_day_of_dispensation_is_the_last_on_which_the_law_has_it(first: date, ground: str) -> None:
    last = dispensation_by(first)
    assert dispensation_possible(first, last, ground)
    assert not dispensation_possible(first, last + timedelta(days=1), ground)


@pytest.mark.parametrize(
    ("cause", "kind", "day", "state"),
    [
        (LossCause.LATE_NOTIFICATION, Kind.ORDINARY, date(2025, 9, 3), Dispensation.POSSIBLE),
        (LossCause.LATE_NOTIFICATION, Kind.ORDINARY, date(2025, 9, 4), Dispensation.TOO_LATE),
        (LossCause.LATE_REQUEST, Kind.NEW_HIRE, date(2025, 5, 1), Dispensation.POSSIBLE),
        (LossCause.REJECTED, Kind.FLEKSJOB, date(2025, 5, 1), Dispensation.POSSIBLE),
        (LossCause.STOPPED, Kind.ORDINARY, date(2025, 5, 1), Dispensation.IMPOSSIBLE),
        (LossCause.UNDER_DECIDED, Kind.ORDINARY, date(2025, 5, 1), Dispensation.IMPOSSIBLE),
        (LossCause.WRITTEN_OFF, Kind.ORDINARY, date(2025, 5, 1), Dispensation.IMPOSSIBLE),
        (LossCause.LATE_REQUEST, Kind.PARENTAL, date(2025, 5, 1), Dispensation.IMPOSSIBLE),
    ],
)
def test_lateness_in_sickness_alone_can_be_excused(cause: LossCause, kind: Kind, day: date, state: Dispensation) -> None:
    assert lost(cause, kind=kind).dispensation(day) is state


@pytest.mark.parametrize(
    ("steps", "state", "standing"),
    [
        ((), Dispensation.POSSIBLE, 100_000),
        ((OWNED,), Dispensation.POSSIBLE, 100_000),
        ((APPLIED, OWNED), Dispensation.APPLIED, 100_000),
        ((APPLIED, REFUSED), Dispensation.REFUSED, 100_000),
        ((APPLIED, GRANTED), Dispensation.GRANTED, 0),
        ((Followed(Step.RECOVERED, DAY, "house", amount=40_000),), Dispensation.POSSIBLE, 60_000),
    ],
)
def test_steps_say_where_a_loss_stands(steps: tuple[Followed, ...], state: Dispensation, standing: int) -> None:
    found = lost(LossCause.LATE_REQUEST, *steps)
    assert (found.dispensation(date(2025, 5, 1)), found.standing) == (state, standing)
    assert found.owner == ("Kim" if OWNED in steps else None)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("cause", [LossCause.LATE_NOTIFICATION, LossCause.LATE_REQUEST, LossCause.REJECTED])
def test_a_letter_says_every_fact_and_the_paragraph(cause: LossCause, ground: str) -> None:
    sender = Sender("Fjordby Seminarium", "99990014", "9999000141", "kontakt", "630185-1234", "NR-17")
    letter = dispensation_letter(lost(cause), sender, Plea(ground, "vi fik ikke svar <i tre dage>"), date(2025, 5, 1))
    text = " ".join(render(one, "da") for one in (letter.heading, *letter.paragraphs))
    for fact in ("Fjordby Seminarium", "99990014", "630185-1234", "Anna Ager", "NR-17", "1.000,00", CITATION, "3. september 2025"):
        assert fact in text
    assert "{" not in text
    assert "losses." not in text
    assert "vi fik ikke svar <i tre dage>" in text


days = st.dates(date(2025, 1, 1), date(2025, 3, 31))
periods = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))


@given(periods, st.lists(periods, max_size=4))
def test_uncovered_days_are_those_of_no_claim(wanted: Period, claimed: list[Period]) -> None:
    found = uncovered(wanted, tuple(claimed))
    left = {day for day in wanted if not any(day in claim for claim in claimed)}
    said = {day for run in found for day in run}
    assert said <= left
    assert all(day.weekday() >= 5 for day in left - said)
    assert all(run.weekdays for run in found)
