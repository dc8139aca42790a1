"""The four monthly comparisons between NAV's reports, the accounts and the claims; each difference has its explanation or is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.ledger.nav_chart import DEBTORS, Role
from refusion.values.said import Fact, Said, said

BOOKED_INCOME, DEBTOR_PAYROLL, DEBTOR_CLAIMS, INTERIM = "booked_income", "debtor_payroll", "debtor_claims", "interim"
NAMES = (BOOKED_INCOME, DEBTOR_PAYROLL, DEBTOR_CLAIMS, INTERIM)


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason why two sides differ, in øre; ``is_open`` when nobody has explained it."""

    amount: int
    because: Said
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides that ought to agree, in øre, and why they do not."""

    name: str
    left: int
    right: int
    differences: tuple[Difference, ...] = ()

    @property
    def difference(self) -> int:
        """Give what the left side has more than the right."""
        return self.left - self.right

    @property
    def residual(self) -> int:
        """Give what of the difference no row tells of: anything but nought is a defect."""
        return self.difference - sum(one.amount for one in self.differences)

    @property
    def open(self) -> int:
        """Sum what nobody has explained, regardless of sign."""
        return sum(abs(one.amount) for one in self.differences if one.is_open)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report: NAV's number or nought, day of payment, total, what of it is booked (parked lines with it), øre."""

    number: int
    pays_on: date
    total: int
    booked: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item: case, month, what it is for, øre expected, come, booked as claimed, deviated and received, and words of explanation."""

    case: int
    month: date
    nature: str
    unit: str
    expected: int
    came: int
    claimed: int
    deviated: int
    received: int
    explained: Said | None
    is_unexplained: bool = False
    has_come: bool = False

    @property
    def open(self) -> int:
        """Give what NAV still owes for it by the books."""
        return self.claimed + self.deviated - self.received

    @property
    def owed(self) -> int:
        """Give what NAV owes for it by the claims: a month that NAV has settled is owed no more, whatever it paid."""
        return 0 if self.has_come else self.expected


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked line: day of payment, øre, why, whether it stands on the interim account."""

    pays_on: date
    amount: int
    because: Said
    on_interim: bool
    placed: bool


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The four comparisons with the items behind them and the differences that stand on the deviation account."""

    month: date
    comparisons: tuple[Comparison, ...]
    open_items: tuple[ItemRow, ...]
    deviations: tuple[ItemRow, ...]

    @property
    def residual(self) -> int:
        """Give the sum of residuals, regardless of sign."""
        return sum(abs(one.residual) for one in self.comparisons)

    @property
    def open(self) -> int:
        """Give what nobody has explained."""
        return sum(one.open for one in self.comparisons)


def reconciled(
    month: date, balances: Mapping[str, int], items: Sequence[ItemRow], reports: Sequence[ReportRow], parked: Sequence[ParkedRow]
) -> Reconciliation:
    """Compare; ``balances`` are the sums of postings by the account's role, debit positive."""
    debtor = sum(balances.get(role, 0) for role in DEBTORS)
    return Reconciliation(
        month,
        (
            _booked_income(month, balances, reports),
            Comparison(DEBTOR_PAYROLL, debtor, sum(item.open for item in items)),
            _debtor_claims(debtor, items),
            _interim(balances, parked),
        ),
        tuple(item for item in items if item.open),
        tuple(item for item in items if item.deviated),
    )


def _booked_income(month: date, balances: Mapping[str, int], reports: Iterable[ReportRow]) -> Comparison:
    """NAV's reports against the money that runs have booked: what was paid this month waits for the next main run."""
    told = list(reports)
    waiting = tuple(
        Difference(one.total - one.booked, _waits(one), is_open=one.pays_on < month)
        for one in told
        if one.total != one.booked
    )
    return Comparison(BOOKED_INCOME, sum(one.total for one in told), balances.get(Role.BANK, 0), waiting)


def _waits(report: ReportRow) -> Said:
    return said("refusjon.report_waits", number=report.number, pays_on=report.pays_on)


def _debtor_claims(debtor: int, items: Iterable[ItemRow]) -> Comparison:
    """Debtor NAV against the claims that NAV has not settled: what changed since the last run comes in the next."""
    told = list(items)
    found = [one for item in told if item.open != item.owed for one in _of_claim(item)]
    return Comparison(DEBTOR_CLAIMS, debtor, sum(item.owed for item in told), tuple(one for one in found if one.amount))


def _of_claim(item: ItemRow) -> Iterator[Difference]:
    facts: dict[str, Fact] = {"case": item.case, "month": item.month}
    rest = item.open - item.owed
    if item.is_unexplained:
        yield Difference(item.expected - item.came, Said("refusjon.difference_open", facts), is_open=True)
        rest -= item.expected - item.came
    booked = item.claimed == item.expected and item.received == item.came
    yield Difference(rest, (item.explained if booked else None) or Said("refusjon.comes_in_next_run", facts))


def _interim(balances: Mapping[str, int], parked: Iterable[ParkedRow]) -> Comparison:
    """The interim account must be nought: each line on it waits for a person, or for the run after it was placed."""
    rows = tuple(
        Difference(-one.amount, said("refusjon.placed_waits", pays_on=one.pays_on) if one.placed else one.because, is_open=not one.placed)
        for one in parked
        if one.on_interim
    )
    return Comparison(INTERIM, balances.get(Role.INTERIM, 0), 0, rows)
