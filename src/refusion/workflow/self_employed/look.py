"""What is shown of a case: its course, what happened, what it waits for, its forms, its payments, letters nobody has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.cases.self_employed.payments import Payment, payments
from refusion.law.denmark.self_employed.follow_up import payday
from refusion.values.period import ONE_DAY, first_of_month, months_after
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import Listed, OpenWait, SelfCase, SelfFiling, Step
from refusion.workflow.ports.work import Ports
from refusion.workflow.self_employed.course import POST
from refusion.workflow.self_employed.keep import unpaid

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with everything that stands beside it.

    ``expected`` are the payments up to the next payment day, ``owed`` those of them whose day has passed without money,
    ``paid`` all that came, in øre; ``to_read`` the letters that moved nothing.
    """

    case: SelfCase
    today: date
    steps: tuple[Step, ...]
    waits: tuple[OpenWait, ...]
    filings: tuple[SelfFiling, ...]
    expected: tuple[Payment, ...]
    owed: tuple[Payment, ...]
    paid: int
    to_read: tuple[str, ...]

    @property
    def difference(self) -> int:
        """Give what came more (or less) than expected for the days that were paid, in øre."""
        told = self.case.course.day("paid_for")
        return self.paid - sum(one.amount for one in self.expected if told is not None and one.day <= told)


def see_case(ports: Ports, actor: Actor, institution: str, number: int) -> CaseView:
    """Give a case as it stands; who looked is noted in the trail. Raises Refused when there is none."""
    with ports.work(institution, actor) as tx:
        case = tx.self_employed.cases.find(number)
        tx.audit.note("see_self_employed_case", str(number), {})
        steps = tx.self_employed.cases.steps(case.id)
        standing = [step for step in steps if step.undone_at is None]
        read = {step.document for step in steps if step.by == POST}
        until = payday(months_after(first_of_month(tx.at.day), 1))
        return CaseView(
            case,
            tx.at.day,
            steps,
            tx.self_employed.cases.waits(case.id, None),
            tx.self_employed.filings.of_case(case.id),
            payments(case.course, until),
            tuple(one for one in unpaid(case.course, tx.at.day) if one.day <= tx.at.day - ONE_DAY),
            sum(amount for step in standing if isinstance(amount := step.happened.facts.get("paid_ore"), int)),
            tuple(letter for letter in tx.self_employed.filings.letters(case.id) if letter not in read),
        )


def list_cases(ports: Ports, actor: Actor, institution: str, state: str | None, limit: int) -> tuple[Listed, ...]:
    """Give the cases, newest first, of a state where one is named; nothing of a person."""
    with ports.work(institution, actor) as tx:
        return tx.self_employed.cases.listed(state, min(limit, MOST_LISTED))


def list_waits(ports: Ports, actor: Actor, institution: str, until: date | None) -> tuple[OpenWait, ...]:
    """Give everything that the cases wait for with a day up to ``until``, by its day."""
    with ports.work(institution, actor) as tx:
        return tx.self_employed.cases.waits(None, until)
