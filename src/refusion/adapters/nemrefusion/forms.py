"""The forms' fields: which answer of the house stands in which element, both ways and without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from refusion.adapters.nemrefusion.messages import Felt
from refusion.values.money import kroner, ore

Answers = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sort:
    """How one kind of answer becomes an element's inside and back; both raise TypeError or ValueError for anything else."""

    write: Callable[[object], Felt]
    read: Callable[[Felt], object]


def _text(value: object) -> Felt:
    if not isinstance(value, str):
        raise TypeError("an answer is not text")
    return Felt("", tekst=value)


def _day(value: object) -> Felt:
    if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
        raise ValueError("an answer is not an ISO day")
    return Felt("", tekst=value)


def _flag(value: object) -> Felt:
    if not isinstance(value, bool):
        raise TypeError("an answer is neither yes nor no")
    return Felt("", tekst="true" if value else "false")


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("an answer is not a whole number")
    return value


def _read_flag(felt: Felt) -> bool:
    if felt.tekst not in {"true", "false"}:
        raise ValueError("an answer is neither yes nor no")
    return felt.tekst == "true"


def _weeks(value: object) -> Felt:
    if not isinstance(value, Mapping):
        raise TypeError("absence hours are not given by week")
    return Felt(
        "",
        felter=tuple(
            Felt("Uge", felter=(_named("Mandag", _day(monday)), Felt("Timer", tekst=kroner(_whole(hours)))))
            for monday, hours in sorted(value.items())
        ),
    )


def _read_weeks(felt: Felt) -> dict[str, int]:
    weeks = [tuple(part.tekst for part in week.felter) for week in felt.felter]
    return {monday: int(ore(hours)) for monday, hours in weeks}


def _named(navn: str, felt: Felt) -> Felt:
    return Felt(navn, felt.tekst, felt.felter, felt.tom)


TEXT = Sort(_text, lambda felt: felt.tekst)
DAY = Sort(_day, lambda felt: felt.tekst)
FLAG = Sort(_flag, _read_flag)


def _word(words: Mapping[str, str]) -> Sort:
    """Answer with one of a few words; theirs for ours."""
    ours = {theirs: word for word, theirs in words.items()}

    def write(value: object) -> Felt:
        if value not in words:
            raise ValueError("an answer is none of the words that the form knows")
        return Felt("", tekst=words[str(value)])

    def read(felt: Felt) -> str:
        if felt.tekst not in ours:
            raise ValueError("an answer that the house has no word for")
        return ours[felt.tekst]

    return Sort(write, read)


ABSENCE_KIND = _word({
    "sickness": "Sygdom", "pregnancy": "Graviditet", "parental": "Barsel", "ill_child": "AlvorligtSygtBarn",
    "self_employed": "SelvstaendigSygdom",
})  # fmt: skip
COVER = _word({
    "none": "Ingen", "day1_min": "FoersteDagMinimum", "day1_max": "FoersteDagMaksimum", "day3_min": "TredjeDagMinimum",
    "day3_max": "TredjeDagMaksimum",
})  # fmt: skip
PARENT = _word({"mother": "Mor", "father": "FarEllerMedmor"})
JOB_KIND = _word({"ordinary": "Ordinaer", "fleksjob": "Fleksjob"})
NUMBER = Sort(lambda value: Felt("", tekst=str(_whole(value))), lambda felt: int(felt.tekst))
HUNDREDTHS = Sort(lambda value: Felt("", tekst=kroner(_whole(value))), lambda felt: int(ore(felt.tekst)))
WEEKS = Sort(_weeks, _read_weeks)

Form = tuple[tuple[str, str, Sort], ...]


def to_felter(form: Form, answers: Mapping[str, object]) -> tuple[Felt, ...]:
    """Write answers in the form's order. Raises ValueError for an answer that the form has no field for."""
    unknown = sorted(set(answers) - {key for key, _, _ in form})
    if unknown:
        raise ValueError(f"the form has no field for {', '.join(unknown)}")
    return tuple(
        Felt(navn, tom=True) if answers[key] is None else _named(navn, sort.write(answers[key]))
        for key, navn, sort in form
        if key in answers
    )


def to_answers(form: Form, felter: Iterable[Felt]) -> Answers:
    """Read answers back; an element that the form does not know stands under its own name, so that nothing is lost."""
    places = {navn: (key, sort) for key, navn, sort in form}
    answers: Answers = {}
    for felt in felter:
        key, sort = places.get(felt.navn, (f"?{felt.navn}", TEXT))
        answers[key] = None if felt.tom else sort.read(felt)
    return answers


