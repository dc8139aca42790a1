"""What the pages of grants share: the agreement that is meant, tables of counties and pots, a chart of counties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from refusion.doors.web.chart import LOOKS, MEASURES, Bar, Group
from refusion.doors.web.visitor import Visitor
from refusion.grants.agreement import Check
from refusion.grants.course.ceilings import ceilings
from refusion.grants.course.matters import Matter, matters
from refusion.grants.course.running import hindrances, payable_pots
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import HARD, INTEGRATION, State
from refusion.grants.paid import Paid
from refusion.grants.reading import agreement, shipped
from refusion.values.said import Refused, Said

NOT_OPENED = UUID(int=0)
DONE = frozenset({
    "opened", "reviewed", "completed", "decided", "approved", "withdrawn", "reopened", "reported", "proposed", "run_approved",
    "run_withdrawn", "run_paid",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountyRow:
    """A county in öre: what it gets as the facts stand, what was paid, and a figure to compare with where there is one."""

    code: str
    name: str
    amount: int
    other: int
    by_pot: tuple[tuple[str, int], ...]

    @property
    def difference(self) -> int:
        """Give the second amount less the first."""
        return self.other - self.amount


@dataclass(frozen=True, slots=True)
class PotRow:
    """A pot in öre with what its payment waits for."""

    name: str
    called: str
    depth: int
    amount: int
    paid: int
    left: int
    waits: tuple[Said, ...]
    is_paid_by_runs: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What somebody reports on: the matter, its state, its last day, the checks that ask for evidence."""

    agreement: str
    matter: Matter
    name: str
    state: str
    last_day: date | None
    checks: tuple[Check, ...]
    waits: bool


def report_rows(standing: Standing) -> list[ReportRow]:
    """Give what is to be reported: of the counties of the agreement, and of the country where all of them are shown."""
    agreement = standing.agreement
    shown = [one for one in matters(agreement) if one.who in agreement.codes or len(agreement.codes) > 1]
    asks = {*HARD, INTEGRATION}
    return [
        ReportRow(
            agreement.name, one, standing.payee_name(one.who), standing.state(*one.key).value, standing.last_day(*one.key),
            tuple(check for check in agreement.checks if check.pot == one.pot and check.kind in asks),
            standing.state(*one.key) in {State.EXPECTED, State.COMPLETION_REQUESTED},
        )
        for one in shown
    ]  # fmt: skip


def meant(visitor: Visitor, name: str) -> Standing:
    """Give the agreement of a page: as it stands here, else as it ships, with no records. Raises Http404 for none."""
    try:
        return visitor.house.agreement(visitor.actor, visitor.place.code, name)
    except Refused as refused:
        if refused.because.key != "agreements.not_found":
            raise
    if name not in shipped():
        raise Http404
    return Standing(NOT_OPENED, agreement(name))


def is_open(standing: Standing) -> bool:
    """Tell an agreement that was opened here from one that only ships."""
    return standing.id != NOT_OPENED


def pot_rows(standing: Standing) -> list[PotRow]:
    """Give the pots with what was paid and what they wait for."""
    paid: dict[str, int] = {}
    for (pot, _), amount in standing.paid().items():
        paid[pot] = paid.get(pot, 0) + amount
    left = {one.pot: one.left for one in ceilings(standing)}
    by_runs = {pot.name for pot in payable_pots(standing.agreement)}
    return [
        PotRow(
            pot.name, pot.called, len(standing.agreement.above(pot.name)) - 1, pot.amount, paid.get(pot.name, 0),
            left[pot.name],
            hindrances(standing, pot.name) if pot.name in by_runs and is_open(standing) else (), pot.name in by_runs,
        )
        for pot in standing.agreement.pots
    ]  # fmt: skip


def county_rows(
    standing: Standing, first: Mapping[str, int], second: Mapping[str, int], pots: Sequence[tuple[str, Paid]] = ()
) -> list[CountyRow]:
    """Give the counties with two amounts, and the amounts of pots by what those are called."""
    return [
        CountyRow(
            county.code, county.name, first.get(county.code, 0), second.get(county.code, 0),
            tuple((called, int(paid.by_county.get(county.code, 0))) for called, paid in pots),
        )
        for county in standing.agreement.counties
    ]  # fmt: skip


def chart(rows: Sequence[CountyRow]) -> tuple[Group, ...]:
    """Draw two bars a county; none where nothing is above zero."""
    most = max((max(row.amount, row.other) for row in rows), default=0)
    if most <= 0:
        return ()
    room = MEASURES.width // len(rows)
    width = max((room - 6) // 2, 2)
    return tuple(_group(row, place * room + 2, width, most) for place, row in enumerate(rows))


def _group(row: CountyRow, x: int, width: int, most: int) -> Group:
    tall = MEASURES.floor - MEASURES.top
    bars = tuple(
        Bar(amount, LOOKS[place], x + place * (width + 1), max(amount, 0) * tall // most)
        for place, amount in enumerate((row.amount, row.other))
    )
    return Group(row.code, x + width, width, bars)
