"""A day of the house for one institution, in its order; each step is repeatable and commits for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from refusion.workflow.cases.notify import notify_due, review_due, settle_finished
from refusion.workflow.cases.open import open_cases
from refusion.workflow.day.watch import prove_books, watch_decisions
from refusion.workflow.filing.send import file_due
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports
from refusion.workflow.settlements.fetch import fetch_decisions
from refusion.workflow.settlements.settle import settle

Step = Callable[[Ports, Actor, str], int | None]

STEPS: Mapping[str, Step] = MappingProxyType({
    "open_cases": open_cases,
    "notify_due": notify_due,
    "review_due": review_due,
    "file_due": file_due,
    "fetch_decisions": fetch_decisions,
    "settle": settle,
    "settle_finished": settle_finished,
    "watch_decisions": watch_decisions,
    "prove_books": prove_books,
})


def run_day(
    ports: Ports, actor: Actor, institution: str, tell: Callable[[str, int], None] = lambda _step, _count: None
) -> Mapping[str, int]:
    """Do a day's work; ``tell`` hears each step with its count. Done twice it changes nothing more."""
    counts: dict[str, int] = {}
    for name, step in STEPS.items():
        counts[name] = step(ports, actor, institution) or 0
        tell(name, counts[name])
    return counts
