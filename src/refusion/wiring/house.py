"""The house: every verb under its duty, every read under its purpose; the only thing that doors know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from refusion.absences.facts import Question
from refusion.access import DUTY_OF, require
from refusion.values.said import Refused, said
from refusion.wiring.database.turns import turn
from refusion.wiring.demo import Demo, LogIn
from refusion.wiring.parts import ports_of
from refusion.wiring.reading import Reads, reading
from refusion.wiring.verbs.access import AccessVerbs
from refusion.wiring.verbs.books import BookVerbs
from refusion.wiring.verbs.funds import FundVerbs
from refusion.wiring.verbs.grants import GrantVerbs
from refusion.wiring.verbs.guard import GuardVerbs
from refusion.wiring.verbs.losses import LossVerbs
from refusion.wiring.verbs.matching import MatchingVerbs
from refusion.wiring.verbs.nav import NavVerbs
from refusion.wiring.verbs.self_employed import SelfEmployedVerbs
from refusion.wiring.verbs.stages import StageVerbs
from refusion.wiring.verbs.watching import WatchingVerbs
from refusion.workflow.cases.answer import Told, answer_question, enter_fact
from refusion.workflow.cases.retry import retry_refused
from refusion.workflow.day.run import begin_day, end_day, run_day
from refusion.workflow.filing.send import Round, file_round
from refusion.workflow.payroll.absorb import Delivered, PayrollAbsorbed, absorb_payroll
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.work import Moment, Ports
from refusion.workflow.settlements.absorb import BankAbsorbed, absorb_bank
from refusion.workflow.settlements.close import close_difference

__all__ = ["HOUSE", "House", "house", "install"]


class House(
    AccessVerbs, BookVerbs, FundVerbs, GrantVerbs, GuardVerbs,
    LossVerbs, MatchingVerbs, NavVerbs, SelfEmployedVerbs, StageVerbs, WatchingVerbs,
):  # fmt: skip
    """Verbs and reads, each checked against the actor's roles before anything happens."""

    def __init__(self, ports: Ports, demo: Demo | None = None) -> None:
        """Take what the verbs need; ``demo`` while one is served."""
        self.ports = ports
        self.demo = demo

    def now(self) -> Moment:
        """Give the house's moment."""
        return Moment(self.ports.clock.now(), self.ports.zone)

    def today(self) -> date:
        """Give the day that the data stands at."""
        return self.demo.today() if self.demo else self.now().day

    @contextmanager
    def reading(self, actor: Actor, institution: str, purpose: str) -> Iterator[Reads]:
        """Open reads at an institution; who is shown to whom is logged in the same transaction."""
        self._require(actor, "read")
        with reading(actor, institution, purpose, self.now()) as reads:
            yield reads

    def absorb_payroll(
        self, actor: Actor, institution: str, kind: str, name: str, raw: bytes, *, mapping: Path | None = None
    ) -> PayrollAbsorbed:
        """Absorb a payroll file."""
        self._require(actor, "absorb_payroll")
        return absorb_payroll(self.ports, actor, institution, Delivered(kind, name, raw), mapping)

    def absorb_bank(self, actor: Actor, institution: str, name: str, raw: bytes) -> BankAbsorbed:
        """Absorb a bank file."""
        self._require(actor, "absorb_bank")
        return absorb_bank(self.ports, actor, institution, name, raw)

    def run_day(
        self, actor: Actor, institution: str, tell: Callable[[str, int], None] = lambda _step, _count: None
    ) -> Mapping[str, int]:
        """Do the day's work at the house's moment."""
        self._require(actor, "run_day")
        if self.is_norwegian(actor, institution):
            return self.nav_work(actor, institution, tell)
        with turn(institution):
            return run_day(self.ports, actor, institution, tell)

    def begin_day(self, actor: Actor, institution: str) -> Mapping[str, int]:
        """Do the part of a day's work that comes before filing."""
        self._require(actor, "run_day")
        return begin_day(self.ports, actor, institution)

    def end_day(self, actor: Actor, institution: str) -> Mapping[str, int]:
        """Do the part of a day's work that comes after filing."""
        self._require(actor, "run_day")
        return end_day(self.ports, actor, institution)

    def file_due(self, actor: Actor, institution: str) -> Round:
        """Do one round of filing; raises Refused when another process files for the institution."""
        self._require(actor, "run_day")
        with turn(institution):
            return file_round(self.ports, actor, institution)

    def answer_question(
        self,
        actor: Actor,
        institution: str,
        task_id: UUID,
        value: str,
        document: str,
        *,
        valid_from: date,
        valid_until: date | None,
    ) -> None:
        """Answer the question of a task; ``value`` is canonical text (hundredths of hours, yes or no, an ISO day)."""
        self._require(actor, "answer_question")
        told = Told(value, valid_from, valid_until, document)
        answer_question(self.ports, actor, institution, task_id, told)

    def enter_fact(
        self,
        actor: Actor,
        institution: str,
        employment_id: UUID,
        question: str,
        value: str,
        *,
        valid_from: date,
        valid_until: date | None,
        document: str,
    ) -> None:
        """Enter a fact that payroll lacks: the question with its value, its first and last day, the document."""
        self._require(actor, "enter_fact")
        told = Told(value, valid_from, valid_until, document)
        enter_fact(self.ports, actor, institution, employment_id, (Question(question), told))

    def close_difference(self, actor: Actor, institution: str, claim_id: UUID, reason: str) -> None:
        """Close a claim's difference with its reason."""
        self._require(actor, "close_difference")
        close_difference(self.ports, actor, institution, claim_id, reason)

    def retry_refused(self, actor: Actor, institution: str, case_id: UUID) -> None:
        """File again what the authority refused."""
        self._require(actor, "retry_refused")
        retry_refused(self.ports, actor, institution, case_id)

    def mark_step(self, actor: Actor, institution: str, day: date, step: str) -> None:
        """Note that a step of a day is done."""
        self._require(actor, "run_day")
        with self.ports.work(institution, actor) as tx:
            tx.days.mark(day, step)

    def last_done(self, actor: Actor, institution: str, step: str) -> date | None:
        """Give the last day on which a step was done."""
        self._require(actor, "run_day")
        with self.ports.work(institution, actor) as tx:
            return tx.days.last(step)

    def demo_log_ins(self) -> Sequence[LogIn]:
        """Name the demo's users; none where no demo runs."""
        return self.demo.log_ins() if self.demo else ()

    def demo_next_day(self, actor: Actor) -> date:
        """Live the demo's next day; raises Refused where no demo runs."""
        self._require(actor, "step_demo")
        if self.demo is None:
            raise Refused(said("demo.not_running"))
        return self.demo.next_day()

    def _require(self, actor: Actor, verb: str) -> None:
        if not actor.is_house:
            require(actor.roles, DUTY_OF.get(verb, verb))


_installed: list[House] = []


def install(house: House) -> None:
    """Let this process work with a house of its own: a demo's, with its clock and its twin."""
    _installed[:] = [house]


def house() -> House:
    """Give the house of this process; without one installed it has the real world in its ports."""
    if not _installed:
        install(House(ports_of()))
    return _installed[0]
