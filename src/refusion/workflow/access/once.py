"""A request under an idempotency key has the effect of once: the same again gets the same answer, another one is refused."""

from __future__ import annotations

from datetime import timedelta

from refusion.values.said import Refused, said
from refusion.workflow.ports.access.tokens import Answered, Asked
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

KEPT = timedelta(days=30)


def begin_once(ports: Ports, actor: Actor, institution: str, asked: Asked) -> Answered | None:
    """Note a request before it is done and give None, or give the answer that it was given before.

    Raises Refused for another request under the same key, and while the first one is not answered: then nobody knows
    whether it took effect, and whoever asks must look before asking under another key.
    """
    with ports.work(institution, actor) as tx:
        tx.access.answers.forget_before(tx.at.day - KEPT)
        before = tx.access.answers.begin(asked, tx.at.day)
    if before is None:
        return None
    if before.request_hash != asked.request_hash:
        raise Refused(said("api.key_of_other_request", sent=asked.key))
    if before.status is None:
        raise Refused(said("api.key_in_progress", sent=asked.key))
    return before


def keep_answer(ports: Ports, actor: Actor, institution: str, asked: Asked, answer: tuple[int, bytes]) -> None:
    """Keep the status and body of a request that is done."""
    with ports.work(institution, actor) as tx:
        tx.access.answers.keep(asked, *answer)


def give_up_once(ports: Ports, actor: Actor, institution: str, asked: Asked) -> None:
    """Take back the note of a request that a fault of ours rolled back, so that it may be sent again."""
    with ports.work(institution, actor) as tx:
        tx.access.answers.give_up(asked)
