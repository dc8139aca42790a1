"""The rule name of the case files on stopped payments, answered by the function that the product itself calls."""

from __future__ import annotations

from refusion.law.engine.worked import Answer, Given, Input, Unreadable, Worked, hundredths, not_negative, truth
from refusion.salary_guard.limits import DEFAULT_LIMIT, Component244, ComponentState, Limits, Verdict, judge

FIELDS = {"amount", "state"}


def component(value: object) -> Component244:
    """Read ``{"amount": …, "state": "active" | "ended" | "deleted"}``."""
    if not isinstance(value, dict) or set(value) != FIELDS:
        raise Unreadable(f"not a pay component with amount and state: {value!r}")
    return Component244(not_negative(value["amount"]), ComponentState(value["state"]))


def _verdict(given: Given) -> Verdict:
    limits = Limits(
        employee_this_run=given.maybe(int, "employee_limit_this_run"),
        component_244=given.maybe(Component244, "component_244"),
        institution_this_run=given.maybe(int, "institution_limit_this_run"),
        institution=given.of(int, "institution_limit"),
    )
    return judge(given.of(int, "net_pay"), limits)


RULES = {
    "DK-SALARY-GUARD": Worked(
        {
            "net_pay": Input(hundredths),
            "employee_limit_this_run": Input(not_negative, None),
            "employee_limit_last_run": Input(not_negative, None),
            "component_244": Input(component, None),
            "institution_limit_this_run": Input(not_negative, None),
            "institution_limit": Input(not_negative, DEFAULT_LIMIT),
        },
        {
            "stopped": Answer(truth, lambda given: _verdict(given).stopped),
            "limit": Answer(hundredths, lambda given: int(_verdict(given).limit)),
        },
    )
}
