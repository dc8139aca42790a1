"""The verbs on self-employed persons' cases, each under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date

from refusion.wiring.texts import render
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import Form, Listed, OpenWait, SelfCase, SelfFiling
from refusion.workflow.ports.work import Ports
from refusion.workflow.self_employed import day, file, keep, look, post
from refusion.workflow.self_employed import remind as reminding
from refusion.workflow.self_employed.keep import Entry, Opening
from refusion.workflow.self_employed.look import CaseView
from refusion.workflow.self_employed.post import Reply
from refusion.workflow.self_employed.remind import Mail


class SelfEmployedVerbs(ABC):
    """What may be done about the cases of self-employed persons."""

    ports: Ports

    def open_self_employed(self, actor: Actor, institution: str, opening: Opening) -> SelfCase:
        """Open a case; the same illness of the same person is one case."""
        self._require(actor, "keep_self_employed")
        return keep.open_case(self.ports, actor, institution, opening)

    def record_self_employed(self, actor: Actor, institution: str, number: int, entry: Entry) -> SelfCase:
        """Record what happened in a case."""
        self._require(actor, "keep_self_employed")
        return keep.record(self.ports, actor, institution, number, entry)

    def record_self_employed_payment(self, actor: Actor, institution: str, number: int, *, on: date, paid_ore: int) -> SelfCase:
        """Record that money came for the oldest expected payment."""
        self._require(actor, "keep_self_employed")
        return keep.record_payment(self.ports, actor, institution, number, on=on, paid_ore=paid_ore)

    def undo_self_employed(self, actor: Actor, institution: str, number: int, because: str) -> SelfCase:
        """Undo the last thing that a person recorded."""
        self._require(actor, "keep_self_employed")
        return keep.undo(self.ports, actor, institution, number, because)

    def intend_self_employed(self, actor: Actor, institution: str, number: int, form: Form) -> SelfFiling:
        """Intend the notification or the request of a case."""
        self._require(actor, "keep_self_employed")
        return file.intend(self.ports, actor, institution, number, form)

    def answer_self_employed_form(self, actor: Actor, institution: str, number: int, reply: Reply) -> SelfCase:
        """Answer the information form in Mit Sygefravær."""
        self._require(actor, "keep_self_employed")
        return post.answer_form(self.ports, actor, institution, number, reply)

    def self_employed_day(self, actor: Actor, institution: str) -> int:
        """Do the day's work on these cases: send, read the post, look at what is due."""
        self._require(actor, "run_day")
        return day.self_employed_day(self.ports, actor, institution)

    def remind_self_employed(self, actor: Actor, institution: str, language: str) -> tuple[Mail, ...]:
        """Give the e-mails of today's reminders, each once; nothing in them tells of the illness."""
        self._require(actor, "keep_self_employed")
        return reminding.remind(self.ports, actor, institution, lambda words: render(words, language))

    def self_employed_case(self, actor: Actor, institution: str, number: int) -> CaseView:
        """Show a case; who looked is noted."""
        self._require(actor, "see_self_employed")
        return look.see_case(self.ports, actor, institution, number)

    def self_employed_cases(self, actor: Actor, institution: str, state: str | None = None, limit: int = 100) -> tuple[Listed, ...]:
        """List the cases, newest first."""
        self._require(actor, "see_self_employed")
        return look.list_cases(self.ports, actor, institution, state, limit)

    def self_employed_waits(self, actor: Actor, institution: str, until: date | None = None) -> tuple[OpenWait, ...]:
        """List what the cases wait for, by its day."""
        self._require(actor, "see_self_employed")
        return look.list_waits(self.ports, actor, institution, until)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
