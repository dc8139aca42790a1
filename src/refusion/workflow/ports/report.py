"""What the house files with an authority: the answers of each kind of report, in house words and one canonical form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NotRequired, TypedDict, cast
from uuid import UUID

Kind = Literal["notification", "claim", "recovery", "correction", "annulment"]
Corrected = Literal["notification", "claim"]
AbsenceKind = Literal["sickness", "pregnancy", "parental", "ill_child", "self_employed"]
"""The families of absence that have forms of their own; a claim or recovery that names none is of sickness."""

# --- what we file: the answers of each kind; money in øre, hours in hundredths, days as ISO text -------------


class Employer(TypedDict):
    """The employer as the authority knows it: 8 digits and, for the place of work, 10."""

    cvr: str
    p_number: NotRequired[str]


class NotificationAnswers(TypedDict):
    """An absence is notified. A minimum report leaves out what is not required here."""

    employer: Employer
    national_number: str
    first_absence_day: str
    absence_kind: AbsenceKind
    name: NotRequired[str]
    employed_since: NotRequired[str]
    weekly_hours: NotRequired[int]
    hourly_after_am: NotRequired[int]
    job_kind: NotRequired[Literal["ordinary", "fleksjob"]]
    agreement_56: NotRequired[bool]
    pregnancy: NotRequired[bool]
    parent: NotRequired[Literal["mother", "father"]]
    child_born: NotRequired[str]
    weeks_transferred: NotRequired[int]
    hospital_days: NotRequired[int]
    sole_provider: NotRequired[bool]
    partial: NotRequired[bool]
    wage_paid: NotRequired[bool]
    last_absence_day: NotRequired[str | None]
    contact: NotRequired[str]
    answered_by_rule: NotRequired[str]


class ClaimAnswers(TypedDict):
    """A refund is asked for one period of a notified absence.

    ``notification`` is the authority id of the accepted notification; ``wage_paid`` the pay of the period in øre;
    ``absent_hours_by_week`` maps Mondays to hours, None means fully absent; the expected amount is never sent.
    """

    notification: str
    number: int
    first_day: str
    last_day: str
    weekly_hours: int
    hourly_after_am: int
    wage_paid: int
    absent_hours_by_week: NotRequired[Mapping[str, int] | None]
    last_absence_day: NotRequired[str | None]
    contact: NotRequired[str]
    answered_by_rule: NotRequired[str]
    absence_kind: NotRequired[AbsenceKind]
    parent: NotRequired[Literal["mother", "father"]]
    child_born: NotRequired[str]
    weeks_transferred: NotRequired[int]
    hospital_days: NotRequired[int]
    sole_provider: NotRequired[bool]


class RecoveryAnswers(TypedDict):
    """The employee is well again or back from leave: the last day of the absence."""

    absence_kind: NotRequired[AbsenceKind]
    notification: str
    last_absence_day: str


class CorrectionAnswers(TypedDict):
    """An accepted report (``of``, its authority id) becomes ``content``.

    ``token`` is the newest receipt that we hold for that report (acceptance or later correction): the authority
    refuses a change made from an older version. A notification is updated where it stands. A claim is annulled and
    filed anew in its place, both or neither; its place is the one between its neighbours, so a period may change
    only where no gap and no overlap arises. To shorten a row of claims: annul from the last one back.
    """

    of: str
    token: str
    kind: Corrected
    content: NotificationAnswers | ClaimAnswers


class AnnulmentAnswers(TypedDict):
    """An accepted report is withdrawn; possible from the day the authority has fetched it, last claim first."""

    of: str
    token: str


Answers = NotificationAnswers | ClaimAnswers | RecoveryAnswers | CorrectionAnswers | AnnulmentAnswers


@dataclass(frozen=True, slots=True)
class Report:
    """What is filed: one intent of ours with its content, made by :func:`report`."""

    intent: UUID
    about: UUID
    kind: Kind
    content: bytes
    content_hash: str


def canonical(answers: Answers | Mapping[str, object]) -> bytes:
    """Write answers as canonical JSON: keys sorted, no spaces, UTF-8. Raises TypeError for a fraction."""
    _refuse_fractions(answers)
    return json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(kind: Kind, content: bytes) -> str:
    """Give the identity of what is said, in 64 hexadecimal digits: the same content of the same kind, the same hash."""
    return sha256(kind.encode() + b"\x1f" + content).hexdigest()


def report(intent: UUID, about: UUID, kind: Kind, answers: Answers | Mapping[str, object]) -> Report:
    """Make a report of answers; ``about`` is our id of the case, equal for all reports of one absence."""
    content = canonical(answers)
    return Report(intent, about, kind, content, content_hash(kind, content))


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"amounts and hours are whole numbers, not {value!r}")
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for part in cast("tuple[object, ...]", parts):
        _refuse_fractions(part)
