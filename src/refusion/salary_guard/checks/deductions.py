"""Tax and other deductions against the person's own of the month before, for what is paid now."""

from __future__ import annotations

import numpy as np

from refusion.salary_guard.basis import Basis, merged, per_place
from refusion.salary_guard.checks.findings import Check, Findings, Ground, finding_rows, together
from refusion.salary_guard.checks.settings import Settings, matters
from refusion.salary_guard.columns import Flags, Ints, Role

LOWEST_MARGINAL, HIGHEST_MARGINAL = 280, 560
"""Thousandths of one more krone that tax takes at least and at most."""
GROSS = (Role.BASE, Role.HOURLY, Role.SUPPLEMENT, Role.VARIABLE, Role.ONE_OFF, Role.SEASONAL, Role.SETTLEMENT, Role.ABSENCE)
BASE = (Role.BASE, Role.HOURLY, Role.ABSENCE)


def check_tax(basis: Basis, settings: Settings) -> Findings:
    """Find tax that neither last month's nor the highest rate on what is paid more explains."""
    last = basis.last
    now, before = -basis.total(Role.TAX), -last.total(Role.TAX)
    gross, gross_before = basis.total(*GROSS), last.total(*GROSS)
    change = gross - gross_before
    ends = (before + change * LOWEST_MARGINAL // 1_000, before + change * HIGHEST_MARGINAL // 1_000)
    # Outlays are not taxed, and who earned less than the allowance pays nothing of the first krone more.
    untaxed = _outlays(basis)
    low = np.where(before == 0, 0, np.minimum(*ends) - untaxed * HIGHEST_MARGINAL // 1_000)
    expected = np.clip(now, np.maximum(0, low), np.maximum(0, np.maximum(*ends)))
    return _found(basis, Ground.TAX, (expected, now, gross_before > 0), settings.smallest_tax)


def check_deductions(basis: Basis, settings: Settings) -> Findings:
    """Find pension, contributions and memberships that left their share of pay; one that is missing too."""
    last = basis.last
    gross, gross_before = basis.total(*GROSS), last.total(*GROSS)
    base, base_before = basis.total(*BASE), last.total(*BASE)
    parts, taken = [], np.flatnonzero(basis.role == Role.DEDUCTION)
    owner_now, code_now, amount_now = basis.owner[taken], basis.code[taken], basis.amount[taken]
    for code in merged(np.sort(code_now), np.sort(last.code)).tolist():
        now, before = (
            -per_place(owner[codes == code], amount[codes == code], len(basis.employment))
            for owner, codes, amount in ((owner_now, code_now, amount_now), (last.owner, last.code, last.amount))
        )
        expected = before
        for whole, was in ((gross, gross_before), (base, base_before)):
            share = before * np.maximum(0, whole) // np.maximum(1, was)
            expected = np.where(np.abs(now - share) < np.abs(now - expected), share, expected)
        known = (before > 0) & (gross > 0)
        parts.append(_found(basis, Ground.DEDUCTION, (expected, now, known), settings.smallest, code))
    return together(parts)


def _outlays(basis: Basis) -> Ints:
    """Sum what is paid without hours under codes that vary."""
    chosen = np.flatnonzero((basis.role == Role.VARIABLE) & (basis.quantity == 0))
    return per_place(basis.owner[chosen], basis.amount[chosen], len(basis.employment))


def _found(basis: Basis, ground: Ground, amounts: tuple[Ints, Ints, Flags], smallest: int, code: int = 0) -> Findings:
    expected, now, known = amounts
    excess = expected - now
    rows = np.flatnonzero(known & matters(basis, np.arange(len(now)), excess, smallest))
    columns = {"expected": expected[rows], "found": now[rows], "excess": excess[rows], "code": np.full(len(rows), code, np.int64)}
    return finding_rows(Check.HISTORY, ground, basis.first_payment[rows], columns)
