"""Register a report on a condition, by the administrator or by the county itself; late is late unless an exception says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from refusion.access import Duty, may
from refusion.grants.course.matters import Matter
from refusion.grants.course.records import COUNTRY, PaperKind, Received
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import Event, State
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.grants.course import Course, need_text, on_course
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

ADMINISTRATOR, COUNTY = "administrator", "landsting"


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be registered: on which matter, its diary number, when it came (None: now), evidence by check.

    ``exception`` is why a late one counts; ``late`` registers one that does not; ``interim`` is one on the way to the report itself.
    """

    pot: str
    who: str
    diary: str
    received_at: datetime | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    exception: str = ""
    late: bool = False
    interim: bool = False


def register_report(ports: Ports, actor: Actor, institution: str, name: str, report: Report) -> Received:
    """Register a report with its diary number and time stamp.

    Raises Refused for a matter that was reported on already, a diary number that was used, evidence of a check that the condition does
    not have, a report after the last day without an exception, and a user who reports for another county than his own.
    """

    def act(course: Course) -> Received:
        matter = course.standing.matter(report.pot, report.who)
        sent_by = _sender(course, matter, report)
        received = _received(course, matter, report, sent_by)
        course.move(matter, Event.REPORTED_ON_THE_WAY if report.interim else Event.REPORTED, report.exception)
        course.tx.agreements.keep_report(course.standing.id, received)
        told = {"pot": matter.pot, "who": matter.who, "diary": received.diary, "late": received.late, "sent_by": sent_by}
        course.tx.audit.note("register_report", str(received.id), told)
        return received

    return on_course(ports, actor, institution, name, act)


def _sender(course: Course, matter: Matter, report: Report) -> str:
    """Tell who sends: a user who is no administrator speaks for his own county alone, now, and excuses nothing."""
    actor = course.tx.actor
    if actor.is_house or may(actor.roles, Duty.ADMINISTER_GRANT):
        return ADMINISTRATOR
    paper = course.standing.paper(PaperKind.REPORTER, actor.name)
    if paper is None or paper.content.get("county") != matter.who:
        raise Refused(said("agreements.not_your_county", who=course.standing.payee_name(matter.who)))
    if report.exception or report.received_at is not None:
        raise Refused(said("agreements.exception_not_yours"))
    return COUNTY


def _received(course: Course, matter: Matter, report: Report, sent_by: str) -> Received:
    standing, tx = course.standing, course.tx
    _refuse_twice(course, matter, report)
    checks = {check.id for check in standing.agreement.checks if check.pot == matter.pot}
    strange = sorted(set(report.evidence) - checks)
    if strange:
        raise Refused(said("agreements.check_unknown", checks=", ".join(strange), pot=matter.pot, known=", ".join(sorted(checks))))
    at = report.received_at or tx.at.now
    if at > tx.at.now:
        raise Refused(said("agreements.day_to_come", day=tx.at.day_of(at)))
    day = tx.at.day_of(at)
    late = _late(course, matter, report, day)
    number = len(standing.reports_of(*matter.key)) + 1
    id = derived_id(tx.institution.namespace, "condition_report", standing.id, *matter.key, number)
    evidence = {check: text.strip() for check, text in report.evidence.items() if text.strip()}
    return Received(
        id, matter.pot, matter.who, number, report.diary.strip(), at, day, sent_by, evidence, report.exception.strip(), late,
        report.interim, tx.actor.name,
    )  # fmt: skip


def _refuse_twice(course: Course, matter: Matter, report: Report) -> None:
    diary = need_text(report.diary, said("agreements.no_diary_number"))
    if course.state(matter) not in {State.EXPECTED, State.COMPLETION_REQUESTED}:
        came = course.standing.reports_of(*matter.key)
        day = came[-1].received_on if came else None
        raise Refused(said("agreements.reported_twice", pot=matter.pot, who=course.standing.payee_name(matter.who), day=day))
    used = next((one for one in course.standing.reports if one.diary == diary), None)
    if used is not None:
        raise Refused(said("agreements.diary_number_used", diary=diary, pot=used.pot, who=course.standing.payee_name(used.who)))


def _last_day(course: Course, matter: Matter, report: Report) -> date | None:
    """Give the last day of a report; raises Refused for one on the way that nobody asked for."""
    if not report.interim:
        return course.standing.last_day(*matter.key)
    days = course.standing.interim_days(matter.pot)
    came = sum(one.interim for one in course.standing.reports_of(*matter.key))
    if came >= len(days):
        raise Refused(said("agreements.no_interim_asked", pot=matter.pot))
    return days[came]


def _late(course: Course, matter: Matter, report: Report, day: date) -> bool:
    """Tell a late report; raises Refused for one that is neither excused nor registered as late."""
    last = _last_day(course, matter, report)
    if last is None or day <= last or report.exception.strip():
        return False
    if not report.late:
        raise Refused(said("agreements.evidence_late", pot=matter.pot, day=day, last_day=last))
    return True


def own_conditions(ports: Ports, actor: Actor, institution: str, name: str) -> Standing | None:
    """Give an agreement with the records of the reporter's own county alone, of all counties to an administrator.

    None for somebody who reports for no county.
    """
    with ports.work(institution, actor) as tx:
        standing = tx.agreements.standing(name)
        if actor.is_house or may(actor.roles, Duty.ADMINISTER_GRANT):
            return standing
        paper = standing.paper(PaperKind.REPORTER, actor.name)
        county = "" if paper is None else str(paper.content.get("county"))
        return _of_county(standing, county) if county in (*standing.agreement.codes, COUNTRY) else None


def _of_county(standing: Standing, who: str) -> Standing:
    """Leave out what other counties reported, were decided and are paid."""
    agreement = replace(standing.agreement, counties=tuple(one for one in standing.agreement.counties if one.code == who))
    return Standing(
        standing.id,
        agreement,
        papers=tuple(paper for paper in standing.papers if paper.kind is PaperKind.REQUIREMENT),
        steps=tuple(step for step in standing.steps if step.who == who),
        reports=tuple(report for report in standing.reports if report.who == who),
        decisions=tuple(one for one in standing.decisions if one.who == who and one.approved_at is not None),
    )
