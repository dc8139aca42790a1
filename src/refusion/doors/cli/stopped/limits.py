"""``refusion stopped limit`` and ``settings``: a lower limit is set by one, a raise is proposed by one and approved by another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.output import JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of
from refusion.doors.cli.stopped.acting import Reason, acting, amount_of, limit_facts, say, seeing, tell
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.salary_guard.resolving.approval import CaseState, PortalCase
    from refusion.workflow.ports.guard.facts import PayLimit

Number = Annotated[int, typer.Argument(metavar="LIMIT", help="The limit's number, see «refusion stopped limit list».", min=1)]
Kroner = Annotated[str, typer.Argument(metavar="KRONER", help="The limit; strictly above it is stopped.")]
Employee = Annotated[
    str, typer.Option("--employment", metavar="NUMBER", help="Of one employee; of the institution where none is named.", show_default=False)
]
OneRun = Annotated[bool, typer.Option("--this-run", help="For the next run only; it is set back after it.")]
ValidFrom = Annotated[
    datetime | None, typer.Option("--from", formats=ISO, metavar="DAY", help="Component 244 from this month on.", show_default="this month")
]
CaseNumber = Annotated[str, typer.Option("--case", metavar="NUMBER", help="The Serviceportal's case, for the institution's lasting limit.")]
CaseText = Annotated[str, typer.Option("--case-text", metavar="TEXT", help="What the case says.")]
State = Annotated[str, typer.Option("--case-state", metavar="opened|granted|refused", help="How the case stands.")]
Every = Annotated[bool, typer.Option("--all", help="Those that are over too.")]
LastDay = Annotated[datetime, typer.Argument(metavar="DAY", formats=ISO, help="The last day, YYYY-MM-DD.")]


def register(stopped: typer.Typer) -> None:
    """Add the verbs."""
    limit = typer.Typer(no_args_is_help=True, help="Limits of net pay: look, set, raise with a second person, end, delete.")
    limit.command("list")(list_limits)
    limit.command("set")(set_limit)
    limit.command("approve")(approve)
    limit.command("decline")(decline)
    limit.command("withdraw")(withdraw)
    limit.command("case")(case)
    limit.command("end")(end)
    limit.command("delete")(delete)
    stopped.add_typer(limit, name="limit")
    stopped.command("settings")(settings)
    stopped.command("hold-parts")(hold_parts)
    stopped.command("account")(account)


def list_limits(*, every: Every = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the limits that are proposed or in force, the newest first."""
    found, place = seeing(institution, lambda reads: reads.pay_limits(every=every))
    if not found:
        say(said("stopped.no_limits"), json)
    for limit in found:
        say(limit_said(limit), json)
    if json is not None:
        write_json({"institution": place, "limits": [limit_facts(limit) for limit in found]}, json)


