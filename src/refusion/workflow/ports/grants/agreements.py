"""Grant agreements as the verbs keep them: opened once, every record added, proposals moved on, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from refusion.grants.course.records import Decided, Line, Order, Paper, PaperKind, PayoutRun, Received, Step
from refusion.grants.course.standing import Standing


@dataclass(frozen=True, slots=True)
class Opened:
    """An agreement as it was opened: its text of figures with its hash, by whom and when."""

    id: UUID
    name: str
    content: str
    content_hash: str
    opened_by: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper to be kept; its number follows those of its key."""

    kind: PaperKind
    key: str
    day: date
    document: str
    content: Mapping[str, object]


class Agreements(Protocol):
    """The agreements of the institution."""

    def open(self, opened: Opened) -> bool:
        """Keep an agreement; False when one of that name stands already."""

    def every(self) -> tuple[Opened, ...]:
        """Give the agreements that were opened, by name."""

    def standing(self, name: str, *, hold: bool = False) -> Standing:
        """Give an agreement with its records, ``hold`` for a verb that will add to them; raises Refused when there is none."""

    def keep_paper(self, agreement: UUID, paper: NewPaper) -> Paper:
        """Keep a paper under the next number of its key."""

    def keep_report(self, agreement: UUID, report: Received) -> None:
        """Keep a report."""

    def keep_steps(self, agreement: UUID, steps: Sequence[Step]) -> None:
        """Keep steps of matters."""

    def propose_decisions(self, agreement: UUID, decisions: Sequence[Decided]) -> None:
        """Keep proposed decisions."""

    def approve_decisions(self, decisions: Sequence[Decided], by: str, at: datetime) -> None:
        """Note approvals, bound to what was proposed; the database refuses the proposer's own."""

    def withdraw_decisions(self, decisions: Sequence[Decided], by: str, at: datetime) -> None:
        """Note that proposals no longer stand."""

    def absorb_orders(self, agreement: UUID, orders: Sequence[Order]) -> tuple[int, int]:
        """Keep new orders and note deliveries; give the number of each."""

    def propose_run(self, agreement: UUID, run: PayoutRun, lines: Sequence[Line]) -> None:
        """Keep a proposed run with its lines."""

    def approve_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note the approval, bound to what was proposed; the database refuses the proposer's own."""

    def withdraw_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note that a run no longer stands."""

    def pay_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note that a run was paid; the database refuses one that was not approved."""
