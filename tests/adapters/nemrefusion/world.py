"""A small world for these tests: made-up employees, their reports, and a twin over a real socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid5

from refusion.adapters.nemrefusion import twin
from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.nemrefusion.client import Client
from refusion.rehearsal.host import Host, Machine, morning, opened
from refusion.rehearsal.process import order
from refusion.rehearsal.shelves import Shelves
from refusion.workflow.ports.authority import Accepted, Found, Outcome
from refusion.workflow.ports.report import Report, report

HOUSE = UUID("1b4e28ba-2fa1-51d2-883f-b9a761bde3fb")
CVR = "12345678"
Answers = dict[str, Any]


def intent(name: str) -> UUID:
    """Give the intent of a name."""
    return uuid5(HOUSE, name)


def notified(number: int = 1, **changes: object) -> Answers:
    """Answer a notification: sick from 1 August 2024, the wage above the maximum."""
    return {
        "employer": {"cvr": CVR, "p_number": "1003003001"},
        "national_number": f"6101{number // 10000:02d}{number % 10000:04d}",
        "name": f"Prøve Person {number}",
        "employed_since": "2020-01-01",
        "job_kind": "ordinary",
        "weekly_hours": 3700,
        "hourly_after_am": 20000,
        "absence_kind": "sickness",
        "agreement_56": False,
        "pregnancy": False,
        "partial": False,
        "wage_paid": True,
        "first_absence_day": "2024-08-01",
        "last_absence_day": None,
        "contact": "Løn og refusion",
        **changes,
    }


def claimed(notification: str, first: str, last: str, **changes: object) -> Answers:
    """Answer a claim for full absence with a wage above the maximum."""
    return {
        "notification": notification,
        "number": 1,
        "first_day": first,
        "last_day": last,
        "weekly_hours": 3700,
        "hourly_after_am": 20000,
        "wage_paid": 3_000_000,
        "absent_hours_by_week": None,
        "last_absence_day": None,
        "contact": "Løn og refusion",
        **changes,
    }


def notification(number: int = 1, name: str = "", **changes: object) -> Report:
    """Make the notification of one employee."""
    name = name or f"notification {number}"
    return report(intent(name), intent(f"case {number}"), "notification", notified(number, **changes))


@dataclass
class World:
    """The authority as the house sees it, and the twin's control door."""

    authority: NemRefusion
    address: str

    def close(self) -> None:
        """Close the client's connection."""
        cast("Client", self.authority._sender).close()

    def order(self, name: str, **facts: object) -> Answers:
        """Give an order to the control door."""
        return order(self.address, name, **facts)

    def file(self, filed: Report) -> Outcome:
        """File once and read what comes."""
        return self.authority.read_answer(filed.intent, self.authority.send(self.authority.encode(filed)))

    def accepted(self, filed: Report) -> Accepted:
        """File what must be accepted."""
        outcome = self.file(filed)
        assert isinstance(outcome, Accepted), outcome
        return outcome

    def inquire(self, filed: Report) -> object:
        """Ask for what is held under the intent."""
        answer = self.authority.send(self.authority.encode_inquiry(filed.intent))
        return self.authority.read_inquiry(filed.intent, filed.content_hash, answer)

    def found(self, filed: Report) -> Found:
        """Ask for what must be there."""
        found = self.inquire(filed)
        assert isinstance(found, Found), found
        return found

    def day(self, day: str) -> None:
        """Move the twin's clock on to a morning."""
        self.order("clock", day=day)

    def claim(self, name: str, first: str, last: str, number: int = 1, **changes: object) -> Report:
        """Make a claim on the notification of an employee."""
        held = self.found(notification(number))
        return report(intent(name), intent(f"case {number}"), "claim", claimed(held.authority_id, first, last, **changes))

    def correction(self, name: str, of: Report, kind: str, content: Answers) -> Report:
        """Make a correction of a report that is held, with the newest token."""
        held = self.found(of)
        answers = {"of": held.authority_id, "token": held.receipt, "kind": kind, "content": content}
        return report(intent(name), of.about, "correction", answers)

    def annulment(self, name: str, of: Report) -> Report:
        """Make an annulment of a report that is held."""
        held = self.found(of)
        return report(intent(name), of.about, "annulment", {"of": held.authority_id, "token": held.receipt})


def host(state: Shelves, day: str = "2024-08-28", seed: str = "1") -> Host:
    """Host the twin on a memory."""
    return Host(cast("Machine", twin), state, morning(day), seed)


@contextmanager
def world(day: str = "2024-08-28", seed: str = "1", seconds: float = 5) -> Iterator[World]:
    """Open a twin on a socket of its own with a memory that is forgotten."""
    state = Shelves(":memory:")
    with opened(host(state, day, seed)) as address:
        client = Client(address, seconds)
        try:
            yield World(NemRefusion(client), address)
        finally:
            client.close()
    state.close()


def content(filed: Report) -> Answers:
    """Read a report's answers."""
    return cast("Answers", json.loads(filed.content))


SAMPLES = Path(__file__).parents[3] / "src/refusion/adapters/nemrefusion/samples"
