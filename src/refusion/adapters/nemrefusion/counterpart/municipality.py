"""What the municipality does by itself as days pass: fetches, decides, pays, and errs when it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from refusion.adapters.nemrefusion.counterpart.assessment import (
    SATURDAY,
    Assessed,
    assess,
    is_holiday,
    waives_employer_period,
)
from refusion.adapters.nemrefusion.counterpart.records import (
    Case,
    Filed,
    Record,
    State,
    chosen,
    drawn,
    keep,
    load,
    named,
    settings,
)
from refusion.adapters.nemrefusion.counterpart.rules import SICKNESS, absence_of


@dataclass(frozen=True)
class Payer:
    """Who decides and pays, how its payments are marked on the statement, and what for."""

    name: str
    prefix: str
    text: str


MUNICIPALITY = Payer("Eksempel Kommune", "KSD", "sygedagpengerefusion")
PAYMENT_DENMARK = Payer("Udbetaling Danmark", "BDP", "barselsdagpengerefusion")
ONE_DAY = timedelta(days=1)
THURSDAY = 3
BANKS_CLOSED = {(6, 5), (12, 24), (12, 31)}  # beside the holidays
EARLIEST_FETCH = timedelta(days=22)  # an ordinary notification waits until day 23 of the absence
FETCH, DECIDE, REVISE, WITHDRAW, REPEAT = "1 fetch", "2 decide", "3 revise", "4 withdraw", "5 repeat"


def plan(state: State, day: date, what: str, key: str) -> None:
    """Put something on the calendar."""
    state.put("due", f"{day}|{what}|{key}", {"what": what, "key": key})


def plan_fetch(state: State, filed: Filed) -> None:
    """Plan the fetch: the next day, or for what came too early when its day has come."""
    day = date.fromisoformat(filed.signed_day) + ONE_DAY
    if filed.standing == "venter":
        day = max(day, date.fromisoformat(filed.fields["FoersteFravaersdag"]) + EARLIEST_FETCH)
    plan(state, day, FETCH, filed.authority_id)


def plan_decision(state: State, claim: Filed) -> None:
    """Plan the decision: some weeks after the signing, by the claim's own draw."""
    least, most = settings(state)["decide_days"]
    days = least + drawn(settings(state)["seed"], "decide", claim.intent) % (most - least + 1)
    plan(state, _working(date.fromisoformat(claim.signed_day) + timedelta(days=days)), DECIDE, claim.authority_id)


def is_early(filed_fields: Record, signed: date) -> bool:
    """Tell whether a notification goes to the waiting register first."""
    first = date.fromisoformat(filed_fields["FoersteFravaersdag"])
    return not waives_employer_period(filed_fields) and signed < first + EARLIEST_FETCH


def live(state: State, today: date) -> None:
    """Do all that is due up to today, in the order of the days."""
    while True:
        entry = next(state.scan("due", limit=1), None)
        if entry is None or entry[0][:10] > today.isoformat():
            return
        key, due = entry
        state.drop("due", key)
        _DEEDS[due["what"]](state, due["key"], date.fromisoformat(key[:10]))


def _fetch(state: State, key: str, day: date) -> None:
    filed = load(state, Filed, key)
    if filed is not None and filed.standing in {"signeret", "venter"}:
        filed.standing = "afhentet"
        keep(state, filed)
        _tell(state, filed, "Afhentet", day)


def _decide(state: State, key: str, day: date) -> None:
    claim = load(state, Filed, key)
    if claim is None or not claim.active:
        return
    notification = load(state, Filed, claim.fields["AnmeldelseIdentifikator"])
    if notification is None:
        raise LookupError("a claim was accepted without its notification")
    assessed = assess(notification, claim, _last_absence_day(state, claim, notification))
    claim.standing = "behandlet"
    _decided(state, claim, Verdict(assessed, "" if assessed.refund else "Ingen dage med ret til refusion"), day)
    if chosen(state, "revised_decisions", claim.intent):
        after = timedelta(days=settings(state)["revised_decisions"]["after_days"])
        plan(state, _working(day + after), REVISE, claim.authority_id)


