"""``refusion settings rules`` and its verbs: answers given once for all, proposed by one person and approved by another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.doors.cli.watch.stops import From
from refusion.values.said import Fact, Said, said

if TYPE_CHECKING:
    from refusion.claims.answer_rules import AnswerRule

Number = Annotated[int, typer.Argument(metavar="RULE", help="The rule's number.", min=1, max=2**31 - 1)]
Until = Annotated[
    datetime | None, typer.Option("--to", formats=ISO, metavar="DAY", help="The last day it holds, YYYY-MM-DD.", show_default=False)
]


def add_rules(group: typer.Typer) -> None:
    """Add the verbs to ``refusion settings``."""
    group.command("rules")(rules)
    group.command("propose-rule")(propose)
    group.command("approve-rule")(approve)
    group.command("withdraw-rule")(withdraw)


def rules(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the answers that were proposed and approved, by whom, with the digits to approve them by."""
    from refusion.wiring.start import started

    with started():
        from refusion.claims.answer_rules import granted_without_rule
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "rules") as reads:
            found = reads.answer_rules()
        today = house().today()
    if json is not None:
        write_json([_as_json(rule) for rule in found], json)
    if json != STANDARD_OUTPUT:
        for rule in found:
            typer.echo(sentence(_row(rule)))
        granted = granted_without_rule(found, today)
        if granted:
            typer.echo(sentence(said("watch.rules_granted", fields=", ".join(granted))))


def propose(
    field: Annotated[str, typer.Argument(help="weekly_hours | wage_paid | agreement_56 | pregnancy | contact")],
    value: Annotated[str, typer.Argument(help="The answer: hundredths of hours, yes or no, or text.")],
    *,
    because: Annotated[str, typer.Option(help="Why it is true of everybody.")],
    since: From,
    until: Until = None,
    institution: InstitutionCode = None,
) -> None:
    """Propose an answer for all absences that begin on the rule's days; nothing is answered by it before it is approved."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.watch.rules import Proposal

        proposal = Proposal(field, value, because, since.date(), day_of(until))
        rule = house().propose_rule(from_shell(), institution_code(institution), proposal)
    typer.echo(sentence(_row(rule)))


def approve(
    rule: Number,
    digits: Annotated[str, typer.Argument(help="The first digits of the rule's hash as it was shown, eight at least.")],
    institution: InstitutionCode = None,
) -> None:
    """Approve a rule that somebody else proposed, in the words that were shown; cases that waited for it go on."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        approved = house().approve_rule(from_shell(), institution_code(institution), rule, digits)
    typer.echo(sentence(_row(approved)))


def withdraw(rule: Number, institution: InstitutionCode = None) -> None:
    """Withdraw a rule: what it answered stays as it was filed, nothing more is answered by it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        withdrawn = house().withdraw_rule(from_shell(), institution_code(institution), rule)
    typer.echo(sentence(_row(withdrawn)))


def _row(rule: AnswerRule) -> Said:
    facts: dict[str, Fact] = {"rule": rule.name, "field": rule.field, "value": rule.value, "because": rule.because}
    facts["since"] = rule.valid_from
    until, by = rule.valid_until, rule.proposed_by
    if rule.withdrawn_by is not None:
        return said("watch.rule_withdrawn", by=rule.withdrawn_by, until=until, **facts)
    if rule.approved_by is not None:
        return said("watch.rule_approved", by=by, approver=rule.approved_by, until=until, **facts)
    return said("watch.rule_proposed", by=by, until=until, digits=rule.content_hash[:8], **facts)


def _as_json(rule: AnswerRule) -> dict[str, object]:
    return {
        "rule": rule.name,
        "field": rule.field,
        "value": rule.value,
        "because": rule.because,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until and rule.valid_until.isoformat(),
        "hash": rule.content_hash,
        "proposed_by": rule.proposed_by,
        "approved_by": rule.approved_by,
        "withdrawn_by": rule.withdrawn_by,
    }
