"""What if: an agreement reckoned twice, with its facts as they are and with some of them changed; nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from refusion.grants.agreement import Agreement
from refusion.grants.course.matters import matters
from refusion.grants.course.records import COUNTRY
from refusion.grants.course.running import reckoned
from refusion.grants.facts import columns
from refusion.grants.given import Facts, Row
from refusion.grants.kinds import COUNT, DAY, PEOPLE, YES_NO, Kind, Value
from refusion.grants.payout import Run
from refusion.values.money import Ore
from refusion.values.said import BadInput, Problem, Said, said

ALL = "all"
HUNDRED = 100
WHOLE = (COUNT, PEOPLE)
_CHANGE = re.compile(
    r"(?P<who>[0-9a-z]{2,3}):(?P<column>[a-z0-9_]{1,60})=(?P<sign>[+-]?)(?P<value>[0-9a-z.\-]{1,20})(?P<percent>%?)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Change:
    """One changed fact: of a county, of the country (00) or of all counties; set, raised or lowered, by a number or by percent."""

    who: str
    column: str
    sign: str
    value: str
    percent: bool

    def applied(self, kind: Kind, old: Value | None) -> Value:
        """Give the changed value; raises ValueError where the old one lacks or the new one cannot be."""
        new = kind.read(self.value) if not self.sign else self._moved(kind, old)
        if kind.fault(new) is not None:
            raise ValueError(str(new))
        return new

    def _moved(self, kind: Kind, old: Value | None) -> Value:
        if not isinstance(old, Fraction):
            raise ValueError(f"nothing to move: {old!r}")  # noqa: TRY004 (a lacking fact, not another type)
        by = Fraction(self.value) * (-1 if self.sign == "-" else 1)
        moved = old + (Fraction(old * by, HUNDRED) if self.percent else by)
        return Fraction(int(moved)) if kind in WHOLE else moved


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both reckonings, and what each county gets more or less, in øre; ``lacking`` says what pots could not be reckoned."""

    before: Run
    after: Run
    lacking: Mapping[str, Said]

    @property
    def differences(self) -> dict[str, Ore]:
        """Give what each county gets more or less."""
        first, second = self.before.by_county, self.after.by_county
        return {county: Ore(second[county] - first[county]) for county in first}

    @property
    def by_pot(self) -> dict[str, Ore]:
        """Give what the counties together get more or less of each pot."""
        return {name: Ore(self.after.pots[name].paid - paid.paid) for name, paid in self.before.pots.items() if name in self.after.pots}


def change(agreement: Agreement, written: str) -> Change:
    """Read ``14:net_days_2013=+5%``, ``all:…``, ``00:…``, or ``14:condition_2=no`` by the name of a condition. Raises BadInput."""
    found = _CHANGE.fullmatch(written.strip())
    if found is None or (found["percent"] and not found["sign"]):
        raise _bad("agreements.change_unreadable", written)
    who, column = found["who"], found["column"]
    by_pot = {matter.pot: matter.column for matter in matters(agreement)}
    column = by_pot.get(column, column)
    known = columns(agreement)
    kinds = known.of_country if who == COUNTRY else known.of_counties
    if who not in {ALL, COUNTRY, *agreement.codes}:
        raise _bad("grants.county_unknown", who)
    if column not in kinds or kinds[column] is DAY or (found["sign"] and kinds[column] is YES_NO):
        remedy = said("agreements.change_column_remedy", known=", ".join(kinds))
        raise BadInput(Problem(said("agreements.change_column"), remedy, value=column))
    return Change(who, column, found["sign"], found["value"], bool(found["percent"]))


def what_if(agreement: Agreement, facts: Facts, changes: Iterable[Change]) -> Outcome:
    """Reckon an agreement with its facts and with changed ones. Raises BadInput for a change that cannot be, NotAnswered."""
    before, lacking = reckoned(agreement, facts)
    after, _ = reckoned(agreement, changed(agreement, facts, changes))
    return Outcome(before, after, lacking)


def changed(agreement: Agreement, facts: Facts, changes: Iterable[Change]) -> Facts:
    """Give facts with some of them changed; raises BadInput naming the first change that cannot be."""
    known = columns(agreement)
    by_county = {code: dict(row) for code, row in facts.by_county.items()}
    of_country = dict(facts.of_country)
    for one in changes:
        kinds = known.of_country if one.who == COUNTRY else known.of_counties
        rows: list[dict[str, Value]] = [of_country]
        if one.who != COUNTRY:
            rows = [row for code, row in by_county.items() if one.who in {ALL, code}]
        for row in rows:
            row[one.column] = _applied(one, kinds[one.column], row)
    return Facts(by_county, of_country)


def _applied(one: Change, kind: Kind, row: Row) -> Value:
    try:
        return one.applied(kind, row.get(one.column))
    except ValueError:
        sign = "%" if one.percent else ""
        what, remedy = said("agreements.change_impossible"), said(f"grants.kind_{kind.name}")
        raise BadInput(Problem(what, remedy, column=one.column, value=f"{one.sign}{one.value}{sign}")) from None


def _bad(key: str, value: str) -> BadInput:
    return BadInput(Problem(said(key), said("agreements.change_remedy"), value=value))
