"""All checks of a run: what each found, which were made, and that one that failed says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from refusion.salary_guard.basis import SPAN, Basis
from refusion.salary_guard.checks.contract import check_absence, check_contract
from refusion.salary_guard.checks.deductions import check_deductions, check_tax
from refusion.salary_guard.checks.drift import Alarms, check_drift
from refusion.salary_guard.checks.findings import Check, Findings, found_payments, together
from refusion.salary_guard.checks.history import check_hours, check_rates, check_scale
from refusion.salary_guard.checks.settings import DEFAULT, Settings
from refusion.salary_guard.checks.single import check_accounts, check_duplicates, check_ended
from refusion.salary_guard.columns import Flags
from refusion.values.said import Said, said

Checking = Callable[[Basis, Settings], Findings]
PLAIN: tuple[tuple[Check, tuple[Checking, ...]], ...] = (
    (Check.DUPLICATE, (check_duplicates,)),
    (Check.ENDED, (check_ended,)),
    (Check.NEW_ACCOUNT, (check_accounts,)),
    (Check.CONTRACT, (check_contract,)),
    (Check.ABSENCE, (check_absence,)),
    (Check.HISTORY, (check_hours, check_rates, check_tax, check_deductions)),
    (Check.SCALE, (check_scale,)),
)
NEED_MEMORY = frozenset({Check.NEW_ACCOUNT, Check.HISTORY, Check.SCALE, Check.DRIFT})
NEED_CONTRACTS = frozenset({Check.ENDED, Check.CONTRACT, Check.ABSENCE})
NEED_LINES = frozenset({Check.CONTRACT, Check.ABSENCE, Check.HISTORY, Check.SCALE, Check.DRIFT})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a check was made; ``because`` says why not, ``failure`` what went wrong when it failed."""

    check: Check
    is_made: bool
    because: Said | None = None
    failure: Exception | None = None


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the checks say of a run: findings, drift, whether each check was made, and who could not be held against history."""

    findings: Findings
    alarms: Alarms
    outcomes: tuple[Outcome, ...]
    pointed_out: Flags
    without_history: Flags

    @property
    def is_checked(self) -> bool:
        """Tell whether every check was made: without it, nobody is "ok"."""
        return all(outcome.is_made for outcome in self.outcomes)


def guarded(basis: Basis, settings: Settings = DEFAULT) -> Guarded:
    """Make all checks; one that cannot be made or fails is "not checked", and the others are made all the same."""
    outcomes, found = [], []
    for check, parts in PLAIN:
        outcome, findings = _made(check, basis, partial(_all_parts, parts, basis, settings))
        outcomes.append(outcome)
        found += findings
    alarms: list[Alarms] = []
    outcome, findings = _made(Check.DRIFT, basis, lambda: _drift(basis, settings, alarms))
    every = together([*found, *findings])
    return Guarded(
        findings=every,
        alarms=alarms[0] if alarms else _no_alarms(),
        outcomes=(*outcomes, outcome),
        pointed_out=found_payments(every, len(basis.place)),
        without_history=_without_history(basis),
    )


def _all_parts(parts: tuple[Checking, ...], basis: Basis, settings: Settings) -> Findings:
    return together(part(basis, settings) for part in parts)


def _drift(basis: Basis, settings: Settings, alarms: list[Alarms]) -> Findings:
    findings, raised = check_drift(basis, settings)
    alarms.append(raised)
    return findings


def _made(check: Check, basis: Basis, make: Callable[[], Findings]) -> tuple[Outcome, list[Findings]]:
    because = _lacking(check, basis)
    if because is not None:
        return Outcome(check, is_made=False, because=because), []
    try:
        return Outcome(check, is_made=True), [make()]
    except Exception as failure:  # noqa: BLE001 (whatever fails, the payments must show as not checked, never as ok)
        return Outcome(check, is_made=False, because=said("guard.check_failed", failure=type(failure).__name__), failure=failure), []


def _lacking(check: Check, basis: Basis) -> Said | None:
    """Say what a check would need and does not have."""
    if check in NEED_LINES and not len(basis.run.lines.amount):
        return said("guard.no_lines")
    if check in NEED_CONTRACTS and not len(basis.run.contracts.employment):
        return said("guard.no_contracts")
    if check in NEED_MEMORY and basis.memory is None:
        return said("guard.no_earlier_run")
    return None


def _without_history(basis: Basis) -> Flags:
    """Mark payments to employments that no remembered run paid: nothing says what is usual for them."""
    if basis.memory is None or not len(basis.memory.key):
        return np.ones(len(basis.place), np.bool_)
    known = np.isin(basis.employment, basis.memory.key // SPAN)
    return np.asarray(~known[basis.place])


def _no_alarms() -> Alarms:
    return Alarms(*(np.zeros(0, np.int64) for _ in range(7)))
