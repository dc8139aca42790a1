"""Report and decision files in the words of those who read and write them: one class per row, one heading per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SEPARATOR, ENCODING = ";", "utf-8"
REPORT_HEADINGS = (
    "ordning", "cvr", "p_nummer", "anmodning", "handling", "erstatter", "cpr", "ansaettelse", "fra", "til", "ansat",
    "sats", "loentimer", "orlovstimer", "loengrundlag", "udbetalt_loen", "fradrag_i_loen", "anden_refusion", "refusion", "tillaeg", "i_alt",
)  # fmt: skip
DECISION_HEADINGS = (
    "ordning", "afgoerelse", "anmodning", "udfald", "refusion", "tillaeg", "udbetales", "afgjort", "dispositionsdag",
    "betalingsreference", "erstatter", "begrundelse",
)  # fmt: skip
MAY_BE_EMPTY = frozenset({"dispositionsdag", "erstatter", "begrundelse"})
SCHEMES: Mapping[str, str] = MappingProxyType({
    "clarification": "Jobafklaring",
    "fleksjob_wage": "Fleksjob",
    "wage_subsidy": "Loentilskud",
    "parental_fund": "Barselsfonden",
    "state_fleksjob": "Fleksjobordningen",
})
ACTIONS: Mapping[str, str] = MappingProxyType({"new": "Ny", "corrected": "Rettelse", "withdrawn": "Tilbagekaldt"})
OUTCOMES: Mapping[str, str] = MappingProxyType({"granted": "Bevilget", "reduced": "Nedsat", "refused": "Afslag"})
RATES: Mapping[str, str] = MappingProxyType({
    "half": "1/2",
    "two_thirds": "2/3",
    "private": "privat",
    "public": "offentlig",
    "educated": "nyuddannet",
    "pensioner_low": "skaanejob lav",
    "pensioner_high": "skaanejob hoej",
    "provider": "forsoerger",
    "non_provider": "ikke-forsoerger",
    "young_at_home": "under 25 hjemme",
})
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Anmodning:
    """A row of a report file: its cells by heading, as they stand."""

    celler: Cells


@dataclass(frozen=True, slots=True)
class Afgoerelse:
    """A row of a decision file with its number as a person sees it: the heading is row 1."""

    raekke: int
    celler: Cells
