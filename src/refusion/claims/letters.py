"""The letter that asks for dispensation: what it says, paragraph by paragraph, with its facts and the place in the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.claims.losses import CITATION, FollowedLoss
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its heading and its paragraphs, said in the receiver's language."""

    heading: Said
    paragraphs: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, and for whom: the employer, its contact, the employee's national number, the case's number there."""

    employer: str
    company_number: str
    unit_number: str
    contact: str
    national_number: str
    authority_id: str | None


@dataclass(frozen=True, slots=True)
class Plea:
    """Why: a ground of ``law.denmark.sickness.dates.GROUNDS``, and what happened in a person's own words."""

    ground: str
    reason: str


def dispensation_letter(found: FollowedLoss, sender: Sender, plea: Plea, day: date) -> Letter:
    """Write the application for a loss; every fact in it stands in the books (SDL § 59, stk. 6)."""
    loss = found.loss
    employer = said(
        "losses.letter_employer", employer=sender.employer, company=sender.company_number, unit=sender.unit_number, contact=sender.contact
    )
    facts = said(
        "losses.letter_absence",
        person=found.person,
        national_number=sender.national_number,
        first_absence_day=found.first_absence_day,
        first=loss.period.first,
        last=loss.period.last,
        amount_ore=found.standing,
    )
    came = said(f"losses.letter_{loss.cause.value}", deadline=loss.deadline, known_on=loss.known_on)
    place = said("losses.letter_law", citation=CITATION, until=found.excusable_until)
    ground = said(f"losses.letter_ground_{plea.ground}")
    filed = () if sender.authority_id is None else (said("losses.letter_filed", authority_id=sender.authority_id),)
    reason, end = said("losses.letter_reason", reason=plea.reason), said("losses.letter_end", day=day, employer=sender.employer)
    return Letter(said("losses.letter_heading"), (employer, facts, *filed, came, place, ground, reason, end))
