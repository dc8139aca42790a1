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
PARENTAL_ORDER = Statute("BEK 843/2018", "bekendtgørelse om ret til barselsdagpenge", "BEK 843 af 2018")
LAB = Statute("LAB", "lov om en aktiv beskæftigelsesindsats", "kapitel 12, som det er gengivet på elov.dk")
LAB_CHAPTERS = Statute("LAB", "lov om en aktiv beskæftigelsesindsats", "kapitlerne gennem vejledninger", "kapitel")
SUPPLEMENT_ORDER = Statute(
    "BEK 1758/2021",
    "bekendtgørelse om tillæg til refusion til arbejdsgivere efter barselsloven, lov om sygedagpenge og lov om aktiv socialpolitik",
    "BEK 1758 af 2021",
)
LAB_ORDER = Statute("BEK 2006/2020", "bekendtgørelse om en aktiv beskæftigelsesindsats", "BEK 2006 af 2020")
LAS = Statute("LAS", "lov om aktiv socialpolitik", "kapitel 6 b, som vejledningerne af 2014 og 2023 gengiver det")
FLEKSJOB = Statute("LAB (fleksjob)", "refusion af løn i fleksjob, ansat før 1. januar 2013", "kommunernes vejledninger")
STATE_FLEKSJOB = Statute("Fleksjobordningen", "den statslige fleksjobordning", "Statens Administrations sider, 2024", "afsnit")
STATE_PARENTAL_FUND = Statute("Barselsfonden", "den statslige Barselsfond", "Statens Administrations sider, 2022", "afsnit")
STATE_LEAVE = Statute("Barselsaftalen", "statens aftale om barsel", "cirkulære 028-26 og den tidligere aftale", "afsnit")
SERVICE_CENTRE = Statute("SAM", "Statens Administrations interne frister", "frister set 2021-12-06", "afsnit")
BANK_DAYS = Statute("Bankdage", "pengeinstitutternes lukkedage", "kutyme", "afsnit")
SELF_EMPLOYED_GUIDE = Statute("Vejledning (selvstændige)", "sygedagpenge til selvstændige", "kommunens side, 29. september 2022", "afsnit")
