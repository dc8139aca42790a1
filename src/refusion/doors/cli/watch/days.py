"""``refusion deadlines``, ``late`` and ``partial-hours``: the days of a case, tasks past theirs, and hours due by the 12th."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Fact, Refused, Said, said

if TYPE_CHECKING:
    from datetime import tzinfo

    from refusion.store.reads.waits.case_days import CaseDays, ReportDays
    from refusion.store.reads.waits.standing import LateRow
    from refusion.watch.deadlines import Deadline, Timeliness
    from refusion.watch.partial_hours import HoursOwed

CaseNumber = Annotated[int, typer.Argument(metavar="CASE", help="The case's number.", min=1, max=2**63 - 1)]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("deadlines")(deadlines)
    app.command("late")(late)
    app.command("partial-hours")(partial_hours)


def deadlines(case: CaseNumber, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show a case's deadlines in law and at the service centre, and the proof of each report by its signing time."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), f"deadlines {case}") as reads:
            found = reads.case_days(case)
        zone = house().now().zone
    if found is None:
        raise Refused(said("watch.no_case", number=case))
    if json is not None:
        write_json(_days_as_json(found, zone), json)
    if json != STANDARD_OUTPUT:
        for line in _days(found, zone):
            typer.echo(sentence(line))


def late(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the tasks past their safe day, or handed on for a holiday, with whom they stand and their kroner."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "late") as reads:
            found = reads.late_tasks()
    if json is not None:
        write_json([_late_as_json(row) for row in found], json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("watch.late_sum", count=len(found), amount_ore=sum(row.at_stake for row in found))))
        for row in found:
            typer.echo(_late(row))


def partial_hours(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show whose hours of a partial return are missing, and by which 12th they are due."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "partial-hours") as reads:
            found = reads.hours_owed()
    if json is not None:
        write_json([_owed_as_json(one) for one in found], json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("watch.hours_sum", count=len(found), amount_ore=sum(one.amount for one in found))))
        for one in found:
            typer.echo(sentence(_owed(one)))


def _owed(one: HoursOwed) -> Said:
    facts: dict[str, Fact] = {"case": one.case_number, "person": one.person, "weeks": ", ".join(map(str, one.weeks))}
    return said("watch.hours_owed", due_deadline=one.due, warn_on=one.warn_on, amount_ore=one.amount, **facts)


def _days(found: CaseDays, zone: tzinfo) -> list[Said]:
    lines = [_deadline("watch.days_notify", one) for one in found.deadlines]
    for claim in found.claims:
        lines.append(said("watch.days_claim", claim=claim.number, first=claim.first_day, last=claim.last_day, expected_ore=claim.expected))
        lines += [_deadline("watch.days_request", one) for one in claim.deadlines]
    return lines + [_report(report, zone) for report in found.reports]


def _deadline(key: str, one: Deadline) -> Said:
    return Said(key, {"layer": sentence(Said(f"watch.layer_{one.layer.value}")), "day_deadline": one.day})


def _report(report: ReportDays, zone: tzinfo) -> Said:
    proof = _proof(report, zone)
    if proof is None:
        return said("watch.report_unsigned", kind=report.kind, legal_deadline=report.legal_day)
    key = "watch.report_kept" if proof.kept else "watch.report_missed"
    at = proof.signed_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z")
    return said(key, kind=report.kind, signed=at, receipt=report.receipt, legal_deadline=report.legal_day)


def _proof(report: ReportDays, zone: tzinfo) -> Timeliness | None:
    from refusion.watch.deadlines import timeliness

    return None if report.signed_at is None else timeliness(report.signed_at, report.legal_day, zone)


def _late(row: LateRow) -> str:
    who = row.colleague or sentence(Said(f"watch.turn_{row.turn}"))
    facts: dict[str, Fact] = {"case": row.case_number, "who": who, "days": row.days_late, "what": sentence(row.said)}
    return sentence(said("watch.late_row", amount_ore=row.at_stake, **facts))


def _days_as_json(found: CaseDays, zone: tzinfo) -> dict[str, object]:
    return {
        "notified_on": found.notified_on and found.notified_on.isoformat(),
        "deadlines": [_deadline_as_json(one) for one in found.deadlines],
        "claims": [
            {"claim": claim.number, "state": claim.state, "deadlines": [_deadline_as_json(one) for one in claim.deadlines]}
            for claim in found.claims
        ],
        "reports": [_report_as_json(report, zone) for report in found.reports],
    }


def _deadline_as_json(one: Deadline) -> dict[str, str]:
    return {"layer": one.layer.value, "step": one.step.value, "day": one.day.isoformat()}


def _report_as_json(report: ReportDays, zone: tzinfo) -> dict[str, object]:
    proof = _proof(report, zone)
    return {
        "kind": report.kind,
        "state": report.state,
        "legal_day": report.legal_day.isoformat(),
        "signed_at": report.signed_at and report.signed_at.isoformat(),
        "kept": proof and proof.kept,
        "spare_seconds": proof and int(proof.spare.total_seconds()),
        "receipt": report.receipt,
        "order_by": report.order_by and report.order_by.isoformat(),
        "ordered_on": report.sent_on and report.sent_on.isoformat(),
        "order_receipt": report.order_receipt,
    }


def _late_as_json(row: LateRow) -> dict[str, object]:
    return {
        "task": str(row.task),
        "case": row.case_number,
        "what": row.said.key,
        "turn": row.turn,
        "person": row.colleague,
        "days_late": row.days_late,
        "at_stake_ore": row.at_stake,
        "safe_day": row.safe_day and row.safe_day.isoformat(),
        "legal_day": row.legal_day and row.legal_day.isoformat(),
        "because": row.because,
    }


def _owed_as_json(one: HoursOwed) -> dict[str, object]:
    return {
        "case": one.case_number,
        "person": one.person,
        "unit": one.unit,
        "weeks": [week.isoformat() for week in one.weeks],
        "amount_ore": one.amount,
        "due": one.due.isoformat(),
        "warn_on": one.warn_on.isoformat(),
    }
