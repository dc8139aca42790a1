"""Tables of self-employed persons: each row a week's benefit, in and out as Arrow record batches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from refusion.law.denmark.holidays import LAST_DAY
from refusion.law.denmark.rates import WEEKLY_MAXIMUM
from refusion.law.denmark.self_employed.benefit import (
    is_minimum_only,
    self_counted_income,
    self_paid_quarters,
    self_week_benefit,
    self_weekly,
)
from refusion.law.denmark.self_employed.waiting import INSURANCES
from refusion.law.engine.batch.columns import Marks, Reading, kroner_column
from refusion.law.engine.numbers import Column
from refusion.law.engine.tape import explaining
from refusion.law.engine.words import monday

COLUMNS = ("day", "first_absence_day", "income_year", "insurance", "working_share_percent")
NEEDED = ("day", "first_absence_day", "income_year")
GIVES = ("weekly", "estimated", "unverified")
KEPT = ("id",)
FIRST_RATE = WEEKLY_MAXIMUM.values[0].since.toordinal()
HIGHEST_INCOME = 10**12
WHOLE = 10_000


def calculate(batches: Iterable[pa.RecordBatch], *, explain: bool = False) -> Iterator[pa.RecordBatch]:
    """Add the benefit of the week that holds ``day`` and marks; ``insurance`` is empty or one of ``INSURANCES``.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    """
    for batch in batches:
        yield _calculated(batch, explain=explain)


def _calculated(batch: pa.RecordBatch, *, explain: bool) -> pa.RecordBatch:
    reading = Reading(batch)
    day, first = reading.days("day"), reading.days("first_absence_day")
    reading.refuse(day < FIRST_RATE, "law.row_before_rates", "day")
    reading.refuse(day > LAST_DAY, "law.row_outside_calendar", "day")
    reading.refuse(first > day, "law.row_before_absence", "day")
    income, share = reading.hundredths("income_year"), reading.hundredths("working_share_percent", 0)
    reading.refuse(income > HIGHEST_INCOME, "law.row_amount_too_high", "income_year")
    reading.refuse(share > WHOLE, "law.row_share_outside", "working_share_percent")
    cover = _insurance(reading)
    rows = reading.good
    answer = _weekly(day[rows], first[rows], income[rows], share[rows], cover[rows])
    mondays = np.asarray(monday(day[rows]))
    added = {
        "weekly": _spread(kroner_column(answer), rows),
        "estimated": _spread(pa.array(np.asarray(WEEKLY_MAXIMUM.estimated(mondays))), rows),
        "unverified": _spread(pa.array(np.asarray(WEEKLY_MAXIMUM.unverified(mondays))), rows),
    }
    if explain:
        told = [_explained(*row) for row in zip(*(column[rows].tolist() for column in (day, first, income, cover, share)), strict=True)]
        added["explanation"] = _spread(pa.array(told, pa.string()), rows)
    added["problem"] = pa.array(reading.problems, pa.string())
    added["problem_column"] = pa.array(reading.places, pa.string())
    own = {name: batch.column(name) for name in batch.schema.names if name not in added}
    return pa.RecordBatch.from_pydict({**own, **added})


def _insurance(reading: Reading) -> Column:
    """Read the insurance as its place in ``INSURANCES`` counted from 1; 0 = none."""
    text = reading.texts("insurance")
    place = pc.index_in(text, value_set=pa.array(INSURANCES))
    unknown = pc.and_(pc.is_valid(text), pc.is_null(place)).to_numpy(zero_copy_only=False).astype(np.bool_)
    reading.refuse(unknown, "law.row_insurance_unknown", "insurance")
    filled: Column = pc.fill_null(place, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return filled + 1


def _weekly(day: Column, first: Column, income: Column, share: Column, cover: Column) -> Column:
    minimum = np.isin(cover, [place for place, name in enumerate(INSURANCES, start=1) if name.endswith("_min")])
    minimum_only = is_minimum_only(minimum, first, day)
    quarters = self_paid_quarters(share)
    return np.asarray(self_week_benefit(self_counted_income(income), cover > 0, minimum_only, quarters, day))


def _spread(values: pa.Array, good: Marks) -> pa.Array:
    places = np.cumsum(good) - 1
    return values.take(pa.array(places, mask=~good))


def _explained(day: int, first: int, income: int, cover: int, share: int) -> str:
    insurance = INSURANCES[cover - 1] if cover else None
    with explaining() as tape:
        self_weekly(date.fromordinal(day), date.fromordinal(first), income, insurance, share)
    return json.dumps(tape.explanation.as_json(), ensure_ascii=False)
