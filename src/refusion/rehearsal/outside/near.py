"""NemRefusion's twin in the house's own process: the same machine, memory and faults as behind a socket, without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from refusion.adapters.nemrefusion import twin
from refusion.adapters.nemrefusion.client import PATH
from refusion.rehearsal.faults import written
from refusion.rehearsal.host import Delivery, Host, Machine, Request, morning
from refusion.rehearsal.outside.authority import PAGE, Manners, refused, sorted_payments
from refusion.rehearsal.shelves import Shelves
from refusion.values.said import said
from refusion.workflow.ports.authority import Message, RawAnswer, Silence

BROKEN = (500, b"<html>503</html>")
Passes = Callable[[str], None]


class NearAuthority:
    """Answers the house's messages as bytes, what a fault makes of them among them; its memory ends with the process.

    ``passes`` hears the moments before a message leaves and after it was taken; ``tell`` each message and its answer.
    """

    starts = 1

    def __init__(self, first_day: date, manners: Manners, passes: Passes, tell: Callable[[Message, str], None]) -> None:
        """Begin on a day, with the manners given."""
        self._host = Host(cast("Machine", twin), Shelves(":memory:"), morning(first_day.isoformat()), manners.seed)
        self._passes, self._tell = passes, tell
        self.order("set", decide_days=list(manners.decide_days))
        self.order("faults", rules=written(manners.faults))

    def ensure(self) -> int:
        """Be there."""
        return self.starts

    def is_up(self) -> bool:
        """Be there always."""
        return True

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to its control door. Raises ValueError when it refuses."""
        delivery = self._host.control(json.dumps({"order": name, **facts}).encode())
        return refused(delivery.status, json.loads(delivery.body))

    def set_clock(self, now: datetime) -> None:
        """Move its clock on; days that pass are lived by it."""
        self.order("clock", now=now.isoformat())

    def accepted(self) -> list[dict[str, Any]]:
        """Give the whole list of accepted reports."""
        return cast("list[dict[str, Any]]", self.order("accepted", limit=PAGE * PAGE)["items"])

    def payments(self, day: date) -> list[dict[str, Any]]:
        """Give what it pays on a day, by reference."""
        return sorted_payments(self.order("payments", **{"from": day.isoformat(), "to": day.isoformat()}))

    def send(self, message: Message) -> RawAnswer | Silence:
        """Take a message of the house and give what arrives of the answer."""
        self._passes(f"before {message.operation} is sent")
        delivery = self._host.serve(Request(PATH + message.operation, message.raw))
        self._tell(message, delivery.manner)
        self._passes(f"after {message.operation} was sent")
        return arrived(delivery)


def arrived(delivery: Delivery) -> RawAnswer | Silence:
    """Give what a client sees of an answer that travels in this manner; one that comes late is waited for in vain."""
    if delivery.manner in {"hang up", "late"}:
        return Silence(said("nemrefusion.answer_missing"), sent=True)
    if delivery.manner == "truncate":
        return Silence(said("nemrefusion.answer_cut"), sent=True)
    if delivery.manner == "500":
        return RawAnswer(*BROKEN)
    return RawAnswer(delivery.status, BROKEN[1] if delivery.manner == "garble" else delivery.body)
