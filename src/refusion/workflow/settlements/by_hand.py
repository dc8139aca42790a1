"""What a person does about open lines: accept a suggestion, split, join, match by hand, take back, lay aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.claims.facts import Claim, State
from refusion.settlements.suggestions.facts import Suggestion
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.ports.bank import Match
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.matching import OpenLine
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.board import board_of, offered
from refusion.workflow.settlements.compare import compare
from refusion.workflow.settlements.settle import tell_unmatched, undone_said
from refusion.workflow.settlements.share import Share, keep_share, take_back
from refusion.workflow.tasks.ask import task_id

ACCEPTED, BY_HAND = "settlements.accepted", "settlements.by_hand"
# A claim that never left the house expects no money.
NEVER_ASKED = frozenset({State.DROPPED})


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives a claim from a line, by their numbers; ``amount`` is øre, None all that is left of the line."""

    line: int
    claim: int
    amount: int | None = None


def accept(ports: Ports, actor: Actor, institution: str, line: int, code: str) -> Suggestion:
    """Match what is suggested for a line under a code. Raises Refused when it is not suggested any more."""
    with ports.work(institution, actor) as tx:
        tx.matching.alone()
        found = offered(board_of(tx), line, code)
        if not found:
            raise Refused(said("settlements.suggestion_gone", code=code, number=line))
        chosen = found[0].suggestion
        lines = _open(tx)
        why = (ACCEPTED, _reasons(chosen))
        shares = [_share(tx, lines[one.line], (one.claim, one.decision, one.amount), why, ()) for one in chosen.shares]
        _keep(tx, shares)
        tx.audit.note("accept_suggestion", str(tx.matching.line(line)), {"code": code, "score": chosen.score, "kind": chosen.kind.value})
        return chosen


def match_by_hand(ports: Ports, actor: Actor, institution: str, given: Sequence[Given], reason: str) -> int:
    """Match lines with claims as a person says: one with one, one split over several, several joined for one.

    Gives the øre matched. Raises Refused for a line that isn't open, more than is left of it, a claim that expects no
    money, more taken back than came, or no reason.
    """
    with ports.work(institution, actor) as tx:
        tx.matching.alone()
        note = _reason(reason)
        numbers = {line.number: line for line in tx.matching.open_lines()}
        shares: list[Share] = []
        for one in given:
            shares += _given(tx, one, numbers, note, shares)
        _keep(tx, shares)
        total = sum(share.amount for share in shares)
        tx.audit.note("match_by_hand", ",".join(str(one.line) for one in given), {"amount": total, "reason": note})
        return total


def undo(ports: Ports, actor: Actor, institution: str, line: int, reason: str, *, claim: int | None = None) -> int:
    """Take back all standing matches of a line, or those with one claim; give the øre that are open again.

    Nothing is deleted: each match is met by an entry that takes it back, and its postings by theirs. The line then
    waits for a person. Raises Refused when nothing is matched or no reason is given.
    """
    with ports.work(institution, actor) as tx:
        tx.matching.alone()
        note = _reason(reason)
        wrong = _standing(tx, line, claim)
        for match in wrong:
            take_back(tx, match, note)
        opened = _open(tx)[wrong[0].line]
        if not opened.is_parked(tx.at.day):
            tell_unmatched(tx, opened, undone_said(opened))
        taken = sum(match.amount for match in wrong)
        tx.audit.note("undo_match", str(opened.id), {"matches": len(wrong), "amount": taken, "reason": note})
        return taken


def park(ports: Ports, actor: Actor, institution: str, line: int, *, reason: str, until: date) -> None:
    """Lay an open line aside until a day, with the reason; evidence that comes meanwhile still matches it.

    Raises Refused when it isn't open, the day has passed, or no reason is given.
    """
    with ports.work(institution, actor) as tx:
        note = _reason(reason)
        if until <= tx.at.day:
            raise Refused(said("settlements.park_passed", until=until))
        opened = _by_number(tx, line)
        tx.matching.park(opened.id, note, until)
        tx.tasks.close(task_id(tx, Kind.LINE_UNMATCHED, opened.id), tx.at.day, actor.name)
        tx.audit.note("park_line", str(opened.id), {"reason": note, "until": until})


