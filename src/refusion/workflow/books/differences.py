"""In what claims, ledger, bank and authority differ: pure rules on what the store read of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from refusion.claims.facts import State
from refusion.claims.filing import READ_AFTER_WRITE_DELAY, Kind
from refusion.claims.filing import State as FilingState
from refusion.workflow.ports.authority import Held
from refusion.workflow.ports.books.proofs import ClaimBooks, Difference, Overmatched, Reported, What

Applies = Callable[[str, date], bool]
DayOf = Callable[[datetime], date]
UNDER_WAY = frozenset({FilingState.SENDING, FilingState.UNKNOWN})
NOT_THEIRS = frozenset({FilingState.INTENDED, FilingState.REJECTED, FilingState.CANCELLED})


def of_claims(found: Iterable[ClaimBooks], applies: Applies) -> Iterator[Difference]:
    """Name what differs between claims and their postings; ``applies`` tells whether a claim is pre-registered at all."""
    for one in found:
        for what, amount in _of_claim(one, applies):
            yield Difference(what, one.claim, abs(amount), case=one.case, claim=one.claim)


def _of_claim(one: ClaimBooks, applies: Applies) -> Iterator[tuple[What, int]]:
    standing = one.standing or 0
    if not one.has_postings:
        if standing and one.requested_on is not None and applies(one.kind, one.requested_on):
            yield What.NOT_PRE_REGISTERED, standing
        return
    # Two people took a posting back with a reason: that is known until something is posted anew.
    if not one.voided and one.pre_registered != standing:
        yield What.PRE_REGISTERED_OTHERWISE, standing - one.pre_registered
    if not one.voided and one.booked != one.matched:
        yield What.MONEY_NOT_BOOKED, one.matched - one.booked
    if one.waiting and _is_over(one):
        yield What.RECEIVABLE_LEFT, one.waiting


def _is_over(one: ClaimBooks) -> bool:
    """Tell whether nothing may wait any more; what came for an annulled claim waits to be taken back."""
    return one.state is State.SETTLED or (one.state in {State.ANNULLED, State.DROPPED} and one.matched == 0)


def of_lines(found: Iterable[Overmatched]) -> Iterator[Difference]:
    """Name the bank lines of which more was given away than came."""
    for one in found:
        yield Difference(What.LINE_OVERMATCHED, one.line, abs(one.matched - one.amount), line=one.line)


def of_authority(ours: Sequence[Reported], held: Mapping[UUID, Held], now: datetime, day_of: DayOf) -> Iterator[Difference]:
    """Name what differs between our reports and the authority's whole list, in both directions.

    A report that was signed within the authority's read-after-write delay need not stand on its list yet.
    """
    changes = [one for one in ours if one.state not in NOT_THEIRS]
    annulled = {one.case for one in changes if one.kind is Kind.ANNULMENT}
    replaced = {one.supersedes for one in changes if one.supersedes is not None}
    # By case the newest correction of its notification: the reports come in the order they were intended.
    put_right = {one.case: one.intended_at for one in changes if one.kind is Kind.CORRECTION and one.subject == one.case}
    for one in ours:
        is_gone = one.case in annulled or one.receipt in replaced or _is_outdated(one, put_right)
        what = _of_report(one, held.get(one.id), now, day_of, is_gone=is_gone)
        if what is not None:
            claim = None if one.subject == one.case else one.subject
            yield Difference(what, one.id, one.at_stake, case=one.case, claim=claim)
    known = {one.id for one in ours}
    for intent in held:
        if intent not in known:
            yield Difference(What.ONLY_WITH_AUTHORITY, intent, 0)


def _is_outdated(one: Reported, put_right: Mapping[UUID, datetime]) -> bool:
    """Tell whether a recovery was told before its notification was put right: from then on it counts no more."""
    return one.kind is Kind.RECOVERY and one.case in put_right and put_right[one.case] >= one.intended_at


def _of_report(one: Reported, theirs: Held | None, now: datetime, day_of: DayOf, *, is_gone: bool) -> What | None:
    if one.state is FilingState.ACCEPTED:
        return _of_accepted(one, theirs, now, is_gone=is_gone)
    if one.state in UNDER_WAY and day_of(one.intended_at) < day_of(now):
        return What.IN_DOUBT
    if one.state in NOT_THEIRS and theirs is not None:
        return What.HELD_BUT_REFUSED
    return None


def _of_accepted(one: Reported, theirs: Held | None, now: datetime, *, is_gone: bool) -> What | None:
    if theirs is None:
        is_new = one.signed_at is not None and one.signed_at > now - READ_AFTER_WRITE_DELAY
        return None if is_new else What.NOT_WITH_AUTHORITY
    if theirs.content_hash != one.content_hash or theirs.receipt != one.receipt:
        return What.OTHER_WITH_AUTHORITY
    if theirs.standing == "annulled" and one.kind is not Kind.ANNULMENT and not is_gone:
        return What.OTHER_WITH_AUTHORITY
    return None


def silent(ours: Sequence[Reported], subject: UUID) -> Difference:
    """Say that the authority gave no whole list, with what stands there as far as we know."""
    claims = (one.at_stake for one in ours if one.state is FilingState.ACCEPTED and one.kind is Kind.CLAIM)
    return Difference(What.AUTHORITY_SILENT, subject, sum(claims))
