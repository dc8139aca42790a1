"""``refusion nav explain``, ``place``, ``accept-pay``, ``retry`` and ``settings``: what a person decides."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.nav.months import CaseNumber, NamedMonth, Reason
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, said


def register(nav: typer.Typer) -> None:
    """Add the verbs."""
    nav.command("explain")(explain)
    nav.command("place")(place)
    nav.command("accept-pay")(accept_pay)
    nav.command("retry")(retry)
    nav.command("settings")(settings)


def explain(
    case: CaseNumber,
    month: NamedMonth,
    reason: Reason,
    holiday: Annotated[bool, typer.Option("--holiday", help="Holiday pay of the month's year.")] = False,
    institution: InstitutionCode = None,
) -> None:
    """Say why NAV paid something else for a month; the next run moves the difference to its account.

    Said again, the later words count; where NAV pays after all, the difference goes away by itself.
    """
    from refusion.wiring.start import started

    with started():
        from refusion.settlements.nav_items.item import Nature
        from refusion.wiring.house import house

        item = case, month.date(), Nature.HOLIDAY if holiday else Nature.BENEFIT
        amount = house().explain_nav_difference(from_shell(), institution_code(institution), item, reason)
    typer.echo(sentence(said("refusjon.explained", case=case, month=month.date(), amount_ore=amount)))


def place(
    line: Annotated[str, typer.Argument(metavar="LINE", help="The line as ``parked`` names it.")],
    case: CaseNumber,
    month: NamedMonth,
    institution: InstitutionCode = None,
) -> None:
    """Place a parked line on a month of a case; the next main run takes its money from the interim account."""
    from refusion.wiring.start import started

    report, number = _line(line)
    with started():
        from refusion.wiring.house import house

        amount = house().place_nav_line(
            from_shell(), institution_code(institution), (report, number), case_number=case, month=month.date()
        )
    typer.echo(sentence(said("refusjon.placed", case=case, month=month.date(), amount_ore=amount)))


def accept_pay(case: CaseNumber, month: NamedMonth, reason: Reason, institution: InstitutionCode = None) -> None:
    """Say that a month in which less was paid than is claimed is right as it is, so that the notice goes."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().accept_nav_pay(from_shell(), institution_code(institution), case, month=month.date(), reason=reason)
    typer.echo(sentence(said("refusjon.pay_accepted", case=case, month=month.date())))


def retry(case: CaseNumber, institution: InstitutionCode = None) -> None:
    """Send the notice that NAV refused once more, with the next day's work."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().retry_nav_notice(from_shell(), institution_code(institution), case)
    typer.echo(sentence(said("refusjon.goes_again", case=case)))


def settings(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A setting; all are shown where none is named.")] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="What it is to be.")] = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Show the settings, or decide one: profile, payments_in_corrections (on | off), deadline_days, account:ROLE and others."""
    from refusion.wiring.start import started

    if (name is None) != (value is None):
        raise Refused(said("refusjon.setting_needs_value"))
    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        if name is None or value is None:
            found = house().nav_settings(from_shell(), code)
        else:
            found = house().decide_nav_setting(from_shell(), code, name, value)
    facts = {key: getattr(found, key) for key in type(found).__slots__}
    plain = {key: dict(kept) if key == "accounts" else kept for key, kept in facts.items()}
    for key, kept in plain.items() if json != STANDARD_OUTPUT else ():
        typer.echo(f"{key:<26}{kept}")
    if json is not None:
        write_json(plain, json)


def _line(written: str) -> tuple[UUID, int]:
    report, _, number = written.partition("/")
    try:
        return UUID(report), int(number)
    except ValueError:
        raise Refused(said("refusjon.line_form", line=written)) from None

