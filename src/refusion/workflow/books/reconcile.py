"""Prove the books of a day: claims against ledger, bank and the authority's list; a certificate, or a task for each difference."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from refusion.values.period import last_of_month
from refusion.values.said import Refused, Said
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.books.differences import of_authority, of_claims, of_lines, silent
from refusion.workflow.ports.authority import Held, RawAnswer, Unknown
from refusion.workflow.ports.books.proofs import Certificate, Difference, Stand, What
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id

MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """The authority's whole list by intent, None where it was not given whole; ``sha256`` is of the pages as they came.

    Not ``asked`` where the service centre files: the authority knows those reports by the centre's intents.
    """

    held: Mapping[UUID, Held] | None
    sha256: str
    asked: bool = True


def reconciliation_due(tx: Transaction) -> int:
    """Tell by 1 or 0 whether the books are to be proved today and were not yet."""
    day = tx.at.day
    if not tx.institution.settings.nightly_reconciliation and day != last_of_month(day):
        return 0
    return int(not tx.books.is_proved(day))


def reconcile_books(ports: Ports, actor: Actor, institution: str) -> Certificate:
    """Prove the books as they stand; gives the certificate, or the proof that names what differs, each also a task.

    The authority is asked for its list before the transaction that compares; without its whole list nothing is certified.
    """
    with ports.work(institution, actor) as tx:
        employer, model = tx.institution.company_number, tx.institution.settings.working_model
    orders = model is WorkingModel.ORDERS
    listed = Listed(None, "", asked=False) if orders else _listed(ports, employer)
    with ports.work(institution, actor) as tx:
        return _prove(tx, listed)


def certificates(ports: Ports, actor: Actor, institution: str, day: date | None) -> tuple[tuple[Certificate, bool], ...]:
    """Give the proofs of a day or all of them, oldest first, each with whether it still says what it was signed for."""
    with ports.work(institution, actor) as tx:
        root = tx.institution.namespace
        return tuple((one, digest_of(root, one) == one.digest) for one in tx.books.certificates(day))


def accept_difference(ports: Ports, actor: Actor, institution: str, subject: UUID, reason: str) -> None:
    """Note that a report that only the authority knows is another system's: from now on it is no difference.

    Raises Refused without a reason, and where no such difference is open.
    """
    with ports.work(institution, actor) as tx:
        task = tx.tasks.find(task_id(tx, Kind.BOOKS_DIFFER, subject, What.ONLY_WITH_AUTHORITY.value))
        if task.done_on is not None or not reason.strip():
            raise Refused(Said("books.not_to_accept" if reason.strip() else "books.reason_missing"))
        tx.tasks.close(task.id, tx.at.day, actor.name)
        tx.audit.note("accept_difference", str(subject), {"reason": reason.strip()})


def digest_of(root: UUID, one: Certificate) -> str:
    """Give the SHA-256 of what a proof says: institution, day, number, figures, differences and the proof before it."""
    differences = [list(difference) for difference in one.differences]
    said = [str(root), one.day.isoformat(), one.number, dict(one.figures), differences, one.certified, one.previous]
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _listed(ports: Ports, employer: str) -> Listed:
    """Read the authority's list from its start; a list that stays cut says nothing about what is absent."""
    held: dict[UUID, Held] = {}
    pages, marker = sha256(), ""
    for _ in range(MOST_PAGES):
        answer = ports.authority.send(ports.authority.encode_list(employer, marker))
        page = ports.authority.read_list(answer)
        if isinstance(page, Unknown) or not isinstance(answer, RawAnswer):
            break
        pages.update(answer.raw)
        held |= {one.intent: one for one in page.items}
        if page.complete:
            return Listed(held, pages.hexdigest())
        if page.marker == marker:
            break
        marker = page.marker
    return Listed(None, pages.hexdigest())


def _prove(tx: Transaction, listed: Listed) -> Certificate:
    stand = tx.books.stand(tx.at.day)
    found = [one for one in _found(tx, stand, listed) if not _accepted(tx, one)]
    figures = {**stand.figures, "imbalance_ore": stand.imbalance, "reports_held": len(listed.held or ())}
    if not listed.asked:
        # The proof says so itself: what stands with the authority was followed order by order instead.
        figures["authority_not_asked"] = 1
    named = tuple((one.what.value, str(one.subject), one.amount) for one in found)
    head = (tx.at.day, stand.number, not found, figures, named)
    unsigned = Certificate(*head, "", stand.previous, tx.actor.name, tx.at.now)
    signed = Certificate(*head, digest_of(tx.institution.namespace, unsigned), stand.previous, tx.actor.name, tx.at.now)
    tx.books.keep_certificate(signed)
    if found or not stand.was_certified:
        _tell(tx, found)
    facts = {"number": signed.number, "certified": signed.certified, "digest": signed.digest, "differences": len(found)}
    tx.audit.note("reconcile_books", tx.at.day.isoformat(), facts | {"authority_list": listed.sha256})
    return signed


def _found(tx: Transaction, stand: Stand, listed: Listed) -> Iterable[Difference]:
    setting = tx.institution.settings.preregistration
    if stand.imbalance:
        yield Difference(What.LEDGER_UNBALANCED, tx.institution.namespace, abs(stand.imbalance))
    is_on = setting.on_by_default or bool(setting.rules)
    yield from of_claims(tx.books.claims_in_question(unposted=is_on), setting.applies)
    if stand.overmatched:
        yield from of_lines(tx.books.overmatched())
    ours = tx.books.reported()
    if not listed.asked:
        return
    if listed.held is None:
        yield silent(ours, tx.institution.namespace)
    else:
        yield from of_authority(ours, listed.held, tx.at.now, tx.at.day_of)


def _accepted(tx: Transaction, one: Difference) -> bool:
    """Tell whether a person said that the authority's report is another system's."""
    if one.what is not What.ONLY_WITH_AUTHORITY:
        return False
    try:
        task = tx.tasks.find(_task_of(tx, one))
    except Refused:
        return False
    return task.done_on is not None and task.done_by not in {None, HOUSE.name}


def _tell(tx: Transaction, found: Sequence[Difference]) -> None:
    """Open a task for each difference, and close those of differences that are gone."""
    told = {_task_of(tx, one): one for one in found}
    for task in tx.tasks.open_tasks():
        if task.kind is Kind.BOOKS_DIFFER and task.id not in told:
            tx.tasks.close(task.id, tx.at.day, HOUSE.name)
    for name, one in told.items():
        tx.tasks.open(_task(tx, name, one))


def _task(tx: Transaction, name: UUID, one: Difference) -> Task:
    return Task(
        id=name,
        kind=Kind.BOOKS_DIFFER,
        said=Said(f"books.{one.what.value}", {"amount_ore": one.amount, "subject": str(one.subject)}),
        turn=Turn.ACCOUNTANT,
        at_stake=one.amount,
        opened_on=tx.at.day,
        case=one.case,
        claim=one.claim,
        line=one.line,
        about=str(one.subject),
    )


def _task_of(tx: Transaction, one: Difference) -> UUID:
    return task_id(tx, Kind.BOOKS_DIFFER, one.subject, one.what.value)
