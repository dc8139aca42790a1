"""Bring a case's claims up to date with payroll and answers: draft, redraft, file, correct, take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from refusion.cases.facts import Case
from refusion.cases.facts import State as CaseState
from refusion.claims import states
from refusion.claims.answers import Known, claim_answers, unanswered_weeks
from refusion.claims.comparison import says_the_same
from refusion.claims.days import last_claimable, request_by, window
from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, Claim, Expected, LossCause, State
from refusion.claims.periods import claim_periods
from refusion.claims.states import Event, moved
from refusion.law.denmark.sickness.dates import Window
from refusion.values.ids import derived_id
from refusion.values.period import Period, last_of_month, sunday_of
from refusion.workflow.claims.excuse import as_excused, is_excused, requested_in_time
from refusion.workflow.claims.lose import keep_loss
from refusion.workflow.outbox.intend import intend_annulment, intend_claim, intend_claim_correction
from refusion.workflow.payroll.knowing import known_of
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks import ask

CLAIMING = frozenset({CaseState.RUNNING, CaseState.ENDED, CaseState.SETTLED})
GONE = frozenset({State.ANNULLED, State.DROPPED})
UNSENT = frozenset({State.DRAFTED, State.REJECTED})
CORRECTABLE = frozenset({State.ACCEPTED, State.DECIDED, State.DIFFERING, State.SETTLED})
# A month's pay is in the house by its end; ten days later somebody must ask payroll.
PAYROLL_PATIENCE = timedelta(days=10)
Content = tuple[Period, tuple[Answer, ...]]


def review_claims(tx: Transaction, case: Case) -> None:
    """Compare the claims of a case with those that it ought to have today and act on every difference.

    What is under way with the authority is left alone; its answer calls for a review again.
    """
    case = as_excused(tx, case)
    known = known_of(tx, case)
    wanted = claim_periods(case, last_claimable(case, known), tx.at.day) if _claims(tx, case) else ()
    every = tx.claims.of_case(case.id)
    live = [claim for claim in every if claim.state not in GONE]
    surplus = live[len(wanted) :]
    # The authority takes claims in their order and takes them back from the last: one under way is waited for.
    if not any(claim.state in states.UNDER_WAY for claim in surplus):
        for claim in reversed(surplus):
            _take_back(tx, case, claim)
        _bring_in_line(tx, case, every, [(period, claim_answers(n + 1, period, known, case.kind)) for n, period in enumerate(wanted)])
    _ask(tx, case, known)


def _claims(tx: Transaction, case: Case) -> bool:
    """Tell whether the case ought to have claims: a pilot's are drafted from the day on which it would have been notified."""
    return case.state in CLAIMING or (case.pilot and case.state is CaseState.WATCHING and case.file_on <= tx.at.day)


def _bring_in_line(tx: Transaction, case: Case, every: tuple[Claim, ...], wanted: list[Content]) -> None:
    """Bring each claim to what it ought to say; one goes to the authority only when all before it stand there rightly."""
    live = [claim for claim in every if claim.state not in GONE]
    may_go = True
    for place, content in enumerate(wanted):
        if place < len(live):
            claim = _bring_up_to_date(tx, case, live[place], content, may_go=may_go)
        else:
            claim = _draft(tx, case, every, content, may_go=may_go)
        may_go = may_go and claim.state in states.FILED and claim.period == content[0]


def _draft(tx: Transaction, case: Case, every: tuple[Claim, ...], content: Content, *, may_go: bool) -> Claim:
    period, answers = content
    sequence = int(next(answer.value for answer in answers if answer.field == "number"))
    earlier = sum(claim.sequence == sequence for claim in every)
    claim = Claim(
        id=derived_id(tx.institution.namespace, "claim", case.id, sequence, earlier),
        number=None,
        case=case.id,
        sequence=sequence,
        version=1,
        state=State.DRAFTED,
        period=period,
        request_by=request_by(case, known_of(tx, case), period),
        answers=answers,
        expected=_expected(tx, case, period, answers),
        made_on=tx.at.day,
    )
    tx.claims.keep(claim, tx.at.now)
    return _file_when_ready(tx, case, claim) if may_go else claim


def _bring_up_to_date(tx: Transaction, case: Case, claim: Claim, content: Content, *, may_go: bool) -> Claim:
    period, answers = content
    same = says_the_same(claim, period, answers)
    if claim.state is State.REJECTED and same:
        # What was refused goes again when it says something else, or when a person says so.
        return claim
    if claim.state in UNSENT:
        draft = claim if same and claim.answers == answers else _redrafted(tx, case, claim, content)
        return _file_when_ready(tx, case, draft) if may_go else draft
    is_ready = not any(answer.missing for answer in answers) and period.last < tx.at.day
    if claim.state in CORRECTABLE and may_go and is_ready and not same:
        return _correct(tx, case, claim, content)
    return claim


