"""Builds the reports on claims: requested, received, differences, and what waits, ages or may be lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.claims.facts import State
from refusion.reports.report import Layout, Report, Unit, column, made
from refusion.reports.rows import ClaimLine
from refusion.settlements.difference import Decided, explain_difference
from refusion.values.period import Period
from refusion.values.said import Refused, Said, said

_WAITS_FOR_US = frozenset({State.DRAFTED, State.FILING, State.REJECTED})
_WAITS_FOR_MONEY = frozenset({State.ACCEPTED, State.DECIDED, State.DIFFERING, State.CORRECTING})
_AGES = ((30, "reports.age_30"), (60, "reports.age_60"), (90, "reports.age_90"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim line as a report shows it: everything by the key of its column."""

    line: ClaimLine
    day: date

    def __getattr__(self, key: str) -> object:
        """Give a fact of the line under its own name."""
        return getattr(self.line, key)

    @property
    def first_day(self) -> date:
        """Give the first day of the claim's period."""
        return self.line.period.first

    @property
    def last_day(self) -> date:
        """Give the last day of the claim's period."""
        return self.line.period.last

    @property
    def kind(self) -> Said:
        """Say the kind of case."""
        return Said(f"cases.kind_{self.line.kind}")

    @property
    def state(self) -> Said:
        """Say where the claim stands."""
        return Said(f"claims.state_{self.line.state}")

    @property
    def reason(self) -> Said | None:
        """Say why there is a difference, as far as the decision shows."""
        line = self.line
        if line.decided is None:
            return None
        decided = Decided(line.decided - line.decided_supplement, line.decided_supplement)
        return explain_difference(line.expected, decided, line.received)

    @property
    def outstanding(self) -> int:
        """Give what is expected and has not come, in øre."""
        return self.line.expected - self.line.received

    @property
    def days_waited(self) -> int | None:
        """Count the days since the request."""
        return None if self.line.requested_on is None else (self.day - self.line.requested_on).days

    @property
    def age(self) -> Said:
        """Say in which span of age the request is."""
        waited = self.days_waited or 0
        return Said(next((key for most, key in _AGES if waited <= most), "reports.age_older"))

    @property
    def days_left(self) -> int | None:
        """Count the days until a first day of the period can no longer be requested; negative when that has begun."""
        return None if self.line.request_by is None else (self.line.request_by - self.day).days


_WHO = (
    column("case_number", Unit.NUMBER),
    column("claim_number", Unit.NUMBER),
    column("person", Unit.TEXT),
    column("unit", Unit.TEXT),
    column("kind", Unit.WORD),
    column("first_day", Unit.DAY),
    column("last_day", Unit.DAY),
)
_REQUESTED_ON = column("requested_on", Unit.DAY)
_REQUEST_BY = column("request_by", Unit.DAY)
_DAYS_LEFT = column("days_left", Unit.COUNT)
_STATE = column("state", Unit.WORD)
_EXPECTED, _DECIDED, _RECEIVED, _DIFFERENCE, _OUTSTANDING = (
    column(key, Unit.ORE, adds_up=True) for key in ("expected", "decided", "received", "difference", "outstanding")
)

REQUESTED: Layout[Seen] = Layout("requested", (*_WHO, _REQUESTED_ON, _EXPECTED, _STATE))
RECEIVED: Layout[Seen] = Layout("received", (*_WHO, _REQUESTED_ON, _EXPECTED, _DECIDED, _RECEIVED, _STATE))
DIFFERENCES: Layout[Seen] = Layout(
    "differences", (*_WHO, _EXPECTED, _DECIDED, _RECEIVED, _DIFFERENCE, column("reason", Unit.WORD), _STATE)
)
AGEING: Layout[Seen] = Layout(
    "ageing", (*_WHO, _REQUESTED_ON, column("days_waited", Unit.COUNT), column("age", Unit.WORD), _OUTSTANDING, _STATE)
)
AT_RISK: Layout[Seen] = Layout("at-risk", (*_WHO, _REQUEST_BY, _DAYS_LEFT, _EXPECTED, _STATE))
DEADLINES: Layout[Seen] = Layout("deadlines", (_REQUEST_BY, _DAYS_LEFT, *_WHO, _EXPECTED, _STATE))


