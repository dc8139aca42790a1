"""The Danish acts that rules cite, in the editions that were read."""

from __future__ import annotations

from refusion.law.engine.citation import Statute

SDL = Statute("SDL", "lov om sygedagpenge", "LBK 97 af 29/01/2025")
BL = Statute("BL", "barselsloven", "LBK 206 af 22/01/2026")
AMBL = Statute("AMBL", "arbejdsmarkedsbidragsloven", "lov 471 af 12/06/2009")
EMPLOYMENT_ORDER = Statute(
    "BEK 1091/2021",
    "bekendtgørelse om opgørelse af beskæftigelseskrav og beregning af sygedagpenge m.v.",
    "BEK 1091 af 2021",
)
EASTER = Statute("Påskeformlen", "den gregorianske påskeregning", "1582")
