"""Keep what can no longer be had: which days, how many kroner by law, why, and whether it was known in time."""

from __future__ import annotations

from refusion.cases.facts import Case
from refusion.claims.days import request_by
from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, Loss, LossCause
from refusion.values.ids import derived_id
from refusion.values.period import Period
from refusion.workflow.payroll.knowing import known_of
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import tell_lost


def keep_loss(tx: Transaction, case: Case, lost: Period, answers: tuple[Answer, ...], cause: LossCause) -> None:
    """Keep a loss once and tell a person; days that were worth nothing are no loss."""
    amount = expected(lost, answers, case.kind).total
    if amount == 0:
        return
    loss = Loss(
        id=derived_id(tx.institution.namespace, "loss", case.id, cause.value, lost.first),
        case=case.id,
        period=lost,
        amount=amount,
        cause=cause,
        certain_on=tx.at.day,
        deadline=case.notify_by if cause is LossCause.LATE_NOTIFICATION else request_by(case, known_of(tx, case), lost),
        known_on=case.known_on,
    )
    tx.claims.keep_loss(loss)
    tell_lost(tx, loss)
