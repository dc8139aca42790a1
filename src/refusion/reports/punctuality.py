"""Reports deadlines kept and missed, by the moment of signing: the law's, and the service centre's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refusion.cases.facts import NO_NOTICE, Kind
from refusion.law.denmark.service_centre.deadlines import tell_service_centre_by
from refusion.reports.report import Layout, Report, Unit, column, made
from refusion.reports.rows import FilingLine
from refusion.values.said import Said, said

NOTIFICATION = "notification"


@dataclass(frozen=True, slots=True)
class SeenFiling:
    """A signed report as the list of deadlines shows it: everything by the key of its column."""

    line: FilingLine

    def __getattr__(self, key: str) -> object:
        """Give a fact of the line under its own name."""
        return getattr(self.line, key)

    @property
    def kind(self) -> Said:
        """Say the kind of case."""
        return Said(f"cases.kind_{self.line.kind}")

    @property
    def filed(self) -> Said:
        """Say what was filed."""
        return Said(f"filing.kind_{self.line.filed}")

    @property
    def centre_deadline(self) -> date | None:
        """Give the service centre's own day for telling it of the absence; it has none for a month's claim or for leave."""
        kind = Kind(self.line.kind)
        if self.line.filed != NOTIFICATION or kind in NO_NOTICE:
            return None
        return tell_service_centre_by(
            self.line.first_absence_day, waived=kind not in (Kind.ORDINARY, Kind.PREGNANCY), last_absence_day=self.line.last_absence_day
        )

    @property
    def days_to_spare(self) -> int:
        """Count the days from signing to the law's last day; negative when it was missed."""
        return (self.line.deadline - self.line.signed_on).days

    @property
    def kept(self) -> int:
        """Count 1 where the law's deadline was kept."""
        return int(self.days_to_spare >= 0)

    @property
    def missed(self) -> int:
        """Count 1 where it was missed."""
        return 1 - self.kept

    @property
    def unavoidable(self) -> int:
        """Count 1 where it was missed and the absence was not in the house 15 days before it."""
        return int(bool(self.missed) and (self.line.deadline - self.line.known_on).days < 15)

    @property
    def centre_kept(self) -> int | None:
        """Count 1 where the service centre's day was kept, 0 where it was not, None where there is none."""
        return None if self.centre_deadline is None else int(self.line.signed_on <= self.centre_deadline)


PUNCTUALITY: Layout[SeenFiling] = Layout(
    "punctuality",
    (
        column("case_number", Unit.NUMBER),
        column("claim_number", Unit.NUMBER),
        column("person", Unit.TEXT),
        column("unit", Unit.TEXT),
        column("kind", Unit.WORD),
        column("filed", Unit.WORD),
        column("signed_on", Unit.DAY),
        column("deadline", Unit.DAY),
        column("days_to_spare", Unit.COUNT),
        column("kept", Unit.COUNT, adds_up=True),
        column("missed", Unit.COUNT, adds_up=True),
        column("unavoidable", Unit.COUNT, adds_up=True),
        column("centre_deadline", Unit.DAY),
        column("centre_kept", Unit.COUNT, adds_up=True),
    ),
)


def punctuality(lines: Sequence[FilingLine]) -> Report:
    """Report signed reports against their deadlines, those with the fewest days to spare first."""
    seen = sorted((SeenFiling(line) for line in lines), key=lambda one: (one.days_to_spare, one.line.case_number, one.line.signed_on))
    with_centre = [one for one in seen if one.centre_kept is not None]
    sentence = said(
        "reports.punctuality_sentence",
        count=len(seen),
        kept=sum(one.kept for one in seen),
        missed=sum(one.missed for one in seen),
        unavoidable=sum(one.unavoidable for one in seen),
        centre_kept=sum(one.centre_kept or 0 for one in with_centre),
        centre_count=len(with_centre),
    )
    return made(PUNCTUALITY, seen, sentence)
