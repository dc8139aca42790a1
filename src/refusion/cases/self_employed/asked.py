"""Which facts an event asks for, and how each is read from text or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from refusion.cases.self_employed.facts import Event, Lapse, Treatment, Way
from refusion.law.denmark.sickness.duration import GROUNDS
from refusion.values.money import ore
from refusion.values.said import BadInput, Problem, Said, said

E = Event


class Medical(StrEnum):
    """What a partly fit person's lower benefit rests on: the doctor's estimate, or treatment as an outpatient."""

    DOCTOR_ESTIMATES_PARTLY = "doctor_estimates_partly"
    OUTPATIENT_TREATMENT = "outpatient_treatment"


class Side(StrEnum):
    """Who asked for a medical statement."""

    MUNICIPALITY = "municipality"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact of an event: its name, what it may be, whether it must be there; ``words`` are all that a word may be."""

    name: str
    sort: str
    words: tuple[str, ...] = ()
    required: bool = True


def _day(name: str, *, required: bool = True) -> Asked:
    return Asked(name, "day", required=required)


def _word(name: str, words: type[StrEnum] | tuple[str, ...], *, required: bool = True) -> Asked:
    known = words if isinstance(words, tuple) else tuple(each.value for each in words)
    return Asked(name, "word", known, required=required)


FILED = _word("way", (Way.NEMREFUSION.value, Way.BORGERSERVICE.value))
ANSWERED = _word("way", (Way.MIT_SYGEFRAVAER.value, Way.DIGITAL_POST.value, Way.BORGERSERVICE.value, Way.MUNICIPALITY.value))
DECIDED = _day("decision_received", required=False)
# What a quarter or a half holds from; the event's own day where it is not said.
HOLDS_FROM = _day("share_from", required=False)
FACTS: Mapping[Event, tuple[Asked, ...]] = MappingProxyType(
    {
        E.NOTIFIED: (FILED,),
        E.REQUESTED: (FILED,),
        E.FORM_SENT: (_day("answer_by"),),
        E.FORM_ANSWERED: (ANSWERED, _day("expected_until", required=False)),
        E.DELAY_TOLD: (_day("decision_expected"),),
        E.COMPLETION_ASKED: (_day("completion_by"),),
        E.COMPLETED: (ANSWERED,),
        E.GRANTED: (_day("benefit_from"), DECIDED),
        E.REFUSED: (DECIDED,),
        E.EXTENDED: (_word("ground", GROUNDS), _day("extended_until", required=False), DECIDED),
        E.CLARIFICATION_BEGUN: (DECIDED,),
        E.RIGHT_LAPSED: (_word("lapse", Lapse), DECIDED),
        E.RIGHT_RESTORED: (_day("benefit_from"),),
        E.PARTLY_FIT: (_word("medical", Medical),),
        E.ASSESSED_A_QUARTER: (HOLDS_FROM, DECIDED),
        E.ASSESSED_HALF: (HOLDS_FROM, DECIDED),
        E.ASSESSED_MORE: (HOLDS_FROM, DECIDED),
        E.MEETING_HELD: (_day("next_meeting"),),
        E.STANDBY_GRANTED: (_day("standby_review"),),
        E.STANDBY_ENDED: (_day("next_meeting"),),
        E.STATEMENT_ASKED: (_word("statement_side", Side),),
        E.TREATMENT_REFUSED: (_word("treatment", Treatment),),
        E.TREATMENT_PROPOSED: (_day("proposal_answer_by"),),
        E.DECISION_CHANGED: (DECIDED,),
        E.AGREEMENT_MADE: (_day("agreement_from"), _day("agreement_until")),
        E.POWER_GIVEN: (Asked("adviser", "text"), _day("power_until")),
        E.REPAYMENT_ASKED: (Asked("overpaid_ore", "ore"), _day("repay_by")),
        # For which payment day and until which day the money is; the amounts that were expected stand in ``payments``.
        E.PAID: (Asked("paid_ore", "ore"), _day("paid_for"), _day("paid_through")),
    }
)


def asked_of(event: Event) -> tuple[Asked, ...]:
    """Give the facts that an event asks for; none for most of what only happens."""
    return FACTS.get(event, ())


def read_facts(event: Event, given: Mapping[str, object]) -> dict[str, object]:
    """Read the facts of an event from texts; raises BadInput naming every one that lacks, is unknown or cannot be read."""
    known = {asked.name: asked for asked in asked_of(event)}
    unknown = said("self_employed.fact_unknown", self_event=event.value)
    problems = [Problem(unknown, _known(known), column=name) for name in sorted(set(given) - set(known))]
    facts: dict[str, object] = {}
    for name, asked in known.items():
        value = given.get(name)
        if value is None or value == "":
            if asked.required:
                problems.append(_problem("self_employed.fact_missing", asked))
            continue
        try:
            facts[name] = READERS[asked.sort](asked, value)
        except ValueError:
            problems.append(_problem("self_employed.fact_unreadable", asked, str(value)))
    if problems:
        raise BadInput(*problems)
    return facts


def _known(known: Mapping[str, Asked]) -> Said:
    return said("self_employed.fact_unknown_remedy", known=", ".join(known) or "–")


def _problem(key: str, asked: Asked, value: str | None = None) -> Problem:
    remedy = said(f"self_employed.remedy_{asked.sort}", words=", ".join(asked.words))
    return Problem(said(key, fact=asked.name), remedy, column=asked.name, value=value)


def _as_day(_asked: Asked, value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def _as_word(asked: Asked, value: object) -> str:
    if str(value) not in asked.words:
        raise ValueError("none of the words")
    return str(value)


def _as_ore(_asked: Asked, value: object) -> int:
    amount = value if isinstance(value, int) else int(ore(str(value).replace(",", ".")))
    if amount <= 0:
        raise ValueError("not an amount above nothing")
    return amount


def _as_text(_asked: Asked, value: object) -> str:
    text = str(value).strip()
    if not text or len(text) > 200:
        raise ValueError("empty or too long")
    return text


READERS: Mapping[str, Callable[[Asked, object], object]] = MappingProxyType(
    {"day": _as_day, "word": _as_word, "ore": _as_ore, "text": _as_text}
)
