"""The facts of an agreement gathered from its records: statistics as they came, decisions, orders, what was closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.course.matters import matters
from refusion.grants.course.records import COUNTRY, Order, PaperKind
from refusion.grants.course.standing import Standing
from refusion.grants.facts import COUNTY, Cells, code_of, columns, read
from refusion.grants.given import Facts
from refusion.grants.rules.by_amount import BY_USE, ORDERED
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import BadInput, Problem, said

ROWS = "rows"
USED = "used"
KRONA = 100
YES, NO = "yes", "no"


def unit_prices(agreement: Agreement) -> dict[str, tuple[Pot, int]]:
    """Give the units that are ordered, each with its pot and its price in whole kronor."""
    found = {}
    for pot in agreement.pots:
        prices = pot.parameters.get("prices")
        for unit, price in prices.items() if isinstance(prices, dict) else ():
            found[unit] = (pot, int(str(price)))
    return found


def spent(pot: Pot) -> bool:
    """Tell a pot that is spent as it is used from one that is paid out."""
    return pot.parameters.get("paid_by") == BY_USE


def recorded_columns(agreement: Agreement) -> frozenset[str]:
    """Name the columns that are made of decisions, orders and closings, and so never given as statistics."""
    decided = {matter.column for matter in matters(agreement)}
    units = unit_prices(agreement).items()
    ordered = {pot.columns.get(f"{unit}{which}", f"{unit}{which}") for unit, (pot, _) in units for which in ("", ORDERED)}
    used = {pot.columns.get(USED, USED) for pot in agreement.pots if spent(pot)}
    return frozenset(decided | ordered | used)


def checked_statistics(agreement: Agreement, rows: Sequence[Cells], file: str | None = None, first_row: int = 2) -> list[dict[str, str]]:
    """Check rows of statistics and give them as texts.

    Raises BadInput for a column that the agreement does not ask for or that is made of records, and for every cell that cannot be.
    """
    known = set(columns(agreement).names)
    given = {name for row in rows for name, cell in row.items() if cell is not None and str(cell).strip()}
    recorded = recorded_columns(agreement)
    problems = [
        Problem(said("agreements.column_recorded"), said("agreements.column_recorded_remedy"), file=file, column=name)
        for name in sorted(given & recorded)
    ]
    problems += [
        Problem(said("agreements.column_unknown"), said("agreements.column_unknown_remedy", known=", ".join(sorted(known - recorded))),
                file=file, column=name)
        for name in sorted(given - known - recorded - {"name"})
    ]  # fmt: skip
    if problems:
        raise BadInput(*problems)
    read(agreement, rows, file, first_row, may_lack_counties=True)
    kept = known & given
    return [{name: str(cell).strip() for name, cell in _coded(row).items() if name in kept and cell is not None} for row in rows]


def gathered(standing: Standing, *, undecided: bool = False) -> list[dict[str, str]]:
    """Give the rows of facts as they stand; a matter without a decision counts as ``undecided`` says."""
    rows: dict[str, dict[str, str]] = {}
    for paper in standing.of_kind(PaperKind.STATISTICS):
        for row in _rows_of(paper.content):
            rows.setdefault(row[COUNTY], {}).update({name: cell for name, cell in row.items() if cell != ""})
    counties = [code for code in standing.agreement.codes if code in rows]
    country = rows.setdefault(COUNTRY, {COUNTY: COUNTRY})
    for matter in matters(standing.agreement):
        if matter.who in rows:
            decision = standing.decision(*matter.key)
            holds = undecided if decision is None else decision.fulfilled
            rows[matter.who][matter.column] = YES if holds else NO
    for code in counties:
        rows[code].update(_ordered(standing, code))
    country.update(_used(standing))
    return [rows[code] for code in (*counties, COUNTRY)]


def facts_of(standing: Standing, *, undecided: bool = False) -> Facts:
    """Read the gathered rows; raises BadInput where a county is missing or a cell cannot be."""
    return read(standing.agreement, gathered(standing, undecided=undecided))


def refuse_order(agreement: Agreement, order: Order) -> None:
    """Refuse an order that cannot be. Raises NotAnswered with the reason."""
    units = unit_prices(agreement)
    if order.unit not in units:
        raise NotAnswered(said("agreements.unit_unknown", unit=order.unit, known=", ".join(units)))
    if order.county not in agreement.codes:
        raise NotAnswered(said("grants.county_not_given", county=order.county))
    if order.due_on < order.ordered_on:
        raise NotAnswered(said("agreements.due_before_order", reference=order.reference))
    if order.delivered_on is not None and order.delivered_on < order.ordered_on:
        raise NotAnswered(said("agreements.delivered_before_order", reference=order.reference))
    if not order.reference.strip():
        raise NotAnswered(said("agreements.order_without_reference"))


def _ordered(standing: Standing, county: str) -> Iterator[tuple[str, str]]:
    """Count a county's orders and what was delivered in time, by unit."""
    own = [order for order in standing.orders if order.county == county]
    for unit, (pot, _) in unit_prices(standing.agreement).items():
        of_unit = [order for order in own if order.unit == unit]
        yield pot.columns.get(unit, unit), str(sum(order.in_time for order in of_unit))
        yield pot.columns.get(f"{unit}{ORDERED}", f"{unit}{ORDERED}"), str(len(of_unit))


def _used(standing: Standing) -> Iterator[tuple[str, str]]:
    """Give what was used of the pots that are spent: as closed, else all of it, so that nothing is passed on too early."""
    for pot in standing.agreement.pots:
        if spent(pot):
            closing = standing.closing(pot.name)
            used = int(str(closing.content[USED])) if closing else int(pot.amount)
            yield pot.columns.get(USED, USED), str(used // KRONA)


def _rows_of(content: Mapping[str, object]) -> Iterator[dict[str, str]]:
    rows = content.get(ROWS)
    for row in rows if isinstance(rows, list) else ():
        yield {str(name): str(cell) for name, cell in row.items()}


def _coded(row: Cells) -> Cells:
    return {**row, COUNTY: code_of(row.get(COUNTY))}
