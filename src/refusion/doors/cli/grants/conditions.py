"""``refusion grants`` for the conditions: where each county stands, reports, reviews, decisions by two persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.grants.options import MINUTE, Because, Digits, Name, Pot, Who, Whos, instant
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.values.said import BadInput, Problem, Said, said

if TYPE_CHECKING:
    from refusion.grants.course.records import Decided
    from refusion.grants.course.standing import Standing

Evidence = Annotated[list[str] | None, typer.Option("--evidence", metavar="CHECK=DOCUMENT", help="Evidence of a check of the condition.")]


def add_conditions(group: typer.Typer) -> None:
    """Add the verbs."""
    for name, verb in (
        ("status", status), ("report", report), ("review", review), ("complete", complete), ("reopen", reopen), ("decide", decide),
        ("decisions", decisions), ("approve", approve), ("withdraw", withdraw),
    ):  # fmt: skip
        group.command(name)(verb)


def status(agreement: Name, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show where each condition stands for each county, what is overdue, and what each pot's payment waits for."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        today = house().today()
    told = _status(standing)
    overdue = (*standing.overdue(today), *_due(standing))
    waits = _waits(standing)
    if json is not None:
        plain_waits = {pot: list(map(sentence, told)) for pot, told in waits.items()}
        write_json({"conditions": told, "overdue": list(map(sentence, overdue)), "waits": plain_waits}, json)
    if json != STANDARD_OUTPUT:
        for pot, states in told.items():
            typer.echo(f"{pot}: " + ", ".join(f"{state} {' '.join(whos)}" for state, whos in states.items()))
        for one in (*overdue, *(why for whys in waits.values() for why in whys)):
            typer.echo(sentence(one))


def report(
    agreement: Name,
    condition: Pot,
    county: Who,
    *,
    diary: Annotated[str, typer.Option(metavar="NUMBER", help="The diary number.")],
    received: Annotated[
        datetime | None, typer.Option(formats=[MINUTE, *ISO], metavar="TIME", help="When it came, local time; now where not said.")
    ] = None,
    evidence: Evidence = None,
    exception: Annotated[str, typer.Option(metavar="TEXT", help="Why a late report counts all the same.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Register a late report that does not count.")] = False,
    interim: Annotated[bool, typer.Option("--interim", help="A report on the way, not the report itself.")] = False,
    institution: InstitutionCode = None,
) -> None:
    """Register a report on a condition with its diary number, time stamp and evidence."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.grants.reporting import Report

        given = Report(condition, county, diary, instant(received), _evidence(evidence or ()), exception, late, interim)
        kept = house().register_report(from_shell(), institution_code(institution), agreement, given)
    key = "agreements.report_late" if kept.late else "agreements.report_kept"
    typer.echo(sentence(said(key, pot=condition, who=county, diary=diary, day=kept.received_on)))


def review(agreement: Name, condition: Pot, counties: Whos = None, institution: InstitutionCode = None) -> None:
    """Begin to review what was reported on a condition."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        count = house().begin_review(from_shell(), institution_code(institution), agreement, condition, counties or ())
    typer.echo(sentence(said("agreements.review_began", pot=condition, count=count)))


def complete(
    agreement: Name,
    condition: Pot,
    county: Who,
    *,
    because: Because,
    due: Annotated[datetime, typer.Option(formats=ISO, metavar="DAY", help="The last day of the answer.")],
    institution: InstitutionCode = None,
) -> None:
    """Ask a county to complete its report by a day."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().ask_completion(from_shell(), institution_code(institution), agreement, (condition, county, because), due.date())
    typer.echo(sentence(said("agreements.completion_asked", pot=condition, who=county, day=due.date())))


