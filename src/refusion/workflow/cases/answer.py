"""What a person tells us that payroll lacks: kept with document and validity, and acted on at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from refusion.absences.facts import Entered, Question
from refusion.claims.answers import FATHER, MOTHER
from refusion.claims.funds.rights import GROUPS, SECTORS, SHARES
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.cases.meet import meet_payroll
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

HUNDREDTHS = re.compile(r"\d{1,5}")
WEEKS, DAYS = re.compile(r"-?\d{1,2}"), re.compile(r"\d{1,3}")
MOST_HOURS = 16800
GRADE, ORE = re.compile(r"[1-9]\d?"), re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says: canonical text (hundredths of hours, ``yes`` or ``no``, an ISO day, a count), its days, its document."""

    value: str
    valid_from: date
    valid_until: date | None
    document: str


def answer_question(
    ports: Ports, actor: Actor, institution: str, task: UUID, told: Told
) -> None:
    """Answer the question of a task and close it.

    Raises Refused when the task asks nothing or the value cannot be right; the reason stands in ``because``.
    """
    with ports.work(institution, actor) as tx:
        asked = tx.tasks.find(task)
        if asked.kind is not Kind.ANSWER_MISSING or asked.question is None or asked.case is None:
            raise Refused(said("cases.task_asks_nothing"))
        question = Question(asked.question)
        case = tx.cases.find(asked.case)
        _keep(tx, case.employment, question, told)
        tx.tasks.close(task, tx.at.day, actor.name)
        meet_payroll(tx, case)
        tx.audit.note("answer_question", str(task), {"question": question.value, "document": told.document})


def enter_fact(
    ports: Ports, actor: Actor, institution: str, employment: UUID, told: tuple[Question, Told]
) -> None:
    """Enter a fact that payroll lacks, with its first and last day; cases of the employment are looked at again.

    Raises Refused when the value or the days cannot be right.
    """
    with ports.work(institution, actor) as tx:
        _keep(tx, employment, *told)
        tx.payroll.touch_employment(employment)
        for case in tx.cases.of_employment(employment):
            meet_payroll(tx, case)
        tx.audit.note("enter_fact", str(employment), {"question": told[0].value, "document": told[1].document})


def is_hours(value: str) -> bool:
    """Tell whether the text is hundredths of the hours that a week can have."""
    return HUNDREDTHS.fullmatch(value) is not None and int(value) <= MOST_HOURS


def is_yes_or_no(value: str) -> bool:
    """Tell whether the text is ``yes`` or ``no``."""
    return value in ("yes", "no")


def is_day(value: str) -> bool:
    """Tell whether the text is a day in ISO form."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


CAN_BE: Mapping[Question, Callable[[str], bool]] = MappingProxyType({
    Question.WEEKLY_HOURS: is_hours,
    Question.HOURS_WORKED: is_hours,
    Question.AGREEMENT_56: is_yes_or_no,
    Question.FLEKSJOB_DECISION: is_yes_or_no,
    Question.PREGNANCY_CAUSE: is_yes_or_no,
    Question.OTHER_EMPLOYER: is_yes_or_no,
    Question.EXPECTED_BIRTH: is_day,
    Question.FILED_ELSEWHERE: is_yes_or_no,
    Question.PARENT: lambda value: value in (MOTHER, FATHER),
    Question.CHILD_BORN: is_day,
    Question.WEEKS_TRANSFERRED: lambda value: WEEKS.fullmatch(value) is not None,
    Question.HOSPITAL_DAYS: lambda value: DAYS.fullmatch(value) is not None,
    Question.SOLE_PROVIDER: is_yes_or_no,
    Question.FLEKSJOB_SHARE: lambda value: value in SHARES,
    Question.SUBSIDY_SECTOR: lambda value: value in SECTORS,
    Question.CLARIFICATION_GROUP: lambda value: value in GROUPS,
    Question.PAY_GRADE: lambda value: GRADE.fullmatch(value) is not None,
    Question.EXCLUDED_PAY: lambda value: ORE.fullmatch(value) is not None,
})


def _keep(tx: Transaction, employment: UUID, question: Question, told: Told) -> None:
    if not CAN_BE[question](told.value):
        raise Refused(said("cases.answer_cannot_be", question=question.value, value=told.value))
    if told.valid_until is not None and told.valid_until < told.valid_from:
        raise Refused(said("cases.valid_until_before_from"))
    if not told.document.strip():
        raise Refused(said("cases.document_missing"))
    house, earlier = tx.institution.namespace, len(tx.payroll.entered(employment))
    entered = Entered(
        id=derived_id(house, "entered", employment, question.value, told.valid_from, told.value, earlier),
        employment=employment,
        question=question,
        value=told.value,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        document=told.document.strip(),
        entered_by=tx.actor.name,
        entered_at=tx.at.now,
    )
    tx.payroll.keep_entered(entered)
