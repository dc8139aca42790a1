"""The work list and what is done from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation, there
from refusion.doors.api.operations.fields import DOCUMENT, LIMIT, REASON, TASK, USUAL, VALID_FROM, VALID_UNTIL
from refusion.store.reads.work_list import WorkList, WorkRow
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind, Turn

VALUE = Field("value", "The answer: hundredths of hours, yes or no, an ISO day, a count, øre, or one of the question's own words.")
TURN = Field("turn", "Whose turn it is.", required=False, choices=tuple(turn.value for turn in Turn))
KIND = Field("kind", "What the task is about.", required=False, choices=tuple(kind.value for kind in Kind))


@dataclass(frozen=True, slots=True)
class Myself:
    """Who asks, as the house sees it: name, institution, duties, and the day that the data stands at."""

    name: str
    institution: str
    duties: tuple[str, ...]
    today: date


def _myself(call: Call) -> Myself:
    duties = sorted(role.partition(":")[2] for role in call.actor.roles)
    return Myself(call.actor.name, call.institution, tuple(duties), call.house.today())


def _work(call: Call) -> WorkList:
    turn = call.given["turn"]
    with call.reading() as reads:
        return reads.work_list(None if turn is None else [turn], call.given["kind"], call.given["limit"] or USUAL)


def _task(call: Call) -> WorkRow:
    with call.reading() as reads:
        return there(reads.task(call.given["task"]))


def _answer(call: Call) -> None:
    given = call.given
    days = {"valid_from": given["valid_from"], "valid_until": given["valid_until"]}
    call.house.answer_question(*call.at, given["task"], given["value"], given["document"], **days)


def _close(call: Call) -> None:
    claim = _task(call).claim
    if claim is None:
        raise Refused(said("api.task_has_no_difference"))
    call.house.close_difference(*call.at, claim, call.given["reason"])


def _retry(call: Call) -> None:
    row = _task(call)
    if row.case is None or row.kind != Kind.REFUSED_BY_AUTHORITY:
        raise Refused(said("api.task_was_not_refused"))
    call.house.retry_refused(*call.at, row.case)


WORK = (
    Operation("myself", "GET", "/myself", Duty.READ, "Who asks, with which duties, and the day of the data.", _myself, Myself),
    Operation("work_list", "GET", "/work", Duty.SEE_WORK, "The open tasks, the most valuable first.", _work, WorkList,
              query=(TURN, KIND, LIMIT)),
    Operation("task", "GET", "/tasks/{task}", Duty.SEE_WORK, "One task.", _task, WorkRow, at=(TASK,)),
    Operation("answer_question", "POST", "/tasks/{task}/answer", Duty.ANSWER_QUESTION, "Answer the question of a task.", _answer,
              at=(TASK,), body=(VALUE, DOCUMENT, VALID_FROM, VALID_UNTIL)),
    Operation("close_difference", "POST", "/tasks/{task}/difference", Duty.CLOSE_DIFFERENCE,
              "Close the difference that a task is about, with its reason.", _close, at=(TASK,), body=(REASON,),
              also=(Duty.SEE_WORK,)),
    Operation("retry_refused", "POST", "/tasks/{task}/retry", Duty.RETRY_REFUSED, "File again what the authority refused.", _retry,
              at=(TASK,), also=(Duty.SEE_WORK,)),
)  # fmt: skip
