"""What waits and who sees it, as the verbs keep it: colleagues away, rungs, warnings, orders, stops, approved answers, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from refusion.claims.answer_rules import AnswerRule
from refusion.claims.filing import Filing
from refusion.watch.climbing import Away, Rung
from refusion.watch.facts import Task
from refusion.watch.orders import Order
from refusion.watch.partial_hours import HoursOwed, MissingWeek
from refusion.watch.stops import Stop
from refusion.workflow.ports.institution import Settings


@dataclass(frozen=True, slots=True)
class KnownAway:
    """A colleague's days away with their id and who noted them."""

    id: UUID
    away: Away
    noted_by: str


class Colleagues(Protocol):
    """Who is away when."""

    def keep(self, known: KnownAway, at: datetime) -> bool:
        """Keep days away once; False when they stand already."""

    def withdraw(self, id: UUID, by: str, at: datetime) -> bool:
        """Take days away back; False when there are none of that id that stand."""

    def since(self, day: date) -> tuple[KnownAway, ...]:
        """Give the days away that stand and end on the day or later, in order."""


class Rungs(Protocol):
    """Where late tasks stand."""

    def keep(self, day: date, climbed: Sequence[tuple[Task, Rung]]) -> int:
        """Note where tasks stand on a day, once a day each, and show it on the work list; give the number newly noted."""


class Warnings(Protocol):
    """Weeks of partial return whose hours lack, and the warnings given."""

    def missing(self) -> tuple[MissingWeek, ...]:
        """Give the weeks that a person was asked for and did not answer."""

    def keep(self, owed: Sequence[HoursOwed], day: date) -> int:
        """Note that somebody was warned of each week; give the number of weeks newly warned of."""


class Orders(Protocol):
    """Orders at the service centre."""

    def unordered(self) -> tuple[Filing, ...]:
        """Give the reports that may go and have no open order, oldest first; of each case only its oldest open one."""

    def keep(self, order: Order) -> None:
        """Keep an order as it stands."""

    def find(self, id: UUID) -> Order:
        """Give an order and lock it; raises Refused when there is none."""

    def open_orders(self) -> tuple[Order, ...]:
        """Give the orders that are not with the authority yet, by their day."""

    def made_for(self, filing: UUID) -> int:
        """Count the orders that were made for a report."""


class Stops(Protocol):
    """Stops of benefit by municipalities."""

    def keep(self, stop: Stop) -> None:
        """Keep a stop as it stands."""

    def of_case(self, case: UUID) -> Stop | None:
        """Give the open stop of a case, or None."""

    def open_stops(self) -> tuple[Stop, ...]:
        """Give the stops that stand, oldest first."""


class AnswerRules(Protocol):
    """Answers that were approved beforehand."""

    def every(self) -> tuple[AnswerRule, ...]:
        """Give all rules by number, read once in a transaction; withdrawn and not yet approved ones too."""

    def find(self, number: int) -> AnswerRule:
        """Give a rule and lock it; raises Refused when there is none."""

    def propose(self, rule: AnswerRule) -> None:
        """Keep a proposed rule."""

    def approve(self, rule: AnswerRule, by: str, at: datetime) -> None:
        """Note the approval, bound to what was proposed; the database refuses the proposer's own."""

    def withdraw(self, rule: AnswerRule, by: str, at: datetime) -> None:
        """Note that a rule no longer holds."""


class KeptSettings(Protocol):
    """Settings of the institution and what they move."""

    def keep(self, settings: Settings) -> None:
        """Keep the settings; the next transaction has them."""

    def not_notified(self) -> tuple[UUID, ...]:
        """Give the cases that are not notified yet, by number."""


class Waits(Protocol):
    """All of it, for one transaction."""

    colleagues: Colleagues
    rungs: Rungs
    warnings: Warnings
    orders: Orders
    stops: Stops
    rules: AnswerRules
    settings: KeptSettings