def _redrafted(tx: Transaction, case: Case, claim: Claim, content: Content) -> Claim:
    """Write a draft anew; what the authority refused has left the house and gets a version of its own."""
    period, answers = content
    draft = replace(
        moved(claim, Event.REDRAFTED),
        version=claim.version + (claim.state is State.REJECTED),
        period=period,
        request_by=request_by(case, known_of(tx, case), period),
        answers=answers,
        expected=_expected(tx, case, period, answers),
        made_on=tx.at.day,
    )
    tx.claims.keep(draft, tx.at.now)
    return draft


def _file_when_ready(tx: Transaction, case: Case, claim: Claim) -> Claim:
    if claim.missing or claim.period.last >= tx.at.day or case.authority_id is None:
        return claim
    filed = replace(
        moved(claim, Event.FILED),
        expected=_expected(tx, case, claim.period, claim.answers),
        made_on=tx.at.day,
        requested_on=tx.at.day,
    )
    tx.claims.keep(filed, tx.at.now)
    # An earlier version stands with the authority when only its correction was refused.
    (intend_claim_correction if stands(tx, claim) else intend_claim)(tx, case, filed)
    tx.tasks.close_for(claim=claim.id, day=tx.at.day, by=tx.actor.name)
    lost = _window(tx, case, claim.period).lost
    if lost is not None:
        keep_loss(tx, case, lost, claim.answers, LossCause.LATE_REQUEST)
    return filed


def stands(tx: Transaction, claim: Claim) -> bool:
    """Tell whether the authority holds a version of the claim."""
    return tx.outbox.last_accepted(claim.id) is not None


def claim_anew(tx: Transaction, case: Case, claim: Claim) -> Claim:
    """File a claim that stands with the authority once more, as it is: days that were lost are excused by now."""
    return _correct(tx, as_excused(tx, case), claim, (claim.period, claim.answers))


def _correct(tx: Transaction, case: Case, claim: Claim, content: Content) -> Claim:
    period, answers = content
    fresh = expected(period, answers, case.kind)
    last_day = max(claim.request_by, request_by(case, known_of(tx, case), period))
    if tx.at.day > last_day and not is_excused(tx, case, period):
        ask.tell_correction_late(tx, case, claim, fresh.total - claim.expected.total)
        return claim
    corrected = replace(
        moved(claim, Event.FACTS_CHANGED),
        version=claim.version + 1,
        period=period,
        answers=answers,
        expected=_expected(tx, case, period, answers),
        made_on=tx.at.day,
    )
    tx.claims.keep(corrected, tx.at.now)
    intend_claim_correction(tx, case, corrected)
    return corrected


def _take_back(tx: Transaction, case: Case, claim: Claim) -> None:
    if claim.state not in UNSENT | CORRECTABLE:
        return
    standing = claim.state in UNSENT and stands(tx, claim)
    gone = moved(claim, Event.STANDING_ANNULLED if standing else Event.ANNULLED)
    tx.claims.keep(gone, tx.at.now)
    if gone.state is State.ANNULLING:
        intend_annulment(tx, case, claim)


def _expected(tx: Transaction, case: Case, period: Period, answers: tuple[Answer, ...]) -> Expected:
    return expected(_window(tx, case, period).refundable, answers, case.kind)


def _window(tx: Transaction, case: Case, period: Period) -> Window:
    return window(case, known_of(tx, case), period, requested_in_time(tx, case, period, tx.at.day))


def _ask(tx: Transaction, case: Case, known: Known) -> None:
    """Ask for what lacks in claims whose days have passed: hours worked of persons, figures of payroll."""
    asked: set[date] = set()
    for claim in tx.claims.of_case(case.id):
        if claim.state in GONE:
            continue
        owed = [week for week in unanswered_weeks(known, claim.period) if sunday_of(week) < tx.at.day]
        for week in owed:
            if week not in asked:
                ask.ask_hours_worked(tx, case, claim, week)
        asked.update(owed)
        if claim.state in UNSENT and not case.pilot and last_of_month(claim.period.last) + PAYROLL_PATIENCE < tx.at.day:
            for answer in claim.answers:
                if answer.missing and answer.source == "payroll" and answer.field != "weekly_hours":
                    ask.tell_payroll_lacks(tx, case, claim, answer.field)
