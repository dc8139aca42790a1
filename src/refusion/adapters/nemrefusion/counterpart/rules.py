"""The message codes 1101 to 1110 and the order of reports, as the twin understands the published list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from refusion.adapters.nemrefusion.counterpart.records import Case, Filed, State, load
from refusion.adapters.nemrefusion.counterpart.wire import Sent

ERROR, VALIDATION, WARNING = "0", "1", "3"
ONE_DAY = timedelta(days=1)
NOTIFICATION, CLAIM, RECOVERY, REQUEST = "notification", "claim", "recovery", "request"
SICKNESS, PREGNANCY, PARENTAL, ILL_CHILD = "Sygdom", "Graviditet", "Barsel", "AlvorligtSygtBarn"
SELF_EMPLOYED = "SelvstaendigSygdom"
# every form: what kind of report it is, and on which kind of absence
FORMS = {
    "DP201": (NOTIFICATION, SICKNESS), "DP202": (CLAIM, SICKNESS), "DP212s": (RECOVERY, SICKNESS),
    "GraviditetAnmeldelse": (NOTIFICATION, PREGNANCY), "GraviditetAnmodning": (CLAIM, PREGNANCY),
    "GraviditetRaskmelding": (RECOVERY, PREGNANCY),
    "BarselAnmeldelse": (NOTIFICATION, PARENTAL), "BarselAnmodning": (CLAIM, PARENTAL), "BarselRaskmelding": (RECOVERY, PARENTAL),
    "SygtBarnAnmeldelse": (NOTIFICATION, ILL_CHILD), "SygtBarnAnmodning": (CLAIM, ILL_CHILD),
    "DP200C": (NOTIFICATION, SELF_EMPLOYED), "DP200CAnmodning": (REQUEST, SELF_EMPLOYED),
}  # fmt: skip
MANDATORY = {
    NOTIFICATION: ("PersonCivilRegistrationIdentifier", "Arbejdsgiver", "FoersteFravaersdag", "Fravaersaarsag"),
    CLAIM: ("RefusionsperiodeFra", "RefusionsperiodeTil", "UgentligArbejdstid", "TimefortjenesteEfterAMBidrag",
            "UdbetaltLoenIPerioden"),
    RECOVERY: ("SidsteFravaersdag",),
    REQUEST: ("AnmeldelseIdentifikator", "FoersteFravaersdag"),
}  # fmt: skip
# what a request for leave must say beside
MANDATORY_ON_LEAVE = {
    PARENTAL: ("Foraelder", "BarnetsFoedselsdag", "OverdragneUger"),
    ILL_CHILD: ("BarnetsFoedselsdag", "ForventedeDagePaaSygehus", "Eneforsoerger"),
}


def sort_of(form: str) -> str:
    """Give what kind of report a form is; empty for one that is not known."""
    return FORMS.get(form, ("", ""))[0]


def absence_of(form: str) -> str:
    """Give the kind of absence that a form is for."""
    return FORMS.get(form, ("", ""))[1]


def is_notification_of_sickness(form: str) -> bool:
    """Tell whether a form is the one that waits in the register when it comes too early."""
    return FORMS.get(form) == (NOTIFICATION, SICKNESS)


def _lacking(sent: Sent) -> list[str]:
    sort, absence = FORMS[sent.form]
    more = MANDATORY_ON_LEAVE.get(absence, ()) if sort == CLAIM else ()
    return [name for name in (*MANDATORY[sort], *more) if not sent.fields.get(name)]


@dataclass(frozen=True)
class Notice:
    """A message code with its severity and words."""

    code: str
    severity: str
    words: str


def missing_token() -> Notice:
    """1101."""
    return Notice("1101", ERROR, "Opdatering mislykkedes: opdateringstoken mangler")


def _other_user() -> Notice:
    return Notice("1102", ERROR, "En anden bruger har opdateret indberetningen; hent den igen")


def _no_notification() -> Notice:
    return Notice("1106", VALIDATION, "Der findes ingen signeret anmeldelse")


def invalid(words: str) -> Notice:
    """1001: an error during validation."""
    return Notice("1001", ERROR, f"Fejl under validering: {words}")


def check_new(state: State, sent: Sent, case: Case, today: date, replaced: str = "") -> Notice | None:
    """Say why a new report can't be taken, or None; ``replaced`` is the claim whose place it takes."""
    if sent.form not in FORMS:
        return invalid("ukendt formular")
    if sort_of(sent.form) != NOTIFICATION and not _has_notification(state, sent, case):
        return _no_notification()
    if sent.signed and (lacking := _lacking(sent)):
        return invalid("mangler " + ", ".join(lacking))
    if sort_of(sent.form) == CLAIM:
        return _check_claim(state, sent, case, today, replaced)
    return None


