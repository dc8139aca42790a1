"""What the verbs on an agreement share: the agreement held for the transaction, and the steps that its matters take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from refusion.grants.course.matters import Matter, matters
from refusion.grants.course.records import Step
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import Event, State, next_state
from refusion.values.said import Refused, Said, said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Course:
    """An agreement in an open transaction: where its matters stand, and the steps taken so far, which are kept at the end."""

    tx: Transaction
    standing: Standing
    taken: list[Step] = field(default_factory=list)

    def state(self, matter: Matter) -> State:
        """Give a matter's state with the steps of this transaction."""
        last = self._last(matter)
        return State.EXPECTED if last is None else last.state

    def move(self, matter: Matter, event: Event, because: str = "", due: date | None = None) -> None:
        """Let an event happen to a matter; raises NotAnswered for one that its state does not meet."""
        last = self._last(matter)
        state = next_state(self.state(matter), event)
        sequence = 1 if last is None else last.sequence + 1
        self.taken.append(Step(matter.pot, matter.who, sequence, state, event, self.tx.at.now, self.tx.actor.name, because, due))

    def release(self, some: Iterable[Matter]) -> int:
        """Make fulfilled matters payable where every approval that the agreement names is recorded; give their number."""
        fulfilled = [one for one in some if self.state(one) is State.FULFILLED and not self.standing.missing_approvals(one.pot)]
        for one in fulfilled:
            self.move(one, Event.RELEASED)
        return len(fulfilled)

    def _last(self, matter: Matter) -> Step | None:
        taken = next((step for step in reversed(self.taken) if (step.pot, step.who) == matter.key), None)
        return taken or self.standing.last_step(*matter.key)


def on_course(ports: Ports, actor: Actor, institution: str, name: str, act: Callable[[Course], Answer]) -> Answer:
    """Do something to an agreement in one transaction: verbs on one agreement follow one another."""
    with ports.work(institution, actor) as tx:
        course = Course(tx, tx.agreements.standing(name, hold=True))
        answer = act(course)
        tx.agreements.keep_steps(course.standing.id, course.taken)
        return answer


def matters_named(standing: Standing, pot: str, whos: Iterable[str]) -> tuple[Matter, ...]:
    """Give the matters of a pot: of those that are named, of all where nobody is. Raises NotAnswered for one that is none."""
    named = tuple(dict.fromkeys(whos))
    if named:
        return tuple(standing.matter(pot, who) for who in named)
    found = tuple(matter for matter in matters(standing.agreement) if matter.pot == pot)
    return found or (standing.matter(pot, ""),)


def need_text(given: str, lacking: Said) -> str:
    """Give a text without the space around it; raises Refused saying what lacks where there is none."""
    if not given.strip():
        raise Refused(lacking)
    return given.strip()


def need_past(day: date, today: date) -> None:
    """Raise Refused for a day that has not come."""
    if day > today:
        raise Refused(said("agreements.day_to_come", day=day))
