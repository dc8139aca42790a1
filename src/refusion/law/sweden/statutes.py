"""The agreements between the Swedish state and SKL whose formulas are written here, in the editions that were read."""

from __future__ import annotations

from refusion.law.engine.citation import Statute

AGREEMENT_2013 = Statute(
    "S2012/6876/SF",
    "överenskommelse mellan staten och SKL om en kvalitetssäker och effektiv sjukskrivningsprocess för 2013",
    "2012-12-12",
    section_sign="bilaga",
    item_sign="p.",
)
VARIABLE_PART = AGREEMENT_2013.section("1 Rörlig del")
CONDITIONAL_PART = AGREEMENT_2013.section("1 Villkorad del")
CERTIFICATES = AGREEMENT_2013.section("1 Villkor 4")
ELECTRONIC_EXCHANGE = AGREEMENT_2013.section("1 Villkor 5")
INVESTIGATIONS = AGREEMENT_2013.section("2 Fördjupade medicinska utredningar")
REDUCTION_2007 = Statute(
    "IFAU 2009:1",
    "sammanfattning av överenskommelsen 2007–2009 (sjukvårdsmiljarden); avtalstexten har inte lästs",
    "2009",
    section_sign="avsnitt",
).section("sammanfattning")
SAMPLE_REVIEW = Statute(
    "FK PM",
    "Kvalitet på läkarintyg – en del av sjukskrivningsmiljarden",
    "2013",
    section_sign="avsnitt",
).section("metod")
ABSENCE_2014 = Statute(
    "akademssr.se",
    "uppgift om 2014 års beräkningsmodell; avtalstexten har inte lästs",
    "2015",
    section_sign="avsnitt",
).section("nyhet")
