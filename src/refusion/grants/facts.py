"""Rows of facts checked against an agreement: every county once, no other, every cell of its kind; all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from refusion.grants.agreement import Agreement
from refusion.grants.given import Facts, Row
from refusion.grants.kinds import DAY, PERCENT, Kind, Value
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.values.said import BadInput, Problem, Said, said

COUNTY = "county"
COUNTRY = "00"
DIGITS = 2
POPULATION = "population"
POPULATION_DAY = "population_day"
Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that an agreement reads: of counties, and of the row of the country."""

    of_counties: Mapping[str, Kind]
    of_country: Mapping[str, Kind]

    @property
    def names(self) -> tuple[str, ...]:
        """Name all columns, the county first."""
        return (COUNTY, *dict.fromkeys((*self.of_counties, *self.of_country)))


def columns(agreement: Agreement) -> Columns:
    """List the columns that the agreement's pots ask for, with their kinds."""
    counties: dict[str, Kind] = {}
    country: dict[str, Kind] = {}
    for pot in agreement.shared():
        rule_type = RULE_TYPES[str(pot.rule)]
        counties |= {pot.columns.get(role, role): kind for role, kind in rule_type.roles_of(pot).items()}
        country |= {pot.columns.get(role, role): kind for role, kind in rule_type.country_roles_of(pot).items()}
    if POPULATION in counties:
        country[POPULATION] = counties[POPULATION]
        counties[POPULATION_DAY] = DAY
    return Columns(counties, country)


def code_of(cell: object) -> str:
    """Give a county's code; a leading zero that a spreadsheet dropped is put back."""
    code = str("" if cell is None else cell).strip()
    return code.zfill(DIGITS) if code.isdigit() else code


def read(
    agreement: Agreement, rows: Sequence[Cells], file: str | None = None, first_row: int = 1, *, may_lack_counties: bool = False
) -> Facts:
    """Read rows of cells, one a county by its code in ``county``, one more with code 00 for the country.

    ``may_lack_counties`` while facts are gathered file by file; what is computed never may.
    Raises BadInput with every problem: an unknown, doubled or missing county, a cell that is not of its kind or cannot be,
    a population that is not the sum of the counties'.
    """
    reading = _Reading(agreement, file, first_row)
    facts = reading.facts(rows, whole=not may_lack_counties)
    if reading.problems:
        raise BadInput(*reading.problems)
    return facts


class _Reading:
    """Rows while they are read; the problems are collected."""

    def __init__(self, agreement: Agreement, file: str | None, first_row: int) -> None:
        self.problems: list[Problem] = []
        self._agreement = agreement
        self._columns = columns(agreement)
        self._file = file
        self._first_row = first_row

    def facts(self, rows: Sequence[Cells], *, whole: bool) -> Facts:
        by_county: dict[str, Row] = {}
        country: Row = {}
        for place, cells in enumerate(rows, start=self._first_row):
            code = code_of(cells.get(COUNTY))
            if code == COUNTRY:
                self._refuse_second(place, code, seen=bool(country))
                country = {**country, **dict(self._row(place, cells, self._columns.of_country))}
            elif code in self._agreement.codes:
                self._refuse_second(place, code, seen=code in by_county)
                by_county[code] = dict(self._row(place, cells, self._columns.of_counties))
            else:
                self._bad(said("grants.county_unknown"), said("grants.county_unknown_remedy"), place, COUNTY, code)
        if whole:
            self._refuse_missing(by_county)
        self._refuse_other_sum(by_county, country)
        return Facts(by_county, country)

    def _row(self, place: int, cells: Cells, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Value]]:
        for column, kind in kinds.items():
            cell = cells.get(column)
            if cell is None or str(cell).strip() == "":
                continue
            try:
                value = kind.read(cell)
            except ValueError:
                self._bad(said("grants.not_of_its_kind"), said(f"grants.kind_{kind.name}"), place, column, str(cell))
                continue
            fault = kind.fault(value) or self._unpublished(kind, value)
            if fault is not None:
                self._bad(fault, said(f"grants.kind_{kind.name}"), place, column, str(cell))
                continue
            yield column, value

    def _unpublished(self, kind: Kind, value: Value) -> Said | None:
        """Say it of a share with more decimals than are published: it is no published share, and would pay another amount."""
        decimals = self._agreement.published_decimals
        if kind is not PERCENT or decimals is None or not isinstance(value, Fraction) or (value * 10**decimals).denominator == 1:
            return None
        return said("grants.more_decimals_than_published", decimals=decimals)

    def _refuse_second(self, place: int, code: str, *, seen: bool) -> None:
        if seen:
            self._bad(said("grants.county_twice"), said("grants.county_twice_remedy"), place, COUNTY, code)

    def _refuse_missing(self, by_county: Mapping[str, Row]) -> None:
        missing = [f"{county.code} {county.name}" for county in self._agreement.counties if county.code not in by_county]
        if missing:
            count = len(self._agreement.counties)
            what = said("grants.counties_missing", counties=", ".join(missing))
            self.problems.append(Problem(what, said("grants.counties_missing_remedy", count=count), file=self._file))

    def _refuse_other_sum(self, by_county: Mapping[str, Row], country: Row) -> None:
        stated = country.get(POPULATION)
        people = [row.get(POPULATION) for row in by_county.values()]
        whole = sum((part for part in people if isinstance(part, Fraction)), Fraction(0))
        if stated is not None and not self.problems and stated != whole:
            what = said("grants.population_other_sum", total=str(whole), stated=str(stated))
            self.problems.append(Problem(what, said("grants.population_other_sum_remedy"), file=self._file, column=POPULATION))

    def _bad(self, what: Said, remedy: Said, row: int, column: str, value: str) -> None:
        self.problems.append(Problem(what, remedy, file=self._file, row=row, column=column, value=value))
