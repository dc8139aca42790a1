"""Review what was reported: begin, ask for its completion by a day, open again what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from refusion.grants.evidence import Event, State
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import Refused, said
from refusion.workflow.grants.course import Course, matters_named, need_text, on_course
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def begin_review(ports: Ports, actor: Actor, institution: str, name: str, pot: str, *, whos: Sequence[str]) -> int:
    """Begin to review what counties reported on a condition, all that came where nobody is named; give their number.

    Raises Refused where the requirement that they are reviewed by was not set, NotAnswered where nothing was reported.
    """

    def act(course: Course) -> int:
        if course.standing.unset_requirements(pot):
            raise Refused(said("agreements.requirement_missing", pot=pot))
        found = matters_named(course.standing, pot, whos)
        if not whos:
            found = tuple(matter for matter in found if course.state(matter) is State.RECEIVED)
        if not found:
            raise NotAnswered(said("agreements.nothing_received", pot=pot))
        for matter in found:
            course.move(matter, Event.REVIEW_BEGAN)
        course.tx.audit.note("begin_review", str(course.standing.id), {"pot": pot, "who": [one.who for one in found]})
        return len(found)

    return on_course(ports, actor, institution, name, act)


def ask_completion(ports: Ports, actor: Actor, institution: str, name: str, asked: tuple[str, str, str], *, due: date) -> None:
    """Ask a county to complete what it reported: condition, county, what lacks; ``due`` is the last day of the answer.

    Raises Refused without a reason and for a day that is past, NotAnswered where nothing is under review.
    """
    pot, who, why = asked

    def act(course: Course) -> None:
        matter = course.standing.matter(pot, who)
        reason = need_text(why, said("agreements.no_reason"))
        if due < course.tx.at.day:
            raise Refused(said("agreements.due_past", day=due))
        course.move(matter, Event.COMPLETION_ASKED, reason, due)
        told = {"pot": pot, "who": who, "due": due, "why": reason}
        course.tx.audit.note("ask_completion", str(course.standing.id), told)

    on_course(ports, actor, institution, name, act)


def reopen(ports: Ports, actor: Actor, institution: str, name: str, asked: tuple[str, str, str]) -> None:
    """Review anew what was decided: condition, county, why; what was paid stays, a later run pays the difference.

    Raises Refused without a reason, NotAnswered for what was not decided.
    """
    pot, who, why = asked

    def act(course: Course) -> None:
        matter = course.standing.matter(pot, who)
        reason = need_text(why, said("agreements.no_reason"))
        course.move(matter, Event.REOPENED, reason)
        course.tx.audit.note("reopen_condition", str(course.standing.id), {"pot": pot, "who": who, "why": reason})

    on_course(ports, actor, institution, name, act)
