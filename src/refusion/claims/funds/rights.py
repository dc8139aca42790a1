"""Which funds a job gives a right against and on which days, by what payroll and persons say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.absences.facts import Employment, Entered, JobKind, Question
from refusion.cases.facts import Kind
from refusion.law.denmark.clarification.refund import clarification_last_day
from refusion.law.denmark.fleksjob.municipal import is_municipal_fleksjob
from refusion.law.denmark.wage_subsidy.subsidy import wage_subsidy_last_day
from refusion.values.period import Period, merged

YES = "yes"
HALF, TWO_THIRDS = "half", "two_thirds"
PRIVATE, PUBLIC = "private", "public"
SECTORS = (PRIVATE, PUBLIC, "educated", "pensioner_low", "pensioner_high")
PROVIDER, YOUNG_AT_HOME = "provider", "young_at_home"
GROUPS = (PROVIDER, "non_provider", YOUNG_AT_HOME)
SHARES = (HALF, TWO_THIRDS)
FACT_OF: Mapping[Kind, Question] = MappingProxyType({
    Kind.FLEKSJOB_WAGE: Question.FLEKSJOB_SHARE,
    Kind.WAGE_SUBSIDY: Question.SUBSIDY_SECTOR,
    Kind.CLARIFICATION: Question.CLARIFICATION_GROUP,
    Kind.PARENTAL_FUND: Question.PAY_GRADE,
})
"""The fact on which a fund's amount turns and that only a person knows: the decision, its percentage or its rate."""
# Lasting arrangements end when their decision does.
WITH_A_TERM = (PRIVATE, PUBLIC)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of one job: payroll's current version, persons' answers, and the days of leave by payroll's codes."""

    employment: Employment
    entered: Sequence[Entered]
    leaves: Sequence[Period] = ()


@dataclass(frozen=True, slots=True)
class Right:
    """The days on which a job gives a right against a fund, in order; none where it gives none. ``open_ended`` goes on."""

    kind: Kind
    spells: tuple[Period, ...]
    open_ended: bool = False


def right(kind: Kind, known: Known, day: date) -> Right:
    """Give the right of a job against a fund as it is known on a day; a spell without an end is known up to a year on."""
    horizon = date(day.year + 1, 12, 31)
    until = min(known.employment.ends or horizon, horizon)
    cut = [Period(max(first, known.employment.employed_since), min(last or horizon, until))
           for first, last in _SPELLS[kind](known)
           if max(first, known.employment.employed_since) <= min(last or horizon, until)]  # fmt: skip
    spells = merged(cut)
    return Right(kind, spells, open_ended=bool(spells) and spells[-1].last == horizon)


def _municipal(known: Known) -> list[tuple[date, date | None]]:
    """Days on which a decision on the municipality's share holds, for somebody hired before 2013."""
    hired = known.employment.employed_since
    return _said(known, Question.FLEKSJOB_SHARE) if is_municipal_fleksjob(hired.toordinal()) else []


def _subsidised(known: Known) -> list[tuple[date, date | None]]:
    """Days of the decision on wage subsidy, at most the months of the law for the sector."""
    found: list[tuple[date, date | None]] = []
    for said in _standing(known, Question.SUBSIDY_SECTOR):
        last = said.valid_until
        if said.value in WITH_A_TERM:
            term = _day(wage_subsidy_last_day(said.valid_from.toordinal(), said.value == PUBLIC))
            last = term if last is None else min(last, term)
        found.append((said.valid_from, last))
    return found


def _clarified(known: Known) -> list[tuple[date, date | None]]:
    """Days of the decision on a clarification course, at most two years of each."""
    found: list[tuple[date, date | None]] = []
    for said in _standing(known, Question.CLARIFICATION_GROUP):
        term = _day(clarification_last_day(said.valid_from.toordinal()))
        found.append((said.valid_from, term if said.valid_until is None else min(said.valid_until, term)))
    return found


def _state(known: Known) -> list[tuple[date, date | None]]:
    """Days in a fleksjob, as payroll or a decision says."""
    if known.employment.job_kind is JobKind.FLEKSJOB:
        return [(known.employment.employed_since, known.employment.ends)]
    return [(said.valid_from, said.valid_until) for said in _standing(known, Question.FLEKSJOB_DECISION) if said.value == YES]


def _leave(known: Known) -> list[tuple[date, date | None]]:
    return [(leave.first, leave.last) for leave in known.leaves]


_SPELLS: Mapping[Kind, Callable[[Known], list[tuple[date, date | None]]]] = MappingProxyType({
    Kind.FLEKSJOB_WAGE: _municipal,
    Kind.WAGE_SUBSIDY: _subsidised,
    Kind.CLARIFICATION: _clarified,
    Kind.STATE_FLEKSJOB: _state,
    Kind.PARENTAL_FUND: _leave,
})


def _said(known: Known, question: Question) -> list[tuple[date, date | None]]:
    return [(said.valid_from, said.valid_until) for said in _standing(known, question)]


def _standing(known: Known, question: Question) -> list[Entered]:
    """Give the answers to a question that stand: of those from the same first day only the newest does."""
    newest = {said.valid_from: said for said in known.entered if said.question is question}
    return [newest[first] for first in sorted(newest)]


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))
