"""Who falls ill when: short spells for most, a long one with a story of its own for some; spells never touch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from refusion.rehearsal.chance import chance
from refusion.rehearsal.institution.days import WEEKEND, after, weekday_from
from refusion.rehearsal.institution.facts import Profile, Spell, Telling, Worker
from refusion.rehearsal.institution.stories import STORIES, Draft

APART = 10
"""Days between two spells of one person, so that no spell goes on from another."""
SHORT_LENGTHS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 8, 12, 17, 24)
SHORT_COUNTS = (0, 0, 0, 1, 1, 1, 1, 2, 2, 3)
"""How many short spells a person has in a year; one in ten has three."""
LONG_LENGTHS = (34, 38, 45, 52, 60, 66, 75, 88, 96, 110, 125, 140, 152, 160, 172)
"""Calendar days of long spells, none so long that the benefit's 22 weeks run out."""
CAPPED_LENGTH = 125
"""The longest for those refunded from the first day, for the same reason."""
NEW_HIRE_DAYS = 55
WEEK = 7
REPORTED_OPEN = 1 / 4


def sickness(profile: Profile, workers: Mapping[str, Worker]) -> tuple[Spell, ...]:
    """Make every spell of the year, ordered by its first day."""
    taken: dict[str, list[tuple[date, date]]] = {number: [] for number in workers}
    spells = [*_long(profile, workers, taken), *_short(profile, workers, taken)]
    spells.sort(key=lambda spell: (spell.first_day, spell.worker))
    return tuple(spells)


def _long(
    profile: Profile, workers: Mapping[str, Worker], taken: dict[str, list[tuple[date, date]]]
) -> Iterator[Spell]:
    """Deal the stories out in turn to workers drawn by chance, so that a small institution sees each of them too."""
    steady = [worker for worker in workers.values() if worker.employed_since < profile.first and not worker.ends]
    luck = chance(profile.seed, profile.code, "long spells")
    for n, worker in enumerate(luck.sample(steady, min(profile.long_spells, len(steady)))):
        story = tuple(STORIES)[n % len(STORIES)]
        own = chance(profile.seed, profile.code, "long spell", worker.number)
        first = _long_first_day(profile, own, STORIES[story].room)
        length = max(own.choice(LONG_LENGTHS), STORIES[story].shortest)
        if worker.fleksjob or worker.agreement_56:
            length = min(length, CAPPED_LENGTH)
        spell = STORIES[story].tell(Draft(worker, f"{worker.number}-L", first, after(first, length - 1), story), own)
        taken[worker.number].append((spell.first_day, max(spell.last_day, *(t.last_day or first for t in spell.tellings))))
        yield spell


def _long_first_day(profile: Profile, luck: Random, room: int) -> date:
    """Draw a Tuesday to Friday that leaves the story the room it needs before the year is over."""
    span = max(1, (profile.last - profile.first).days - room)
    first = after(profile.first, luck.randrange(span) + 1)
    return after(first, (2 - first.weekday()) % 7) if first.weekday() in {0, 5, 6} else first


def _short(
    profile: Profile, workers: Mapping[str, Worker], taken: dict[str, list[tuple[date, date]]]
) -> Iterator[Spell]:
    for worker in workers.values():
        luck = chance(profile.seed, profile.code, "short spells", worker.number)
        for n in range(_how_many(profile, luck, worker)):
            days = _short_days(profile, luck, worker, is_first=n == 0)
            if days and _is_free(taken[worker.number], *days):
                taken[worker.number].append(days)
                yield _short_spell(worker, n, *days, luck)


def _how_many(profile: Profile, luck: Random, worker: Worker) -> int:
    """Draw how many; somebody hired during the year on the first of a month falls ill once at least."""
    count = luck.choice(SHORT_COUNTS) * ((profile.last - profile.first).days + 1)
    return max(-(-count // 365), int(_is_new_hire(profile, worker)), 2 if worker.agreement_56 or worker.fleksjob else 0)


def _is_new_hire(profile: Profile, worker: Worker) -> bool:
    return worker.employed_since > profile.first and worker.employed_since.day == 1


def _short_days(profile: Profile, luck: Random, worker: Worker, *, is_first: bool) -> tuple[date, date] | None:
    """Draw first and last day of a spell inside the employment and the year.

    Somebody newly hired falls ill before eight weeks are over, but when the pay of one whole month is known.
    """
    earliest = max(profile.first, after(worker.employed_since, 80))
    latest = min(profile.last, worker.ends or profile.last)
    if _is_new_hire(profile, worker) and is_first:
        earliest, latest = after(worker.employed_since, 33), min(latest, after(worker.employed_since, NEW_HIRE_DAYS - 3))
    if earliest >= latest:
        return None
    first = weekday_from(after(earliest, luck.randrange((latest - earliest).days)))
    last = after(first, luck.choice(SHORT_LENGTHS) - 1)
    while last.weekday() >= WEEKEND:
        last = after(last, 1)
    return (first, last) if last <= min(profile.last, worker.ends or profile.last) else None


def _is_free(taken: list[tuple[date, date]], first: date, last: date) -> bool:
    return all(last < after(other_first, -APART) or first > after(other_last, APART) for other_first, other_last in taken)


def _short_spell(worker: Worker, n: int, first: date, last: date, luck: Random) -> Spell:
    """Report it whole after its end; one in four of those over a week is first reported as going on."""
    end = Telling(weekday_from(after(last, luck.randint(1, 5))), last)
    tellings: tuple[Telling, ...] = (end,)
    if (last - first).days >= WEEK and luck.random() < REPORTED_OPEN:
        tellings = (Telling(weekday_from(after(first, luck.randint(1, 3))), None), end)
    return Spell(worker.number, f"{worker.number}-{n + 1}", first, last, "short", tellings)


