"""A small world for these tests: NAV's twin over a real socket, made-up persons, and the house's own port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from refusion.absences.norwegian import Benefit
from refusion.adapters.nav import twin
from refusion.adapters.nav.authority import NavOffice
from refusion.adapters.nav.client import Client
from refusion.claims.income_notice import Contact, IncomeNotice
from refusion.rehearsal.host import Host, Machine, morning, opened
from refusion.rehearsal.process import order
from refusion.rehearsal.shelves import Shelves
from refusion.settlements.nav_report import ReportHead, SettlementReport
from refusion.workflow.ports.authority import Page
from refusion.workflow.ports.norway.nav import HeldNotice, NoticeFinding, NoticeOutcome, NoticeRequest, Received, Standing

HEAD, WORKPLACE, OTHER, ACCOUNT = "974600013", "933001547", "983887457", "02470305404"
CODES = {"1": Benefit.PARENTAL_ADOPTION, "2": Benefit.PARENTAL_BIRTH, "3": Benefit.PREGNANCY, "4": Benefit.SICKNESS}
INCOME = 5_000_000
ASKED_AT = datetime(2026, 1, 12, tzinfo=UTC)


def person(number: int = 1) -> str:
    """Give a made-up person; the tax authority's synthetic numbers add 80 to the month."""
    return f"2981{number:07d}"


@dataclass
class World:
    """NAV as the house sees it, and the twin's control door."""

    nav: NavOffice
    address: str

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to the twin's control door."""
        return order(self.address, name, **facts)

    def day(self, day: str) -> None:
        """Let the days pass."""
        self.order("clock", day=day)

    def apply(self, number: int = 1, code: str = "2", first: str = "2026-01-05", last: str = "2026-06-26", **more: object) -> str:
        """Let a person apply, and give NAV's request to the employer."""
        employer = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": INCOME}
        facts: dict[str, object] = {
            "fnr": person(number),
            "person_name": f"Prøve Person {number}",
            "code": code,
            "start": first,
            "periods": [{"first": first, "last": last}],
            "employers": [employer],
        }
        return cast("str", self.order("apply", **(facts | more))["requests"][WORKPLACE])

    def file(self, notice: IncomeNotice) -> NoticeOutcome:
        """Send a notice and read the answer."""
        return self.nav.read_notice_answer(notice, self.nav.send(self.nav.encode_notice(notice)))

    def received(self, notice: IncomeNotice) -> str:
        """Send a notice that must be received, and give its id."""
        outcome = self.file(notice)
        assert isinstance(outcome, Received), outcome
        return outcome.notice_id

    def inquire(self, notice: IncomeNotice, *known: str) -> NoticeFinding:
        """Ask what NAV holds of a notice."""
        return self.nav.read_inquiry(notice, self.nav.send(self.nav.encode_inquiry(notice)), ASKED_AT, known)

    def standing(self, notice_id: str) -> HeldNotice:
        """Ask where a notice stands."""
        held = self.nav.read_standing(notice_id, self.nav.send(self.nav.encode_standing(notice_id)))
        assert isinstance(held, HeldNotice), held
        return held

    def requests(self, after: int = 0) -> Page[NoticeRequest]:
        """Ask for NAV's requests."""
        page = self.nav.read_requests(self.nav.send(self.nav.encode_requests(WORKPLACE, after)))
        assert isinstance(page, Page), page
        return page

    def heads(self, after: int = 0) -> tuple[ReportHead, ...]:
        """Ask for the reports after one."""
        heads = self.nav.read_reports(self.nav.send(self.nav.encode_reports(HEAD, after)))
        assert isinstance(heads, tuple), heads
        return heads

    def report(self, head: ReportHead) -> SettlementReport:
        """Fetch a report's lines."""
        told = self.nav.read_content(head, self.nav.send(self.nav.encode_content(head)))
        assert isinstance(told, SettlementReport), told
        return told

    def lines(self) -> list[tuple[str, str, str, int]]:
        """Fetch all reports and give code, first and last day and amount of each line."""
        return [
            (line.code, str(line.first), str(line.last), line.amount) for head in self.heads() for line in self.report(head).lines
        ]  # fmt: skip

    def accepted(self, notice: IncomeNotice, until: str) -> None:
        """Send a notice and let it be accepted."""
        number = self.received(notice)
        self.day(until)
        assert self.standing(number).standing is Standing.ACCEPTED


def noticed(request: str, number: int = 1, code: str = "2", first: str = "2026-01-05", **changes: Any) -> IncomeNotice:
    """Claim the whole pay from the first day."""
    notice = IncomeNotice(
        request=request,
        person=person(number),
        workplace=WORKPLACE,
        benefit=CODES[code],
        start=date.fromisoformat(first),
        income=INCOME,
        contact=Contact("Lønn og refusjon", "22850000"),
        refund=INCOME,
    )
    return replace(notice, **changes)


@contextmanager
def world(day: str = "2026-01-12", seconds: float = 5, file: Path | str = ":memory:") -> Iterator[World]:
    """Open a twin over a real socket."""
    state = Shelves(file)
    host = Host(cast("Machine", twin), state, morning(day))
    with closing(state), opened(host) as address, closing(Client(address, seconds)) as client:
        yield World(NavOffice(client), address)
