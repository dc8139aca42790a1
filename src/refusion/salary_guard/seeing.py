"""How a stopped payment is seen in payroll and by the customer: FU7017, sum component 8550, the payslip's line, the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.salary_guard.decision import Applied
from refusion.salary_guard.holds import Hold
from refusion.values.said import Fact, Said, said

ADVICE_LIST, SUM_COMPONENT, WRONG_COMPONENT = "FU7017", "8550", "2913"
"""The list of errors and advice, the sum component that holds stopped payments, the component that takes one back."""
LIMIT_WORDS = {
    Applied.EMPLOYEE_THIS_RUN: said("guard.limit_employee_this_run"),
    Applied.COMPONENT_244: said("guard.limit_component_244"),
    Applied.INSTITUTION_THIS_RUN: said("guard.limit_institution_this_run"),
    Applied.INSTITUTION: said("guard.limit_institution"),
    Applied.DEFAULT: said("guard.limit_default"),
}


@dataclass(frozen=True, slots=True)
class Stopped:
    """What is known of a stopped payment, in øre; nothing that names the person but the employment's number."""

    employment: str
    amount: int
    total: int
    limit: int
    applied: int
    hold: int


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One line of the list of errors and advice: its list, the employment, øre, and what it says."""

    code: str
    employment: str
    amount: int
    said: Said


def why(stopped: Stopped) -> tuple[Said, ...]:
    """Say why a payment does not go: the limit that applied and what was held against it, the deviating part, or a person."""
    if stopped.hold == Hold.PART:
        return (said("stopped.held_part", amount_ore=stopped.amount),)
    if stopped.hold == Hold.PERSON:
        return (said("stopped.held_by_person", amount_ore=stopped.amount),)
    if stopped.total > stopped.limit:
        amounts = {"total_ore": stopped.total, "limit_ore": stopped.limit}
        return said("guard.stopped", **amounts), LIMIT_WORDS[Applied(stopped.applied)]
    return (said("stopped.rejected_by_bank", amount_ore=stopped.amount),)


def advice(stopped: Stopped) -> tuple[AdviceLine, AdviceLine]:
    """Give the lines of a stopped payment: in the list of errors and advice (FU7017), and its sum data (component 8550)."""
    facts: dict[str, Fact] = {"employment": stopped.employment, "amount_ore": stopped.amount, "limit_ore": stopped.limit}
    return (
        AdviceLine(ADVICE_LIST, stopped.employment, stopped.amount, said("stopped.advice", **facts)),
        AdviceLine(SUM_COMPONENT, stopped.employment, stopped.amount, said("stopped.sum_component", **facts)),
    )


def payslip_line(amount: int) -> Said:
    """Give the line that stands marked on the payslip: it must be paid by hand, ``amount`` in øre."""
    return said("stopped.payslip", amount_ore=amount)


def letter(number: int, employment: str, amount: int, value_date: date) -> tuple[Said, ...]:
    """Give the mail to the institution about a stopped payment, line by line: no name, no national number, no health."""
    facts: dict[str, Fact] = {"number": number, "employment": employment, "amount_ore": amount, "value_date": value_date}
    parts = ("subject", "what", "right", "wrong", "none", "help")
    return tuple(said(f"stopped.letter_{part}", **facts) for part in parts)
