"""All reports by name: which rows each is made of, and how it is built from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from refusion.reports.building import BUILDERS, build
from refusion.reports.forecast import forecast
from refusion.reports.lost import lost
from refusion.reports.punctuality import punctuality
from refusion.reports.report import Report
from refusion.reports.rows import ClaimLine, FilingLine, History, IncomingLine, LossLine, WorkLine
from refusion.reports.work_saved import work_saved
from refusion.values.said import Refused, said


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one report, as they were fetched; those of the other reports are empty."""

    claims: Sequence[ClaimLine] = ()
    losses: Sequence[LossLine] = ()
    filings: Sequence[FilingLine] = ()
    incoming: Sequence[IncomingLine] = ()
    past: History = field(default_factory=lambda: History((), ()))
    work: Sequence[WorkLine] = ()


OTHERS: Mapping[str, Callable[[Rows, date], Report]] = MappingProxyType({
    "lost": lambda rows, day: lost(rows.losses, day),
    "forecast": lambda rows, day: forecast(rows.incoming, rows.past, day),
    "punctuality": lambda rows, _day: punctuality(rows.filings),
    "work-saved": lambda rows, _day: work_saved(rows.work),
})
NAMES = (*BUILDERS, *OTHERS)


def require_known(name: str) -> None:
    """Raise Refused naming the reports there are."""
    if name not in NAMES:
        raise Refused(said("reports.unknown", name=name, known=", ".join(NAMES)))


def built(name: str, rows: Rows, day: date) -> Report:
    """Build a report from its rows, as seen on a day. Raises Refused for a name that no report has."""
    require_known(name)
    return OTHERS[name](rows, day) if name in OTHERS else build(name, rows.claims, day)
