"""Four eyes: who may approve what was proposed, bound to the content that was proposed and to a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from refusion.values.said import BadInput, Problem, Refused, Said, said


class Subject(StrEnum):
    """What needs a second person."""

    EMPLOYEE_LIMIT_THIS_RUN = "employee_limit_this_run"
    COMPONENT_244 = "component_244"
    INSTITUTION_LIMIT_THIS_RUN = "institution_limit_this_run"
    INSTITUTION_LIMIT = "institution_limit"
    MANUAL_PAYMENT = "manual_payment"
    PAYMENT_IS_WRONG = "payment_is_wrong"
    RELEASE_OF_HELD_PART = "release_of_held_part"
    WRITE_OFF = "write_off"


class CaseState(StrEnum):
    """How the Serviceportal's case on a lasting limit stands."""

    OPENED = "opened"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """One account of one person; a person may have several accounts."""

    account: UUID
    person: UUID


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person proposed: the subject, the hash of its content, by whom, when, until when; decided once."""

    subject: Subject
    content_hash: str
    proposer: Actor
    proposed_at: datetime
    expires_at: datetime
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class PortalCase:
    """The Serviceportal's case that a lasting limit of the institution rests on."""

    number: str
    text: str
    state: CaseState


def content_hash(content: Mapping[str, str | int | None]) -> str:
    """Give the hash of what is proposed: the same content in any order gives the same hash."""
    return sha256(json.dumps(dict(content), sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def why_not(proposal: Proposal, approver: Actor, content_hash_now: str, now: datetime) -> Said | None:
    """Say why this person cannot approve; None when they can. Checked again by the database when it is kept."""
    if proposal.is_decided:
        return said("guard.decided_already")
    if approver.person == proposal.proposer.person or approver.account == proposal.proposer.account:
        return said("guard.own_proposal")
    if now < proposal.proposed_at or now >= proposal.expires_at:
        return said("guard.proposal_expired")
    if content_hash_now != proposal.content_hash:
        return said("guard.content_changed")
    return None


def need_approval(proposal: Proposal, approver: Actor, content_hash_now: str, now: datetime) -> None:
    """Raise Refused with the reason when this person cannot approve."""
    because = why_not(proposal, approver, content_hash_now, now)
    if because is not None:
        raise Refused(because)


def needs_four_eyes(before: int, after: int) -> bool:
    """Tell whether a change of a limit in øre is a raise; a lower limit stops more and may be set by one."""
    return after > before


def need_grounds(subject: Subject, reason: str, case: PortalCase | None = None) -> None:
    """Require a reason, and for the institution's lasting limit a granted case with number and text; raises BadInput."""
    problems = []
    if not reason.strip():
        problems.append(Problem(said("guard.reason_missing"), said("guard.reason_missing_remedy"), column="reason"))
    if subject is Subject.INSTITUTION_LIMIT:
        problems += _case_problems(case)
    if problems:
        raise BadInput(*problems)


def _case_problems(case: PortalCase | None) -> list[Problem]:
    if case is None or not case.number.strip() or not case.text.strip():
        return [Problem(said("guard.case_missing"), said("guard.case_missing_remedy"), column="case")]
    if case.state is not CaseState.GRANTED:
        return [Problem(said("guard.case_not_granted", state=case.state.value), said("guard.case_not_granted_remedy"), column="case")]
    return []
