"""How fast a grant is reckoned: the year 2013 over 21 counties, 10,000 orders among its records, to every figure; checked to the krona."""

from __future__ import annotations

from datetime import date
from statistics import median
from time import perf_counter

from refusion.grants.course.records import Order
from refusion.grants.course.running import payable_pots, planned
from tests.grants.course.made import SE_2013, ready

Row = tuple[str, str, str, bool]
ORDERS = 10_000
KRONA = 100


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    return [a_year()]


def a_year(times: int = 5) -> Row:
    """Plan a run of every pot, from its records to each line with its figures."""
    units = ("team_investigations", "doctor_statements")
    first, due = date(2013, 3, 1), date(2013, 4, 12)
    orders = [Order(f"F{place}", SE_2013.codes[place % 21], units[place % 2], first, due, due) for place in range(ORDERS)]
    standing = ready(orders=orders)
    pots = tuple(pot.name for pot in payable_pots(SE_2013))
    taken = []
    for _ in range(times):
        start = perf_counter()
        plan = planned(standing, pots, 1, {})
        taken.append(perf_counter() - start)
    sums = {pot: sum(line.amount for line in plan.lines if line.pot == pot) for pot in pots}
    scaled = sums["investigations"] == 250_000_000 * KRONA and sums["variable"] == 230_800_000 * KRONA
    correct = scaled and sums["condition_2"] == 150_000_000 * KRONA and sum(sums.values()) == 950_000_000 * KRONA
    seconds = median(taken)
    return ("a grant over 21 counties to every figure", f"{seconds:.2f} s", "1 s", correct and seconds <= 1)
