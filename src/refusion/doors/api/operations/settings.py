"""Stages of kinds, settings, colleagues away, answers that are given once for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from refusion.access import Duty
from refusion.cases.stages import Group, Stage, Standing
from refusion.claims.answer_rules import FIELDS, AnswerRule
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import FIRST, ID, LAST, NUMBER, VALID_FROM, VALID_UNTIL
from refusion.watch.deadlines import WorkingModel
from refusion.workflow.cases.stages import Effect, Wanted
from refusion.workflow.ports.institution import Settings
from refusion.workflow.ports.stages import PilotLine
from refusion.workflow.ports.waits import KnownAway
from refusion.workflow.watch.rules import Proposal
from refusion.workflow.watch.settings import Change, Foreseen

KIND = Field("kind", "The kind of refund.", choices=tuple(Group))
STAGE = Field("stage", "How far it is switched on.", choices=tuple(Stage))
SINCE = Field("since", "From this day on; today where none is named.", date, required=False)
CODES = Field("codes", "Payroll's absence codes for the kind, where they are the institution's own.", required=False,
              parts=(Field("code", "One code.", longest=20),))  # fmt: skip
PERSON = Field("person", "The user name.")
CHANGE = (
    Field("filing_day", "The day of the month on which requests are filed.", int, required=False, least=1, most=31),
    Field("safe_margin_days", "Days between the last safe day and the legal one.", int, required=False, most=60),
    Field("contact", "Whom the authority may call.", required=False),
    Field("working_model", "Who speaks to the authority.", required=False, choices=tuple(WorkingModel)),
)
RULE = (
    Field("field", "What is answered.", choices=tuple(FIELDS)),
    Field("value", "The answer, as a task would take it."),
    Field("because", "Why it is true of everybody."),
    VALID_FROM,
    VALID_UNTIL,
)


@dataclass(frozen=True, slots=True)
class Noted:
    """The id of what was noted, to take it back by."""

    id: UUID


def _stages(call: Call) -> tuple[Standing, ...]:
    return tuple(call.house.stages(*call.at).all_on(call.house.today()))


def _wanted(call: Call) -> Wanted:
    given: Any = call.given
    codes = tuple(one["code"] for one in given["codes"] or ())
    return Wanted(Group(given["kind"]), Stage(given["stage"]), given["since"] or call.house.today(), codes)


def _foresee_stage(call: Call) -> Effect:
    return call.house.stage_effect(*call.at, _wanted(call))


def _set_stage(call: Call) -> Effect:
    return call.house.set_stage(*call.at, _wanted(call))


def _pilot(call: Call) -> tuple[PilotLine, ...]:
    return call.house.pilot_lines(*call.at)


def _settings(call: Call) -> Settings:
    with call.reading() as reads:
        return reads.settings()


def _change(call: Call) -> Change:
    model = call.given["working_model"]
    plain = {name: call.given[name] for name in ("filing_day", "safe_margin_days", "contact")}
    return Change(**plain, working_model=None if model is None else WorkingModel(model))


def _foresee(call: Call) -> Foreseen:
    return call.house.foresee_settings(*call.at, _change(call))


def _set(call: Call) -> Foreseen:
    return call.house.change_settings(*call.at, _change(call))


def _away(call: Call) -> tuple[KnownAway, ...]:
    with call.reading() as reads:
        return reads.colleagues_away()


def _note_away(call: Call) -> Noted:
    given = call.given
    return Noted(call.house.note_away(*call.at, given["person"], first=given["first"], last=given["last"]))


def _withdraw_away(call: Call) -> None:
    call.house.withdraw_away(*call.at, call.given["id"])


def _rules(call: Call) -> tuple[AnswerRule, ...]:
    with call.reading() as reads:
        return reads.answer_rules()


def _propose_rule(call: Call) -> AnswerRule:
    return call.house.propose_rule(*call.at, Proposal(**{one.name: call.given[one.name] for one in RULE}))


def _withdraw_rule(call: Call) -> AnswerRule:
    return call.house.withdraw_rule(*call.at, call.given["number"])


SETTINGS = (
    Operation("stages", "GET", "/stages", Duty.SEE_STAGES, "How each kind of refund stands today.", _stages, Standing, paged=True),
    Operation("pilot_lines", "GET", "/stages/pilot", Duty.SEE_STAGES, "What the kinds on pilot expect.", _pilot, PilotLine, paged=True),
    Operation("stage_effect", "POST", "/stages/{kind}/effect", Duty.SET_STAGE, "What a switch would do; nothing is changed.",
              _foresee_stage, Effect, at=(KIND,), body=(STAGE, SINCE, CODES), only_reads=True),
    Operation("set_stage", "POST", "/stages/{kind}", Duty.SET_STAGE, "Switch a kind off, to pilot or live.", _set_stage, Effect, at=(KIND,),
              body=(STAGE, SINCE, CODES)),
    Operation("settings", "GET", "/settings", Duty.SEE_SETTINGS, "The institution's settings.", _settings, Settings),
    Operation("foresee_settings", "POST", "/settings/effect", Duty.CHANGE_SETTINGS, "What a change would move; nothing is saved.", _foresee,
              Foreseen, body=CHANGE, only_reads=True),
    Operation("change_settings", "POST", "/settings", Duty.CHANGE_SETTINGS, "Change settings.", _set, Foreseen, body=CHANGE),
    Operation("colleagues_away", "GET", "/colleagues-away", Duty.SEE_SETTINGS, "Who is away from today on.", _away, KnownAway, paged=True),
    Operation("note_away", "POST", "/colleagues-away", Duty.NOTE_AWAY, "Note a colleague's days away.", _note_away, Noted,
              body=(PERSON, FIRST, LAST)),
    Operation("withdraw_away", "POST", "/colleagues-away/{id}/withdraw", Duty.NOTE_AWAY, "Take days away back.", _withdraw_away, at=(ID,)),
    Operation("answer_rules", "GET", "/answer-rules", Duty.SEE_SETTINGS, "Answers given once for all.", _rules, AnswerRule, paged=True),
    Operation("propose_rule", "POST", "/answer-rules", Duty.PROPOSE_RULE, "Propose an answer that holds once for all.", _propose_rule,
              AnswerRule, body=RULE),
    Operation("withdraw_rule", "POST", "/answer-rules/{number}/withdraw", Duty.PROPOSE_RULE, "Withdraw a rule.", _withdraw_rule, AnswerRule,
              at=(NUMBER,)),
)  # fmt: skip
