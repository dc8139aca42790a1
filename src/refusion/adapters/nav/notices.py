"""Income notices to NAV's JSON and back, in the two forms that NAV has: parental and pregnancy benefit, and sickness; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from refusion.absences.norwegian import Benefit
from refusion.claims.income_notice import (
    Contact,
    IncomeNotice,
    IncomeReason,
    LostInKind,
    RefundChange,
    WhyIncomeDiffers,
    refuse_wrong,
)
from refusion.values.money import kroner, ore
from refusion.values.period import Period
from refusion.values.said import Refused, said

SYSTEM = {"systemNavn": "Refusion", "systemVersjon": "1"}
NAMES = {Benefit.PARENTAL_BIRTH: "FORELDREPENGER", Benefit.PARENTAL_ADOPTION: "FORELDREPENGER", Benefit.PREGNANCY: "SVANGERSKAPSPENGER"}
BENEFITS = {"FORELDREPENGER": Benefit.PARENTAL_BIRTH, "SVANGERSKAPSPENGER": Benefit.PREGNANCY, "SYKEPENGER": Benefit.SICKNESS}
W = WhyIncomeDiffers
# NAV's two services name the reasons differently, and the one for sickness lacks the last.
OF_PARENTAL = {
    W.LAID_OFF: "PERMITTERING",
    W.NEW_POSITION: "NY_STILLING",
    W.NEW_SHARE: "NY_STILLINGSPROSENT",
    W.SICK: "SYKEFRAVÆR",
    W.BONUS: "BONUS",
    W.HOLIDAY_PAY: "FERIETREKK_ELLER_UTBETALING_AV_FERIEPENGER",
    W.NEWLY_EMPLOYED: "NYANSATT",
    W.REPORTED_INCOMPLETE: "MANGELFULL_RAPPORTERING_AORDNING",
    W.NOT_REPORTED_YET: "INNTEKT_IKKE_RAPPORTERT_ENDA_AORDNING",
    W.TARIFF: "TARIFFENDRING",
    W.HOLIDAY: "FERIE",
    W.LASTING_CHANGE: "VARIG_LØNNSENDRING",
    W.LEAVE: "PERMISJON",
}
OF_SICKNESS = {
    W.LAID_OFF: "Permittering",
    W.NEW_POSITION: "NyStilling",
    W.NEW_SHARE: "NyStillingsprosent",
    W.SICK: "Sykefravaer",
    W.BONUS: "Bonus",
    W.HOLIDAY_PAY: "Ferietrekk",
    W.NEWLY_EMPLOYED: "Nyansatt",
    W.REPORTED_INCOMPLETE: "Feilregistrert",
    W.TARIFF: "Tariffendring",
    W.HOLIDAY: "Ferie",
    W.LASTING_CHANGE: "VarigLoennsendring",
    W.LEAVE: "Permisjon",
}
Told = Mapping[str, Any]


def encode(notice: IncomeNotice) -> bytes:
    """Write a notice in the form of its benefit; the same notice gives the same bytes.

    Raises Refused for what NAV is known to refuse, and for a benefit that no notice is sent for.
    """
    refuse_wrong(notice)
    if notice.benefit is Benefit.SICKNESS:
        told = _sickness(notice)
    elif notice.benefit in NAMES:
        told = _parental(notice)
    else:
        raise Refused(said("nav.benefit_without_notice", benefit=notice.benefit.value))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def read_notice(told: Told) -> IncomeNotice:
    """Read a notice as NAV holds it, in either form. Raises ValueError, KeyError or TypeError for another shape."""
    return _read_sickness(told) if "navReferanseId" in told else _read_parental(told)


def _parental(notice: IncomeNotice) -> dict[str, Any]:
    told: dict[str, Any] = {
        "forespoerselId": notice.request,
        "soekerFnr": notice.person,
        "startdato": notice.start.isoformat(),
        "ytelse": NAMES[notice.benefit],
        "inntekt": {
            "beloepPerMaaned": _kroner(notice.income),
            "endringAarsaker": [_reason(one, OF_PARENTAL, "gjelderFra") for one in notice.reasons],
        },
        "naturalytelser": [_in_kind(one) for one in notice.in_kind],
        "kontaktinformasjon": {"navn": notice.contact.name, "telefonnummer": notice.contact.phone},
        "avsender": SYSTEM,
    }
    if notice.refund is not None:
        told["refusjon"] = _refund(notice, "beloepPerMaaned")
    return told


def _sickness(notice: IncomeNotice) -> dict[str, Any]:
    days = [{"fom": one.first.isoformat(), "tom": one.last.isoformat()} for one in notice.employer_days]
    return {
        "navReferanseId": notice.request,
        "agp": {"perioder": days, "egenmeldinger": [], "redusertLoennIAgp": None} if days else None,
        "inntekt": {
            "beloep": _kroner(notice.income),
            "inntektsdato": (notice.income_on or notice.start).isoformat(),
            "naturalytelser": [_in_kind(one) for one in notice.in_kind],
            "endringAarsaker": [_reason(one, OF_SICKNESS, "bleKjent") for one in notice.reasons],
        },
        "refusjon": None if notice.refund is None else _refund(notice, "beloep"),
        "sykmeldtFnr": notice.person,
        "arbeidsgiverTlf": notice.contact.phone,
        "aarsakInnsending": "Endring" if notice.changed else "Ny",
        "avsender": SYSTEM,
    }


def _refund(notice: IncomeNotice, amount: str) -> dict[str, Any]:
    changes = sorted(notice.changes, key=lambda one: one.first)
    written = [{amount: _kroner(one.monthly), "startdato": one.first.isoformat()} for one in changes]
    return {"beloepPerMaaned": _kroner(notice.refund or 0), "endringer": written}


def _reason(reason: IncomeReason, names: Mapping[WhyIncomeDiffers, str], known: str) -> dict[str, Any]:
    if reason.why not in names:
        raise Refused(said("nav.reason_not_taken", reason=reason.why.value))
    days = {"fom": reason.first, "tom": reason.last, known: reason.known_from}
    return {"aarsak": names[reason.why], **{name: day.isoformat() for name, day in days.items() if day is not None}}


def _in_kind(lost: LostInKind) -> dict[str, Any]:
    told = {"naturalytelse": lost.kind, "beloepPerMaaned": _kroner(lost.monthly), "bortfallerFra": lost.first.isoformat()}
    return told if lost.last is None else {**told, "bortfallerTil": lost.last.isoformat()}


def _read_parental(told: Told) -> IncomeNotice:
    contact = told.get("kontaktinformasjon") or {}
    return IncomeNotice(
        request=told["forespoerselId"],
        person=told["soekerFnr"],
        workplace=told["arbeidsgiver"]["orgnr"],
        benefit=BENEFITS[told["ytelse"]],
        start=date.fromisoformat(told["startdato"]),
        income=_ore(told["inntekt"]["beloepPerMaaned"]),
        contact=Contact(contact.get("navn") or "", contact.get("telefonnummer") or ""),
        reasons=_read_reasons(told["inntekt"], OF_PARENTAL, "gjelderFra"),
        in_kind=_read_in_kind(told),
        **_read_refund(told, "beloepPerMaaned"),
    )


def _read_sickness(told: Told) -> IncomeNotice:
    income, own = told["inntekt"], told.get("agp") or {}
    income_on = date.fromisoformat(income["inntektsdato"])
    return IncomeNotice(
        request=told["navReferanseId"],
        person=told["sykmeldtFnr"],
        workplace=told["arbeidsgiver"]["orgnr"],
        benefit=Benefit.SICKNESS,
        start=income_on,
        income=_ore(income["beloep"]),
        contact=Contact("", told.get("arbeidsgiverTlf") or ""),
        reasons=_read_reasons(income, OF_SICKNESS, "bleKjent"),
        in_kind=_read_in_kind(income),
        employer_days=tuple(Period(date.fromisoformat(one["fom"]), date.fromisoformat(one["tom"])) for one in own.get("perioder") or ()),
        income_on=income_on,
        changed=told.get("aarsakInnsending") == "Endring",
        **_read_refund(told, "beloep"),
    )


def _read_refund(told: Told, amount: str) -> dict[str, Any]:
    refund = told.get("refusjon")
    if refund is None:
        return {"refund": None}
    changes = (RefundChange(date.fromisoformat(one["startdato"]), _ore(one[amount])) for one in refund.get("endringer") or ())
    return {"refund": _ore(refund["beloepPerMaaned"]), "changes": tuple(changes)}


def _read_reasons(income: Told, names: Mapping[WhyIncomeDiffers, str], known: str) -> tuple[IncomeReason, ...]:
    ours = {theirs: reason for reason, theirs in names.items()}
    return tuple(
        IncomeReason(ours[one["aarsak"]], _read_day(one, "fom"), _read_day(one, "tom"), _read_day(one, known))
        for one in income.get("endringAarsaker") or ()
    )


def _read_in_kind(told: Told) -> tuple[LostInKind, ...]:
    return tuple(
        LostInKind(
            one["naturalytelse"], _ore(one["beloepPerMaaned"]), date.fromisoformat(one["bortfallerFra"]), _read_day(one, "bortfallerTil")
        )
        for one in told.get("naturalytelser") or ()
    )


def _read_day(told: Told, name: str) -> date | None:
    return None if told.get(name) is None else date.fromisoformat(told[name])


def _kroner(amount: int) -> int | float:
    """Give kroner as JSON's number; two decimals of an amount below 2^31 come out of a double as they went in."""
    whole, part = divmod(amount, 100)
    return float(kroner(amount)) if part else whole


def _ore(written: object) -> int:
    """Read JSON's number (a Decimal or int as it was written) into øre; raises ValueError for more than two decimals."""
    if isinstance(written, bool) or not isinstance(written, int | Decimal):
        raise TypeError("an amount is a number")
    number = Decimal(written)
    if not number.is_finite() or number != number.quantize(Decimal("0.01")):
        raise ValueError("an amount has two decimals at the most")
    return ore(f"{number:.2f}")
