"""Cases: the list, the search that leaves no number in an address, the whole chain of one, facts entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from refusion.absences.facts import Question
from refusion.access import Duty
from refusion.cases.facts import State
from refusion.doors.api.operation import Call, Field, Operation, there
from refusion.doors.api.operations.fields import DOCUMENT, ID, LIMIT, NUMBER, USUAL, VALID_FROM, VALID_UNTIL
from refusion.doors.api.operations.work import VALUE
from refusion.doors.api.plain import masked
from refusion.store.reads.case import CaseChain
from refusion.store.reads.cases import CasesPage
from refusion.store.reads.waits.case_days import CaseDays
from refusion.values.said import BadInput, Problem, said
from refusion.wiring.reading import is_national_number

PURPOSES = ("answer", "complaint", "control", "person_asks")
BEFORE = Field("before", "Where to go on: `before` of the page before.", int, required=False, least=1)
STATE = Field("state", "Cases in this state alone.", required=False, choices=tuple(state.value for state in State))
ASKED = Field("asked", "A case number, a national number, or part of a name.", longest=100)
PURPOSE = Field("purpose", "What the person is looked up for; a national number asks for it.", required=False, choices=PURPOSES)
QUESTION = Field("question", "What the fact answers.", choices=tuple(question.value for question in Question))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was sent or came, national numbers masked."""

    direction: str
    at: datetime
    case_number: int
    text: str


def _cases(call: Call) -> CasesPage:
    with call.reading() as reads:
        return reads.cases(call.given["state"], call.given["before"], call.given["limit"] or USUAL)


def _search(call: Call) -> CasesPage:
    asked, purpose = call.given["asked"], call.given["purpose"]
    if is_national_number(asked) and purpose is None:
        raise BadInput(Problem(said("api.purpose_needed"), said("api.purpose_needed_remedy"), column="purpose"))
    with call.house.reading(*call.at, f"{call.purpose} {purpose or 'search'}") as reads:
        return reads.search(asked, USUAL)


def _case(call: Call) -> CaseChain:
    with call.reading() as reads:
        return there(reads.case(call.given["number"]))


def _days(call: Call) -> CaseDays:
    with call.reading() as reads:
        return there(reads.case_days(call.given["number"]))


def _message(call: Call) -> Letter:
    with call.reading() as reads:
        found = there(reads.message(call.given["id"]))
    return Letter(found.direction, found.at, found.case_number, masked(found.raw.decode("utf-8", "replace")))


def _enter(call: Call) -> None:
    given = call.given
    told = {name: given[name] for name in ("valid_from", "valid_until", "document")}
    call.house.enter_fact(*call.at, _case(call).head.employment, given["question"], given["value"], **told)


CASES = (
    Operation("cases", "GET", "/cases", Duty.SEE_CASES, "Cases from the newest down.", _cases, CasesPage, query=(STATE, BEFORE, LIMIT)),
    Operation("search_cases", "POST", "/cases/search", Duty.SEE_CASES, "Find cases by number, national number or name.", _search,
              CasesPage, body=(ASKED, PURPOSE), only_reads=True),
    Operation("case", "GET", "/cases/{number}", Duty.SEE_CASE, "A case with its whole chain of evidence.", _case, CaseChain, at=(NUMBER,)),
    Operation("case_days", "GET", "/cases/{number}/days", Duty.SEE_CASE,
              "A case's deadlines, legal and safe, and when each report was signed.", _days, CaseDays, at=(NUMBER,)),
    Operation("message", "GET", "/messages/{id}", Duty.SEE_CASE, "A message as it was sent or came.", _message, Letter, at=(ID,)),
    Operation("enter_fact", "POST", "/cases/{number}/facts", Duty.ENTER_FACT, "Enter a fact that payroll lacks, for the case's employment.",
              _enter, at=(NUMBER,), body=(QUESTION, VALUE, DOCUMENT, VALID_FROM, VALID_UNTIL), also=(Duty.SEE_CASE,)),
)  # fmt: skip
