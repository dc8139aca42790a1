"""The offices' own sums, from the cells of a report alone and their own tables, in exact fractions; nothing of the house's law."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction

Cells = Mapping[str, str]
FULL_WEEK, WORK_DAYS = 37, 5
# kroner a quarter; the year's hourly ceiling of the municipality's share, in øre; both hold on until a newer one is known
QUARTER_CAPS = ((2018, 129_189), (2019, 131_773), (2020, 134_408), (2021, 137_097), (2022, 138_742), (2023, 142_488), (2024, 147_047))
HOUR_CEILINGS = (
    (2015, 25_457), (2018, 26_856), (2019, 27_393), (2020, 27_941), (2021, 28_500), (2022, 28_842), (2023, 29_621), (2024, 30_569),
)  # fmt: skip
# kroner an hour up to pay grade 35 and above; øre an hour with wage subsidy at a public employer
LEAVE_HOURS = ((2017, 71, 224), (2018, 72, 228), (2019, 74, 233), (2020, 75, 238), (2021, 77, 242), (2022, 78, 247))
PUBLIC_HOURS = ((2015, 107_55), (2018, 113_46), (2021, 120_40))
LOW_GRADES, FIRST_HALF, FIRST_CAP = 35, date(2002, 4, 1), date(2006, 7, 5)


def granted(row: Cells) -> int:
    """Give what an office grants of a row, øre: what its own sum gives, never more than is asked nor than others leave of the wage."""
    asked = ore(row["refusion"])
    room = max(ore(row["udbetalt_loen"]) - ore(row["anden_refusion"]), 0)
    own = _SCHEMES[row["ordning"]]
    return min(asked, room, own(row)) if own is not None else min(asked, room)


def ore(cell: str) -> int:
    """Read a cell in kroner or hours with two decimals as hundredths; empty is nothing."""
    return int(Fraction(cell) * 100) if cell else 0


def _state_fleksjob(row: Cells) -> int:
    hired, year = date.fromisoformat(row["ansat"]), int(row["fra"][:4])
    cost = Fraction(max(ore(row["udbetalt_loen"]) - ore(row["fradrag_i_loen"]), 0))
    cost = min(cost, Fraction(_since(QUARTER_CAPS, year)[1] * 100)) if hired >= FIRST_CAP else cost
    return _nearest(max(cost - ore(row["anden_refusion"]), Fraction(0)) * (1 if hired < FIRST_HALF else Fraction(1, 2)))


def _parental_fund(row: Cells) -> int:
    _, low, high = _since(LEAVE_HOURS, int(row["fra"][:4]))
    return _nearest(Fraction(ore(row["orlovstimer"])) * (low if int(row["sats"]) <= LOW_GRADES else high))


def _fleksjob(row: Cells) -> int:
    hours = ore(row["loentimer"])
    if not hours:
        return 0
    first, last = (date.fromisoformat(row[end]) for end in ("fra", "til"))
    weekdays = sum((first + timedelta(days=n)).weekday() < WORK_DAYS for n in range((last - first).days + 1))
    wage = min(_nearest(Fraction(ore(row["loengrundlag"]) * 100, hours)), _since(HOUR_CEILINGS, first.year)[1])
    paid = min(hours, _nearest(Fraction(FULL_WEEK * 100 * weekdays, WORK_DAYS)))
    return _nearest(Fraction(_nearest(wage * Fraction(row["sats"])) * paid, 100))


def _wage_subsidy(row: Cells) -> int:
    """Count the hours at a public employer; of the others the year's limit is not in the row, and what is asked is taken."""
    if row["sats"] != "offentlig":
        return ore(row["refusion"])
    hourly = _since(PUBLIC_HOURS, int(row["fra"][:4]))[1]
    return max(_nearest(Fraction(hourly * ore(row["loentimer"]), 100)) - ore(row["anden_refusion"]), 0)


def _since(table: tuple[tuple[int, ...], ...], year: int) -> tuple[int, ...]:
    return max((line for line in table if line[0] <= year), default=table[0])


def _nearest(amount: Fraction) -> int:
    """Round to the nearest whole, halves up."""
    return int((2 * amount + 1) // 2)


def month_end(day: date) -> date:
    """Give the last day of a day's month: offices pay then."""
    return day.replace(day=monthrange(day.year, day.month)[1])


_SCHEMES: Mapping[str, Callable[[Cells], int] | None] = {
    "Fleksjobordningen": _state_fleksjob,
    "Barselsfonden": _parental_fund,
    "Fleksjob": _fleksjob,
    "Loentilskud": _wage_subsidy,
    "Jobafklaring": None,
}
