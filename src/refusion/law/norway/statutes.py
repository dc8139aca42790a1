"""The Norwegian acts that rules cite, in the editions that were read; some only through the code and pages of those who apply them."""

from __future__ import annotations

from refusion.law.engine.citation import Statute

FTRL = Statute(
    "ftrl",
    "lov om folketrygd (folketrygdloven)",
    "LOV-1997-02-28-19, as applied in NAV's published rules of 2026; §§ 8-28, 8-30, 8-33, 22-3, 22-13 not read verbatim",
    subsection_sign="ledd",
)
# Places whose text nobody read: what stands there is known from those who apply it.
REFUND_RIGHT = FTRL.section("22-3").not_verified("the text was not read; nav.no tells the employer's right to the benefit")
REFUND_DEADLINE = (
    FTRL.section("22-13").subsection(6).not_verified("the text was not read; NAV's code names the subsection, nav.no the paragraph")
)
BASIS = FTRL.section("8-30").not_verified("the text was not read; Prop. 37 L (2016-2017) and NAV's code tell it")
SICKNESS_HOLIDAY_PAY = FTRL.section("8-33").not_verified("the text was not read; gladbloggen.org, advokatwulff.no and NAV's code tell it")
PREGNANCY_HOLIDAY_PAY = FTRL.section("14-4").not_verified("not read; Lovdata tells the right of 2007, NAV's code the 64 days")
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