def set_limit(
    kroner: Kroner,
    reason: Reason,
    *,
    employment: Employee = "",
    this_run: OneRun = False,
    valid_from: ValidFrom = None,
    case_number: CaseNumber = "",
    case_text: CaseText = "",
    case_state: State = "opened",
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Set a limit, or propose a raise: of the institution or one employee, for the next run (--this-run) or lasting.

    An employee's lasting limit is component 244. The institution's lasting raise needs the Serviceportal's granted case.
    """
    from refusion.salary_guard.resolving.approval import Subject
    from refusion.workflow.guard.limits import Wanted

    subjects = {
        (True, True): Subject.EMPLOYEE_LIMIT_THIS_RUN, (True, False): Subject.COMPONENT_244,
        (False, True): Subject.INSTITUTION_LIMIT_THIS_RUN, (False, False): Subject.INSTITUTION_LIMIT,
    }  # fmt: skip
    portal = _portal(case_number, case_text, case_state) if case_number or case_text else None
    subject = subjects[bool(employment), this_run]
    wanted = Wanted(subject, amount_of("KRONER", kroner), reason, employment, day_of(valid_from), portal)
    limit, place = acting(institution, lambda house, actor, code: house.propose_limit(actor, code, wanted))
    tell(limit_said(limit), json, institution=place, **limit_facts(limit))


def approve(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Approve a raise that another person proposed, exactly as it was proposed."""
    limit, place = acting(institution, lambda house, actor, code: house.approve_limit(actor, code, number))
    tell(limit_said(limit), json, institution=place, **limit_facts(limit))


def decline(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Say no to a raise."""
    limit, place = acting(institution, lambda house, actor, code: house.decline_limit(actor, code, number))
    tell(limit_said(limit), json, institution=place, **limit_facts(limit))


def withdraw(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Withdraw a proposed raise."""
    limit, place = acting(institution, lambda house, actor, code: house.withdraw_limit(actor, code, number))
    tell(limit_said(limit), json, institution=place, **limit_facts(limit))


def case(
    number: Number, *, case_number: CaseNumber = "", state: State = "granted", institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """Note how the Serviceportal's case stands that a proposed raise rests on."""
    told = _state(state)
    limit, place = acting(
        institution, lambda house, actor, code: house.note_portal_case(actor, code, number, case_number=case_number, state=told)
    )
    tell(limit_said(limit), json, institution=place, **limit_facts(limit))


def end(number: Number, last: LastDay, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """End component 244 on a day: it still holds, with a warning, until it is deleted."""
    limit, place = acting(institution, lambda house, actor, code: house.end_limit(actor, code, number, last.date()))
    tell(said("stopped.limit_ended", number=number, last=last.date()), json, institution=place, **limit_facts(limit))


def delete(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Delete a limit, so that the next one in order holds; refused where that would let more through."""
    limit, place = acting(institution, lambda house, actor, code: house.delete_limit(actor, code, number))
    tell(said("stopped.limit_deleted", number=number), json, institution=place, **limit_facts(limit))


def settings(*, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show what is decided of the guard: whether deviating parts are held, and the accounts."""
    found, place = acting(institution, lambda house, actor, code: house.guard_settings(actor, code))
    for name, value in found.items():
        say(said("stopped.setting", name=name, value=value), json)
    if json is not None:
        write_json({"institution": place, **found}, json)


def hold_parts(
    switch: Annotated[str, typer.Argument(metavar="on|off", help="Whether the deviating part below the limit is held.")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Switch on or off that of a payment below its limit the deviating part is held; nobody is left below base pay."""
    if switch not in {"on", "off"}:
        raise Refused(said("stopped.on_or_off", value=switch))
    _, place = acting(institution, lambda house, actor, code: house.set_holding(actor, code, on=switch == "on"))
    tell(said(f"stopped.holding_{switch}"), json, institution=place, holds_parts=switch == "on")


def account(
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="pay, refund, held, to_settle, bank or loss.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The account.")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Give a purpose an account of the institution's own, for runs taken in from now on."""
    _, place = acting(institution, lambda house, actor, code: house.set_guard_account(actor, code, purpose, number))
    tell(said("stopped.account_set", purpose=purpose, number=number), json, institution=place, purpose=purpose, number=number)


def limit_said(limit: PayLimit) -> Said:
    """Say a limit in one sentence: whose, how much, how it stands."""
    how = limit.outcome or "proposed"
    if how == "approved" and not limit.holds:
        how = "over"
    facts = {"number": limit.number, "amount_ore": limit.amount, "before_ore": limit.before, "employment": limit.employment}
    return said(f"stopped.limit_{how}", **facts, whose=limit.subject.value, by=limit.proposed_by, reason=limit.reason)


def _portal(number: str, text: str, state: str) -> PortalCase:
    from refusion.salary_guard.resolving.approval import PortalCase

    return PortalCase(number, text, _state(state))


def _state(state: str) -> CaseState:
    from refusion.salary_guard.resolving.approval import CaseState

    if state not in set(CaseState):
        raise Refused(said("stopped.no_case_state", known=", ".join(CaseState)))
    return CaseState(state)
