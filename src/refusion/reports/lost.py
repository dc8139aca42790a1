"""Reports what was not obtained: by cause, with who follows it and until when dispensation is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refusion.claims.losses import Dispensation
from refusion.reports.report import Layout, Report, Unit, column, made
from refusion.reports.rows import LossLine
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class SeenLoss:
    """A loss as the report shows it on a day: everything by the key of its column."""

    line: LossLine
    day: date

    def __getattr__(self, key: str) -> object:
        """Give a fact of the loss or of what is known beside it under its own name."""
        for holder in (self.line.found, self.line.found.loss, self.line):
            if hasattr(holder, key):
                return getattr(holder, key)
        raise AttributeError(key)

    @property
    def loss_number(self) -> int:
        """Give the loss's number."""
        return self.line.found.number

    @property
    def kind(self) -> Said:
        """Say the kind of case."""
        return Said(f"cases.kind_{self.line.found.kind.value}")

    @property
    def cause(self) -> Said:
        """Say why the kroner were not obtained."""
        return Said(f"claims.cause_{self.line.found.loss.cause.value}")

    @property
    def first_day(self) -> date:
        """Give the first day lost."""
        return self.line.found.loss.period.first

    @property
    def last_day(self) -> date:
        """Give the last day lost."""
        return self.line.found.loss.period.last

    @property
    def dispensation(self) -> Said:
        """Say where dispensation stands."""
        return Said(f"losses.dispensation_state_{self.line.found.dispensation(self.day).value}")

    @property
    def excusable_until(self) -> date | None:
        """Give the last day for an application while one is possible."""
        possible = self.line.found.dispensation(self.day) is Dispensation.POSSIBLE
        return self.line.found.excusable_until if possible else None


LOST: Layout[SeenLoss] = Layout(
    "lost",
    (
        column("loss_number", Unit.NUMBER),
        column("case_number", Unit.NUMBER),
        column("claim_number", Unit.NUMBER),
        column("person", Unit.TEXT),
        column("unit", Unit.TEXT),
        column("kind", Unit.WORD),
        column("first_day", Unit.DAY),
        column("last_day", Unit.DAY),
        column("cause", Unit.WORD),
        column("certain_on", Unit.DAY),
        column("owner", Unit.TEXT),
        column("dispensation", Unit.WORD),
        column("excusable_until", Unit.DAY),
        column("amount", Unit.ORE, adds_up=True),
        column("recovered", Unit.ORE, adds_up=True),
        column("standing", Unit.ORE, adds_up=True),
    ),
)


def lost(lines: Sequence[LossLine], day: date) -> Report:
    """Report the losses: what can still be excused first, by its last day, then the others by when they became certain."""
    seen = [SeenLoss(line, day) for line in lines]
    seen.sort(key=lambda one: (one.excusable_until is None, one.excusable_until or one.line.found.loss.certain_on, one.loss_number))
    open_ones = [one for one in seen if one.excusable_until is not None]
    sentence = said(
        "reports.lost_sentence",
        count=len(seen),
        amount_ore=sum(one.line.found.standing for one in seen),
        excusable_ore=sum(one.line.found.standing for one in open_ones),
        first_deadline=min((one.excusable_until for one in open_ones if one.excusable_until), default=None),
    )
    return made(LOST, seen, sentence)