_EMPLOYER: Form = (("cvr", "CVRNummer", TEXT), ("p_number", "PNummer", TEXT))
EMPLOYER = Sort(
    lambda value: Felt("", felter=to_felter(_EMPLOYER, value if isinstance(value, Mapping) else {"?": value})),
    lambda felt: to_answers(_EMPLOYER, felt.felter),
)

NOTIFICATION: Form = (
    ("employer", "Arbejdsgiver", EMPLOYER),
    ("national_number", "PersonCivilRegistrationIdentifier", TEXT),
    ("name", "PersonNavn", TEXT),
    ("employed_since", "Ansaettelsesdato", DAY),
    ("job_kind", "Ansaettelsesform", JOB_KIND),
    ("weekly_hours", "UgentligArbejdstid", HUNDREDTHS),
    ("hourly_after_am", "TimefortjenesteEfterAMBidrag", HUNDREDTHS),
    ("absence_kind", "Fravaersaarsag", ABSENCE_KIND),
    ("agreement_56", "Paragraf56Aftale", FLAG),
    ("pregnancy", "Graviditetsbetinget", FLAG),
    ("partial", "DelvistFravaer", FLAG),
    ("wage_paid", "LoenUnderFravaer", FLAG),
    ("first_absence_day", "FoersteFravaersdag", DAY),
    ("last_absence_day", "SidsteFravaersdag", DAY),
    ("contact", "Kontaktperson", TEXT),
    ("answered_by_rule", "BesvaretEfterRegel", TEXT),
)
CLAIM: Form = (
    ("notification", "AnmeldelseIdentifikator", TEXT),
    ("number", "AnmodningNummer", NUMBER),
    ("first_day", "RefusionsperiodeFra", DAY),
    ("last_day", "RefusionsperiodeTil", DAY),
    ("weekly_hours", "UgentligArbejdstid", HUNDREDTHS),
    ("hourly_after_am", "TimefortjenesteEfterAMBidrag", HUNDREDTHS),
    ("wage_paid", "UdbetaltLoenIPerioden", HUNDREDTHS),
    ("absent_hours_by_week", "FravaerstimerPrUge", WEEKS),
    ("last_absence_day", "SidsteFravaersdag", DAY),
    ("contact", "Kontaktperson", TEXT),
    ("answered_by_rule", "BesvaretEfterRegel", TEXT),
)
RECOVERY: Form = (
    ("notification", "AnmeldelseIdentifikator", TEXT),
    ("last_absence_day", "SidsteFravaersdag", DAY),
)

_ABSENCE: Form = (("absence_kind", "Fravaersaarsag", ABSENCE_KIND),)
_BORN: Form = (("child_born", "BarnetsFoedselsdag", DAY),)
_PARENTAL: Form = (("parent", "Foraelder", PARENT), *_BORN, ("weeks_transferred", "OverdragneUger", NUMBER))
_ILL_CHILD: Form = (
    *_BORN,
    ("hospital_days", "ForventedeDagePaaSygehus", NUMBER),
    ("sole_provider", "Eneforsoerger", FLAG),
)
_OF_SICKNESS = frozenset({"job_kind", "agreement_56", "pregnancy"})
_OF_EVERY_LEAVE: Form = tuple(field for field in NOTIFICATION if field[0] not in _OF_SICKNESS)
PARENTAL_NOTIFICATION: Form = (*_OF_EVERY_LEAVE, *_PARENTAL)
PARENTAL_CLAIM: Form = (*CLAIM, *_ABSENCE, *_PARENTAL)
PARENTAL_RETURN: Form = (*RECOVERY, *_ABSENCE)
PREGNANCY_NOTIFICATION: Form = _OF_EVERY_LEAVE
PREGNANCY_CLAIM: Form = (*CLAIM, *_ABSENCE)
PREGNANCY_RETURN: Form = PARENTAL_RETURN
ILL_CHILD_NOTIFICATION: Form = (*_OF_EVERY_LEAVE, *_ILL_CHILD)
ILL_CHILD_CLAIM: Form = (*CLAIM, *_ABSENCE, *_ILL_CHILD)

# A self-employed person's own business stands where an employer does.
SELF_EMPLOYED_NOTIFICATION: Form = (
    ("employer", "Arbejdsgiver", EMPLOYER),
    ("national_number", "PersonCivilRegistrationIdentifier", TEXT),
    ("name", "PersonNavn", TEXT),
    *_ABSENCE,
    ("first_absence_day", "FoersteFravaersdag", DAY),
    ("insurance", "FrivilligForsikring", COVER),
    ("agreement_58a", "Paragraf58aAftale", FLAG),
)
SELF_EMPLOYED_REQUEST: Form = (
    ("notification", "AnmeldelseIdentifikator", TEXT),
    *_ABSENCE,
    ("first_absence_day", "FoersteFravaersdag", DAY),
)
