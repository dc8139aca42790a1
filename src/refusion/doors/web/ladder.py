"""The receipt ladder of a case: from draft to money, each rung with its evidence, the unknown shown as unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from refusion.cases.facts import FUNDS
from refusion.cases.facts import Kind as CaseKind
from refusion.claims.filing import Kind, State
from refusion.doors.web import words
from refusion.store.reads.case import CaseChain
from refusion.store.reads.case_reports import ReportRow
from refusion.values.said import Said, said

FILED = frozenset({"accepted", "decided", "differing", "settled", "correcting"})


class Reached(StrEnum):
    """How far a rung is reached."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: its name in the catalogue, how far it is reached, and what proves it."""

    name: str
    reached: Reached
    evidence: Said


def ladder(chain: CaseChain) -> tuple[Rung, ...]:
    """Make the rungs of a case, lowest first."""
    notification = next((report for report in chain.reports if report.kind == Kind.NOTIFICATION), None)
    if CaseKind(chain.head.kind) in FUNDS:
        drafted = Rung("drafted", Reached.YES, said("web.rung_drafted", day=chain.head.opened_on))
        return (drafted, *_delivered(chain), _decided(chain), _paid(chain))
    return (
        Rung("drafted", Reached.YES, said("web.rung_drafted", day=chain.head.opened_on)),
        *_reported(notification),
        _decided(chain),
        _paid(chain),
    )


def _delivered(chain: CaseChain) -> Iterator[Rung]:
    """Show the newest receipt of a fund: a person delivers its files, so that nothing is attempted."""
    told = [report for report in chain.reports if report.receipt is not None]
    if not told:
        yield Rung("accepted", Reached.NO, said("web.rung_not_yet"))
        return
    yield _accepted(max(told, key=lambda report: report.intended_at))


def _reported(report: ReportRow | None) -> Iterator[Rung]:
    if report is None or not report.attempts:
        for name in ("sent", "signed", "accepted"):
            yield Rung(name, Reached.NO, said("web.rung_not_yet"))
        return
    sent = words.instant(report.attempts[-1].began_at)
    yield Rung("sent", Reached.YES, said("web.rung_sent", at=sent, attempts=len(report.attempts)))
    if report.state == State.UNKNOWN:
        for name in ("signed", "accepted"):
            yield Rung(name, Reached.UNKNOWN, said("web.rung_unknown"))
        return
    signed = report.signed_at is not None
    evidence = said("web.rung_signed", at=words.instant(report.signed_at)) if signed else said("web.rung_not_yet")
    yield Rung("signed", Reached.YES if signed else Reached.NO, evidence)
    yield _accepted(report)


def _accepted(report: ReportRow) -> Rung:
    if report.state == State.ACCEPTED:
        return Rung("accepted", Reached.YES, said("web.rung_accepted", receipt=report.receipt, id=report.authority_id))
    if report.state in (State.REJECTED, State.FOREIGN):
        return Rung("accepted", Reached.NO, said("web.rung_refused", code=report.answer_code or words.NOTHING))
    return Rung("accepted", Reached.NO, said("web.rung_not_yet"))


def _decided(chain: CaseChain) -> Rung:
    filed = [claim for claim in chain.claims if claim.state in FILED]
    decided = [claim for claim in filed if claim.decided is not None]
    if not decided:
        return Rung("decided", Reached.NO, said("web.rung_not_yet"))
    amount = sum(claim.decided or 0 for claim in decided)
    reached = Reached.YES if len(decided) == len(filed) else Reached.PARTLY
    return Rung("decided", reached, said("web.rung_decided", done=len(decided), of=len(filed), amount_ore=amount))


def _paid(chain: CaseChain) -> Rung:
    received = sum(line.amount for line in chain.lines)
    decided = sum(claim.decided or 0 for claim in chain.claims)
    if not chain.lines:
        return Rung("paid", Reached.NO, said("web.rung_not_yet"))
    reached = Reached.YES if received >= decided else Reached.PARTLY
    last = max(line.booked_on for line in chain.lines)
    return Rung("paid", reached, said("web.rung_paid", amount_ore=received, last_on=last))
