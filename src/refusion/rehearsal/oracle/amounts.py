"""What each standing claim is worth by the oracle's own count, to be held against what the house expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from refusion.rehearsal.institution.facts import Institution, Spell
from refusion.rehearsal.oracle.deadlines import Asked, judge
from refusion.rehearsal.oracle.entitlement import Entitled, entitlements
from refusion.rehearsal.oracle.witness import CLAIM, Dossier, days_of


def worth(truth: Institution, held: Iterable[Dossier], today: date) -> Mapping[str, int]:
    """Give øre by the authority's id of each claim that stands.

    Left out are spells of which payroll has more to tell after ``today``: the house can't know the truth of them yet.
    """
    entitled = {(one.national_number, one.spell.first_day): one for one in entitlements(truth) if _is_told(one.spell, today)}
    found: dict[str, int] = {}
    for dossier in held:
        one = entitled.get((dossier.person, dossier.first_absence_day))
        if one is not None and dossier.employer == truth.profile.company_number:
            found |= _of_dossier(one, dossier, today)
    return found


def _of_dossier(entitled: Entitled, dossier: Dossier, today: date) -> dict[str, int]:
    asked, notified_on = dossier.requested(), dossier.notified_on
    return {
        claim.authority_id: entitled.amount(
            day
            for day in days_of(claim)
            if day in asked and judge(entitled, day, Asked(notified_on, asked[day]), today).missed is None
        )
        for claim in dossier.of(CLAIM)
        if claim.is_active
    }


def _is_told(spell: Spell, today: date) -> bool:
    return spell.tellings[-1].on < today
