"""What lies open between bank and claims: lines with what is known of them, suggestions, and proposals to write off."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from refusion.settlements.facts import Matching
from refusion.settlements.suggestions.facts import Share, Suggestion
from refusion.settlements.suggestions.relation import related
from refusion.settlements.suggestions.suggest import Left, left_over, suggest
from refusion.values.said import Said, said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.matching import ClaimName, OpenLine, WriteOff
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.basis import basis_of
from refusion.workflow.settlements.evidence import Evidence, evidence_of
from refusion.workflow.settlements.settle import matched, undone_said

CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion under a code that follows from its content; ``names`` says how people name its claims."""

    code: str
    suggestion: Suggestion
    names: Mapping[UUID, ClaimName]
    lines: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An open line, why it is open, and what it may be for."""

    line: OpenLine
    because: Said
    is_parked: bool
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to write off with how people name what it is about."""

    write_off: WriteOff
    claim: ClaimName | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """All that lies open at an institution, the largest lines first, parked ones last."""

    day: date
    lines: tuple[BoardLine, ...]
    proposals: tuple[Proposal, ...]

    @property
    def open_ore(self) -> int:
        """Sum what is open and not laid aside, in øre, whatever its sign."""
        return sum(abs(one.line.rest) for one in self.lines if not one.is_parked)


def board(ports: Ports, actor: Actor, institution: str) -> Board:
    """Give the board as it stands now; nothing is kept."""
    with ports.work(institution, actor) as tx:
        return board_of(tx)


def board_of(tx: Transaction) -> Board:
    """Give the board within a transaction."""
    lines = tx.matching.open_lines()
    given = evidence_of(tx, lines, by_hand=True)
    tonight = replace(given, received=tuple(one for one in given.received if not given.lines[one.line].undone))
    found = matched(tonight)
    because = {one.line: one.because for one in found.unmatched}
    offers = _offers(tx, given, _left(tx, given, tonight, found))
    shown = [
        BoardLine(line, _because(line, because.get(line.id)), line.is_parked(tx.at.day), offers.get(line.id, ())) for line in lines
    ]
    ordered = sorted(shown, key=lambda one: (one.is_parked, -abs(one.line.rest), one.line.number))
    return Board(tx.at.day, tuple(ordered), proposals(tx))


def proposals(tx: Transaction, *, only_open: bool = True) -> tuple[Proposal, ...]:
    """Give the proposals to write off, the open ones first."""
    every = tx.matching.write_offs(only_open=only_open)
    names = tx.matching.names({one.claim for one in every if one.claim is not None})
    numbers = tx.matching.numbers({one.line for one in every if one.line is not None})
    return tuple(
        Proposal(one, names.get(one.claim) if one.claim else None, numbers.get(one.line) if one.line else None) for one in every
    )


def _because(line: OpenLine, because: Said | None) -> Said:
    """Say why a line is open; one that evidence matches already waits for the night only."""
    if line.undone:
        return undone_said(line)
    return because or said("settlements.tonight", amount_ore=line.rest, booked_on=line.booked_on)


def _left(tx: Transaction, given: Evidence, tonight: Evidence, found: Matching) -> Left:
    """Give what evidence leaves, and the lines of which something was taken back, beside what is still to come."""
    rest = left_over(found, tonight.received, tonight.decided, (*tonight.expected, *tonight.waiting))
    lines = (*rest.lines, *(one for one in given.received if given.lines[one.line].undone))
    near = (one.opened.claim for one in (related(line, opened) for line in lines for opened in rest.opens) if one and one.points)
    bases = {claim.id: basis_of(claim) for claim in tx.claims.look_at(sorted(set(near)))}
    return Left(lines, rest.opens, bases)


def _offers(tx: Transaction, given: Evidence, left: Left) -> dict[UUID, tuple[Offer, ...]]:
    """Put suggestions under their codes, with the names of their claims and the numbers of their lines."""
    found = suggest(left)
    names = tx.matching.names({claim for some in found.values() for one in some for claim in one.claims})
    return {line: tuple(_offer(one, given, names) for one in some) for line, some in found.items()}


def _offer(one: Suggestion, given: Evidence, names: Mapping[UUID, ClaimName]) -> Offer:
    numbers = {line: given.lines[line].number for line in one.lines}
    return Offer(code_of(one), one, {claim: names[claim] for claim in one.claims}, numbers)


def code_of(suggestion: Suggestion) -> str:
    """Give a short code that follows from what a suggestion would match: another content has another code."""
    content = [suggestion.kind.value, *(_share(share) for share in suggestion.shares)]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:CODE_LENGTH]


def offered(shown: Board, line: int, code: str) -> Sequence[Offer]:
    """Find what is offered for a line under a code."""
    return [offer for one in shown.lines if one.line.number == line for offer in one.offers if offer.code == code.lower()]


def _share(share: Share) -> str:
    return f"{share.line} {share.claim} {share.decision} {share.amount}"
