"""Learn what was not obtained: settled claims that came short, and what nobody can claim any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.cases.facts import Case
from refusion.cases.facts import State as CaseState
from refusion.claims.answers import claim_answers
from refusion.claims.days import last_claimable, request_by
from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, Loss, LossCause, State
from refusion.claims.losses import Followed, Step, shortfalls
from refusion.values.ids import derived_id
from refusion.values.period import Period, months_after
from refusion.workflow.payroll.knowing import known_of
from refusion.workflow.ports.losses import Short
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import tell_lost

# A request reaches three months back; what ended more than two months ago is looked at more closely.
LOOKED_AT_AFTER = 2


@dataclass(frozen=True, slots=True)
class Unreached:
    """Days that were never claimed: of which case and claim, why, and with which answers they are priced."""

    case: Case
    claim: UUID | None
    period: Period
    cause: LossCause
    answers: tuple[Answer, ...]


def learn_losses(tx: Transaction) -> int:
    """Bring the loss ledger up to date; give the number of entries made. Done twice it changes nothing more."""
    learned = sum(_learn_short(tx, short) for short in tx.losses.short()) + sum(_learn_unreached(tx))
    if learned:
        tx.audit.note("learn_losses", tx.at.day.isoformat(), {"entries": learned})
    return learned


def _keep_short(tx: Transaction, short: Short, cause: LossCause, amount: int) -> None:
    """Keep that part of a claim was not obtained, in øre; the same claim may come short more than once."""
    loss = Loss(
        id=derived_id(tx.institution.namespace, "loss", short.fall.claim, cause.value, short.times_kept),
        case=short.case,
        period=short.period,
        amount=amount,
        cause=cause,
        certain_on=tx.at.day,
        deadline=short.deadline,
        known_on=short.known_on,
        claim=short.fall.claim,
    )
    tx.claims.keep_loss(loss)


def _learn_short(tx: Transaction, short: Short) -> int:
    """Keep what a settled claim lacks beyond what is kept of it, or that money came after all."""
    lacking = shortfalls(short.fall)
    learned = 0
    for cause, amount in lacking.items():
        more = amount - short.kept[cause]
        if more > 0 and short.is_settled:
            is_stop = short.is_stopped and cause is LossCause.UNDER_DECIDED
            _keep_short(tx, short, LossCause.STOPPED if is_stop else cause, more)
            learned += 1
    back = sum(short.kept.values()) - sum(lacking.values())
    return learned + (_recover(tx, short.fall.claim, back) if back > 0 else 0)


def _recover(tx: Transaction, claim: UUID, back: int) -> int:
    """Note money that came after a loss was kept, the newest loss first."""
    noted = 0
    for found in reversed(tx.losses.of_claim(claim)):
        part = min(back, found.loss.amount - found.recovered)
        if part > 0:
            tx.losses.keep_step(found.loss.id, Followed(Step.RECOVERED, tx.at.day, tx.actor.name, amount=part))
            back -= part
            noted += 1
    return noted


def _learn_unreached(tx: Transaction) -> list[int]:
    before = months_after(tx.at.day, -LOOKED_AT_AFTER)
    found = [_unfiled(tx, claim) for claim in tx.losses.out_of_reach(before)]
    found += [_unnotified(tx, case) for case in tx.losses.never_notified(before)]
    return [_keep_unreached(tx, one) for one in found if one is not None and _reach(tx, one, one.period.last) < tx.at.day]


def _reach(tx: Transaction, found: Unreached, day: date) -> date:
    """Give the last day on which a request still reached a day."""
    return request_by(found.case, known_of(tx, found.case), Period(day, day))


def _unfiled(tx: Transaction, id: UUID) -> Unreached | None:  # noqa: A002 (the port's word)
    claim = tx.claims.find(id)
    cause = LossCause.REJECTED if claim.state is State.REJECTED else LossCause.LATE_REQUEST
    return Unreached(tx.cases.find(claim.case), claim.id, claim.period, cause, claim.answers)


def _unnotified(tx: Transaction, id: UUID) -> Unreached | None:  # noqa: A002 (the port's word)
    case = tx.cases.find(id)
    known = known_of(tx, case)
    last = last_claimable(case, known)
    if known.absence.withdrawn or last is None or last < case.refund_from:
        return None
    days = Period(case.refund_from, last)
    cause = LossCause.REJECTED if case.state is CaseState.STOPPED else LossCause.LATE_NOTIFICATION
    return Unreached(case, None, days, cause, claim_answers(1, days, known, case.kind))


def _keep_unreached(tx: Transaction, found: Unreached) -> int:
    """Keep days that no request reaches any more, and tell a person; days that were worth nothing are no loss."""
    amount = expected(found.period, found.answers, found.case.kind).total
    if amount == 0:
        return 0
    case = found.case
    loss = Loss(
        id=derived_id(tx.institution.namespace, "loss", case.id, found.cause.value, found.period.first),
        case=case.id,
        period=found.period,
        amount=amount,
        cause=found.cause,
        certain_on=tx.at.day,
        deadline=case.notify_by if found.claim is None else _reach(tx, found, found.period.first),
        known_on=case.known_on,
        claim=found.claim,
    )
    tx.claims.keep_loss(loss)
    tell_lost(tx, loss)
    return 1

