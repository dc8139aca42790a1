"""How Norwegian worked cases are read: records, months, percentages, and amounts that name their time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from refusion.law.engine.worked import Given, Input, Unreadable, hundredths, not_negative
from refusion.values.period import Period, last_of_month

Record = Mapping[str, object]
TO_A_YEAR = {"dag": 260, "mnd": 12, "aar": 1}


def record(fields: Mapping[str, Input]) -> Callable[[object], Given]:
    """Read an object with known fields."""

    def read(value: object) -> Given:
        if not isinstance(value, dict):
            raise Unreadable(f"not an object: {value!r}")
        unknown = [name for name in value if name not in fields]
        if unknown:
            raise Unreadable(f"unknown field: {', '.join(unknown)}")
        return Given({name: _field(name, field, value) for name, field in fields.items()})

    return read


def _field(name: str, field: Input, value: Record) -> object:
    if value.get(name) is not None:
        return field.read(value[name])
    if isinstance(field.default, int | str | bool | date | None):
        return field.default
    raise Unreadable(f"without {name}")


def number(value: object) -> Decimal:
    """Read an exact decimal number."""
    if isinstance(value, bool):
        raise Unreadable(f"not a number: {value!r}")
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        raise Unreadable(f"not a number: {value!r}") from None
    if not read.is_finite():
        raise Unreadable(f"not a number: {value!r}")
    return read


def _scaled(value: object, places: int) -> int:
    exact = number(value).scaleb(places)
    if exact != exact.to_integral_value():
        raise Unreadable(f"more decimals than are known: {value!r}")
    return int(exact)


def share(value: object) -> int:
    """Read a share such as 0.102 as basis points."""
    return _scaled(value, 4)


def percent(value: object) -> int:
    """Read a percentage as basis points; none below zero."""
    points = _scaled(value, 2)
    if points < 0:
        raise Unreadable(f"below zero: {value!r}")
    return points


def whole_percent(value: object) -> int:
    """Read a percentage of 0 to 100 as basis points."""
    points = percent(value)
    if points > 100_00:
        raise Unreadable(f"above 100: {value!r}")
    return points


def whole(value: object) -> int:
    """Read a whole number, zero or above."""
    count = _scaled(value, 0)
    if count < 0:
        raise Unreadable(f"below zero: {value!r}")
    return count


def ten_decimals(value: object) -> int:
    """Read a number as ten-thousand-millionths, so that ten decimals are whole."""
    return _scaled(value, 10)


def month(value: object) -> Period:
    """Read ``2026-07``."""
    first = date.fromisoformat(f"{value}-01")
    return Period(first, last_of_month(first))


def months(value: object) -> Period:
    """Read ``2018-01..2019-02``."""
    ends = list(map(str, value)) if isinstance(value, list) else str(value).split("..")
    if len(ends) != len(("first", "last")):
        raise Unreadable(f"not months first..last: {value!r}")
    return Period(month(ends[0]).first, month(ends[1]).last)


def per_year(value: object) -> int:
    """Read ``1200/dag``, ``31000/mnd`` or ``561804/aar`` as øre a year."""
    amount, _, time = str(value).partition("/")
    if time not in TO_A_YEAR:
        raise Unreadable(f"not an amount per dag, mnd or aar: {value!r}")
    return not_negative(amount) * TO_A_YEAR[time]


def yearly(given: Given, name: str) -> int | None:
    """Give ``name_dag``, ``name_mnd`` or ``name_aar``, whichever is given, as øre a year."""
    for time, times in TO_A_YEAR.items():
        amount = given.maybe(int, f"{name}_{time}")
        if amount is not None:
            return amount * times
    return None


def yearly_fields(*names: str) -> Mapping[str, Input]:
    """Name the fields that ``yearly`` looks for."""
    return MappingProxyType({f"{name}_{time}": Input(not_negative, None) for name in names for time in TO_A_YEAR})


def amounts(value: object) -> tuple[int, ...]:
    """Read a list of amounts as øre."""
    if not isinstance(value, list):
        raise Unreadable(f"not a list: {value!r}")
    return tuple(int(hundredths(part)) for part in value)