def _revise(state: State, key: str, day: date) -> None:
    claim = load(state, Filed, key)
    if claim is None or not claim.active:
        return
    before = state.get("verdict", claim.decisions[-1]) or {}
    per_cent = settings(state)["revised_decisions"]["per_cent"]
    refund, supplement = (before[name] * per_cent // 100 for name in ("refund", "supplement"))
    less = Assessed(refund, supplement // 100 * 100, before["days"])
    _decided(state, claim, Verdict(less, "Revideret efter nye oplysninger"), day)


def _withdraw(state: State, key: str, day: date) -> None:
    filed = load(state, Filed, key)
    if filed is None:
        return
    _tell(state, filed, "Annulleret", day)
    if filed.decisions:
        _decided(state, filed, Verdict(Assessed(0, 0, 0), "Anmodningen er annulleret"), day)


def _repeat(state: State, key: str, day: date) -> None:
    decision = state.get("verdict", key) or {}
    state.put("decision", f"{decision['cvr']}|{day}|{key}", decision)


_DEEDS = {FETCH: _fetch, DECIDE: _decide, REVISE: _revise, WITHDRAW: _withdraw, REPEAT: _repeat}


def _last_absence_day(state: State, claim: Filed, notification: Filed) -> date | None:
    case = load(state, Case, claim.bundle)
    recoveries = [load(state, Filed, key) for key in case.recoveries] if case else []
    told = [one.fields["SidsteFravaersdag"] for one in recoveries if one is not None and one.active]
    last = claim.fields.get("SidsteFravaersdag") or (told or [notification.fields.get("SidsteFravaersdag")])[-1]
    return date.fromisoformat(last) if last else None


@dataclass(frozen=True)
class Verdict:
    """What a claim gives by a decision, and why less than asked."""

    assessed: Assessed
    reason: str

    @property
    def total(self) -> int:
        """Refund and supplement together, in øre."""
        return self.assessed.refund + self.assessed.supplement


def _decided(state: State, claim: Filed, verdict: Verdict, day: date) -> None:
    seed = settings(state)["seed"]
    decision_id = named(seed, "decision", claim.intent, claim.authority_id, len(claim.decisions))
    earlier = [state.get("verdict", key) or {} for key in claim.decisions]
    decision = {
        "decision_id": decision_id,
        "cvr": claim.cvr,
        "intent": claim.intent,
        "authority_id": claim.authority_id,
        "outcome": _outcome(verdict, bool(earlier)),
        "first": claim.fields["RefusionsperiodeFra"],
        "last": claim.fields["RefusionsperiodeTil"],
        "days": verdict.assessed.days,
        "refund": verdict.assessed.refund,
        "supplement": verdict.assessed.supplement,
        "pays": verdict.total - sum(one["pays"] for one in earlier),
        "decided_on": day.isoformat(),
        "pays_on": pay_day(day).isoformat(),
        "reference": f"{_payer(claim).prefix}-{drawn(seed, 'reference', decision_id) % 10**12:012d}",
        "revises": claim.decisions[-1] if claim.decisions else "",
        "reason": verdict.reason,
    }
    claim.decisions.append(decision_id)
    keep(state, claim)
    state.put("verdict", decision_id, decision)
    state.put("decision", f"{claim.cvr}|{day}|{decision_id}", decision)
    _tell(state, claim, "Behandlet", day)
    _pay(state, decision, _payer(claim))
    if chosen(state, "duplicate_decisions", claim.intent):
        plan(state, _working(day + ONE_DAY), REPEAT, decision_id)


def _outcome(verdict: Verdict, revised: bool) -> str:
    if not verdict.total:
        return "Afslag"
    return "Nedsat" if revised or verdict.reason else "Bevilget"


def _payer(claim: Filed) -> Payer:
    return MUNICIPALITY if absence_of(claim.form) == SICKNESS else PAYMENT_DENMARK


def _pay(state: State, decision: Record, payer: Payer) -> None:
    if not decision["pays"]:
        return
    wrong = chosen(state, "wrong_payments", decision["intent"]) and not decision["revises"]
    amount = decision["pays"] + (settings(state)["wrong_payments"]["by_ore"] if wrong else 0)
    payment = {
        "payment_id": named("payment", decision["decision_id"]),
        "decision_id": decision["decision_id"],
        "intent": decision["intent"],
        "cvr": decision["cvr"],
        "pays_on": decision["pays_on"],
        "amount_ore": amount,
        "decided_ore": decision["pays"],
        "reference": decision["reference"],
        "payer": payer.name,
        "text": f"{decision['reference']} {payer.text}",
    }
    state.put("payment", f"{decision['pays_on']}|{decision['decision_id']}", payment)


def _tell(state: State, filed: Filed, what: str, day: date) -> None:
    event_id = named("event", what, filed.authority_id, day)
    event = {"event_id": event_id, "what": what, "intent": filed.intent, "authority_id": filed.authority_id,
             "happened_at": f"{day}T04:00:00+00:00"}  # fmt: skip
    state.put("event", f"{filed.cvr}|{day}|{event_id}", event)


def _working(day: date) -> date:
    while day.weekday() >= SATURDAY or is_holiday(day):
        day += ONE_DAY
    return day


def pay_day(decided: date) -> date:
    """Give the day of payment: the Thursday after, every second week; the banking day before when it is none."""
    thursday = decided + ONE_DAY
    while thursday.weekday() != THURSDAY or (thursday.toordinal() // 7) % 2 or _banking_day(thursday) <= decided:
        thursday += ONE_DAY
    return _banking_day(thursday)


def _banking_day(day: date) -> date:
    while is_holiday(day) or day.weekday() >= SATURDAY or (day.month, day.day) in BANKS_CLOSED:
        day -= ONE_DAY
    return day
