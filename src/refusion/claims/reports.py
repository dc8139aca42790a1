"""Answers become what is filed: the content of notification, claim, recovery, correction and annulment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from refusion.cases.facts import LEAVE
from refusion.cases.facts import Kind as CaseKind
from refusion.claims.answer_rules import names_of
from refusion.claims.facts import Answer
from refusion.claims.filing import Kind


def notification(
    answers: Sequence[Answer], national_number: str, employer: Mapping[str, str], kind: CaseKind = CaseKind.ORDINARY
) -> dict[str, Any]:
    """Give a notification's content; answers that lack are left out, which makes it a minimum report."""
    given = {a.field: a.value for a in answers if not a.missing} | _by_rule(answers)
    return {**given, "absence_kind": absence_kind(kind), "national_number": national_number, "employer": dict(employer)}


def absence_kind(kind: CaseKind) -> str:
    """Give the authority's family of absences that a case belongs to."""
    return kind.value if kind in LEAVE else "sickness"


def claim(answers: Sequence[Answer], notification_id: str, kind: CaseKind = CaseKind.ORDINARY) -> dict[str, Any]:
    """Give a claim's content; raises ValueError when an answer lacks, for a claim is never filed with one missing."""
    lacking = [answer.field for answer in answers if answer.missing]
    if lacking:
        raise ValueError(f"a claim lacks {', '.join(lacking)}")
    given = {answer.field: answer.value for answer in answers} | _by_rule(answers)
    content = {**given, "absent_hours_by_week": given["absent_hours_by_week"] or None, "notification": notification_id}
    return _of_its_kind(content, kind)


def _by_rule(answers: Sequence[Answer]) -> dict[str, Any]:
    """Name the institution's approved rules behind the answers that they gave."""
    names = names_of(answers)
    return {"answered_by_rule": "; ".join(f"{names[field]} {field}" for field in sorted(names))} if names else {}


def recovery(last_absence_day: date, notification_id: str, kind: CaseKind = CaseKind.ORDINARY) -> dict[str, Any]:
    """Give a recovery's content (raskmelding, for sickness DP212s)."""
    return _of_its_kind({"notification": notification_id, "last_absence_day": last_absence_day.isoformat()}, kind)


def _of_its_kind(content: dict[str, Any], kind: CaseKind) -> dict[str, Any]:
    """Name the kind of leave; a report on sickness names none."""
    return {**content, "absence_kind": absence_kind(kind)} if kind in LEAVE else content


def correction(of: str, token: str, kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
    """Give the content that puts an accepted notification or claim right, where it stands."""
    return {"of": of, "token": token, "kind": kind.value, "content": dict(content)}


def annulment(of: str, token: str) -> dict[str, Any]:
    """Give the content that takes an accepted report back."""
    return {"of": of, "token": token}
