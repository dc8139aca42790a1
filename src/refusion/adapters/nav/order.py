"""The order that a settlement report is made from (JSON): head with total, lines with text; to lines of the twelve fields; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from refusion.adapters.nav.codec import amount_field, ore_of, rounded
from refusion.adapters.nav.messages import SettlementLine
from refusion.values.said import BadInput, Fact, Problem, Refused, said

_ORGANISATION, _ELEVEN, _CODE = re.compile(r"\d{9}"), re.compile(r"\d{11}"), re.compile(r"[0-9A-ZÆØÅ]")
MOST_OF_A_UNIT = 9999
MOST_DIGITS, LARGEST_TOTAL = 24, 10**13


@dataclass(frozen=True, slots=True)
class Order:
    """The order in NAV's words: ``total`` and the lines' amounts in øre; ``pays_on`` the day of payment (valutert)."""

    organisation: str
    account: str
    pays_on: date
    total: int
    lines: tuple[SettlementLine, ...]


def read_order(raw: bytes, name: str) -> Order:
    """Read an order as a whole. Raises BadInput naming every line and field that is not as it must be.

    The lines' own sum is compared exactly, before an amount with more than two decimals is rounded to øre, half up.
    """
    head, rows = _opened(raw, name)
    problems: list[Problem] = []
    told = _fields(head, _HEAD, (name, None), problems)
    lines = [_fields(row, _LINE, (name, place), problems) for place, row in enumerate(rows, 1)]
    if problems:
        raise BadInput(*problems)
    if told["linjer"] != len(lines):
        raise BadInput(_problem("lines_differ", (name, None), stated=told["linjer"], found=len(lines)))
    made = tuple(_line(told, row) for row in lines)
    exact = sum((row["belop"] for row in lines), Decimal(0))
    total = sum(line.amount for line in made) if exact == told["sumBelop"] else rounded(told["sumBelop"])
    return Order(told["orgnr"], told["bankkonto"], told["valutert"], total, made)


def _opened(raw: bytes, name: str) -> tuple[Mapping[str, Any], list[Any]]:
    try:
        told = json.loads(raw.decode(), parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse)
        head, rows = told["header"], told["datarec"]
    except (ValueError, KeyError, TypeError, RecursionError, ArithmeticError):
        raise BadInput(_problem("not_an_order", (name, None))) from None
    if not isinstance(head, dict) or not isinstance(rows, list):
        raise BadInput(_problem("not_an_order", (name, None)))
    return head, rows


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _fields(
    row: object, shapes: Mapping[str, Callable[[object], Any]], place: tuple[str, int | None], problems: list[Problem]
) -> dict[str, Any]:
    if not isinstance(row, dict):
        problems.append(_problem("not_an_order", place))
        return {}
    told: dict[str, Any] = {}
    for field, read in shapes.items():
        if row.get(field) is None and field not in _MAY_BE_MISSING:
            problems.append(_problem("field_missing", place, field=field))
            continue
        try:
            told[field] = None if row.get(field) is None else read(row[field])
        except (ValueError, TypeError, Refused):
            problems.append(_problem("field_unreadable", place, field=field))
    return told


def _line(head: Mapping[str, Any], row: Mapping[str, Any]) -> SettlementLine:
    return SettlementLine(
        unit=f"{row['navenhet']:04d}",
        organisation=head["orgnr"],
        workplace=row["bedriftsnummer"],
        code=row["kode"],
        person=row["fnr"],
        first_day=row["fraDato"],
        account=head["bankkonto"],
        name=row["navn"],
        last_day=row["tilDato"],
        amount=ore_of(row["belop"]),
        max_date=row["maxDato"],
    )


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or pattern.fullmatch(value) is None:
            raise ValueError
        return value

    return read


def _whole(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value() or not 0 <= number <= MOST_OF_A_UNIT * MOST_OF_A_UNIT:
        raise ValueError
    return int(number)


def _unit(value: object) -> int:
    if _whole(value) > MOST_OF_A_UNIT:
        raise ValueError
    return _whole(value)


def _number(value: object) -> Decimal:
    """Take a number as it was written; one with very many digits is none."""
    if not isinstance(value, Decimal) or not value.is_finite() or len(str(value)) > MOST_DIGITS:
        raise ValueError
    return value


def _amount(value: object) -> Decimal:
    """Take kroner that the ten digits of the twelve fields can hold."""
    number = _number(value)
    amount_field(number)
    return number


def _total(value: object) -> Decimal:
    """Take kroner of any size that money has; a total may be longer than a line."""
    number = _number(value)
    if abs(number) >= LARGEST_TOTAL:
        raise ValueError
    return number


def _day(value: object) -> date:
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is None:
        raise ValueError
    return date.fromisoformat(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _problem(key: str, place: tuple[str, int | None], **facts: Fact) -> Problem:
    name, row = place
    column = str(facts["field"]) if "field" in facts else None
    return Problem(said(f"nav.{key}", **facts), said(f"nav.{key}_remedy", **facts), name, row, column)


_MAY_BE_MISSING = frozenset({"fraDato", "tilDato", "maxDato"})
_HEAD: Mapping[str, Callable[[object], Any]] = {
    "orgnr": _matching(_ORGANISATION),
    "bankkonto": _matching(_ELEVEN),
    "sumBelop": _total,
    "valutert": _day,
    "linjer": _whole,
}
# The text of a line is left unread: it is cut and in an older character set.
_LINE: Mapping[str, Callable[[object], Any]] = {
    "navenhet": _unit,
    "bedriftsnummer": _matching(_ORGANISATION),
    "kode": _matching(_CODE),
    "fnr": _matching(_ELEVEN),
    "navn": _text,
    "belop": _amount,
    "fraDato": _day,
    "tilDato": _day,
    "maxDato": _day,
}
