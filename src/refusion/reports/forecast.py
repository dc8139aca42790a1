"""Forecasts when money comes: by the decision's own day, else by how long the last payments took; and says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.reports.report import Layout, Report, Unit, column, made
from refusion.reports.rows import History, IncomingLine
from refusion.values.said import Fact, Said, said

# Fewer payments than this say nothing about what is usual.
ENOUGH = 5
# What authorities state: up to four weeks for a decision, and its money some days after (danish-counterparties §1.5).
STATED_FROM_REQUEST, STATED_FROM_DECISION = 28, 7


@dataclass(frozen=True, slots=True)
class Usual:
    """How many days are usual, and from how many payments that is known; 0 says that it is what authorities state."""

    days: int
    payments: int


def usual(taken: Sequence[int], stated: int) -> Usual:
    """Give the days within which half of the payments came; with too few of them, what authorities state."""
    if len(taken) < ENOUGH:
        return Usual(stated, 0)
    return Usual(sorted(taken)[(len(taken) - 1) // 2], len(taken))


@dataclass(frozen=True, slots=True)
class SeenIncoming:
    """A claim on which money is to come, as the forecast shows it: everything by the key of its column."""

    line: IncomingLine
    day: date
    from_request: Usual
    from_decision: Usual

    def __getattr__(self, key: str) -> object:
        """Give a fact of the line under its own name."""
        return getattr(self.line, key)

    @property
    def kind(self) -> Said:
        """Say the kind of case."""
        return Said(f"cases.kind_{self.line.kind}")

    @property
    def first_day(self) -> date:
        """Give the first day of the claim's period."""
        return self.line.period.first

    @property
    def last_day(self) -> date:
        """Give the last day of the claim's period."""
        return self.line.period.last

    @property
    def reckoned_on(self) -> date:
        """Give the day that follows from decision or history, be it past."""
        if self.line.pays_on is not None:
            return self.line.pays_on
        if self.line.decided_on is not None:
            return self.line.decided_on + timedelta(days=self.from_decision.days)
        return self.line.requested_on + timedelta(days=self.from_request.days)

    @property
    def expected_on(self) -> date:
        """Give the day on which the money is expected: today at the earliest."""
        return max(self.reckoned_on, self.day)

    @property
    def basis(self) -> Said:
        """Say what the day rests on; a day that has passed says so."""
        if self.reckoned_on < self.day:
            return said("reports.basis_overdue")
        if self.line.pays_on is not None:
            return said("reports.basis_decision")
        rests_on = self.from_request if self.line.decided_on is None else self.from_decision
        return said("reports.basis_history") if rests_on.payments else said("reports.basis_stated")


FORECAST: Layout[SeenIncoming] = Layout(
    "forecast",
    (
        column("expected_on", Unit.DAY),
        column("basis", Unit.WORD),
        column("case_number", Unit.NUMBER),
        column("claim_number", Unit.NUMBER),
        column("person", Unit.TEXT),
        column("unit", Unit.TEXT),
        column("kind", Unit.WORD),
        column("first_day", Unit.DAY),
        column("last_day", Unit.DAY),
        column("requested_on", Unit.DAY),
        column("decided_on", Unit.DAY),
        column("outstanding", Unit.ORE, adds_up=True),
    ),
)


def forecast(lines: Sequence[IncomingLine], past: History, day: date) -> Report:
    """Forecast the money that is still to come, the earliest first; an amount to be taken back is negative."""
    from_request = usual(past.from_request, STATED_FROM_REQUEST)
    from_decision = usual(past.from_decision, STATED_FROM_DECISION)
    seen = [SeenIncoming(line, day, from_request, from_decision) for line in lines if line.outstanding]
    seen.sort(key=lambda one: (one.expected_on, one.line.case_number, one.line.claim_number))
    month = day + timedelta(days=30)
    facts: dict[str, Fact] = {
        "count": len(seen),
        "amount_ore": sum(one.line.outstanding for one in seen),
        "soon_ore": sum(one.line.outstanding for one in seen if one.expected_on <= month),
        "until": month,
        "days": from_request.days,
        "payments": from_request.payments,
    }
    key = "reports.forecast_sentence" if from_request.payments else "reports.forecast_sentence_stated"
    return made(FORECAST, seen, Said(key, facts))
