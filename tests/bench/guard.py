"""How long it takes to guard a run of 200,000 payments: intake, limits and all checks; and that what it says is right."""

from __future__ import annotations

from datetime import date
from time import process_time

from refusion.rehearsal.pay_runs.errors import with_errors
from refusion.rehearsal.pay_runs.facts import PAY_CODES, Kind
from refusion.rehearsal.pay_runs.months import founded, months
from refusion.rehearsal.pay_runs.sheet import columns_of
from refusion.salary_guard.basis import prepare
from refusion.salary_guard.decision import Decision, InstitutionLimits, decide, no_limits
from refusion.salary_guard.guard import Guarded, guarded
from refusion.salary_guard.holds import Split, split
from refusion.salary_guard.intake import Announced, need_sound
from refusion.salary_guard.remembering import remember

Row = tuple[str, str, str, bool]
SEED, PAYMENTS, MONTHS, EACH = 2027, 200_000, 7, 200
LIMIT_SECONDS = 2
FOUND, LEAST, IN_VAIN = 95, 80, 0.5


def measure() -> list[Row]:
    """Give the rows of the bench table: time, errors found, kinds, stops in vain; the seed was not used in tuning."""
    labelled, memory = _made()
    start = process_time()
    need_sound(labelled.run, Announced(len(labelled.kind)))
    basis = prepare(labelled.run, PAY_CODES, memory)
    decision = decide(labelled.run.payments, no_limits(), InstitutionLimits())
    result = guarded(basis)
    divided = split(basis, decision, result.findings)
    taken = process_time() - start
    name = f"{PAYMENTS:,} payments guarded: intake, limits, all checks"
    right = _limit_holds(decision, divided) and result.is_checked
    return [(name, f"{taken:.2f} s", f"{LIMIT_SECONDS} s", bool(right and taken <= LIMIT_SECONDS)), *_found(labelled.kind, result)]


def _made():
    world, memory, before = founded(SEED, PAYMENTS, date(2024, 1, 1)), None, None
    for month, sheet in months(world, date(2024, 1, 1), MONTHS):
        if month.month == MONTHS:
            return with_errors(world, sheet, before, month, (SEED, EACH)), memory
        memory, before = remember(prepare(columns_of(world, sheet, month), PAY_CODES, memory)), sheet
    raise AssertionError("no month")


def _limit_holds(decision: Decision, divided: Split) -> bool:
    """Tell that exactly those above the limit are held whole, whatever the checks found."""
    above = decision.total > decision.limit
    return bool((decision.stopped == above).all() and ((divided.goes == 0) == above[decision.place]).all())


def _found(kind, result: Guarded) -> list[Row]:
    shares = [100 * (result.pointed_out & (kind == one)).sum() / (kind == one).sum() for one in Kind if one]
    mean, worst = float(sum(shares) / len(shares)), float(min(shares))
    clean = kind == Kind.NONE
    in_vain = float(100 * (result.pointed_out & clean).sum() / clean.sum())
    return [
        ("injected errors below the limit found, kinds in equal parts", f"{mean:.1f} %", f"at least {FOUND} %", mean >= FOUND),
        ("the kind of error found least", f"{worst:.1f} %", f"at least {LEAST} %", worst >= LEAST),
        ("right payments pointed out", f"{in_vain:.2f} %", f"at most {IN_VAIN} %", in_vain <= IN_VAIN),
    ]
