"""Reconciliation: what was paid of each pot against what the agreement has, with what moved from one pot to another."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.grants.course.records import PayoutRun
from refusion.grants.course.standing import Standing
from refusion.values.money import ore


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One pot in øre: what the agreement has, what came from and went to other pots, what was paid, and what is left."""

    pot: str
    called: str
    depth: int
    amount: int
    moved_in: int
    moved_out: int
    paid: int

    @property
    def left(self) -> int:
        """Give what was not paid and did not go on to another pot; it stays with the state."""
        return self.amount + self.moved_in - self.moved_out - self.paid

    @property
    def holds(self) -> bool:
        """Tell whether no more was paid than there is."""
        return self.left >= 0


def ceilings(standing: Standing) -> tuple[Ceiling, ...]:
    """Hold what was paid against every pot of the agreement, those made of others with the sums of their parts."""
    agreement, paid = standing.agreement, standing.paid()
    moved = _moved(standing)
    found = []
    for pot in agreement.pots:
        inside = {one.name for one in agreement.pots if pot.name in agreement.above(one.name)}
        came = sum(amount for (giver, taker), amount in moved.items() if taker in inside and giver not in inside)
        went = sum(amount for (giver, taker), amount in moved.items() if giver in inside and taker not in inside)
        of_pot = sum(amount for (name, _), amount in paid.items() if name in inside)
        used = sum(_used(standing, name) for name in inside)
        found.append(Ceiling(pot.name, pot.called, len(agreement.above(pot.name)) - 1, pot.amount, came, went, of_pot + used))
    return tuple(found)


def _moved(standing: Standing) -> dict[tuple[str, str], int]:
    """Give what each pot passed on to another as the newest paid run that used it has it."""
    found: dict[tuple[str, str], int] = {}
    for run in _paid_runs(standing):
        for name, told in _pots(run).items():
            target = standing.agreement.pot(name).unused_to
            if target is not None and target in run.pots:
                found[name, target] = ore(str(told["overflow"]))
    return found


def _used(standing: Standing, name: str) -> int:
    """Give what was used of a pot that no run pays: as the newest run that counted with it has it."""
    pot = standing.agreement.pot(name)
    if pot.parameters.get("paid_by") != "use":
        return 0
    used = [ore(str(told[name]["paid"])) for run in _paid_runs(standing) if name in (told := _pots(run))]
    return used[-1] if used else 0


def _paid_runs(standing: Standing) -> list[PayoutRun]:
    return [run for run in standing.runs if run.paid_at is not None]


def _pots(run: PayoutRun) -> dict[str, dict[str, object]]:
    pots = run.content.get("pots")
    return dict(pots) if isinstance(pots, dict) else {}
