"""A computed agreement for people, tables and programs: who is paid what, what is left, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from refusion.doors.cli.errors import sentence
from refusion.values.money import Ore, kroner
from refusion.values.said import BadInput, Problem, Said, said

if TYPE_CHECKING:
    from refusion.grants.agreement import Agreement, Pot
    from refusion.grants.course.what_if import Outcome
    from refusion.grants.paid import Figure, Paid
    from refusion.grants.payout import Run
    from refusion.law.engine.explanation import Explanation

WIDTH = 18


def print_run(run: Run, more: Mapping[str, Ore] | None) -> None:
    """Say what each county, each other payee and each pot comes to; warnings go to standard error."""
    for warning in dict.fromkeys(map(sentence, run.warnings)):
        typer.echo(warning, err=True)
    counties = {county.code: county.payee for county in run.agreement.counties}
    for code, amount in run.by_county.items():
        changed = "" if more is None else f"{_amount(more[code], signed=True)}"
        typer.echo(f"{_amount(amount)}{changed}  {code} {counties.get(code, '')}")
    for payee, amount in run.by_payee.items():
        typer.echo(f"{_amount(amount)}  {payee}")
    typer.echo("")
    for name, pot in run.pots.items():
        typer.echo(sentence(_pot_said(name, pot)))
    typer.echo(sentence(said("grants.run_total", paid_ore=run.paid, unpaid_ore=run.unpaid)))


def _pot_said(name: str, pot: Paid) -> Said:
    facts = {"available_ore": pot.available, "paid_ore": pot.paid, "overflow_ore": pot.overflow, "unpaid_ore": pot.unpaid}
    return Said("grants.run_pot", {"pot": name, **facts})


def _amount(amount: Ore, *, signed: bool = False) -> str:
    whole = amount // 100 if amount >= 0 else -(-amount // 100)
    return f"{whole:+,d}".rjust(WIDTH) if signed else f"{whole:,d}".rjust(WIDTH)


def write_table(run: Run, target: Path, source: Path) -> None:
    """Write a row a county: code, payee, each pot and the total in kronor. Raises BadInput for the file that was read."""
    import pyarrow as pa

    from refusion.doors.cli.rules.writing import Writer

    if target.resolve() == source.resolve():
        raise BadInput(Problem(said("law.overwrites_source"), said("law.overwrites_source_remedy"), file=str(target)))
    counties = {county.code: county.payee for county in run.agreement.counties}
    total = run.by_county
    rows = [
        {
            "county": code, "payee": counties.get(code, ""),
            **{name: kroner(pot.by_county[code]) for name, pot in run.pots.items()}, "total": kroner(total[code]),
        }
        for code in total
    ]  # fmt: skip
    writer = Writer(target)
    try:
        writer.add(pa.RecordBatch.from_pylist(rows))
    except BaseException:
        writer.forget()
        raise
    writer.finish()


def plain(run: Run, steps: Iterable[Explanation], more: Mapping[str, Ore] | None, *, explain: bool) -> dict[str, object]:
    """Give a run as plain values: kronor as text with two decimals, every figure on the way as an exact fraction."""
    told: dict[str, object] = {
        "agreement": run.agreement.name,
        "paid": kroner(run.paid),
        "unpaid": kroner(run.unpaid),
        "counties": _kroner(run.by_county),
        "payees": _kroner(run.by_payee),
        "pots": {name: _plain_pot(run.agreement.pot(name), pot) for name, pot in run.pots.items()},
        "warnings": list(dict.fromkeys(map(sentence, run.warnings))),
        "policies": {name: option for step in steps for _, below in step.walk() for name, option in below.policies},
    }
    if more is not None:
        told["corrections"] = _kroner(more)
    if explain:
        told["explanation"] = [step.as_json() for step in steps]
    return told


def _plain_pot(pot: Pot, paid: Paid) -> dict[str, object]:
    return {
        "called": pot.called,
        "rule": pot.rule,
        "section": pot.section,
        "source": pot.source,
        "verified": pot.verified,
        "pay_by": pot.pay_by and pot.pay_by.isoformat(),
        "available": kroner(paid.available),
        "paid": kroner(paid.paid),
        "overflow": kroner(paid.overflow),
        "unpaid": kroner(paid.unpaid),
        "counties": _kroner(paid.by_county),
        "payees": _kroner(paid.by_payee),
        "figures": {name: _plain_figure(figure) for name, figure in paid.figures.items()},
    }


def _plain_figure(figure: Figure) -> object:
    return {county: str(part) for county, part in figure.items()} if isinstance(figure, Mapping) else str(figure)


def _kroner(amounts: Mapping[str, Ore]) -> dict[str, str]:
    return {name: kroner(amount) for name, amount in amounts.items()}


def print_outcome(outcome: Outcome) -> None:
    """Say what each county and each pot comes to before and after the changes; what could not be reckoned goes to standard error."""
    for name, why in outcome.lacking.items():
        typer.echo(f"{name}: {sentence(why)}", err=True)
    counties = {county.code: county.payee for county in outcome.before.agreement.counties}
    first, second = outcome.before.by_county, outcome.after.by_county
    for code, more in outcome.differences.items():
        typer.echo(f"{_amount(first[code])}{_amount(second[code])}{_amount(more, signed=True)}  {code} {counties.get(code, '')}")
    typer.echo("")
    for name, more in outcome.by_pot.items():
        typer.echo(f"{_amount(outcome.before.pots[name].paid)}{_amount(outcome.after.pots[name].paid)}{_amount(more, signed=True)}  {name}")


def plain_outcome(outcome: Outcome, changes: Iterable[str]) -> dict[str, object]:
    """Give a what-if as plain values: kronor as text with two decimals."""
    return {
        "agreement": outcome.before.agreement.name,
        "changes": list(changes),
        "before": _kroner(outcome.before.by_county),
        "after": _kroner(outcome.after.by_county),
        "differences": _kroner(outcome.differences),
        "pots": _kroner(outcome.by_pot),
        "lacking": {name: sentence(why) for name, why in outcome.lacking.items()},
        "warnings": list(dict.fromkeys(map(sentence, outcome.after.warnings))),
    }


def print_agreement(agreement: Agreement) -> None:
    """Print an agreement's pots, columns, choices, deadlines and checks."""
    from refusion.grants.facts import columns

    typer.echo(f"{agreement.name}: {agreement.statute.title} ({agreement.statute.edition})\n  {agreement.source}\n")
    for pot in agreement.pots:
        depth = "  " * len(list(_above(agreement, pot)))
        unverified = "" if pot.verified else f" {sentence(said('law.not_verified'))}"
        flows = f" → {pot.unused_to}" if pot.unused_to else ""
        typer.echo(f"{_amount(pot.amount)}  {depth}{pot.name} = {pot.called}  [{pot.rule or '+'}{flows}; {pot.section}]{unverified}")
        for parameter, value in pot.parameters.items():
            typer.echo(f"{'':{WIDTH}}  {depth}  . {parameter} = {value}")
    read = columns(agreement)
    typer.echo("\nIN, county: " + ", ".join(f"{name} ({kind.name})" for name, kind in read.of_counties.items()))
    typer.echo("IN, 00: " + ", ".join(f"{name} ({kind.name})" for name, kind in read.of_country.items()) + "\n")
    budget = agreement.budget
    if budget is not None:
        typer.echo(f"{budget.line}\n")
    for approval in agreement.approvals:
        typer.echo(f"! {approval.id}: {approval.what} ({approval.by}; {', '.join(approval.pots)}; {approval.section})")
    for one in agreement.requirements:
        heard = ", ".join(name for name in (one.consulted, one.reviewed_with) if name)
        typer.echo(f"§ {one.pot}: {one.set_by}{' + ' + heard if heard else ''} ({one.section})")
    _print_demands(agreement)


