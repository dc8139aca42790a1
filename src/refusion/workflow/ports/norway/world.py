"""The Norwegian outside world of a house: NAV, the readers of its reports and of SAP's feed, the writer of run files."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.values.said import Refused, said
from refusion.workflow.ports.norway.nav import Nav, ReportReader
from refusion.workflow.ports.norway.sap import FeedReader, RunFiles


@dataclass(frozen=True, slots=True)
class NorwegianWorld:
    """What the Norwegian verbs need from outside; ``nav`` None: NAV cannot be reached from here."""

    reports: ReportReader
    feed: FeedReader
    files: RunFiles
    nav: Nav | None = None

    @property
    def reached(self) -> Nav:
        """Give NAV; raises Refused where its address is not set."""
        if self.nav is None:
            raise Refused(said("refusjon.nav_not_connected"))
        return self.nav
