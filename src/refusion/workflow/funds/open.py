"""The day's look at funds: jobs with a right get their case, and every case is brought up to date; nothing where none is on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.cases.facts import FUNDS, Case, Kind, State
from refusion.claims.funds.periods import asked_together, request_by
from refusion.values.ids import derived_id
from refusion.values.period import first_of_month, monday_of
from refusion.workflow.funds.knowing import asked_since, is_live, is_switched, leave_codes, right_of
from refusion.workflow.funds.review import review_fund
from refusion.workflow.ports.work import Transaction

MARKER = "funds"


def review_funds(tx: Transaction) -> int:
    """Open and bring up to date the cases of all funds that were ever switched on; give the number of cases looked at.

    On Mondays, on the first of a month, and when a switch begins: months and quarters end then, and what others refund
    changes slowly. An institution that never switched a fund on is asked nothing.
    """
    kinds = [kind for kind in FUNDS if is_switched(tx, kind)]
    if not kinds or not _is_due(tx, kinds):
        return 0
    count = review_kinds(tx, kinds)
    tx.messages.set_marker(MARKER, tx.at.day.isoformat())
    tx.audit.note("review_funds", tx.at.day.isoformat(), {"cases": count})
    return count


def review_kinds(tx: Transaction, kinds: list[Kind]) -> int:
    """Open and bring up to date the cases of some funds, in the order in which each takes off what others give."""
    on = [kind for kind in kinds if asked_since(tx, kind) is not None]
    for employment in tx.funds.employments(on, leave_codes(tx)) if on else ():
        for kind in on:
            _open(tx, kind, employment)
    cases = [case for kind in kinds for case in tx.cases.find_all(tx.funds.cases([kind]))]
    for case in cases:
        review_fund(tx, case)
    return len(cases)


def _is_due(tx: Transaction, kinds: list[Kind]) -> bool:
    told = tx.messages.marker(MARKER)
    last = None if told is None else date.fromisoformat(told)
    begins = [switch.since for switch in tx.stages.said().switches if switch.since <= tx.at.day]
    newest = max([monday_of(tx.at.day), first_of_month(tx.at.day), *(begins if kinds else ())])
    return last is None or last < newest


def _open(tx: Transaction, kind: Kind, employment: UUID) -> None:
    """Open the case of a job with a fund where it has a right that reaches into the days that are asked; once."""
    right, since = right_of(tx, kind, employment), asked_since(tx, kind)
    if since is None or not right.spells or right.spells[-1].last < since or right.spells[0].first > tx.at.day:
        return
    standing = tx.cases.of_fund(employment, kind)
    if standing is not None:
        if standing.state in (State.SETTLED, State.CLOSED_WITHOUT_CLAIM):
            review_fund(tx, standing)
        return
    first = max(since, asked_together(kind, right.spells[0].first).first)
    case = Case(
        id=derived_id(tx.institution.namespace, "case", employment, kind.value),
        number=None,
        employment=employment,
        person=tx.payroll.employment(employment).person,
        absence=derived_id(tx.institution.namespace, "case", employment, kind.value),
        kind=kind,
        state=State.RUNNING,
        first_absence_day=right.spells[0].first,
        last_absence_day=None if right.open_ended else right.spells[-1].last,
        refund_from=max(first, right.spells[0].first),
        file_on=tx.at.day,
        notify_by=request_by(kind, asked_together(kind, first)),
        opened_on=tx.at.day,
        known_on=tx.at.day,
        pilot=not is_live(tx, kind),
    )
    tx.cases.open_many([case])
