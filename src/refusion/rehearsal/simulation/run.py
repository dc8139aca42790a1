"""Lives many institution-years, several at a time, each in a process and a database of its own, and gathers what they came to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from refusion.rehearsal.simulation.year import Lived, Order, Tell, lived
from refusion.values.said import Refused, said
from refusion.wiring.database import ADDRESSES, APP
from refusion.wiring.start import started

Hear = Callable[[Lived], None]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Which years to live: ``years`` of them from the first, or the one named; ``processes`` at a time."""

    seed: int
    years: int
    employees: int
    only: int | None = None
    processes: int = 0

    def orders(self) -> list[Order]:
        """Give one order for each year."""
        numbers = range(1, self.years + 1) if self.only is None else (self.only,)
        return [Order(self.seed, number, self.employees) for number in numbers]

    def at_once(self) -> int:
        """Give how many processes work at a time: no more than there are years."""
        return min(self.processes or os.cpu_count() or 1, len(self.orders()))


def simulate(simulation: Simulation, hear: Hear = lambda _lived: None, tell: Tell = lambda _day: None) -> tuple[Lived, ...]:
    """Live the years and give them by number; ``hear`` hears each that is over, ``tell`` the days of a single one.

    Raises Refused where a real database is named.
    """
    if os.environ.get(ADDRESSES[APP]):
        raise Refused(said("simulate.real_database", variable=ADDRESSES[APP]))
    found = []
    with started(), _years(simulation, tell) as years:
        for one in years:
            hear(one)
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.number))


@contextmanager
def _years(simulation: Simulation, tell: Tell) -> Iterator[Iterator[Lived]]:
    orders = simulation.orders()
    if simulation.at_once() == 1:
        yield (lived(order, tell) for order in orders)
        return
    # The template is made once, before two processes ask for it at the same time.
    with get_context("spawn").Pool(simulation.at_once(), maxtasksperchild=10) as pool:
        yield pool.imap_unordered(_apart, orders)


def _apart(order: Order) -> Lived:
    """Live a year in a process of its own, on the server that runs already."""
    with started():
        return lived(order)


def trace_of(years: Sequence[Lived]) -> bytes:
    """Put the traces of the years together, by number."""
    return b"".join(f'["year",{one.number}]\n'.encode() + one.trace for one in years)
