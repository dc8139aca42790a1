"""Who is on parental leave, and who looks after a seriously ill child, when, and how payroll tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from random import Random

from refusion.rehearsal.chance import chance
from refusion.rehearsal.institution.days import after, weekday_from
from refusion.rehearsal.institution.facts import Profile, Spell, Telling, Worker

PARENTAL_CODE, ILL_CHILD_CODE = "400", "235"
TRIES = 40
APART = 10
Drafted = tuple[int, str, dict[str, str], str]
"""Days of a leave, its code, what persons know of it, and its story."""


def leaves(profile: Profile, workers: Mapping[str, Worker], spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Make every leave of the year by its first day; none touches a sickness of the same person."""
    ill: dict[str, list[Spell]] = {}
    for spell in spells:
        ill.setdefault(spell.worker, []).append(spell)
    steady = [worker for worker in workers.values() if worker.employed_since < profile.first and not worker.ends]
    luck = chance(profile.seed, profile.code, "leaves")
    chosen = luck.sample(steady, min(profile.leaves, len(steady)))
    made = (_leave(profile, worker, n, ill.get(worker.number, [])) for n, worker in enumerate(chosen))
    return tuple(sorted((spell for spell in made if spell), key=lambda spell: (spell.first_day, spell.worker)))


def _leave(profile: Profile, worker: Worker, n: int, ill: list[Spell]) -> Spell | None:
    """Deal the kinds of leave out in turn; None where the person is ill too often to be away in peace."""
    luck, story = chance(profile.seed, profile.code, "leave", worker.number), STORIES[n % len(STORIES)]
    span = (profile.last - profile.first).days
    for _ in range(TRIES):
        first = weekday_from(after(profile.first, luck.randrange(1, max(2, span - 40))))
        length, code, known, name = story(first, luck)
        last = min(after(first, length - 1), profile.last)
        if all(last < after(one.first_day, -APART) or first > after(_ends(one), APART) for one in ill):
            tellings = (
                Telling(weekday_from(after(first, luck.randint(1, 6))), None),
                Telling(weekday_from(after(last, luck.randint(1, 5))), last),
            )
            return Spell(worker.number, f"{worker.number}-O", first, last, name, tellings, code=code, known=known)
    return None


def _ends(spell: Spell) -> date:
    return max(spell.last_day, *(telling.last_day or spell.first_day for telling in spell.tellings))


def _mother(first: date, luck: Random) -> Drafted:
    """Let a mother go six to four weeks before the birth, with wage, and stay fourteen weeks after it."""
    before = luck.randint(28, 42)
    return before + 98, PARENTAL_CODE, _parent("mother", after(first, before), luck), "mother"


def _father(first: date, luck: Random) -> Drafted:
    """Let a father or co-mother take the two weeks around the birth."""
    return 14, PARENTAL_CODE, _parent("father", first, luck), "father at birth"


def _father_later(first: date, luck: Random) -> Drafted:
    """Let a father or co-mother take the nine weeks that nobody else can have, some months after the birth."""
    return 63, PARENTAL_CODE, _parent("father", after(first, -luck.randint(90, 200)), luck), "father later"


def _ill_child(first: date, luck: Random) -> Drafted:
    """Let a parent look after a seriously ill child for some weeks; one stay in four is too short for a refund."""
    stay = luck.choice((12, 20, 45, 8))
    known = {"child_born": after(first, -luck.randint(400, 6000)).isoformat(), "hospital_days": str(stay), "sole_provider": "no"}
    return luck.randint(10, 45), ILL_CHILD_CODE, known, "ill child"


def _parent(parent: str, born: date, luck: Random) -> dict[str, str]:
    return {"parent": parent, "child_born": born.isoformat(), "weeks_transferred": str(luck.choice((0, 0, 5, -4)))}


STORIES: tuple[Callable[[date, Random], Drafted], ...] = (_mother, _father, _ill_child, _father_later)
