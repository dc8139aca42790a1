"""``refusion nav reconcile``, ``notices``, ``deadlines``, ``parked``, ``shares`` and ``year-end``: what stands, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.nav.months import Month, month_of
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Said, said

if TYPE_CHECKING:
    from refusion.reports.nav.reconciliation import Comparison, ItemRow, Reconciliation

_RISK = {True: "refusjon.lost_month", False: "refusjon.risk_month"}
From = Annotated[datetime, typer.Option("--from", formats=["%Y-%m"], metavar="MONTH", help="First month, YYYY-MM.")]
To = Annotated[datetime, typer.Option("--to", formats=["%Y-%m"], metavar="MONTH", help="Last month, YYYY-MM.")]


def register(nav: typer.Typer) -> None:
    """Add the verbs."""
    for name, verb in (
        ("reconcile", reconcile),
        ("notices", notices),
        ("deadlines", deadlines),
        ("parked", parked),
        ("shares", shares),
        ("year-end", year_end),
    ):
        nav.command(name)(verb)


def reconcile(month: Month = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Compare NAV's reports, the accounts and the claims; exit code 1 where something is unexplained."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_reconciliation(from_shell(), institution_code(institution), month_of(month, house().today()))
    _say(_words(found), json)
    if json is not None:
        write_json(_plain(found), json)
    raise typer.Exit(0 if not found.residual and not found.open else 1)


def notices(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the cases with the income notice that NAV holds of each."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_notices(from_shell(), institution_code(institution))
    rows = [
        {
            "case": case.number,
            "benefit": case.benefit.value,
            "case_state": case.state.value,
            "notice": None if notice is None else notice.version,
            "notice_state": None if notice is None else notice.state.value,
            "refund": None if notice is None else notice.refund,
            "code": None if notice is None else notice.code,
        }
        for case, notice in found
    ]
    _say([_of_notice(row) for row in rows] or [said("refusjon.no_cases")], json)
    if json is not None:
        write_json(rows, json)


def deadlines(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List claims that nobody has sent with their last day and kroner, contracts that end inside a leave, and maximum dates."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_deadlines(from_shell(), institution_code(institution))
    risks = [
        {"case": case, "month": one.month.isoformat(), "last_day": one.last_day.isoformat(), "amount": one.amount, "lost": one.lost}
        for case, one in found.at_risk
    ]
    endings = [{"case": one.case, "last_day": one.last_day.isoformat()} for one in found.endings]
    reached = [{"case": one.case, "max_date": one.max_date.isoformat()} for one in found.reached]
    words = [
        said(_RISK[one.lost], case=case, month=one.month, last_day=one.last_day, amount_ore=one.amount) for case, one in found.at_risk
    ]
    words += [said("refusjon.contract_ends", case=one.case, last_day=one.last_day) for one in found.endings]
    words += [said("refusjon.max_date_near", case=one.case, max_date=one.max_date) for one in found.reached]
    _say(words or [said("refusjon.no_deadlines")], json)
    if json is not None:
        write_json({"at_risk": risks, "contracts": endings, "max_dates": reached}, json)


def parked(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the lines of NAV's reports that wait for a person, with what names each for ``place``."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_parked(from_shell(), institution_code(institution))
    for line in found if json != STANDARD_OUTPUT else ():
        typer.echo(f"{line.report}/{line.place}  {line.pays_on}  {sentence(line.because)}")
    if not found:
        typer.echo(sentence(said("refusjon.none_parked")), err=json == STANDARD_OUTPUT)
    if json is not None:
        rows = [
            {"line": f"{one.report}/{one.place}", "pays_on": str(one.pays_on), "code": one.code, "amount": one.amount}
            | {"because": one.because.key}
            for one in found
        ]
        write_json(rows, json)


def shares(first: From, last: To, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show by unit how much of the wage cost of leaves NAV covers, and what the unit's own budget carries."""
    from refusion.values.period import Period, last_of_month
    from refusion.wiring.start import started

    days = Period(first.date(), last_of_month(last.date()))
    with started():
        from refusion.wiring.house import house

        found = house().nav_shares(from_shell(), institution_code(institution), days)
    words = [
        said("refusjon.unit_share", unit=one.unit, cost_ore=one.cost, covered_ore=one.covered, own_ore=one.own, share=_percent(one.share))
        for one in found
    ]
    _say(words or [said("refusjon.no_shares")], json)
    if json is not None:
        names = ("unit", "cost", "covered", "own", "share")
        write_json([{name: getattr(one, name) for name in names} for one in found], json)


def year_end(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year that ends.")],
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Show refunds by month of receipt (for employer's contribution), and what belongs to the year and is claimed after it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_year_end(from_shell(), institution_code(institution), year)
    got = found.received.items()
    words = [said("refusjon.received_month", month=month, workplace=place, amount_ore=amount) for (month, place), amount in got]
    words += [said(f"refusjon.accrual_{one.nature}", unit=one.unit, amount_ore=one.amount) for one in found.accruals]
    _say(words or [said("refusjon.nothing_in_year", year=year)], json)
    if json is not None:
        received = [{"month": month.isoformat(), "workplace": place, "amount": amount} for (month, place), amount in found.received.items()]
        accruals = [{"unit": one.unit, "nature": one.nature, "sickness": one.sickness, "amount": one.amount} for one in found.accruals]
        write_json({"year": year, "received": received, "accruals": accruals}, json)


def _of_notice(row: Mapping[str, object]) -> Said:
    facts = {name: value for name, value in row.items() if isinstance(value, str | int)}
    key = "refusjon.case_listed" if row["notice"] is None else "refusjon.notice_listed"
    return Said(key, {**facts, "refund_ore": _whole(row["refund"])})


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100 // 10}"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _words(found: Reconciliation) -> list[Said]:
    words = []
    for one in found.comparisons:
        words.append(said(f"refusjon.comparison_{one.name}", left_ore=one.left, right_ore=one.right, difference_ore=one.difference))
        words += [Said(row.because.key, {**row.because.facts, "amount_ore": row.amount}) for row in one.differences]
    key = "refusjon.reconciled" if not found.open and not found.residual else "refusjon.not_reconciled"
    return [*words, said(key, open_items=len(found.open_items), open_ore=found.open, residual_ore=found.residual)]


def _plain(found: Reconciliation) -> dict[str, object]:
    return {
        "month": found.month.isoformat(),
        "residual": found.residual,
        "open": found.open,
        "comparisons": [_comparison(one) for one in found.comparisons],
        "open_items": _items(found.open_items),
        "deviations": _items(found.deviations),
    }


def _comparison(one: Comparison) -> dict[str, object]:
    rows = [{"amount": row.amount, "because": row.because.key, "open": row.is_open} for row in one.differences]
    names = ("name", "left", "right", "difference", "residual")
    return {**{name: getattr(one, name) for name in names}, "differences": rows}


def _items(items: Sequence[ItemRow]) -> list[dict[str, object]]:
    return [
        {
            "case": one.case,
            "month": one.month.isoformat(),
            "nature": one.nature,
            "unit": one.unit,
            "open": one.open,
            "claimed": one.claimed,
            "deviated": one.deviated,
            "received": one.received,
            "explained": one.explained.key if one.explained else None,
        }
        for one in items
    ]


def _say(words: Iterable[Said], json: str | None) -> None:
    if json != STANDARD_OUTPUT:
        for one in words:
            typer.echo(sentence(one))
