"""Reports the work that was saved: answers from payroll against answers typed, cases closed untouched, touches per case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refusion.reports.report import Layout, Report, Unit, column, made
from refusion.reports.rows import WorkLine
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class SeenWork:
    """A case as the report shows it: everything by the key of its column."""

    line: WorkLine

    def __getattr__(self, key: str) -> object:
        """Give a fact of the line under its own name."""
        return getattr(self.line, key)

    @property
    def kind(self) -> Said:
        """Say the kind of case."""
        return Said(f"cases.kind_{self.line.kind}")

    @property
    def first_day(self) -> date:
        """Give the first day of absence."""
        return self.line.first_absence_day

    @property
    def closed_cases(self) -> int:
        """Count 1 for a closed case."""
        return int(self.line.closed)

    @property
    def closed_untouched(self) -> int:
        """Count 1 for a case that closed without a person having touched it."""
        return int(self.line.closed and not self.line.touches)


WORK_SAVED: Layout[SeenWork] = Layout(
    "work-saved",
    (
        column("case_number", Unit.NUMBER),
        column("person", Unit.TEXT),
        column("unit", Unit.TEXT),
        column("kind", Unit.WORD),
        column("first_day", Unit.DAY),
        *(
            column(key, Unit.COUNT, adds_up=True)
            for key in ("from_payroll", "by_rule", "typed", "touches", "closed_cases", "closed_untouched")
        ),
    ),
)


def work_saved(lines: Sequence[WorkLine]) -> Report:
    """Report cases with their work, those touched most often first; averages are said in tenths and per cent, rounded down."""
    seen = sorted((SeenWork(line) for line in lines), key=lambda one: (-one.line.touches, one.line.case_number))
    answers = sum(line.from_payroll + line.typed + line.by_rule for line in lines)
    unasked = sum(line.from_payroll + line.by_rule for line in lines)
    closed = sum(line.closed for line in lines)
    tenths = sum(line.touches for line in lines) * 10 // max(len(lines), 1)
    sentence = said(
        "reports.work_saved_sentence",
        count=len(seen),
        answers=answers,
        unasked=unasked,
        percent=unasked * 100 // max(answers, 1),
        closed=closed,
        untouched=sum(one.closed_untouched for one in seen),
        touches=f"{tenths // 10},{tenths % 10}",
    )
    return made(WORK_SAVED, seen, sentence)
