"""Where an agreement stands: its records, and what they say of each matter, pot and payee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from refusion.grants.agreement import Agreement, Approval
from refusion.grants.course.matters import Matter, matters, matters_of_pot, own_matters
from refusion.grants.course.records import Decided, Line, Order, Paper, PaperKind, PayoutRun, Received, Step
from refusion.grants.evidence import Report, State, Verdict, assess, report_day
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import Said, said

OPENED_AGAIN = "opened_again"


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement at an institution with all that was recorded; records stand in the order in which they were made."""

    id: UUID
    agreement: Agreement
    papers: tuple[Paper, ...] = ()
    steps: tuple[Step, ...] = ()
    reports: tuple[Received, ...] = ()
    decisions: tuple[Decided, ...] = ()
    orders: tuple[Order, ...] = ()
    runs: tuple[PayoutRun, ...] = ()
    lines: tuple[Line, ...] = ()

    def matter(self, pot: str, who: str) -> Matter:
        """Give a matter; raises NotAnswered for none."""
        found = next((one for one in matters(self.agreement) if one.key == (pot, who)), None)
        if found is None:
            known = ", ".join(dict.fromkeys(one.pot for one in matters(self.agreement)))
            raise NotAnswered(said("agreements.no_such_matter", pot=pot, who=who, known=known))
        return found

    def paper(self, kind: PaperKind, key: str) -> Paper | None:
        """Give the newest paper of a kind on something."""
        found = [paper for paper in self.papers if paper.kind is kind and paper.key == key]
        return max(found, key=lambda paper: paper.number, default=None)

    def closing(self, pot: str) -> Paper | None:
        """Give the paper that closes a pot; None where there is none, or the newest opened it again."""
        found = self.paper(PaperKind.CLOSING, pot)
        return None if found is None or found.content.get(OPENED_AGAIN) else found

    def account(self, payee: str) -> str:
        """Give the bankgiro number of a payee, empty where nobody noted one."""
        found = self.paper(PaperKind.ACCOUNT, payee)
        return "" if found is None else str(found.content["bankgiro"])

    def of_kind(self, kind: PaperKind) -> tuple[Paper, ...]:
        """Give the papers of a kind, by number."""
        return tuple(sorted((paper for paper in self.papers if paper.kind is kind), key=lambda paper: paper.number))

    def missing_approvals(self, pot: str) -> tuple[Approval, ...]:
        """Give what a pot's money still waits for."""
        return tuple(one for one in self.agreement.approvals_of(pot) if self.paper(PaperKind.APPROVAL, one.id) is None)

    def last_step(self, pot: str, who: str) -> Step | None:
        """Give the last step of a matter, or None before the first."""
        return next((step for step in reversed(self.steps) if (step.pot, step.who) == (pot, who)), None)

    def state(self, pot: str, who: str) -> State:
        """Give the state of a matter; a report is expected at first."""
        step = self.last_step(pot, who)
        return State.EXPECTED if step is None else step.state

    def reports_of(self, pot: str, who: str) -> tuple[Received, ...]:
        """Give the reports on a matter, the completions of it after the first."""
        return tuple(report for report in self.reports if (report.pot, report.who) == (pot, who))

    def evidence_of(self, pot: str, who: str) -> dict[str, str]:
        """Join the evidence of all reports on a matter, the later one counting."""
        return {check: text for report in self.reports_of(pot, who) for check, text in report.evidence.items()}

    def verdict(self, pot: str, who: str) -> Verdict:
        """Hold what was reported on a matter against checks and days: those of the first report and of each on the way count.

        A completion has a day of its own, which was held when it came.
        """
        reports = self.reports_of(pot, who)
        first = next((report for report in reports if not report.interim), None)
        exception = next((report.exception for report in reports if report.exception), "")
        stamped = {check.id: "diary" for check in self.agreement.checks if first and check.kind == "timestamp"}
        evidence = {**stamped, **self.evidence_of(pot, who)}
        verdict = assess(self.agreement, Report(who, pot, first.received_on if first else None, evidence, exception))
        on_the_way = tuple(self._on_the_way(pot, [report for report in reports if report.interim]))
        return replace(verdict, fulfilled=verdict.fulfilled and not on_the_way, reasons=(*verdict.reasons, *on_the_way))

    def interim_days(self, pot: str) -> tuple[date, ...]:
        """Give the days of the reports on the way that the agreement asks for on a pot."""
        required = self.agreement.requirement(pot)
        return () if required is None else required.interim

    def _on_the_way(self, pot: str, came: list[Received]) -> Iterator[Said]:
        """Say which reports on the way were late or never came."""
        for place, day in enumerate(self.interim_days(pot)):
            if place >= len(came):
                yield said("agreements.interim_missing", pot=pot, last_day=day)
            elif came[place].late:
                yield said("grants.reported_late", day=came[place].received_on, last_day=day)

    def last_day(self, pot: str, who: str) -> date | None:
        """Give the last day of what is awaited of a matter: its report, or the completion that was asked for."""
        step = self.last_step(pot, who)
        if step is not None and step.state is State.COMPLETION_REQUESTED:
            return step.due
        return report_day(self.agreement, pot)

    def open_decision(self, pot: str, who: str) -> Decided | None:
        """Give the decision on a matter that waits for its approval."""
        return next((one for one in self.decisions if (one.pot, one.who) == (pot, who) and one.is_open), None)

    def decision(self, pot: str, who: str) -> Decided | None:
        """Give the decision on a matter that holds: the last one approved, unless the matter was opened again since."""
        if self.state(pot, who) not in {State.FULFILLED, State.NOT_FULFILLED, State.PAYABLE, State.PAID}:
            return None
        found = [one for one in self.decisions if (one.pot, one.who) == (pot, who) and one.approved_at is not None]
        return found[-1] if found else None

    def unset_requirements(self, pot: str) -> tuple[str, ...]:
        """Name the pots whose requirement a pot's payment waits for: its own, and that of what it is decided under."""
        own = dict.fromkeys((pot, *(matter.pot for matter in own_matters(self.agreement, self.agreement.pot(pot)))))
        required = [name for name in own if self.agreement.requirement(name) is not None]
        return tuple(name for name in required if self.paper(PaperKind.REQUIREMENT, name) is None)

    def undecided(self, pot: str) -> tuple[Matter, ...]:
        """Give the matters that a pot's payment rests on and nobody decided yet."""
        asked = matters_of_pot(self.agreement, self.agreement.pot(pot))
        return tuple(matter for matter in asked if self.decision(*matter.key) is None)

    def unclosed(self, pot: str) -> tuple[str, ...]:
        """Name the pots that are not closed yet and whose unused money goes to a pot, the pot itself where it lives by orders."""
        own = self.agreement.pot(pot)
        flows = [one.name for one in self.agreement.feeders(pot)] + ([own.name] if own.unused_to else [])
        return tuple(name for name in flows if self.closing(name) is None)

    def run(self, number: int) -> PayoutRun:
        """Give a run; raises NotAnswered for none."""
        found = next((run for run in self.runs if run.number == number), None)
        if found is None:
            raise NotAnswered(said("agreements.no_such_run", number=number))
        return found

    def open_run(self) -> PayoutRun | None:
        """Give the run that is neither paid nor withdrawn; there is one at most."""
        return next((run for run in self.runs if run.is_open), None)

    def lines_of(self, number: int) -> tuple[Line, ...]:
        """Give the lines of a run."""
        return tuple(line for line in self.lines if line.run == number)

    def paid(self) -> dict[tuple[str, str], int]:
        """Give what was paid by pot and payee, in øre."""
        done = {run.number for run in self.runs if run.paid_at is not None}
        found: dict[tuple[str, str], int] = {}
        for line in self.lines:
            if line.run in done:
                found[line.pot, line.payee] = found.get((line.pot, line.payee), 0) + line.difference
        return found

    def payee_name(self, who: str) -> str:
        """Give the name of a payee: of a county's code the body that is paid."""
        return next((county.payee for county in self.agreement.counties if county.code == who), who)

    def overdue(self, today: date) -> tuple[Said, ...]:
        """Say of each condition and last day which counties nothing came from though it has passed."""
        found: dict[tuple[str, date], list[str]] = {}
        for matter, last in self.awaited(today):
            found.setdefault((matter.pot, last), []).append(matter.who)
        return tuple(
            said("agreements.overdue", pot=pot, count=len(whos), who=" ".join(whos), last_day=last) for (pot, last), whos in found.items()
        )

    def awaited(self, today: date) -> Iterator[tuple[Matter, date]]:
        """Go through the matters that nothing came on though their last day, given with them, has passed."""
        for matter in matters(self.agreement):
            last = self.last_day(*matter.key)
            waits = self.state(*matter.key) in {State.EXPECTED, State.COMPLETION_REQUESTED}
            if waits and last is not None and last < today:
                yield matter, last

