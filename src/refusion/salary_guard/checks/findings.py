"""What a check found, which checks were made, and the sentence for each finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from refusion.salary_guard.columns import Flags, Ints
from refusion.values.said import Said, said


class Check(IntEnum):
    """The checks, in the order in which a person should read what they found."""

    DUPLICATE = 1
    ENDED = 2
    NEW_ACCOUNT = 3
    CONTRACT = 4
    ABSENCE = 5
    HISTORY = 6
    SCALE = 7
    DRIFT = 8


class Ground(IntEnum):
    """Why a payment was pointed out; each has its sentence."""

    SAME_PAYMENT = 1
    SAME_LINE = 2
    SAME_ONE_OFF = 3
    ENDED_BEFORE = 4
    NOT_BEGUN = 5
    ENTERED_SHORTLY = 6
    SHARED_ACCOUNT = 7
    BASE_PAY = 8
    HOURLY_WAGE = 9
    SUPPLEMENT = 10
    NOT_TAKEN = 11
    TAKEN_WITHOUT = 12
    HOURS = 13
    RATE = 14
    AMOUNT = 15
    NEVER_PAID_HERE = 16
    TAX = 17
    DEDUCTION = 18
    FELL = 19
    COHORT = 20
    NO_CONTRACT = 21
    FACTOR_OFF = 22


@dataclass(frozen=True, slots=True)
class Findings:
    """One row per thing found: the payment's row, check, ground, pay code (0 for none), expected and found in øre.

    ``excess`` is what the payment has too much (negative: too little) after tax, about; ``factor`` the factor of ten
    by which the amount is off, negative for too small, 0 when it is none. For accounts ``expected`` is how many days
    before pay the account was entered and ``found`` how many people share it.
    """

    payment: Ints
    check: Ints
    ground: Ints
    code: Ints
    expected: Ints
    found: Ints
    excess: Ints
    factor: Ints


SCALES = (10, 100)


def finding_rows(check: Check, ground: Ground | Ints, payment: Ints, columns: dict[str, Ints]) -> Findings:
    """Put findings of a check together; columns that are not given are 0."""
    nothing = np.zeros(len(payment), np.int64)
    return Findings(
        payment=payment.astype(np.int64),
        check=np.full(len(payment), int(check), np.int64),
        ground=np.array(np.broadcast_to(np.asarray(ground, np.int64), (len(payment),))),
        code=columns.get("code", nothing),
        expected=columns.get("expected", nothing),
        found=columns.get("found", nothing),
        excess=columns.get("excess", nothing),
        factor=columns.get("factor", nothing),
    )


def together(parts: Iterable[Findings]) -> Findings:
    """Put findings below one another."""
    listed = list(parts) or [nothing_found()]
    return Findings(*(np.concatenate([getattr(part, column.name) for part in listed]) for column in fields(Findings)))


def nothing_found() -> Findings:
    """Give findings without a row."""
    return Findings(*(np.zeros(0, np.int64) for _ in fields(Findings)))


def found_payments(findings: Findings, count: int) -> Flags:
    """Mark the payments that something was found in."""
    marked = np.zeros(count, np.bool_)
    marked[findings.payment] = True
    return marked


def scale_of(expected: Ints, found: Ints) -> Ints:
    """Give 10 or 100 (negative when too small) where the amount is about so many times what was expected, else 0."""
    scale = np.zeros(len(expected), np.int64)
    for factor in SCALES:
        near_up = (found * 10 >= expected * factor * 7) & (found * 10 <= expected * factor * 13)
        near_down = (expected * 10 >= found * factor * 7) & (expected * 10 <= found * factor * 13)
        scale = np.where(near_up & (expected > 0), factor, np.where(near_down & (found > 0), -factor, scale))
    return scale


_SENTENCES = {
    Ground.SAME_PAYMENT: said("guard.same_payment"),
    Ground.SAME_LINE: said("guard.same_line"),
    Ground.SAME_ONE_OFF: said("guard.same_one_off"),
    Ground.ENDED_BEFORE: said("guard.ended_before"),
    Ground.NOT_BEGUN: said("guard.not_begun"),
    Ground.ENTERED_SHORTLY: said("guard.entered_shortly"),
    Ground.SHARED_ACCOUNT: said("guard.shared_account"),
    Ground.BASE_PAY: said("guard.base_pay"),
    Ground.HOURLY_WAGE: said("guard.hourly_wage"),
    Ground.SUPPLEMENT: said("guard.supplement"),
    Ground.NOT_TAKEN: said("guard.not_taken"),
    Ground.TAKEN_WITHOUT: said("guard.taken_without"),
    Ground.HOURS: said("guard.hours"),
    Ground.RATE: said("guard.rate"),
    Ground.AMOUNT: said("guard.amount"),
    Ground.NEVER_PAID_HERE: said("guard.never_paid_here"),
    Ground.TAX: said("guard.tax"),
    Ground.DEDUCTION: said("guard.deduction"),
    Ground.FELL: said("guard.fell"),
    Ground.COHORT: said("guard.cohort"),
    Ground.NO_CONTRACT: said("guard.no_contract"),
    Ground.FACTOR_OFF: said("guard.factor_off"),
}
_ABOUT_ACCOUNTS = (Ground.ENTERED_SHORTLY, Ground.SHARED_ACCOUNT)
_ABOUT_DAYS = (Ground.ENDED_BEFORE, Ground.NOT_BEGUN)


def explain(findings: Findings, row: int) -> Said:
    """Say what was found in a row: what was expected and what stands there."""
    ground = Ground(int(findings.ground[row]))
    return Said(_SENTENCES[ground].key, _facts(findings, row, ground))


def _facts(findings: Findings, row: int, ground: Ground) -> dict[str, str | int | None]:
    expected, found, factor = (int(column[row]) for column in (findings.expected, findings.found, findings.factor))
    if ground in _ABOUT_ACCOUNTS:
        return {"days": expected, "people": found}
    if ground in _ABOUT_DAYS:
        return {"days": expected, "found_ore": found}
    amounts = {"code": int(findings.code[row]), "expected_ore": expected, "found_ore": found}
    return {**amounts, "factor": abs(factor)} if ground is Ground.FACTOR_OFF else {**amounts}