def requested(lines: Sequence[Seen]) -> Report:
    """Report the claims that were filed, with what is expected of each."""
    filed = [seen for seen in lines if seen.line.requested_on is not None]
    amount = sum(seen.line.expected for seen in filed)
    return made(REQUESTED, filed, said("reports.requested_sentence", count=len(filed), amount_ore=amount))


def received(lines: Sequence[Seen]) -> Report:
    """Report the claims on which money has come, or was taken back."""
    paid = [seen for seen in lines if seen.line.received]
    amount = sum(seen.line.received for seen in paid)
    return made(RECEIVED, paid, said("reports.received_sentence", count=len(paid), amount_ore=amount))


def differences(lines: Sequence[Seen]) -> Report:
    """Report decided claims on which other money came than was expected; positive means that it is lacking."""
    differing = [seen for seen in lines if seen.line.difference]
    amounts = [seen.line.difference or 0 for seen in differing]
    lacking, surplus = sum(max(amount, 0) for amount in amounts), -sum(min(amount, 0) for amount in amounts)
    sentence = said("reports.differences_sentence", count=len(differing), lacking_ore=lacking, surplus_ore=surplus)
    return made(DIFFERENCES, differing, sentence)


def ageing(lines: Sequence[Seen]) -> Report:
    """Report filed claims that are not paid in full, the oldest first."""
    waiting = [seen for seen in lines if seen.line.state in _WAITS_FOR_MONEY and seen.outstanding and seen.line.requested_on]
    waiting.sort(key=lambda seen: seen.line.requested_on or seen.day)
    amount = sum(seen.outstanding for seen in waiting)
    return made(AGEING, waiting, said("reports.ageing_sentence", count=len(waiting), amount_ore=amount))


def at_risk(lines: Sequence[Seen]) -> Report:
    """Report claims that are not filed yet though their period has passed, the most kroner first."""
    open_claims = [seen for seen in lines if seen.line.state in _WAITS_FOR_US and seen.last_day < seen.day]
    open_claims.sort(key=lambda seen: (-seen.line.expected, seen.line.case_number))
    return made(AT_RISK, open_claims, _at_stake("reports.at_risk_sentence", open_claims))


def deadlines(lines: Sequence[Seen]) -> Report:
    """Report claims that are not filed yet, by the last day on which nothing is lost."""
    open_claims = [seen for seen in lines if seen.line.state in _WAITS_FOR_US and seen.line.request_by]
    open_claims.sort(key=lambda seen: (seen.line.request_by or seen.day, seen.line.case_number))
    return made(DEADLINES, open_claims, _at_stake("reports.deadlines_sentence", open_claims))


def _at_stake(key: str, lines: Sequence[Seen]) -> Said:
    """Say how much hangs on which day."""
    days = [seen.line.request_by for seen in lines if seen.line.request_by]
    amount = sum(seen.line.expected for seen in lines)
    return Said(key, {"count": len(lines), "amount_ore": amount, "first_deadline": min(days, default=None)})


BUILDERS: Mapping[str, Callable[[Sequence[Seen]], Report]] = MappingProxyType({
    "requested": requested,
    "received": received,
    "differences": differences,
    "ageing": ageing,
    "at-risk": at_risk,
    "deadlines": deadlines,
})


def build(name: str, lines: Sequence[ClaimLine], day: date, period: Period | None = None) -> Report:
    """Build a report by its name from claim lines, as seen on ``day``; ``period`` keeps lines whose period touches it.

    Raises Refused naming the reports there are.
    """
    if name not in BUILDERS:
        raise Refused(said("reports.unknown", name=name, known=", ".join(BUILDERS)))
    kept = [Seen(line, day) for line in lines if period is None or line.period.overlap(period)]
    return BUILDERS[name](kept)
