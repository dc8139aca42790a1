"""Follow a loss: name who does, apply for dispensation, record the answer; what is granted is claimed anew."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from refusion.cases.facts import Case
from refusion.claims.facts import LossCause, State
from refusion.claims.letters import Letter, Plea, Sender, dispensation_letter
from refusion.claims.losses import Followed, FollowedLoss, Step, require_ground, require_possible, require_waiting
from refusion.claims.states import Event, moved
from refusion.values.said import Refused, Said, said
from refusion.watch.facts import Kind
from refusion.workflow.claims.review import CORRECTABLE, claim_anew, review_claims
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id

DAY = "day"


def name_owner(ports: Ports, actor: Actor, institution: str, number: int, owner: str) -> None:
    """Name who follows a loss; a later name takes the place. Raises Refused for no loss of that number or no name."""
    with ports.work(institution, actor) as tx:
        found = tx.losses.find(number)
        if not owner.strip():
            raise Refused(said("losses.no_owner"))
        tx.losses.keep_step(found.loss.id, Followed(Step.OWNED, tx.at.day, actor.name, owner.strip()))
        tx.audit.note("name_loss_owner", str(found.loss.id), {"owner": owner.strip()})


def apply_dispensation(ports: Ports, actor: Actor, institution: str, number: int, plea: Plea) -> Letter:
    """Apply for dispensation today: the letter is written from the books and kept sealed as it was.

    Raises Refused when the loss can't be excused (any more), was applied for already, or no reason is given.
    """
    with ports.work(institution, actor) as tx:
        found = tx.losses.find(number)
        require_ground(plea.ground)
        require_possible(found, tx.at.day)
        if not plea.reason.strip():
            raise Refused(said("losses.no_reason"))
        letter = dispensation_letter(found, _sender(tx, tx.cases.find(found.loss.case)), plea, tx.at.day)
        tx.losses.keep_step(found.loss.id, Followed(Step.APPLIED, tx.at.day, actor.name, plea.ground), written(letter))
        tx.audit.note("apply_dispensation", str(found.loss.id), {"ground": plea.ground})
        return letter


def record_dispensation(ports: Ports, actor: Actor, institution: str, number: int, *, granted: bool, document: str) -> None:
    """Record the authority's answer by its document: granted, the days are claimed anew; refused, the loss stands.

    Raises Refused when nothing was applied for or no document is named.
    """
    with ports.work(institution, actor) as tx:
        found = tx.losses.find(number)
        require_waiting(found)
        if not document.strip():
            raise Refused(said("losses.no_document"))
        step = Step.GRANTED if granted else Step.REFUSED
        tx.losses.keep_step(found.loss.id, Followed(step, tx.at.day, actor.name, document.strip()))
        tx.audit.note("record_dispensation", str(found.loss.id), {"granted": granted, "document": document.strip()})
        tx.tasks.close(task_id(tx, Kind.REFUND_LOST, found.loss.case, str(found.loss.id)), tx.at.day, actor.name)
        if granted:
            _claim_again(tx, found)


def kept_letter(ports: Ports, actor: Actor, institution: str, number: int) -> Letter:
    """Give the letter of a loss as it was applied with; raises Refused when there is none. The look is noted."""
    with ports.work(institution, actor) as tx:
        found = tx.losses.find(number)
        letter = tx.losses.letter(found.loss.id)
        if letter is None:
            raise Refused(said("losses.nothing_applied", number=number))
        tx.audit.note("read_letter", str(found.loss.id), {})
        return read(letter)


def written(letter: Letter) -> str:
    """Write a letter as JSON, the heading first."""
    return json.dumps([[one.key, dict(one.facts)] for one in (letter.heading, *letter.paragraphs)], default=_plain, ensure_ascii=False)


def read(text: str) -> Letter:
    """Read a letter back."""
    heading, *paragraphs = (Said(key, facts) for key, facts in json.loads(text, object_hook=_restored))
    return Letter(heading, tuple(paragraphs))


def _plain(fact: object) -> object:
    if isinstance(fact, date):
        return {DAY: fact.isoformat()}
    raise TypeError(f"a letter says texts, whole numbers and days, not {fact!r}")


def _restored(found: dict[str, object]) -> object:
    """Give a day back; facts whose only name is ``day`` hold one that was restored already."""
    told = found.get(DAY)
    return date.fromisoformat(told) if found.keys() == {DAY} and isinstance(told, str) else found


def _sender(tx: Transaction, case: Case) -> Sender:
    own = tx.institution
    number = tx.payroll.national_number(case.person)
    return Sender(own.name, own.company_number, own.unit_number, own.settings.contact, number, case.authority_id)


def _claim_again(tx: Transaction, found: FollowedLoss) -> None:
    """Bring the case's claims to what they may say now: drafts and new periods by review, refused and filed ones once more."""
    case = tx.cases.find(found.loss.case)
    for claim in tx.claims.of_case(case.id):
        if claim.state is State.REJECTED and claim.period.overlap(found.loss.period):
            tx.claims.keep(replace(moved(claim, Event.REDRAFTED), version=claim.version + 1), tx.at.now)
    review_claims(tx, case)
    if found.loss.cause is LossCause.LATE_NOTIFICATION:
        return
    for claim in tx.claims.of_case(case.id):
        if claim.state in CORRECTABLE and claim.period.overlap(found.loss.period):
            claim_anew(tx, case, claim)
