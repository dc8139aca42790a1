"""Which limit holds for one payment, and whether it is stopped (the state payroll's guide on stopped payments)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from refusion.law.engine.citation import Statute
from refusion.law.engine.refusals import NotAnswered, needed
from refusion.law.engine.rule import account
from refusion.values.money import Ore
from refusion.values.said import said

GUIDE = Statute("Vejledning", "Standset lønanvisning og maxgrænsebeløb", "Økonomistyrelsens brugervejledning", "punkt")
DEFAULT_LIMIT = Ore(70_000_00)


class ComponentState(StrEnum):
    """How pay component 244 stands in the period: an ended one still holds, only a deleted one does not."""

    ACTIVE = "active"
    ENDED = "ended"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Component244:
    """Pay component 244, the lasting limit of one employee, in øre."""

    amount: int
    state: ComponentState


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that were set, in øre; None = not set.

    The employee's limit of an earlier run is not among them: that field is set back after each run.
    """

    employee_this_run: int | None = None
    component_244: Component244 | None = None
    institution_this_run: int | None = None
    institution: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a payment is stopped, and the limit that it was held against, in øre."""

    stopped: bool
    limit: Ore


@account(GUIDE.section("1-3"), called="max-grænse")
def applied_limit(limits: Limits) -> Ore:
    """Give the limit that holds, in øre: the employee's of this run, component 244, the institution's of this run, its own.

    Raises NotAnswered for a limit below zero.
    """
    component = limits.component_244
    lasting = component.amount if component is not None and component.state is not ComponentState.DELETED else None
    for limit in (limits.employee_this_run, lasting, limits.institution_this_run):
        if limit is not None:
            return _possible(limit)
    return _possible(limits.institution)


@account(GUIDE.section("1"), called="standset lønanvisning")
def judge(net_pay: int, limits: Limits) -> Verdict:
    """Tell whether a net payment in øre is stopped: when it is above its limit, not when it is the limit.

    Raises MissingFact without a payment, NotAnswered for a limit below zero.
    """
    needed({"net_pay": net_pay})
    limit = applied_limit(limits)
    return Verdict(net_pay > limit, limit)


def _possible(limit: int) -> Ore:
    if limit < 0:
        raise NotAnswered(said("law.negative_fact", name="limit", value=limit))
    return Ore(limit)
