"""Bring the claims of a fund's case up to date with payroll, decisions and what others refund: draft, correct, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from refusion.cases.facts import Case
from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, Claim, Expected, State
from refusion.claims.funds.answers import Facts, fund_answers
from refusion.claims.funds.periods import asked_together, claim_periods, request_by, still_reached
from refusion.claims.states import Event, moved
from refusion.values.ids import derived_id
from refusion.values.period import ONE_DAY, Period
from refusion.workflow.funds import tell
from refusion.workflow.funds.knowing import facts_of
from refusion.workflow.funds.standing import stand
from refusion.workflow.ports.work import Transaction

GONE = frozenset({State.ANNULLED, State.DROPPED})
UNSENT = frozenset({State.DRAFTED, State.REJECTED})
CORRECTABLE = frozenset({State.ACCEPTED, State.DECIDED, State.DIFFERING, State.SETTLED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim ought to say today."""

    period: Period
    answers: tuple[Answer, ...]
    expected: Expected


def review_fund(tx: Transaction, case: Case) -> Case:
    """Compare the claims of a fund's case with those that it ought to have today and act on every difference; give the case."""
    facts, since = facts_of(tx, case)
    every = tx.claims.of_case(case.id)
    case = stand(tx, case, facts.right, is_on=since is not None, is_told=any(_is_told(claim) for claim in every))
    periods = claim_periods(case.kind, facts.right.spells, since or case.refund_from, tx.at.day)
    live = {asked_together(case.kind, claim.period.first): claim for claim in every if claim.state not in GONE}
    wanted = {asked_together(case.kind, period.first): period for period in periods}
    for whole, claim in live.items():
        # What is switched off runs out: what a fund was told stands and is put right, and nothing new is asked.
        if whole not in wanted or (since is None and claim.state in UNSENT):
            _take_back(tx, claim)
    for whole, period in wanted.items():
        if whole in live:
            _bring_up_to_date(tx, case, live[whole], facts, period)
        elif since is not None and not _was_lost(tx, every, case, period):
            _draft(tx, case, facts, period)
    tell.tell_what_waits(tx, case)
    return case


def _is_told(claim: Claim) -> bool:
    return claim.requested_on is not None and claim.state not in GONE


def _was_lost(tx: Transaction, every: Sequence[Claim], case: Case, period: Period) -> bool:
    """Tell whether no request reaches the period any more and a claim of it was given up before."""
    dropped = any(claim.state is State.DROPPED and claim.period.overlap(period) for claim in every)
    return dropped and reached(case, period, tx.at.day) is None


def _draft(tx: Transaction, case: Case, facts: Facts, period: Period) -> None:
    """Draft a claim; one that no request reaches any more is kept as lost at once."""
    made = tx.claims.of_case(case.id)
    sequence = max((claim.sequence for claim in made), default=0) + 1
    wanted = _wanted(tx, case, sequence, facts, period)
    claim = Claim(
        id=derived_id(tx.institution.namespace, "claim", case.id, sequence, 0),
        number=None,
        case=case.id,
        sequence=sequence,
        version=1,
        state=State.DRAFTED,
        period=period,
        request_by=request_by(case.kind, period),
        answers=wanted.answers,
        expected=wanted.expected,
        made_on=tx.at.day,
    )
    tx.claims.keep(claim, tx.at.now)
    _give_up_what_is_late(tx, case, claim)


def _wanted(tx: Transaction, case: Case, sequence: int, facts: Facts, period: Period) -> Wanted:
    """Give what a claim ought to say if it is asked for today, or on the day after its period."""
    answers = fund_answers(sequence, period, facts)
    return Wanted(period, answers, expected(reached(case, period, tx.at.day), answers, case.kind))


def reached(case: Case, period: Period, day: date) -> Period | None:
    """Give what of a period a request on a day reaches; a pilot's is taken to be asked for in time."""
    if case.pilot:
        return period
    return still_reached(case.kind, period, max(day, period.last + ONE_DAY))[0]


def _bring_up_to_date(tx: Transaction, case: Case, claim: Claim, facts: Facts, period: Period) -> None:
    wanted = _wanted(tx, case, claim.sequence, facts, period)
    if claim.state in UNSENT:
        if (claim.period, claim.answers, claim.expected.total) != (period, wanted.answers, wanted.expected.total):
            claim = redrafted(tx, claim, wanted)
        _give_up_what_is_late(tx, case, claim)
    elif claim.state in CORRECTABLE:
        asked = expected(reached(case, period, claim.requested_on or tx.at.day), wanted.answers, case.kind)
        if asked.total != claim.expected.total and not any(answer.missing for answer in wanted.answers):
            _correct(tx, claim, replace(wanted, expected=asked))


def redrafted(tx: Transaction, claim: Claim, wanted: Wanted) -> Claim:
    """Write a draft anew; one that stood in a file that never left the house gets a version of its own."""
    draft = replace(
        moved(claim, Event.REDRAFTED),
        version=claim.version + (claim.state is State.REJECTED),
        period=wanted.period,
        answers=wanted.answers,
        expected=wanted.expected,
        made_on=tx.at.day,
    )
    tx.claims.keep(draft, tx.at.now)
    return draft


def _correct(tx: Transaction, claim: Claim, wanted: Wanted) -> None:
    """Let a claim that was told wait to be told anew: money that others gave or took changes what is owed, late or not."""
    corrected = replace(
        moved(claim, Event.FACTS_CHANGED),
        version=claim.version + 1,
        period=wanted.period,
        answers=wanted.answers,
        expected=wanted.expected,
        made_on=tx.at.day,
    )
    tx.claims.keep(corrected, tx.at.now)


def _take_back(tx: Transaction, claim: Claim) -> None:
    """Drop what was never told; what was told waits to be withdrawn by the next file."""
    if claim.state not in UNSENT | CORRECTABLE:
        return
    stands = claim.state in UNSENT and tx.outbox.last_accepted(claim.id) is not None
    gone = moved(claim, Event.STANDING_ANNULLED if stands else Event.ANNULLED)
    tx.claims.keep(gone, tx.at.now)
    tx.tasks.close_for(claim=claim.id, day=tx.at.day, by=tx.actor.name)


def _give_up_what_is_late(tx: Transaction, case: Case, claim: Claim) -> None:
    """Keep as lost a draft that no request reaches any more, and drop it."""
    if case.pilot or claim.state not in UNSENT or reached(case, claim.period, tx.at.day) is not None:
        return
    if tx.outbox.last_accepted(claim.id) is not None:
        return
    tell.keep_late(tx, case, claim, claim.period)
    tx.claims.keep(moved(replace(claim, made_on=tx.at.day), Event.ANNULLED), tx.at.now)
    tx.tasks.close_for(claim=claim.id, day=tx.at.day, by=tx.actor.name)
