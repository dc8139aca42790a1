"""``refusion institution``: takes an institution in, with its account and its people; the operator's verbs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import from_shell
from refusion.values.said import said

if TYPE_CHECKING:
    from refusion.workflow.ports.work import Ports

Code = Annotated[str, typer.Argument(metavar="CODE", help="The institution's short name: capital letters and digits.")]
Name = Annotated[str, typer.Option("--name", help="The institution's name.")]
Company = Annotated[str, typer.Option("--company-number", help="CVR number, or organisation number in Norway and Sweden.")]
Unit = Annotated[str, typer.Option("--unit-number", help="P number, or sub-unit in Norway; empty in Sweden.")]
Contact = Annotated[str, typer.Option("--contact", help="The e-mail address that the authority may write to.")]
Country = Annotated[str, typer.Option("--country", help="denmark, norway or sweden.")]
Bank = Annotated[str, typer.Option("--bank", help="The bank's name.")]
Account = Annotated[str, typer.Argument(metavar="IBAN", help="The account.")]
User = Annotated[str, typer.Argument(metavar="USER", help="The user's name for log-in.")]
Roles = Annotated[list[str], typer.Option("--role", help="A role; may be given several times.")]
Taken = Annotated[list[str] | None, typer.Option("--role", help="A role; all of them where none is named.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(no_args_is_help=True, help="Take institutions in: who they are, their accounts, their people.")
    group.command("found")(found)
    group.command("account")(account)
    group.command("enrol")(enrol)
    group.command("dismiss")(dismiss)
    group.command("list")(list_)
    app.add_typer(group, name="institution")


def found(
    code: Code, *, name: Name, company_number: Company, contact: Contact, unit_number: Unit = "", country: Country = "denmark"
) -> None:
    """Found an institution with keys of its own. Every kind of refund begins switched off but ordinary Danish sickness."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.service.taking_in import Newcomer, take_in

        told = Newcomer(code, name, country, company_number, unit_number, contact)
        made = take_in(_ports(), from_shell(), told)
    typer.echo(sentence(said("founding.taken_in", name=made.name, code=made.code)))


def account(code: Code, iban: Account, bank: Bank) -> None:
    """Say that an institution's money lies on an account; its statements are then read as the institution's."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.service.taking_in import give_account

        written = give_account(_ports(), from_shell(), code, bank, iban)
    typer.echo(sentence(said("founding.account_given", account=written, code=code)))


def enrol(code: Code, user: User, role: Roles) -> None:
    """Give a user roles at an institution. A new user's password is asked for, or read from standard input's first line."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.service.taking_in import colleagues
        from refusion.wiring.service.taking_in import enrol as enrolled

        known = any(one.name == user for one in colleagues())
        is_new = enrolled(_ports(), from_shell(), code, user, role, password=None if known else _password())
    typer.echo(sentence(said("founding.enrolled" if is_new else "founding.roles_given", user=user, code=code)))


def dismiss(code: Code, user: User, role: Taken = None) -> None:
    """Take roles from a user at an institution; enrol gives them back."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.service.taking_in import dismiss as dismissed

        taken = dismissed(_ports(), from_shell(), code, user, role or [])
    typer.echo(sentence(said("founding.dismissed", user=user, code=code, roles=", ".join(taken))))


def list_(json: JsonFile = None) -> None:
    """List the institutions, and who works there with which roles."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.service.taking_in import colleagues, standing

        stand, people = standing(), colleagues()
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "country": one.country,
            "people": {person.name: list(person.roles[one.code]) for person in people if one.code in person.roles},
        }
        for one in stand
    ]
    if json:
        write_json(rows, json)
    if json != STANDARD_OUTPUT:
        for one in stand:
            typer.echo(f"{one.code}  {one.name}  ({one.country}, {one.company_number})")
            for person in people:
                if one.code in person.roles:
                    typer.echo(f"  {person.name}: {', '.join(person.roles[one.code])}")
        if not stand:
            typer.echo(sentence(said("founding.none")))


def _ports() -> Ports:
    from refusion.wiring.house import house

    return house().ports


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(sentence(said("founding.password_again")), hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
