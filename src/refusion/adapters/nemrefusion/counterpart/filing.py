"""How the twin takes a bundle: checks it against its rules, remembers it once, and gives a receipt that repeats itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from refusion.adapters.nemrefusion.counterpart import municipality, rules
from refusion.adapters.nemrefusion.counterpart.records import (
    COPENHAGEN,
    Case,
    Filed,
    State,
    Taken,
    drawn,
    keep,
    load,
    named,
    settings,
)
from refusion.adapters.nemrefusion.counterpart.rules import Notice
from refusion.adapters.nemrefusion.counterpart.wire import Bundle, Sent


@dataclass(frozen=True)
class Answered:
    """Either a refusal or what was taken, now or before."""

    notices: tuple[Notice, ...]
    taken: Taken | None = None
    already: bool = False


def take(state: State, bundle: Bundle, now: datetime) -> Answered:
    """Take a bundle whole or refuse it whole."""
    last = bundle.reports[-1]
    known = load(state, Taken, last.uuid)
    if known is not None:
        return _again(state, known, last)
    try:
        refusal = _refusal(state, bundle, now)
    except (ValueError, KeyError, TypeError):
        refusal = rules.invalid("et felt kan ikke laeses")
    if refusal is not None:
        return Answered((refusal,))
    return _done(state, bundle, now)


def _again(state: State, known: Taken, sent: Sent) -> Answered:
    if known.content_hash != sent.content_hash:
        return Answered((rules.invalid("UUID er brugt til en anden indberetning"),))
    known.received += 1
    keep(state, known)
    return Answered((), known, already=True)


def _refusal(state: State, bundle: Bundle, now: datetime) -> Notice | None:
    today = now.astimezone(COPENHAGEN).date()
    case = load(state, Case, bundle.uuid) or Case(bundle.uuid)
    shape = tuple((sent.action, rules.sort_of(sent.form)) for sent in bundle.reports)
    target = load(state, Filed, bundle.reports[0].acts_on)
    if shape == (("Annuller", rules.CLAIM), ("Opret", rules.CLAIM)):
        old, new = bundle.reports
        replaced = target.authority_id if target else ""
        return rules.check_change(state, old, target) or rules.check_new(state, new, case, today, replaced)
    if len(shape) != 1:
        return rules.invalid("indberetningerne hoerer ikke sammen")
    return _single_refusal(state, bundle.reports[0], target, case, now)


def _single_refusal(state: State, sent: Sent, target: Filed | None, case: Case, now: datetime) -> Notice | None:
    if sent.action == "Opret":
        return rules.check_new(state, sent, case, now.astimezone(COPENHAGEN).date())
    if sent.action not in {"Ret", "Annuller", "Slet"}:
        return rules.invalid("ukendt handling")
    refusal = rules.check_change(state, sent, target)
    if refusal is None and sent.action == "Annuller" and target is not None:
        return rules.breaks_the_row(state, target)
    return refusal


def _done(state: State, bundle: Bundle, now: datetime) -> Answered:
    warnings: tuple[Notice, ...] = ()
    taken: Taken | None = None
    for sent in bundle.reports:
        filed = _new(state, bundle, sent, now) if sent.action == "Opret" else _changed(state, sent, now)
        warning = _warning(state, sent) if sent.action == "Opret" else None
        warnings += (warning,) if warning else ()
        if sent.action == "Opret":
            _remember(state, filed)
        taken = _taken(bundle, sent, filed, now, warnings)
    if taken is None:
        raise ValueError("a bundle without reports")
    keep(state, taken)
    state.put("by_employer", f"{taken.cvr}|{taken.signed_on}|{taken.intent}", {"intent": taken.intent})
    return Answered(warnings, taken)


def _receipt(state: State, sent: Sent) -> str:
    return f"NR-{drawn(settings(state)['seed'], 'receipt', sent.uuid, sent.content_hash):020d}"


def _new(state: State, bundle: Bundle, sent: Sent, now: datetime) -> Filed:
    return Filed(
        authority_id=named(settings(state)["seed"], "report", sent.uuid, sent.content_hash),
        intent=sent.uuid,
        bundle=bundle.uuid,
        cvr=_employer(state, sent),
        form=sent.form,
        fields=sent.fields,
        token=_receipt(state, sent),
        standing=_standing(sent, now),
        signed_at=now.isoformat(),
    )


def _employer(state: State, sent: Sent) -> str:
    if rules.sort_of(sent.form) == rules.NOTIFICATION:
        return str((sent.fields.get("Arbejdsgiver") or {}).get("CVRNummer", ""))
    notification = load(state, Filed, sent.fields["AnmeldelseIdentifikator"])
    return notification.cvr if notification else ""


def _standing(sent: Sent, now: datetime) -> str:
    if not sent.signed:
        return "kladde"
    early = rules.is_notification_of_sickness(sent.form) and municipality.is_early(sent.fields, now.astimezone(COPENHAGEN).date())
    return "venter" if early else "signeret"


def _warning(state: State, sent: Sent) -> Notice | None:
    if rules.sort_of(sent.form) != rules.NOTIFICATION or not sent.signed:
        return None
    return rules.overlap_warning(state, sent, _person(sent.fields["Arbejdsgiver"]["CVRNummer"], sent))


def _person(cvr: str, sent: Sent | Filed) -> str:
    return f"{cvr}|{sent.fields.get('PersonCivilRegistrationIdentifier')}|"


def _remember(state: State, filed: Filed) -> None:
    keep(state, filed)
    case = load(state, Case, filed.bundle) or Case(filed.bundle)
    if rules.sort_of(filed.form) == rules.NOTIFICATION:
        state.put("person", _person(filed.cvr, filed) + filed.authority_id, {"authority_id": filed.authority_id})
    elif rules.sort_of(filed.form) in (rules.CLAIM, rules.RECOVERY):
        (case.claims if rules.sort_of(filed.form) == rules.CLAIM else case.recoveries).append(filed.authority_id)
    keep(state, case)
    if filed.active:
        municipality.plan_fetch(state, filed)
    if rules.sort_of(filed.form) == rules.CLAIM and filed.active:
        municipality.plan_decision(state, filed)


def _changed(state: State, sent: Sent, now: datetime) -> Filed:
    filed = load(state, Filed, sent.acts_on)
    if filed is None:
        raise LookupError("a change of a report that is not held")
    filed.token = _receipt(state, sent)
    if sent.action == "Ret":
        filed.fields = sent.fields
        _sign_draft(state, filed, sent, now)
        _outdate_recoveries(state, filed)
    else:
        filed.standing = "annulleret"
    keep(state, filed)
    if sent.action == "Annuller":
        day = now.astimezone(COPENHAGEN).date() + municipality.ONE_DAY
        municipality.plan(state, day, municipality.WITHDRAW, filed.authority_id)
    return filed


def _outdate_recoveries(state: State, notification: Filed) -> None:
    """A notification put right says itself how long the absence lasts; what recoveries said before counts no more."""
    case = load(state, Case, notification.bundle)
    for key in case.recoveries if case else ():
        recovery = load(state, Filed, key)
        if recovery is not None and recovery.active:
            recovery.standing = "annulleret"
            keep(state, recovery)


def _sign_draft(state: State, filed: Filed, sent: Sent, now: datetime) -> None:
    if filed.standing == "kladde" and sent.signed:
        filed.signed_at = now.isoformat()
        filed.standing = _standing(sent, now)
        municipality.plan_fetch(state, filed)


def _taken(bundle: Bundle, sent: Sent, filed: Filed, now: datetime, warnings: tuple[Notice, ...]) -> Taken:
    return Taken(
        intent=sent.uuid,
        bundle=bundle.uuid,
        cvr=filed.cvr,
        form=filed.form,
        action=sent.action,
        authority_id=filed.authority_id,
        receipt=filed.token,
        signed_at=now.isoformat(),
        signed_on=now.astimezone(COPENHAGEN).date().isoformat(),
        content_hash=sent.content_hash,
        business_hash=sent.business_hash,
        fields=sent.fields,
        raw=[one.raw for one in bundle.reports],
        warnings=[[one.code, one.severity, one.words] for one in warnings],
    )
