"""The verbs on tokens and closed log-ins, each under its duty; how a machine is recognised and answered once."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod

from refusion.access.scopes import as_roles
from refusion.wiring import admission
from refusion.workflow.access import once, tokens
from refusion.workflow.access.tokens import Made, Wanted
from refusion.workflow.ports.access.tokens import Answered, Asked, Token
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

SECRET_BYTES = 32
GATE = Actor("api")


class AccessVerbs(ABC):
    """What may be done about who comes in."""

    ports: Ports

    def make_token(self, actor: Actor, institution: str, wanted: Wanted) -> Made:
        """Make a token; what its machine sends is given here and never again."""
        self._require(actor, "make_token")
        return tokens.make_token(self.ports, actor, institution, wanted, secrets.token_urlsafe(SECRET_BYTES))

    def approve_token(self, actor: Actor, institution: str, number: int, content: str) -> Token:
        """Approve a token that another person made, as it was shown."""
        self._require(actor, "approve_token")
        return tokens.approve_token(self.ports, actor, institution, number, content)

    def withdraw_token(self, actor: Actor, institution: str, number: int) -> Token:
        """Withdraw a token."""
        self._require(actor, "make_token")
        return tokens.withdraw_token(self.ports, actor, institution, number)

    def api_tokens(self, actor: Actor, institution: str) -> tuple[Token, ...]:
        """Give all tokens, withdrawn ones too."""
        self._require(actor, "see_tokens")
        return tokens.api_tokens(self.ports, actor, institution)

    def release_log_in(self, actor: Actor, institution: str, name: str) -> None:
        """Open the log-in of a user of the institution that was closed after failures."""
        self._require(actor, "release_log_in")
        admission.release(self.ports, actor, institution, name)

    def machine(self, written: str) -> tuple[Actor, str, Token] | None:
        """Recognise what a machine sends: who acts, at which institution, by which token; None for anything that opens nothing."""
        found = tokens.recognised(self.ports, GATE, written)
        if found is None:
            return None
        institution, token = found
        return Actor(f"token:{token.name}", as_roles(token.scopes)), institution, token

    def begin_once(self, actor: Actor, institution: str, asked: Asked) -> Answered | None:
        """Note a request under its key, or give what it was answered before."""
        return once.begin_once(self.ports, actor, institution, asked)

    def keep_answer(self, actor: Actor, institution: str, asked: Asked, answer: tuple[int, bytes]) -> None:
        """Keep what a request under its key was answered."""
        once.keep_answer(self.ports, actor, institution, asked, answer)

    def give_up_once(self, actor: Actor, institution: str, asked: Asked) -> None:
        """Take back the note of a request that changed nothing."""
        once.give_up_once(self.ports, actor, institution, asked)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