def _keep(tx: Transaction, shares: Sequence[Share]) -> None:
    """Keep shares one after another, compare their claims, and tell what is left of their lines anew."""
    for share in shares:
        keep_share(tx, share)
    for claim in dict.fromkeys(share.claim for share in shares):
        compare(tx, tx.claims.find(claim))
    left = _open(tx)
    for line in dict.fromkeys(share.line for share in shares):
        if line in left:
            rest = left[line]
            tell_unmatched(tx, rest, said("settlements.rest", amount_ore=rest.rest, line_ore=rest.amount, booked_on=rest.booked_on))


def _given(tx: Transaction, given: Given, numbers: Mapping[int, OpenLine], note: str, before: Sequence[Share]) -> list[Share]:
    """Give the shares of what a person said, over the claim's decisions; refuse what cannot be."""
    line = numbers.get(given.line)
    if line is None:
        raise Refused(said("settlements.line_not_open", number=given.line))
    rest = line.rest - sum(share.amount for share in before if share.line == line.id)
    amount = rest if given.amount is None else given.amount
    if amount == 0 or amount * line.rest < 0 or abs(amount) > abs(rest):
        raise Refused(said("settlements.more_than_left", number=given.line, amount_ore=amount, rest_ore=rest))
    claim = _claim(tx, given.claim)
    received = claim.received + sum(share.amount for share in before if share.claim == claim.id)
    if received + amount < 0:
        raise Refused(said("settlements.more_than_came", claim=given.claim, amount_ore=amount, received_ore=received))
    parts = _over_decisions(tx, claim.id, amount, before)
    return [_share(tx, line, (claim.id, decision, part), (BY_HAND, note), before) for decision, part in parts]


def _over_decisions(tx: Transaction, claim: UUID, amount: int, before: Iterable[Share]) -> list[tuple[UUID | None, int]]:
    """Lay an amount on the claim's decisions that wait for money of its sign, oldest first; what is over goes to the last one."""
    decisions = tx.bank.decisions(claim)
    if not decisions:
        return [(None, amount)]
    sign = 1 if amount > 0 else -1
    given: dict[UUID, int] = {}
    for share in before:
        if share.claim == claim and share.decision is not None:
            given[share.decision] = given.get(share.decision, 0) + share.amount
    laid: dict[UUID, int] = {}
    left = amount
    for one in decisions:
        waits = sign * (one.pays - tx.bank.matched_decision(one.id) - given.get(one.id, 0))
        part = sign * max(0, min(sign * left, waits))
        laid[one.id], left = part, left - part
    laid[decisions[-1].id] += left
    return [(decision, part) for decision, part in laid.items() if part]


def _share(tx: Transaction, line: OpenLine, what: tuple[UUID, UUID | None, int], why: tuple[str, str], before: Iterable[Share]) -> Share:
    """Make a share of claim, decision and amount, numbered after those that were made of the same before."""
    claim, decision, amount = what
    again = sum((one.line, one.claim, one.decision) == (line.id, claim, decision) for one in before)
    return Share(line.id, claim, decision, amount, why[0], line.kept.get((claim, decision), 0) + again, tx.actor.name, why[1])


def _claim(tx: Transaction, number: int) -> Claim:
    claim = tx.claims.find(tx.matching.claim(number))
    if claim.requested_on is None or claim.state in NEVER_ASKED:
        raise Refused(said("settlements.claim_not_asked", number=number))
    return claim


def _standing(tx: Transaction, line: int, claim: int | None) -> list[Match]:
    chosen = None if claim is None else tx.matching.claim(claim)
    found = [match for match in tx.matching.standing(tx.matching.line(line)) if chosen in (None, match.claim)]
    if not found:
        raise Refused(said("settlements.nothing_to_undo", number=line))
    return found


def _open(tx: Transaction) -> dict[UUID, OpenLine]:
    return {line.id: line for line in tx.matching.open_lines()}


def _by_number(tx: Transaction, number: int) -> OpenLine:
    found = next((line for line in tx.matching.open_lines() if line.number == number), None)
    if found is None:
        raise Refused(said("settlements.line_not_open", number=number))
    return found


def _reason(given: str) -> str:
    if not given.strip():
        raise Refused(said("settlements.no_reason"))
    return given.strip()


def _reasons(chosen: Suggestion) -> str:
    """Name what spoke for a suggestion, with its points, as it was when somebody took it."""
    return f"{chosen.score}: {', '.join(one.key for one in chosen.because)}"
