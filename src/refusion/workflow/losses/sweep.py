"""Sweep history for what gave a right and was not claimed, or not in full; a person is told, nothing late is filed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from uuid import UUID

from refusion.cases.facts import Case, State
from refusion.cases.opening import cases_of, openings
from refusion.claims.answers import Known, claim_answers
from refusion.claims.days import last_claimable, request_by, window
from refusion.claims.expectation import expected
from refusion.claims.facts import Claim
from refusion.claims.periods import claim_periods
from refusion.claims.unclaimed import Sort, Unclaimed, uncovered
from refusion.values.period import Period
from refusion.watch.facts import Kind
from refusion.workflow.cases.meet import with_days
from refusion.workflow.claims.excuse import as_excused
from refusion.workflow.claims.review import CLAIMING, CORRECTABLE, GONE
from refusion.workflow.losses.tell import id_of, tell_unclaimed
from refusion.workflow.payroll.knowing import ahead, known_of
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

# So many cases are held at once; the day's work goes on beside a sweep.
AT_ONCE = 500
LOOKED_AT = CLAIMING | {State.CLOSED_WITHOUT_CLAIM}
Tell = Callable[[str, int], None]


def sweep(
    ports: Ports, actor: Actor, institution: str, since: date, tell: Tell = lambda _step, _count: None, *, only_look: bool = False
) -> tuple[Unclaimed, ...]:
    """Find what history since a day still owes us, the most claimable kroner first; done twice it finds the same.

    Unless it only looks, each finding that can still be claimed becomes a task, and absences of which nothing is late
    yet are put back into the day's work, which opens their cases. What is late is left to a person.
    """
    with ports.work(institution, actor) as tx:
        found = list(_without_case(tx, since))
        cases = tx.losses.cases_since(since)
        tell("absences", len(found))
        if not only_look:
            _act(tx, found)
            tx.audit.note("sweep", since.isoformat(), {"without_case": len(found), "cases": len(cases)})
    for start in range(0, len(cases), AT_ONCE):
        found += _in_cases(ports, actor, institution, cases[start : start + AT_ONCE], only_look=only_look)
        tell("cases", min(start + AT_ONCE, len(cases)))
    if not only_look:
        _forget(ports, actor, institution, since, found)
    return tuple(sorted(found, key=lambda one: (-one.claimable, -one.lost, one.period.first, str(one.absence))))


def _in_cases(ports: Ports, actor: Actor, institution: str, ids: Sequence[UUID], *, only_look: bool) -> list[Unclaimed]:
    with ports.work(institution, actor) as tx:
        held = ahead(tx, tx.cases.find_all(ids))
        found = [one for case in held if case.state in LOOKED_AT for one in _in_case(tx, case)]
        if found and not only_look:
            _act(tx, found)
            tx.audit.note("sweep", str(ids[0]), {"found": len(found)})
        return found


def _without_case(tx: Transaction, since: date) -> Iterator[Unclaimed]:
    columns = tx.losses.absences_since(since)
    stages, settings = tx.stages.said(), tx.institution.settings
    opened = openings(columns, tx.at.day, stages)
    rules = (settings.filing_day, settings.safe_margin_days)
    for case in cases_of(opened, columns, tx.institution.namespace, rules, tx.at.day):
        if stages.is_live(case.kind, tx.at.day):
            known = known_of(tx, case)
            for period in _passed(tx, case, known):
                yield from _found(tx, (case, known), Sort.NO_CASE, period, period)


def _in_case(tx: Transaction, case: Case) -> Iterator[Unclaimed]:
    case = as_excused(tx, with_days(tx, case))
    known = known_of(tx, case)
    if known.absence.withdrawn:
        return
    live = [claim for claim in tx.claims.of_case(case.id) if claim.state not in GONE]
    covered = tuple(claim.period for claim in live)
    for period in _passed(tx, case, known):
        for run in uncovered(period, covered):
            yield from _found(tx, (case, known), Sort.UNCOVERED, run, period)
    for claim in live:
        yield from _under_claimed(tx, case, known, claim)


def _passed(tx: Transaction, case: Case, known: Known) -> tuple[Period, ...]:
    """Give the periods that ought to have been claimed and lie behind."""
    return tuple(period for period in claim_periods(case, last_claimable(case, known), tx.at.day) if period.last < tx.at.day)


def _found(tx: Transaction, about: tuple[Case, Known], sort: Sort, run: Period, whole: Period) -> Iterator[Unclaimed]:
    """Price days that nobody claimed: those that a request today still reaches, and those that it does not."""
    case, known = about
    answers = claim_answers(1, whole, known, case.kind)
    days = window(case, known, run, tx.at.day)
    claimable, lost = (expected(part, answers, case.kind).total for part in (days.refundable, days.lost))
    if not claimable and not lost:
        return
    reached = days.refundable
    yield Unclaimed(
        sort=sort,
        kind=case.kind,
        absence=case.absence,
        person=case.person,
        employment=known.employment.number,
        case=None if sort is Sort.NO_CASE else case.id,
        case_number=case.number,
        claim=None,
        period=run,
        claimable=claimable,
        last_day=None if reached is None else request_by(case, known, Period(reached.first, run.last)),
        lost=lost,
        in_time=not lost and tx.at.day <= case.notify_by,
    )


def _under_claimed(tx: Transaction, case: Case, known: Known, claim: Claim) -> Iterator[Unclaimed]:
    """Hold a filed claim against what today's facts give for its days, asked for on the day on which it was."""
    answers = claim_answers(claim.sequence, claim.period, known, case.kind)
    if claim.state not in CORRECTABLE or any(answer.missing for answer in answers):
        return
    days = window(case, known, claim.period, claim.requested_on or tx.at.day)
    more = expected(days.refundable, answers, case.kind).total - claim.expected.total
    if more <= 0:
        return
    last_day = max(claim.request_by, request_by(case, known, claim.period))
    late = tx.at.day > last_day
    yield Unclaimed(
        sort=Sort.UNDER_CLAIMED,
        kind=case.kind,
        absence=case.absence,
        person=case.person,
        employment=known.employment.number,
        case=case.id,
        case_number=case.number,
        claim=claim.id,
        period=claim.period,
        claimable=0 if late else more,
        last_day=None if late else last_day,
        lost=more if late else 0,
        in_time=not late,
    )


def _act(tx: Transaction, found: Sequence[Unclaimed]) -> None:
    """Tell a person of what can still be claimed, and let the day's work open what is wholly in time."""
    for one in found:
        if one.claimable:
            tell_unclaimed(tx, one)
    late = {one.absence for one in found if not one.in_time}
    back = {one.absence for one in found if one.sort is Sort.NO_CASE and one.claimable} - late
    if back:
        tx.losses.touch(sorted(back))


def _forget(ports: Ports, actor: Actor, institution: str, since: date, found: Sequence[Unclaimed]) -> None:
    """Close the tasks of an earlier sweep about days that were looked at and are claimed by now, or lost."""
    with ports.work(institution, actor) as tx:
        still_open = {id_of(tx, one) for one in found if one.claimable}
        swept = [task for task in tx.tasks.open_tasks() if task.kind is Kind.UNCLAIMED and str(task.said.facts["last"]) >= str(since)]
        done = [task for task in swept if task.id not in still_open]
        for task in done:
            tx.tasks.close(task.id, tx.at.day, actor.name)
        if done:
            tx.audit.note("sweep", "tasks", {"closed": len(done)})
