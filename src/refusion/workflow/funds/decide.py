"""Absorb a decision file: the raw file first, then every row once, each on its claim; what names none is kept and shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from refusion.claims.facts import Claim
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Refused, said
from refusion.watch.facts import Kind as TaskKind
from refusion.watch.facts import Task, Turn
from refusion.workflow.ports.bank import Decision
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.funds import Decided
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.compare import learn_decided
from refusion.workflow.tasks.ask import task_id

KIND = "decisions"


@dataclass(frozen=True, slots=True)
class DecisionsAbsorbed:
    """What became of a decision file: rows laid on claims, rows known already, rows that are about no claim of ours."""

    file: RawFile
    new: int
    known: int
    unplaced: int
    again: bool = False


def absorb_decisions(ports: Ports, actor: Actor, institution: str, name: str, raw: bytes) -> DecisionsAbsorbed:
    """Keep and absorb one decision file. Raises BadInput when it cannot be read; the file is then kept as refused."""
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_decisions", str(file.id), {})
    if file.state == "absorbed":
        return DecisionsAbsorbed(file, 0, 0, 0, again=True)
    try:
        rows = ports.office.read(name, raw)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_decisions", str(file.id), {"problems": len(bad.problems)})
        raise
    with ports.work(institution, actor) as tx:
        became = [_absorb(tx, row, file.id) for row in rows]
        tx.files.set_state(file.id, "absorbed")
        new, known, unplaced = (became.count(word) for word in ("new", "known", "unplaced"))
        tx.audit.note("absorb_decisions", str(file.id), {"new": new, "known": known, "unplaced": unplaced})
    return DecisionsAbsorbed(file, new, known, unplaced)


def _absorb(tx: Transaction, row: Decided, file: UUID) -> str:
    """Keep a row; ``new`` on its claim, ``known`` from before, ``unplaced`` where it names no claim that a fund was told."""
    claim, version = _claim(tx, row)
    id = derived_id(tx.institution.namespace, "fund answer", row.kind.value, row.decision)
    if not tx.funds.keep_answer(id, file, row, None if claim is None else claim.id, tx.at.now):
        return "known"
    if claim is None:
        _tell_unplaced(tx, row, id)
        return "unplaced"
    decision = Decision(
        id=derived_id(tx.institution.namespace, "decision", row.kind.value, row.decision),
        authority_id=row.decision,
        claim=claim.id,
        claim_version=version,
        refund=row.refund,
        supplement=row.supplement,
        pays=row.pays,
        reference=row.reference,
        decided_on=row.decided_on,
        pays_on=row.pays_on,
        text=row.reason,
        revises=row.revises,
    )
    if tx.bank.keep_decision(decision):
        learn_decided(tx, tx.claims.find(claim.id))
    return "new"


def _claim(tx: Transaction, row: Decided) -> tuple[Claim | None, int]:
    """Find the claim that a row names as number and version; None for one of another kind or that no fund was told."""
    number, _, version = row.claim.partition("-")
    if not (number.isdecimal() and version.isdecimal() and len(number) < len("9" * 18)):
        return None, 0
    found = tx.funds.claim_numbered(int(number))
    if found is None:
        return None, 0
    claim = tx.claims.find(found)
    is_told = claim.requested_on is not None and 0 < int(version) <= claim.version
    return (claim, int(version)) if is_told and tx.cases.find(claim.case).kind is row.kind else (None, 0)


def _tell_unplaced(tx: Transaction, row: Decided, id: UUID) -> None:  # noqa: A002 (the port's word)
    """Tell the accountant of an answer that is about no claim of ours."""
    what = said("funds.unplaced", decision=row.decision, claim=row.claim, amount_ore=row.pays)
    tx.tasks.open(Task(task_id(tx, TaskKind.FUND_ANSWER, id), TaskKind.FUND_ANSWER, what, Turn.ACCOUNTANT, abs(row.pays), tx.at.day))


def lay_aside(ports: Ports, actor: Actor, institution: str, decision: str, reason: str) -> None:
    """Close the matter of an answer that is about no claim of ours, with the reason; the answer stays kept.

    Raises Refused where there is no such answer or no reason.
    """
    with ports.work(institution, actor) as tx:
        found = next((one.decided for one in tx.funds.unplaced() if one.decided.decision == decision), None)
        if found is None:
            raise Refused(said("funds.no_such_answer", decision=decision))
        if not reason.strip():
            raise Refused(said("funds.reason_missing"))
        id = derived_id(tx.institution.namespace, "fund answer", found.kind.value, found.decision)
        tx.tasks.close(task_id(tx, TaskKind.FUND_ANSWER, id), tx.at.day, tx.actor.name)
        tx.audit.note("lay_aside_answer", decision, {"reason": reason.strip()})
