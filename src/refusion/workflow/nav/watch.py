"""What a person must see in time: claims that nobody has sent, contracts that end inside a leave, NAV's maximum dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from refusion.cases.nav_case import Leave
from refusion.claims.nav_refund.deadline import AtRisk, at_risk
from refusion.values.period import months_after
from refusion.values.said import said
from refusion.watch.facts import Kind
from refusion.workflow.nav.items import months_of
from refusion.workflow.nav.leaves import Leaves, read_leaves
from refusion.workflow.nav.tell import close_others, open_task
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction


@dataclass(frozen=True, slots=True)
class Ending:
    """A temporary contract that ends inside a leave: the case's number, its last day, and the last day of the leave."""

    case: int
    last_day: date
    leave_ends: date | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A leave that goes on after NAV's maximum date."""

    case: int
    max_date: date
    leave_ends: date | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Claims at risk by case number and month, contracts that end, maximum dates; nearest first."""

    at_risk: tuple[tuple[int, AtRisk], ...]
    endings: tuple[Ending, ...]
    reached: tuple[Reached, ...]


def deadlines(ports: Ports, actor: Actor, institution: str) -> Deadlines:
    """List what comes, as of the house's day; changes nothing."""
    with ports.work(institution, actor) as tx:
        return _deadlines(tx, read_leaves(tx, tx.at.day))


def watch_deadlines(ports: Ports, actor: Actor, institution: str) -> int:
    """Open a task for each thing that comes, and close those that are over; gives how many are open."""
    with ports.work(institution, actor) as tx:
        leaves = read_leaves(tx, tx.at.day)
        found = _deadlines(tx, leaves)
        by_number = {case.number: case.id for case in leaves.cases.values()}
        kept = {
            Kind.NAV_DEADLINE: list(_tell_at_risk(tx, found.at_risk, leaves)),
            Kind.NAV_CONTRACT_ENDS: [_tell_ending(tx, by_number[one.case], one) for one in found.endings],
            Kind.NAV_MAX_DATE: [_tell_reached(tx, by_number[one.case], one) for one in found.reached],
        }
        for kind, ids in kept.items():
            close_others(tx, kind, ids)
        count = sum(map(len, kept.values()))
        tx.audit.note("nav_watch", tx.at.day.isoformat(), {"open": count})
        return count


def _deadlines(tx: Transaction, leaves: Leaves) -> Deadlines:
    day, cases = tx.at.day, leaves.cases
    claimed = [case.id for case in cases.values() if case.received_on is not None]
    risks = at_risk(months_of(leaves, day), claimed, day)
    soon = months_after(day, leaves.settings.ending_months)
    endings = [_ending(leaves, leave) for leave in leaves.leaves.values() if _ends_inside(leaves, leave) and _between(day, leave, soon)]
    reached = [
        Reached(case.number, ends, leaves.absences[case.id].last_day)
        for case in cases.values()
        if (ends := leaves.right_ends.get(case.id)) is not None and day <= ends <= soon and _goes_on(leaves, case.id, ends)
    ]
    return Deadlines(
        tuple((cases[one.case].number, one) for one in risks),
        tuple(sorted(endings, key=lambda one: (one.last_day, one.case))),
        tuple(sorted(reached, key=lambda one: (one.max_date, one.case))),
    )


def _between(day: date, leave: Leave, soon: date) -> bool:
    return leave.employment_ends is not None and day <= leave.employment_ends <= soon


def _ends_inside(leaves: Leaves, leave: Leave) -> bool:
    """Tell whether a temporary contract ends before the leave does."""
    if leave.withdrawn or not leave.temporary or leave.employment_ends is None:
        return False
    last = leaves.absences[leave.case].last_day
    return leave.first_day <= leave.employment_ends and (last is None or leave.employment_ends < last)


def _goes_on(leaves: Leaves, case: UUID, ends: date) -> bool:
    absence = leaves.absences[case]
    return not absence.withdrawn and (absence.last_day is None or absence.last_day > ends)


def _ending(leaves: Leaves, leave: Leave) -> Ending:
    assert leave.employment_ends is not None
    return Ending(leaves.cases[leave.case].number, leave.employment_ends, leaves.absences[leave.case].last_day)


def _tell_at_risk(tx: Transaction, risks: Sequence[tuple[int, AtRisk]], leaves: Leaves) -> Iterator[UUID]:
    """One task for a case: its nearest day, and what is at stake until the horizon."""
    horizon = tx.at.day + timedelta(days=leaves.settings.deadline_days)
    near: dict[UUID, list[AtRisk]] = {}
    for _, one in risks:
        if not one.lost and one.last_day <= horizon:
            near.setdefault(one.case, []).append(one)
    for case, each in near.items():
        amount = sum(one.amount for one in each)
        what = said("refusjon.claim_at_risk", case=leaves.cases[case].number, last_day=each[0].last_day, amount_ore=amount)
        yield open_task(tx, Kind.NAV_DEADLINE, case, what, at_stake=amount, last_day=each[0].last_day)


def _tell_ending(tx: Transaction, case: UUID, one: Ending) -> UUID:
    what = said("refusjon.contract_ends", case=one.case, last_day=one.last_day)
    return open_task(tx, Kind.NAV_CONTRACT_ENDS, case, what, last_day=one.last_day)


def _tell_reached(tx: Transaction, case: UUID, one: Reached) -> UUID:
    what = said("refusjon.max_date_near", case=one.case, max_date=one.max_date)
    return open_task(tx, Kind.NAV_MAX_DATE, case, what, last_day=one.max_date)
