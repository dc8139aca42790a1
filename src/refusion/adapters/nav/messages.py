"""The settlement report (K27, ``ref-arbg``) in NAV's own words, amounts in øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# What a code stands for; the text beside it is cut and in an older character set, so lines are known by their code alone.
CODES = {
    "1": "foreldrepenger ved adopsjon",
    "2": "foreldrepenger ved fødsel",
    "3": "svangerskapspenger",
    "4": "sykepenger",
    "5": "forsikret arbeidsgiverperiode",
    "6": "kronisk sykdom",
    "7": "svangerskapsrelatert sykdom",
    "8": "reisetilskudd",
    "9": "pleiepenger",
    "A": "trekk og tilbakebetaling",
    "Y": "opplæringspenger",
    "Z": "omsorgspenger",
    "E": "feriepenger av foreldrepenger ved adopsjon",
    "F": "feriepenger av foreldrepenger ved fødsel",
    "G": "feriepenger av svangerskapspenger",
    "H": "feriepenger av sykepenger",
    "I": "feriepenger, forsikret arbeidsgiverperiode",
    "J": "feriepenger ved kronisk sykdom",
    "K": "feriepenger ved svangerskapsrelatert sykdom",
    "M": "feriepenger av pleie-, omsorgs- og opplæringspenger",
}


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One line of the report, in the order of its twelve fields; the eleventh is a constant.

    ``amount`` is øre, below zero for what NAV takes back; ``max_date`` is the last day of the right.
    """

    unit: str
    organisation: str
    workplace: str
    code: str
    person: str
    first_day: date | None
    account: str
    name: str
    last_day: date | None
    amount: int
    max_date: date | None
