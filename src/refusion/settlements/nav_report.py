"""NAV's settlement report as the house knows it: which payment it tells of, its lines, and what of them may be booked.

A report is refused as a whole when it contradicts itself (lines against total, another organisation); a single line that
nobody can place for certain is parked with its reason and its amount. Nothing is booked by guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.absences.norwegian import Benefit
from refusion.values.period import Period
from refusion.values.said import BadInput, Fact, Problem, Said, said


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code of the report stands for; ``benefit`` None is a deduction, which may concern any of them."""

    benefit: Benefit | None
    holiday_pay: bool = False


B = Benefit
MEANINGS: Mapping[str, Meaning] = MappingProxyType({
    "1": Meaning(B.PARENTAL_ADOPTION),
    "2": Meaning(B.PARENTAL_BIRTH),
    "3": Meaning(B.PREGNANCY),
    "4": Meaning(B.SICKNESS),
    "5": Meaning(B.INSURED_EMPLOYER_PERIOD),
    "6": Meaning(B.CHRONIC_SICKNESS),
    "7": Meaning(B.SICKNESS_IN_PREGNANCY),
    "8": Meaning(B.TRAVEL),
    "9": Meaning(B.CARE_OF_THE_ILL),
    "A": Meaning(None),
    "Y": Meaning(B.TRAINING),
    "Z": Meaning(B.CARE_DAYS),
    "E": Meaning(B.PARENTAL_ADOPTION, holiday_pay=True),
    "F": Meaning(B.PARENTAL_BIRTH, holiday_pay=True),
    "G": Meaning(B.PREGNANCY, holiday_pay=True),
    "H": Meaning(B.SICKNESS, holiday_pay=True),
    "I": Meaning(B.INSURED_EMPLOYER_PERIOD, holiday_pay=True),
    "J": Meaning(B.CHRONIC_SICKNESS, holiday_pay=True),
    "K": Meaning(B.SICKNESS_IN_PREGNANCY, holiday_pay=True),
    "M": Meaning(B.CARE_OF_THE_ILL, holiday_pay=True),
})
"""Lines are known by their code alone. M is the holiday pay of all three care benefits together."""


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What NAV says of a report: ``pays_on`` is the day of payment, ``created_at`` their instant as written, ``id`` theirs.

    A report that came as a file alone has no ``id`` and no ``created_at``; then a person told ``pays_on``.
    """

    id: int | None
    organisation: str
    pays_on: date
    account: str
    created_at: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line; ``place`` counts from 1 in the file, for lines may be exactly alike and each is a line of its own.

    ``amount`` is øre, below zero for what is taken back; ``first`` and ``last`` may be missing, one or both;
    ``max_date`` is the last day of the person's right.
    """

    place: int
    unit: str
    organisation: str
    workplace: str
    code: str
    person: str
    first: date | None
    last: date | None
    amount: int
    max_date: date | None
    account: str
    name: str

    @property
    def meaning(self) -> Meaning | None:
        """Give what the code stands for, None for a code that nobody knows."""
        return MEANINGS.get(self.code)

    @property
    def period(self) -> Period | None:
        """Give the days, where both are told and in their order."""
        if self.first is None or self.last is None or self.last < self.first:
            return None
        return Period(self.first, self.last)


@dataclass(frozen=True, slots=True)
class SettlementReport:
    """A report: its head, its lines in their order, and the total that NAV states where the form has one.

    The file of twelve fields states none; the order that it is made from (JSON) does. ``sha256`` is of its bytes.
    """

    head: ReportHead
    lines: tuple[ReportLine, ...]
    stated_total: int | None
    sha256: str

    @property
    def total(self) -> int:
        """Sum the lines, in øre: what must have come to the account on the day of payment."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Parked:
    """A line that waits for a person, with the reason; its amount is not booked on anybody."""

    line: ReportLine
    because: Said


@dataclass(frozen=True, slots=True)
class Sorted:
    """A report taken apart: lines that may be matched, and lines that are parked; together they are all of it."""

    lines: tuple[ReportLine, ...]
    parked: tuple[Parked, ...]

    @property
    def parked_total(self) -> int:
        """Sum what is parked, in øre."""
        return sum(one.line.amount for one in self.parked)


def refuse_contradictions(report: SettlementReport, file: str, organisations: Collection[str], today: date) -> None:
    """Raise BadInput for a report that is another organisation's, paid in the future, or contradicted by its lines.

    ``organisations`` are the numbers of the institution (head organisation and where it has several, all of them).
    """
    problems = tuple(_contradictions(report, file, organisations, today))
    if problems:
        raise BadInput(*problems)


def sort_out(report: SettlementReport, workplaces: Collection[str]) -> Sorted:
    """Park every line that can't be placed for certain; ``workplaces`` are the institution's sub-units (empty: any)."""
    parked = []
    good = []
    for line in report.lines:
        because = _doubt(line, workplaces)
        if because is None:
            good.append(line)
        else:
            parked.append(Parked(line, because))
    return Sorted(tuple(good), tuple(parked))


def _contradictions(report: SettlementReport, file: str, organisations: Collection[str], today: date) -> Iterator[Problem]:
    head = report.head
    if head.pays_on > today:
        yield _problem("paid_in_future", file, None, day=head.pays_on)
    if head.organisation not in organisations:
        yield _problem("report_of_another", file, None, organisation=head.organisation)
    if report.stated_total is not None and report.stated_total != report.total:
        yield _problem("total_differs", file, None, stated_ore=report.stated_total, found_ore=report.total)
    for line in report.lines:
        if line.organisation != head.organisation:
            yield _problem("line_of_another", file, line.place, organisation=line.organisation, amount_ore=line.amount)
        elif head.account and line.account != head.account:
            yield _problem("line_to_another_account", file, line.place, amount_ore=line.amount)


def _doubt(line: ReportLine, workplaces: Collection[str]) -> Said | None:
    """Say why a line can't be placed for certain, or None."""
    if line.meaning is None:
        return said("nav.code_unknown", code=line.code, amount_ore=line.amount)
    if workplaces and line.workplace not in workplaces:
        return said("nav.workplace_unknown", workplace=line.workplace, amount_ore=line.amount)
    if any(_is_mangled(letter) for letter in line.name):
        return said("nav.name_mangled", amount_ore=line.amount)
    if line.first is not None and line.last is not None and line.last < line.first:
        return said("nav.days_reversed", first=line.first, last=line.last, amount_ore=line.amount)
    return None


FIRST_PRINTABLE, FIRST_CONTROL, LAST_CONTROL = 0x20, 0x7F, 0x9F


def _is_mangled(letter: str) -> bool:
    """A control character has no place in a name: a dash of Windows-1252 that was read as Latin-1 becomes one."""
    return ord(letter) < FIRST_PRINTABLE or FIRST_CONTROL <= ord(letter) <= LAST_CONTROL


def _problem(key: str, file: str, row: int | None, **facts: Fact) -> Problem:
    return Problem(said(f"nav.{key}", **facts), said(f"nav.{key}_remedy", **facts), file, row)