def reopen(agreement: Name, condition: Pot, county: Who, *, because: Because, institution: InstitutionCode = None) -> None:
    """Review anew what was decided; what was paid stays, a later run pays the difference."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().reopen_condition(from_shell(), institution_code(institution), agreement, (condition, county, because))
    typer.echo(sentence(said("agreements.reopened", pot=condition, who=county)))


def decide(
    agreement: Name,
    condition: Pot,
    counties: Whos = None,
    *,
    because: Because,
    fulfilled: Annotated[bool, typer.Option("--fulfilled/--not-fulfilled", help="Whether the condition is fulfilled.", show_default=False)],
    consulted: Annotated[str, typer.Option(metavar="WHO", help="Who was consulted in the review.")] = "",
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Propose decisions on a condition, for all that are under review where no county is named; another person approves them."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.grants.deciding import Proposal

        proposal = Proposal(condition, tuple(counties or ()), fulfilled, because, consulted)
        proposed = house().propose_decisions(from_shell(), institution_code(institution), agreement, proposal)
        _tell(condition, proposed, json)


def decisions(agreement: Name, condition: Pot, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the proposals on a condition that wait for another person, with the digits to approve them by."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        _tell(condition, [one for one in standing.decisions if one.pot == condition and one.is_open], json)


def approve(agreement: Name, condition: Pot, digits: Digits, institution: InstitutionCode = None) -> None:
    """Approve all proposals on a condition that another person made, as they were shown."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        approved = house().approve_decisions(from_shell(), institution_code(institution), agreement, condition, digits)
    typer.echo(sentence(said("agreements.decisions_approved", pot=condition, count=len(approved))))


def withdraw(agreement: Name, condition: Pot, institution: InstitutionCode = None) -> None:
    """Withdraw all open proposals on a condition."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        count = house().withdraw_decisions(from_shell(), institution_code(institution), agreement, condition)
    typer.echo(sentence(said("agreements.decisions_withdrawn", pot=condition, count=count)))


def _evidence(given: Sequence[str]) -> dict[str, str]:
    """Read CHECK=DOCUMENT; raises BadInput for what is not written so."""
    read = [one.partition("=") for one in given]
    wrong = [one for one, (check, _, text) in zip(given, read, strict=True) if not check.strip() or not text.strip()]
    if wrong:
        remedy = said("agreements.evidence_remedy")
        raise BadInput(*(Problem(said("agreements.evidence_unreadable"), remedy, value=one) for one in wrong))
    return {check.strip(): text.strip() for check, _, text in read}


def _status(standing: Standing) -> dict[str, dict[str, list[str]]]:
    """Gather the counties by condition and state."""
    from refusion.grants.course.matters import matters

    told: dict[str, dict[str, list[str]]] = {}
    for matter in matters(standing.agreement):
        states = told.setdefault(matter.pot, {})
        states.setdefault(standing.state(*matter.key).value, []).append(matter.who)
    return told


def _waits(standing: Standing) -> dict[str, tuple[Said, ...]]:
    """Say what each pot that is not paid yet waits for."""
    from refusion.grants.course.running import hindrances, payable_pots

    paid = {pot for pot, _ in standing.paid()}
    told = {pot.name: hindrances(standing, pot.name) for pot in payable_pots(standing.agreement) if pot.name not in paid}
    return {pot: whys for pot, whys in told.items() if whys}


def _due(standing: Standing) -> tuple[Said, ...]:
    """Say by when the pots that are not paid yet are to be paid, a closed day met the banking day before."""
    from refusion.grants.course.running import payout_days, pays_on

    paid = {pot for pot, _ in standing.paid()}
    open_pots = [[pot for pot in pots if pot not in paid] for pots in payout_days(standing.agreement).values()]
    waiting = [pots for pots in open_pots if pots]
    return tuple(said("agreements.to_be_paid", day_deadline=pays_on(standing.agreement, pots), pots=", ".join(pots)) for pots in waiting)


def _tell(condition: str, proposed: Sequence[Decided], json: str | None) -> None:
    from refusion.workflow.grants.deciding import batch_hash

    digits = batch_hash(proposed) if proposed else ""
    if json is not None:
        rows = [
            {"county": one.who, "fulfilled": one.fulfilled, "reason": one.reason, "evidence": list(one.evidence), "by": one.proposed_by}
            for one in proposed
        ]
        write_json({"condition": condition, "hash": digits, "proposals": rows}, json)
    if json == STANDARD_OUTPUT:
        return
    for one in proposed:
        key = "agreements.proposal_yes" if one.fulfilled else "agreements.proposal_no"
        typer.echo(sentence(said(key, pot=one.pot, who=one.who, reason=one.reason, by=one.proposed_by)))
    end = said("agreements.approve_by", digits=digits[:8]) if proposed else said("agreements.nothing_proposed", pot=condition)
    typer.echo(sentence(end))
