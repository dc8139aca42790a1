"""``refusion stopped list``, ``show`` and ``letter``: what does not go, why, until when, and what the customer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode
from refusion.doors.cli.stopped.acting import Number, moment, paid_facts, say, seeing
from refusion.values.said import Fact, Refused, Said, said

if TYPE_CHECKING:
    from refusion.wiring.verbs.guard_seen import StoppedCard, StoppedRow

Every = Annotated[bool, typer.Option("--all", help="Those that are resolved too.")]


def register(stopped: typer.Typer) -> None:
    """Add the verbs."""
    stopped.command("list")(list_stopped)
    stopped.command("show")(show)
    stopped.command("letter")(letter)


def list_stopped(*, every: Every = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the payments that do not go, the first payday first: amount, whose turn, days left."""
    (found, odd), place = seeing(institution, lambda reads: (reads.stopped(every=every), reads.pointed_out()))
    if not found:
        say(said("stopped.none"), json)
    for row in found:
        say(_row_said(row), json)
        if row.proposal is not None:
            say(said("stopped.proposed_by", by=row.proposal.proposed_by, reason=row.proposal.reason), json, "    ")
    for row in odd:
        say(said("stopped.pointed_out", number=row.paid.number, employment=row.paid.employment, amount_ore=row.paid.amount), json)
        for why in row.paid.findings:
            say(why, json, "    ")
    if json is not None:
        told = {"stopped": [paid_facts(row.paid) for row in found], "pointed_out": [paid_facts(row.paid) for row in odd]}
        write_json({"institution": place, **told}, json)


def show(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show one payment: which limit applied and why, where its money stands, what may be done, what happened."""
    card, place = seeing(institution, lambda reads: reads.stopped_payment(number))
    if card is None:
        raise Refused(said("stopped.no_payment", number=number))
    _show(card, json)
    if json is not None:
        write_json({"institution": place, **_card_facts(card)}, json)


def letter(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Write the mail to the institution about a stopped payment; it names no person and no national number."""
    found, place = seeing(institution, lambda reads: reads.customer_letter(number))
    if found is None:
        raise Refused(said("stopped.no_payment", number=number))
    for line in found:
        say(line, json)
    if json is not None:
        write_json({"institution": place, "payment": number, "lines": [sentence(line) for line in found]}, json)


def _row_said(row: StoppedRow) -> Said:
    paid = row.paid
    state = sentence(said(f"stopped.state_{paid.state.value}"))
    facts: dict[str, Fact] = {"number": paid.number, "employment": paid.employment, "value_date": paid.value_date, "days": row.days_left}
    return said("stopped.row", **facts, name=row.name, state=state, amount_ore=paid.amount)


def _show(card: StoppedCard, json: str | None) -> None:
    say(_row_said(card.row), json)
    for why in (*card.row.why, *card.row.paid.findings):
        say(why, json, "  ")
    if card.row.paid.unapproved:
        say(said("stopped.unapproved"), json, "  ")
    if card.limit is not None:
        facts = {"limit": card.limit.number, "by": card.limit.proposed_by, "second": card.limit.decided_by, "reason": card.limit.reason}
        say(said("stopped.limit_set_by", **facts), json, "  ")
    for place, amount in card.places.items():
        if amount:
            say(said(f"stopped.place_{place.name.lower()}", amount_ore=amount), json, "  ")
    for step in card.steps:
        facts = {"at": moment(step.at), "event": sentence(said(f"stopped.event_{step.event}")), "by": step.by, "reason": step.reason}
        say(said("stopped.step", **facts), json, "  ")


def _card_facts(card: StoppedCard) -> dict[str, object]:
    return {
        **paid_facts(card.row.paid),
        "because": [why.key for why in (*card.row.why, *card.row.paid.findings)],
        "limit": card.limit.number if card.limit else None,
        "places_ore": {place.value: amount for place, amount in card.places.items()},
        "stop_from": card.window.first.isoformat(),
        "stop_until": card.window.last.isoformat(),
        "steps": [
            {"event": step.event, "before": step.before, "after": step.after, "by": step.by, "at": moment(step.at), "reason": step.reason}
            for step in card.steps
        ],
        "proposals": [
            {"subject": one.subject.value, "proposed_by": one.proposed_by, "outcome": one.outcome, "decided_by": one.decided_by}
            for one in card.proposals
        ],
    }
