"""The Norwegian acts that rules cite, in the editions that were read; some only through the code and pages of those who apply them."""

from __future__ import annotations

from refusion.law.engine.citation import Statute

FTRL = Statute(
    "ftrl",
    "lov om folketrygd (folketrygdloven)",
    "LOV-1997-02-28-19, as applied in NAV's published rules of 2026; §§ 8-28, 8-30, 8-33, 22-3, 22-13 not read verbatim",
    subsection_sign="ledd",
)
REPORTING = Statute(
    "a-opplysningsloven", "lov om arbeidsgivers innrapportering", "LOV-2012-06-22-43, as applied by NAV", subsection_sign="ledd"
)
COVID_REGULATION = Statute(
    "FOR-2020-03-20-368",
    "midlertidig forskrift om unntak fra folketrygdloven og arbeidsmiljøloven i forbindelse med covid-19-pandemien",
    "as NAV's pages of 2020 and 2021 tell it; not read verbatim",
    subsection_sign="ledd",
)
EMPLOYER_REPORT = Statute("Inntektsmelding", "NAVs regler for inntektsmeldingen", "2026")
UIO = Statute("UiO", "Refusjon av foreldrepenger fra NAV, Universitetet i Oslo", "last changed 2020-03-02")
