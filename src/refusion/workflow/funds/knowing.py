"""Gather what the house knows of a job that may have a right against a fund, and since when the fund is asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.cases.facts import Case, Kind
from refusion.cases.stages import GROUP_OF, Group
from refusion.claims.funds.answers import Facts
from refusion.claims.funds.periods import asked_together
from refusion.claims.funds.rights import Known, Right, right
from refusion.values.period import Period, last_of_month
from refusion.workflow.ports.work import Transaction

LEAVE_CODES = Group.PARENTAL


def right_of(tx: Transaction, kind: Kind, employment: UUID) -> Right:
    """Give the right of a job against a fund as it is known today."""
    leaves = tx.funds.leaves(employment, leave_codes(tx)) if kind is Kind.PARENTAL_FUND else ()
    known = Known(tx.payroll.employment(employment), tx.payroll.entered(employment), leaves)
    return right(kind, known, tx.at.day)


def leave_codes(tx: Transaction) -> tuple[str, ...]:
    """Give payroll's codes for parental leave as they stand today."""
    return tx.stages.said().on(LEAVE_CODES, tx.at.day).codes


def asked_since(tx: Transaction, kind: Kind) -> date | None:
    """Give the first day for which the house asks a fund: of the month or quarter in which it was switched on; None while off."""
    since = tx.stages.said().since(kind, tx.at.day)
    return None if since is None else asked_together(kind, since).first


def is_live(tx: Transaction, kind: Kind) -> bool:
    """Tell whether a fund is asked in earnest today."""
    return tx.stages.said().is_live(kind, tx.at.day)


def is_switched(tx: Transaction, kind: Kind) -> bool:
    """Tell whether a word was ever said on a kind: where none was, no case of it can stand."""
    return any(switch.kind is GROUP_OF[kind] for switch in tx.stages.said().switches)


def facts_of(tx: Transaction, case: Case) -> tuple[Facts, date | None]:
    """Gather all that the claims of a fund's case rest on, and since when the fund is asked."""
    employment = tx.payroll.employment(case.employment)
    months = Period(date(case.refund_from.year, 1, 1), max(last_of_month(tx.at.day), case.refund_from))
    facts = Facts(
        employment=employment,
        pay=tx.payroll.pay(case.employment, months),
        entered=tx.payroll.entered(case.employment),
        right=right_of(tx, case.kind, case.employment),
        refunded=tx.funds.refunded(case.employment, pilot=case.pilot),
    )
    return facts, asked_since(tx, case.kind)