def _print_demands(agreement: Agreement) -> None:
    from refusion.grants.policies import ALL

    for policy in ALL.values():
        typer.echo(f"? {policy.name} = {policy.default} ({', '.join(policy.options)}): {policy.why}")
    for deadline in agreement.deadlines:
        typer.echo(f"{deadline.by}  {deadline.what} ({deadline.who}; {', '.join(deadline.pots)}; {deadline.section})")
    for check in agreement.checks:
        typer.echo(f"{check.id}  {check.asks} ({check.kind}; {check.evidence})")


def _above(agreement: Agreement, pot: Pot) -> Iterable[str]:
    while pot.part_of is not None:
        yield pot.part_of
        pot = agreement.pot(pot.part_of)


def plain_agreement(agreement: Agreement) -> dict[str, object]:
    """Give an agreement as plain values."""
    from refusion.grants.facts import columns

    read = columns(agreement)
    return {
        "name": agreement.name,
        "title": agreement.statute.title,
        "source": agreement.source,
        "population_day": agreement.population_day.isoformat(),
        "counties": {county.code: county.payee for county in agreement.counties},
        "pots": [
            {"name": pot.name, "called": pot.called, "amount": kroner(pot.amount), "part_of": pot.part_of, "rule": pot.rule,
             "unused_to": pot.unused_to, "section": pot.section, "source": pot.source, "verified": pot.verified}
            for pot in agreement.pots
        ],
        "budget": agreement.budget and agreement.budget.line,
        "approvals": [{"id": one.id, "by": one.by, "what": one.what, "pots": list(one.pots)} for one in agreement.approvals],
        "requirements": [
            {"pot": one.pot, "set_by": one.set_by, "consulted": one.consulted, "reviewed_with": one.reviewed_with}
            for one in agreement.requirements
        ],
        "columns": {name: kind.name for name, kind in read.of_counties.items()},
        "columns_of_country": {name: kind.name for name, kind in read.of_country.items()},
        "deadlines": [{"by": deadline.by.isoformat(), "what": deadline.what, "who": deadline.who} for deadline in agreement.deadlines],
        "checks": [{"id": check.id, "pot": check.pot, "asks": check.asks, "kind": check.kind} for check in agreement.checks],
    }  # fmt: skip
