"""Open lines: what they may be for, and everything that may be done about them but a second person's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import LINE, NUMBER, REASON
from refusion.settlements.suggestions.facts import Suggestion
from refusion.workflow.settlements.board import Board, Proposal
from refusion.workflow.settlements.by_hand import Given

MOST_ORE = 10**11
CODE = Field("code", "The code of a suggestion on the board.", longest=20)
UNTIL = Field("until", "The day on which it comes back.", date)
CLAIM = Field("claim", "The claim's number.", int, least=1)
ONE_CLAIM = Field("claim", "The claim's number; all of the line's where none is named.", int, required=False, least=1)
ANY_LINE = Field("line", "The bank line's number.", int, least=1)
AMOUNT = Field("amount", "Øre; all that is left of the line where none is named.", int, required=False, least=-MOST_ORE, most=MOST_ORE)
SHARES = Field("shares", "What each line gives each claim.", parts=(ANY_LINE, CLAIM, AMOUNT))
OPEN = Field("only_open", "Undecided proposals alone.", bool, required=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """Øre that were matched or taken back."""

    amount: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of what was made."""

    number: int


def _board(call: Call) -> Board:
    return call.house.matching_board(*call.at)


def _write_offs(call: Call) -> tuple[Proposal, ...]:
    return call.house.write_offs(*call.at, only_open=call.given["only_open"] is not False)


def _accept(call: Call) -> Suggestion:
    return call.house.accept_suggestion(*call.at, call.given["line"], call.given["code"])


def _match(call: Call) -> Moved:
    shares: list[dict[str, Any]] = call.given["shares"]
    given = [Given(one["line"], one["claim"], one["amount"]) for one in shares]
    return Moved(call.house.match_by_hand(*call.at, given, call.given["reason"]))


def _undo(call: Call) -> Moved:
    return Moved(call.house.undo_match(*call.at, call.given["line"], call.given["reason"], claim=call.given["claim"]))


def _park(call: Call) -> None:
    call.house.park_line(*call.at, call.given["line"], reason=call.given["reason"], until=call.given["until"])


def _line_off(call: Call) -> Numbered:
    return Numbered(call.house.propose_line_write_off(*call.at, call.given["line"], call.given["reason"]))


def _claim_off(call: Call) -> Numbered:
    return Numbered(call.house.propose_claim_write_off(*call.at, call.given["number"], call.given["reason"]))


def _withdraw(call: Call) -> None:
    call.house.withdraw_write_off(*call.at, call.given["number"])


MATCHING = (
    Operation("matching_board", "GET", "/payments/board", Duty.SEE_PAYMENTS, "What lies open between bank and claims.", _board, Board),
    Operation("accept_suggestion", "POST", "/payments/{line}/accept", Duty.MATCH_PAYMENTS, "Match what is suggested for a line.", _accept,
              Suggestion, at=(LINE,), body=(CODE,)),
    Operation("match_by_hand", "POST", "/payments/match", Duty.MATCH_PAYMENTS, "Match, split or join as a person says.", _match, Moved,
              body=(SHARES, REASON)),
    Operation("undo_match", "POST", "/payments/{line}/undo", Duty.MATCH_PAYMENTS, "Take back what a line was matched with.", _undo, Moved,
              at=(LINE,), body=(REASON, ONE_CLAIM)),
    Operation("park_line", "POST", "/payments/{line}/park", Duty.MATCH_PAYMENTS, "Lay a line aside until a day.", _park, at=(LINE,),
              body=(REASON, UNTIL)),
    Operation("propose_line_write_off", "POST", "/payments/{line}/write-off", Duty.PROPOSE_WRITE_OFF,
              "Propose to give up what is left of a line.", _line_off, Numbered, at=(LINE,), body=(REASON,)),
    Operation("propose_claim_write_off", "POST", "/claims/{number}/write-off", Duty.PROPOSE_WRITE_OFF,
              "Propose to give up a claim's open difference.", _claim_off, Numbered, at=(NUMBER,), body=(REASON,)),
    Operation("write_offs", "GET", "/write-offs", Duty.SEE_PAYMENTS, "Proposals to write off.", _write_offs, Proposal, query=(OPEN,),
              paged=True),
    Operation("withdraw_write_off", "POST", "/write-offs/{number}/withdraw", Duty.PROPOSE_WRITE_OFF, "Withdraw a proposal.", _withdraw,
              at=(NUMBER,)),
)  # fmt: skip
