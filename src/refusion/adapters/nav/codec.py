"""Lines of twelve fields to messages and back: Latin-1, semicolons, CR LF after every line, no heading; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from refusion.adapters.nav.messages import SettlementLine
from refusion.values.said import BadInput, Fact, Problem, Refused, said

ENCODING = "iso-8859-1"
LINE_END = "\r\n"
NAME_LENGTH = 25
AMOUNT_DIGITS = 10
CONSTANT = "0000000000 "
NO_DATE = "00000000"
_SEPARATORS = re.compile(r'[;"\r\n]+')
# Field by field: its name and what it looks like; a missing shape is checked by its own reader.
FIELDS = (
    ("unit", r"\d{4}"),
    ("organisation", r"\d{9}"),
    ("workplace", r"\d{9}"),
    ("code", r"[0-9A-ZÆØÅ]"),
    ("person", r"\d{11}"),
    ("first_day", r"\d{8}"),
    ("account", r"\d{11}"),
    ("name", r".{25}"),
    ("last_day", r"\d{8}"),
    ("amount", r"\d{10}[- ]"),
    ("constant", r"\d{10}[- ]"),
    ("max_date", r"\d{8}"),
)
NAMES_A_PERSON = frozenset({"person", "name", "account"})


def amount_field(kroner: Decimal) -> str:
    """Write kroner as ten digits of øre and a sign, ``-`` or a space; more decimals are rounded half up.

    An amount that rounds to zero has a space. Raises Refused for more than ten digits.
    """
    ore = ore_of(kroner)
    return f"{abs(ore):0{AMOUNT_DIGITS}d}{'-' if ore < 0 else ' '}"


def ore_of(kroner: Decimal) -> int:
    """Give kroner as øre, half up away from nought; raises Refused for more than ten digits."""
    if abs(kroner) >= 10**AMOUNT_DIGITS or abs(rounded(kroner)) >= 10**AMOUNT_DIGITS:
        raise Refused(said("nav.amount_too_long"))
    return rounded(kroner)


def rounded(kroner: Decimal) -> int:
    """Give kroner as øre, half up away from nought, whatever their size."""
    ore = int((abs(kroner) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return -ore if kroner < 0 else ore


def name_field(name: str) -> str:
    """Write a name in 25 places; each run of semicolons, quotation marks and line ends becomes one space."""
    return _SEPARATORS.sub(" ", name)[:NAME_LENGTH].ljust(NAME_LENGTH)


def date_field(day: date | None) -> str:
    """Write a day as ``yyyymmdd``, a missing one as zeros."""
    return NO_DATE if day is None else f"{day:%Y%m%d}"


def encode(lines: Iterable[SettlementLine]) -> bytes:
    """Write a report; raises Refused for a name or an amount that the form cannot hold."""
    rows = (";".join(_fields(line)) + LINE_END for line in lines)
    try:
        return "".join(rows).encode(ENCODING)
    except UnicodeEncodeError:
        raise Refused(said("nav.not_latin")) from None


def decode(raw: bytes, name: str) -> tuple[SettlementLine, ...]:
    """Read a report as a whole; raises BadInput naming every line and field that is not as it must be."""
    rows = raw.decode(ENCODING).split(LINE_END)
    if rows[-1]:
        raise BadInput(_problem("cut_short", name, len(rows)))
    lines, problems = [], []
    for row, text in enumerate(rows[:-1], 1):
        found = _problems(text.split(";"), name, row)
        problems += found
        if not found:
            lines.append(_line(text.split(";")))
    if problems:
        raise BadInput(*problems)
    return tuple(lines)


def settlement_sum(amounts: Sequence[int], lines: int) -> int:
    """Sum a report's amounts in øre; raises Refused when it holds another number of lines than its head says."""
    if len(amounts) != lines:
        raise Refused(said("nav.lines_differ", stated=lines, found=len(amounts)))
    return sum(amounts)


def _fields(line: SettlementLine) -> tuple[str, ...]:
    return (
        line.unit,
        line.organisation,
        line.workplace,
        line.code,
        line.person,
        date_field(line.first_day),
        line.account,
        name_field(line.name),
        date_field(line.last_day),
        amount_field(Decimal(line.amount).scaleb(-2)),
        CONSTANT,
        date_field(line.max_date),
    )


def _problems(fields: Sequence[str], name: str, row: int) -> list[Problem]:
    if len(fields) != len(FIELDS):
        return [_problem("fields_differ", name, row, found=len(fields))]
    wrong = [column for (column, shape), field in zip(FIELDS, fields, strict=True) if re.fullmatch(shape, field) is None]
    days = [column for column in ("first_day", "last_day", "max_date") if column not in wrong]
    wrong += [column for column in days if not _is_date(_field(fields, column))]
    return [_wrong(fields, column, name, row) for column in wrong]


def _wrong(fields: Sequence[str], column: str, name: str, row: int) -> Problem:
    what, remedy = said("nav.field_wrong", field=column), said("nav.field_wrong_remedy")
    value = None if column in NAMES_A_PERSON else _field(fields, column)
    return Problem(what, remedy, file=name, row=row, column=column, value=value)


def _problem(key: str, name: str, row: int, **facts: Fact) -> Problem:
    return Problem(said(f"nav.{key}", **facts), said(f"nav.{key}_remedy"), file=name, row=row)


def _field(fields: Sequence[str], column: str) -> str:
    return fields[[known for known, _ in FIELDS].index(column)]


def _is_date(text: str) -> bool:
    try:
        _date(text)
    except ValueError:
        return False
    return True


def _date(text: str) -> date | None:
    return None if text == NO_DATE else date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _line(fields: Sequence[str]) -> SettlementLine:
    unit, organisation, workplace, code, person, first, account, name, last, amount, _, max_date = fields
    ore = int(amount[:AMOUNT_DIGITS])
    return SettlementLine(
        unit=unit,
        organisation=organisation,
        workplace=workplace,
        code=code,
        person=person,
        first_day=_date(first),
        account=account,
        name=name.rstrip(" "),
        last_day=_date(last),
        amount=-ore if amount.endswith("-") else ore,
        max_date=_date(max_date),
    )
