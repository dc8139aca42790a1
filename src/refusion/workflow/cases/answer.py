"""What a person tells us that payroll lacks: kept with document and validity, and acted on at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from refusion.absences.facts import Entered, Question
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.cases.meet import meet_payroll
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

WEEK = timedelta(days=6)
HOURS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
MOST_HOURS = 16800


def answer_question(ports: Ports, actor: Actor, institution: str, task: UUID, value: str, document: str) -> None:
    """Answer the question of a task and close it.

    Hours are written as people write them (``37`` or ``18,5``). Raises Refused when the task asks nothing or the
    value cannot be right; the reason stands in ``because``.
    """
    with ports.work(institution, actor) as tx:
        asked = tx.tasks.find(task)
        if asked.kind is not Kind.ANSWER_MISSING or asked.question is None or asked.case is None:
            raise Refused(said("cases.task_asks_nothing"))
        question = Question(asked.question)
        case = tx.cases.find(asked.case)
        week = date.fromisoformat(asked.about) if asked.about else None
        valid = (week, week + WEEK) if week else (case.first_absence_day, None)
        _keep(tx, case.employment, (question, value), valid, document)
        tx.tasks.close(task, tx.at.day, actor.name)
        meet_payroll(tx, case)
        tx.audit.note("answer_question", str(task), {"question": question.value, "document": document})


def enter_fact(
    ports: Ports,
    actor: Actor,
    institution: str,
    employment: UUID,
    fact: tuple[Question, str],
    valid: tuple[date, date | None],
    document: str,
) -> None:
    """Enter a fact that payroll lacks, with its first and last day; cases of the employment are looked at again.

    Raises Refused when the value or the days cannot be right.
    """
    with ports.work(institution, actor) as tx:
        if valid[1] is not None and valid[1] < valid[0]:
            raise Refused(said("cases.valid_until_before_from"))
        _keep(tx, employment, fact, valid, document)
        tx.payroll.touch_employment(employment)
        for case in tx.cases.of_employment(employment):
            meet_payroll(tx, case)
        tx.audit.note("enter_fact", str(employment), {"question": fact[0].value, "document": document})


def canonical_hours(value: str) -> str:
    """Give hours as hundredths; raises Refused for what is no number of hours in a week."""
    written = HOURS.fullmatch(value.strip())
    if written is None:
        raise Refused(said("cases.not_hours", value=value))
    hundredths = int(written.group(1)) * 100 + int((written.group(2) or "0").ljust(2, "0"))
    if hundredths > MOST_HOURS:
        raise Refused(said("cases.too_many_hours", value=value))
    return str(hundredths)


def canonical_yes_or_no(value: str) -> str:
    """Give ``yes`` or ``no``; raises Refused for anything else."""
    if value not in ("yes", "no"):
        raise Refused(said("cases.not_yes_or_no", value=value))
    return value


def canonical_day(value: str) -> str:
    """Give a day as ISO text; raises Refused for anything else."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Refused(said("cases.not_a_day", value=value)) from None


CANONICAL: Mapping[Question, Callable[[str], str]] = MappingProxyType({
    Question.WEEKLY_HOURS: canonical_hours,
    Question.HOURS_WORKED: canonical_hours,
    Question.AGREEMENT_56: canonical_yes_or_no,
    Question.FLEKSJOB_DECISION: canonical_yes_or_no,
    Question.PREGNANCY_CAUSE: canonical_yes_or_no,
    Question.OTHER_EMPLOYER: canonical_yes_or_no,
    Question.EXPECTED_BIRTH: canonical_day,
})


def _keep(
    tx: Transaction,
    employment: UUID,
    fact: tuple[Question, str],
    valid: tuple[date, date | None],
    document: str,
) -> None:
    question, value = fact
    text = CANONICAL[question](value)
    if not document.strip():
        raise Refused(said("cases.document_missing"))
    house, earlier = tx.institution.namespace, len(tx.payroll.entered(employment))
    entered = Entered(
        id=derived_id(house, "entered", employment, question.value, valid[0], text, earlier),
        employment=employment,
        question=question,
        value=text,
        valid_from=valid[0],
        valid_until=valid[1],
        document=document.strip(),
        entered_by=tx.actor.name,
        entered_at=tx.at.now,
    )
    tx.payroll.keep_entered(entered)
