"""National numbers of persons in Denmark, Norway and Sweden, with replacement, coordination and synthetic test numbers.

No valid number is rejected: Danish numbers have had no check digit since 2007, Norwegian ones lose their century in 2032.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer

from refusion.values.said import Said, said

CENTURIES = (1800, 1900, 2000)
DANISH, NORWEGIAN, SWEDISH = re.compile(r"\d{6}[- ]?\d{4}"), re.compile(r"\d{6}[ -]?\d{5}"), re.compile(r"(\d\d)?\d{6}[-+ ]?\d{4}")
REPLACEMENT_DAY, COORDINATION_DAY, D_NUMBER_DAY, FH_NUMBER_DAY = 60, 60, 40, 80
# Month offsets: H-numbers and NAV's test numbers 40, the tax authority's synthetic numbers 80, those after the rules of 2032 65.
MONTH_OFFSETS = {80: "synthetic", 65: "synthetic", 40: "h_number"}
FIRST_REMAINDERS = frozenset({0, 1, 2, 3})
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
VISIBLE = 6
MONTHS_OF_YEAR, LONGEST_MONTH = 12, 31
MASK = "•"


class NotANationalNumber(ValueError):
    """Text that is no national number of the country; ``because`` says why, without the number."""

    def __init__(self, because: Said) -> None:
        """Carry the reason."""
        super().__init__(because.key)
        self.because = because


@dataclass(frozen=True, order=True, slots=True)
class NationalNumber:
    """One person's number: country (DK, NO, SE), digits alone, and its kind; ``str`` shows it masked."""

    country: str
    digits: str
    kind: str

    @property
    def masked(self) -> str:
        """Show the date part and hide the rest."""
        visible = len(self.digits) - 4 if self.country == "SE" else VISIBLE
        return f"{self.digits[:visible]}-{MASK * (len(self.digits) - visible)}"

    def __str__(self) -> str:
        """Show it masked, so that no log or page tells a number by accident."""
        return self.masked

    def __repr__(self) -> str:
        """Show it masked, as everywhere."""
        return f"NationalNumber({self.country!r}, {self.masked!r}, {self.kind!r})"


def parse(text: str, country: str) -> NationalNumber:
    """Read a national number of ``country`` (DK, NO or SE), with or without its separator.

    Raises NotANationalNumber (a ValueError) with the reason; the number itself never stands in it.
    """
    readers: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
        "DK": (DANISH, _danish),
        "NO": (NORWEGIAN, _norwegian),
        "SE": (SWEDISH, _swedish),
    }
    if country not in readers:
        raise NotANationalNumber(said("number.country_unknown", country=country))
    shape, kind_of = readers[country]
    written = text.strip()
    if not written.isascii() or shape.fullmatch(written) is None:
        raise NotANationalNumber(said("number.wrong_shape", country=country))
    digits = re.sub(r"\D", "", written)
    return NationalNumber(country, digits, kind_of(digits))


def _danish(digits: str) -> str:
    """Tell a CPR number from a replacement number, whose first digit is 6 higher; no check digit is looked at."""
    if int(digits[:2]) > REPLACEMENT_DAY:
        _need_date(digits, REPLACEMENT_DAY, 0)
        return "replacement"
    try:
        cpr.get_birth_date(digits)
    except ValidationError:
        raise NotANationalNumber(said("number.no_date")) from None
    return "cpr"


def _norwegian(digits: str) -> str:
    """Tell the kinds of Norwegian numbers by the offsets of day and month, and verify both check digits."""
    if not _has_check_digits(digits):
        raise NotANationalNumber(said("number.check_digit"))
    day, month = int(digits[:2]), int(digits[2:4])
    if day >= FH_NUMBER_DAY:
        return "fh_number"
    offset = next((offset for offset in MONTH_OFFSETS if offset < month <= offset + MONTHS_OF_YEAR), 0)
    is_d_number = day > D_NUMBER_DAY
    _need_date(digits, D_NUMBER_DAY if is_d_number else 0, offset)
    return MONTH_OFFSETS.get(offset) or ("d_number" if is_d_number else "fodselsnummer")


def _has_check_digits(digits: str) -> bool:
    """Accept the first check digit of today and of the rules of 2032 (remainders 0 to 3); the second is the same."""
    remainder = sum(weight * int(digit) for weight, digit in zip(FIRST_WEIGHTS, digits, strict=False)) % 11
    return remainder in FIRST_REMAINDERS and digits[10] == fodselsnummer.calc_check_digit2(digits)


def _swedish(digits: str) -> str:
    """Tell a personnummer from a samordningsnummer, whose day is 60 higher and whose month and day may be unknown."""
    ten = digits[-10:]
    if not luhn.is_valid(ten):
        raise NotANationalNumber(said("number.check_digit"))
    if int(ten[4:6]) < COORDINATION_DAY:
        century = digits[:-10]
        _need_date(ten[4:6] + ten[2:4] + ten[:2], 0, 0, (int(century) * 100,) if century else CENTURIES)
        return "personnummer"
    month, day = int(ten[2:4]), int(ten[4:6]) - COORDINATION_DAY
    if month and day:
        _need_date(f"{day:02d}{ten[2:4]}{ten[:2]}", 0, 0)
    elif month > MONTHS_OF_YEAR or day > LONGEST_MONTH:
        raise NotANationalNumber(said("number.no_date"))
    return "samordningsnummer"


def _need_date(digits: str, day_offset: int, month_offset: int, centuries: tuple[int, ...] = CENTURIES) -> None:
    """Refuse digits DDMMYY that are no day in any of the centuries."""
    day, month, year = int(digits[:2]) - day_offset, int(digits[2:4]) - month_offset, int(digits[4:6])
    if not any(_is_day(century + year, month, day) for century in centuries):
        raise NotANationalNumber(said("number.no_date"))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