def _has_notification(state: State, sent: Sent, case: Case) -> bool:
    named = load(state, Filed, sent.fields.get("AnmeldelseIdentifikator") or "")
    if named is None or not named.active or named.bundle != case.bundle:
        return False
    return sort_of(named.form) == NOTIFICATION and absence_of(named.form) == absence_of(sent.form)


def active_claims(state: State, case: Case) -> list[Filed]:
    """Give the claims that count, by their periods."""
    held = [load(state, Filed, key) for key in case.claims]
    return sorted((one for one in held if one is not None and one.active), key=lambda one: period(one)[0])


def period(claim: Filed | Sent) -> tuple[date, date]:
    """Give a claim's first and last day."""
    fields = claim.fields
    return date.fromisoformat(fields["RefusionsperiodeFra"]), date.fromisoformat(fields["RefusionsperiodeTil"])


def _check_claim(state: State, sent: Sent, case: Case, today: date, replaced: str) -> Notice | None:
    first, last = period(sent)
    if first > last:
        return Notice("1110", VALIDATION, "Refusionsperioden starter efter den slutter")
    claims = active_claims(state, case)
    place = next((n for n, one in enumerate(claims) if one.authority_id == replaced), len(claims))
    before = claims[place - 1] if place else None
    after = claims[place + 1] if place + 1 < len(claims) else None
    if (before and first <= period(before)[0]) or (after and first >= period(after)[0]):
        return Notice("1108", VALIDATION, "Refusionsperioden skal starte senere end tidligere perioder")
    if (before and first != period(before)[1] + ONE_DAY) or (after and last != period(after)[0] - ONE_DAY):
        return Notice("1107", VALIDATION, f"Anmodningen {first}..{last} overlapper eller giver hul mellem perioder")
    if today <= last:
        return invalid("refusionsperioden er ikke udloebet")
    return None


def check_change(state: State, sent: Sent, target: Filed | None) -> Notice | None:
    """Say why a correction, annulment or deletion of a held report can't be done, or None."""
    if target is None or target.standing == "annulleret":
        return _no_notification()
    if sent.action == "Slet":
        return None if target.standing == "kladde" else Notice(
            "1104", VALIDATION, "Kun en kladde kan slettes"
        )  # fmt: skip
    if not sent.token:
        return missing_token()
    if sent.token != target.token:
        return _other_user()
    return _check_update(sent, target) if sent.action == "Ret" else _check_annulment(state, target)


def _check_update(sent: Sent, target: Filed) -> Notice | None:
    if sort_of(target.form) != NOTIFICATION or sent.form != target.form:
        return Notice("1105", VALIDATION, "Kun signerede indberetninger af typen anmeldelse kan opdateres")
    lacking = _lacking(sent)
    return invalid("mangler " + ", ".join(lacking)) if lacking else None


def _check_annulment(state: State, target: Filed) -> Notice | None:
    if target.standing in {"signeret", "venter"}:
        return Notice("1103", VALIDATION, "Kan ikke annulleres, da kommunen endnu ikke har hentet den")
    case = load(state, Case, target.bundle)
    claims = active_claims(state, case) if case else []
    if sort_of(target.form) == NOTIFICATION and claims:
        return invalid("anmeldelsen har anmodninger, som skal annulleres foerst")
    return None


def breaks_the_row(state: State, target: Filed) -> Notice | None:
    """Refuse to annul a claim that has a later one, unless another takes its place."""
    case = load(state, Case, target.bundle)
    claims = active_claims(state, case) if case else []
    if sort_of(target.form) == CLAIM and claims and claims[-1].authority_id != target.authority_id:
        return Notice("1107", VALIDATION, "Annulleringen giver hul mellem perioder")
    return None


def overlap_warning(state: State, sent: Sent, person: str) -> Notice | None:
    """1109: another active notification of the person may be for the same absence."""
    first = sent.fields["FoersteFravaersdag"]
    last = sent.fields.get("SidsteFravaersdag") or "9999-12-31"
    for _, entry in state.scan("person", prefix=person):
        held = load(state, Filed, entry["authority_id"])
        if held is not None and held.active and held.fields["FoersteFravaersdag"] <= last and first <= _end(state, held):
            return Notice("1109", WARNING, "Overlapper en eksisterende indberetning")
    return None


def _end(state: State, notification: Filed) -> str:
    case = load(state, Case, notification.bundle)
    ends = [load(state, Filed, key) for key in case.recoveries] if case else []
    days = [one.fields["SidsteFravaersdag"] for one in ends if one is not None and one.active]
    return str(days[-1] if days else notification.fields.get("SidsteFravaersdag") or "9999-12-31")
