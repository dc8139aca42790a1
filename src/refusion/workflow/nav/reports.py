"""Takes NAV's settlement reports in: as files, or polled from NAV; the same report twice is once, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.settlements.nav_items.place import Part
from refusion.settlements.nav_report import ReportHead, SettlementReport, Sorted, refuse_contradictions, sort_out
from refusion.values.said import BadInput, Said, said
from refusion.watch.facts import Kind
from refusion.workflow.nav.place import placing
from refusion.workflow.nav.run import world_of
from refusion.workflow.nav.tell import open_task, tell_differences
from refusion.workflow.ports.authority import Unknown
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import KeptLine
from refusion.workflow.ports.norway.nav import Nav, NavAnswer
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id

KIND, READ_UNTIL = "nav-report", "nav reports"


@dataclass(frozen=True, slots=True)
class ReportAbsorbed:
    """What became of a report: its øre, lines, and how many of them are parked with how much; ``again`` when it was known."""

    total: int
    lines: int
    parked: int
    parked_total: int
    pays_on: date
    again: bool = False


@dataclass(frozen=True, slots=True)
class Polled:
    """What polling brought: new reports, and whether NAV was silent before the list was done."""

    absorbed: tuple[ReportAbsorbed, ...]
    refused: int
    silent: bool


def import_report(ports: Ports, actor: Actor, institution: str, name: str, raw: bytes, *, pays_on: date | None = None) -> ReportAbsorbed:
    """Take a report in that came as a file.

    Raises BadInput for one that is cut, contradicts itself or is another organisation's; then nothing of it is booked and the
    file is kept as refused.
    """
    world = world_of(ports)
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_nav_report", str(file.id), {"size": len(raw)})
    try:
        report = world.reports.read(name, raw, pays_on)
    except BadInput as bad:
        refuse(ports, actor, institution, file, bad)
        raise
    return _take(ports, actor, institution, file, report)


def poll_reports(ports: Ports, actor: Actor, institution: str) -> Polled:
    """Ask NAV for reports that are new since the last one read, and take each in; done twice it finds nothing new.

    A report that contradicts itself is kept as refused, with a task's worth of words, and the next is read.
    """
    nav = world_of(ports).reached
    with ports.work(institution, actor) as tx:
        organisation, after = tx.institution.company_number, int(tx.messages.marker(READ_UNTIL) or 0)
    heads = nav.read_reports(nav.send(nav.encode_reports(organisation, after)))
    if isinstance(heads, Unknown):
        return Polled((), 0, silent=True)
    absorbed: list[ReportAbsorbed] = []
    refused = 0
    for head in heads:
        answer = nav.send(nav.encode_content(head))
        if not isinstance(answer, NavAnswer):
            return Polled(tuple(absorbed), refused, silent=True)
        try:
            found = _fetched(ports, actor, institution, nav, (head, answer))
        except BadInput:
            refused += 1
        else:
            if found is None:
                return Polled(tuple(absorbed), refused, silent=True)
            absorbed.append(found)
        _read_until(ports, actor, institution, head)
    return Polled(tuple(absorbed), refused, silent=False)


def _fetched(
    ports: Ports, actor: Actor, institution: str, nav: Nav, told: tuple[ReportHead, NavAnswer]
) -> ReportAbsorbed | None:
    """Take one fetched report in; None where its answer cannot be read. Raises BadInput for one that contradicts itself."""
    head, answer = told
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, f"nav-{head.id}.csv", answer.raw, tx.at.now)
        tx.audit.note("receive_nav_report", str(file.id), {"number": head.id or 0})
    report = nav.read_content(head, answer)
    return None if isinstance(report, Unknown) else _take(ports, actor, institution, file, report)


def _read_until(ports: Ports, actor: Actor, institution: str, head: ReportHead) -> None:
    with ports.work(institution, actor) as tx:
        tx.messages.set_marker(READ_UNTIL, str(head.id))
        tx.audit.note("nav_read_until", str(head.id), {})


def _take(ports: Ports, actor: Actor, institution: str, file: RawFile, report: SettlementReport) -> ReportAbsorbed:
    try:
        with ports.work(institution, actor) as tx:
            refuse_contradictions(report, file.name, {tx.institution.company_number}, tx.at.day)
            return _absorbed(tx, file, report)
    except BadInput as bad:
        refuse(ports, actor, institution, file, bad)
        raise


def look_through(ports: Ports, actor: Actor, institution: str) -> None:
    """Tell a person of what NAV's reports say otherwise than we claimed, as soon as they are in."""
    with ports.work(institution, actor) as tx:
        tell_differences(tx)
        tx.audit.note("nav_look_through", tx.at.day.isoformat(), {})


def refuse(ports: Ports, actor: Actor, institution: str, file: RawFile, bad: BadInput) -> None:
    """Keep a report as refused, with its problems, and ask a person to look."""
    with ports.work(institution, actor) as tx:
        tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
        open_task(tx, Kind.NAV_REPORT_REFUSED, file.id, said("refusjon.report_refused", name=file.name))
        tx.audit.note("refuse_nav_report", str(file.id), {"problems": len(bad.problems)})


def _absorbed(tx: Transaction, file: RawFile, report: SettlementReport) -> ReportAbsorbed:
    if tx.norway.reports.has(file.id, report.head):
        return ReportAbsorbed(report.total, len(report.lines), 0, 0, report.head.pays_on, again=True)
    sorted_out = sort_out(report, {tx.institution.unit_number, *tx.norway.facts.workplaces()})
    lines = _lines(tx, report, sorted_out)
    tx.norway.reports.keep(report, file.id, lines, tx.at.now)
    tx.files.set_state(file.id, "absorbed")
    tx.tasks.close(task_id(tx, Kind.NAV_REPORT_REFUSED, file.id), tx.at.day, tx.actor.name)
    parked = [one for one in lines if one.because is not None]
    tx.audit.note("absorb_nav_report", str(file.id), {"total": report.total, "lines": len(lines), "parked": len(parked)})
    return ReportAbsorbed(report.total, len(lines), len(parked), sum(one.line.amount for one in parked), report.head.pays_on)


def _lines(tx: Transaction, report: SettlementReport, found: Sorted) -> list[KeptLine]:
    persons, by, pays_on = tx.norway.facts.persons([line.person for line in report.lines]), placing(tx), report.head.pays_on
    doubts = {one.line.place: one.because for one in found.parked}
    kept = []
    for line in report.lines:
        person = persons.get(line.person)
        told: Said | tuple[Part, ...] = doubts.get(line.place) or by.place(line, person, pays_on)
        parts, because = ((), told) if isinstance(told, Said) else (told, None)
        kept.append(KeptLine(line, person, parts, because))
    return kept
