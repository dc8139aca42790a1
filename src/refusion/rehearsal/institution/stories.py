"""The stories of long spells: what truly happens, and how payroll gets to tell it early, late, wrongly and in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from types import MappingProxyType

from refusion.rehearsal.institution.days import after, monday_from, weekday_from
from refusion.rehearsal.institution.facts import Spell, Telling, Worker


@dataclass(frozen=True, slots=True)
class Draft:
    """A spell before its story is told."""

    worker: Worker
    number: str
    first_day: date
    last_day: date
    story: str


@dataclass(frozen=True, slots=True)
class Story:
    """How a spell is told, the fewest days it lasts, and how many days before the year's end it begins at the latest."""

    tell: Callable[[Draft, Random], Spell]
    shortest: int = 34
    room: int = 40


def _opened(draft: Draft, luck: Random) -> Telling:
    """Report it as going on, some days after it began."""
    return Telling(weekday_from(after(draft.first_day, luck.randint(1, 6))), None)


def _ended(draft: Draft, luck: Random, late: tuple[int, int] = (1, 5)) -> Telling:
    return Telling(weekday_from(after(draft.last_day, luck.randint(*late))), draft.last_day)


def _told(draft: Draft, *tellings: Telling, last_day: date | None = None) -> Spell:
    return Spell(draft.worker.number, draft.number, draft.first_day, last_day or draft.last_day, draft.story, tellings)


def plain(draft: Draft, luck: Random) -> Spell:
    """Tell of a spell that is reported as going on, then as ended."""
    return _told(draft, _opened(draft, luck), _ended(draft, luck))


def partial_return(draft: Draft, luck: Random) -> Spell:
    """Let the person work more and more hours from some Monday on; the last day is a Sunday."""
    last_day = after(draft.last_day, 6 - draft.last_day.weekday())
    whole_days = luck.randint(32, max(33, (last_day - draft.first_day).days - 15))
    begins = min(monday_from(after(draft.first_day, whole_days)), after(last_day, -6))
    opened, reported = _opened(draft, luck), weekday_from(after(begins, luck.randint(0, 3)))
    end = Telling(weekday_from(after(last_day, luck.randint(1, 4))), last_day, begins)
    return Spell(
        draft.worker.number, draft.number, draft.first_day, last_day, draft.story,
        (opened, Telling(reported, None, begins), end),
        partial_from=begins, worked=_worked(draft.worker, begins, last_day, luck),
    )  # fmt: skip


def _worked(worker: Worker, begins: date, last_day: date, luck: Random) -> dict[date, int]:
    """Give the hours worked in each week, from a fifth of the weekly hours towards nearly all, in half hours."""
    worked, week, share = {}, begins, luck.randint(20, 40)
    while week <= last_day:
        worked[week] = worker.weekly_hours * min(share, 95) // 100 // 50 * 50
        week, share = after(week, 7), share + luck.randint(0, 12)
    return worked


def learned_late(draft: Draft, luck: Random) -> Spell:
    """Let payroll hear of it 20 to 34 days after it began: still inside the five weeks."""
    return _told(draft, Telling(after(draft.first_day, luck.randint(20, 34)), None), _ended(draft, luck))


def learned_on_the_twentieth_day(draft: Draft, luck: Random) -> Spell:
    """Let payroll hear of it exactly 15 days before the deadline."""
    return _told(draft, Telling(after(draft.first_day, 20), None), _ended(draft, luck))


def learned_too_late(draft: Draft, luck: Random) -> Spell:
    """Let payroll hear of it when the five weeks are over: something is lost whatever anyone does."""
    return _told(draft, Telling(weekday_from(after(draft.first_day, luck.randint(38, 55))), None), _ended(draft, luck))


def end_learned_late(draft: Draft, luck: Random) -> Spell:
    """Let the person be back for two weeks or more before payroll hears of it; a claim may have gone too far."""
    return _told(draft, _opened(draft, luck), _ended(draft, luck, (14, 26)))


def last_day_moved_back(draft: Draft, luck: Random) -> Spell:
    """Report the end, and later correct it to an earlier day."""
    end = _ended(draft, luck)
    true_last = after(draft.last_day, -luck.randint(3, 8))
    corrected = Telling(weekday_from(after(end.on, luck.randint(10, 25))), true_last)
    return _told(draft, _opened(draft, luck), end, corrected, last_day=true_last)


def last_day_moved_on(draft: Draft, luck: Random) -> Spell:
    """Report the end, and later correct it to a later day."""
    end = _ended(draft, luck)
    true_last = after(draft.last_day, luck.randint(4, 11))
    corrected = Telling(weekday_from(after(true_last, luck.randint(2, 20))), true_last)
    return _told(draft, _opened(draft, luck), end, corrected, last_day=true_last)


def withdrawn(draft: Draft, luck: Random) -> Spell:
    """Take it back when claims are filed: the person was not ill at all."""
    taken_back = Telling(weekday_from(after(draft.first_day, luck.randint(48, 80))), None, withdrawn=True)
    told = _told(draft, _opened(draft, luck), taken_back)
    return Spell(told.worker, told.number, told.first_day, told.last_day, told.story, told.tellings, happened=False)


def end_taken_back_early(draft: Draft, luck: Random) -> Spell:
    """Report an end inside the employer period and take it back before the five weeks are over."""
    supposed = after(draft.first_day, luck.randint(9, 12))
    wrong = Telling(weekday_from(after(supposed, 1)), supposed)
    taken_back = Telling(weekday_from(after(draft.first_day, luck.randint(18, 31))), None)
    return _told(draft, _opened(draft, luck), wrong, taken_back, _ended(draft, luck))


def end_taken_back_late(draft: Draft, luck: Random) -> Spell:
    """Report an end after the employer period and take it back some days later."""
    supposed = after(draft.first_day, luck.randint(36, 44))
    wrong = Telling(weekday_from(after(supposed, luck.randint(1, 3))), supposed)
    taken_back = Telling(weekday_from(after(wrong.on, luck.randint(5, 12))), None)
    return _told(draft, _opened(draft, luck), wrong, taken_back, _ended(draft, luck))


STORIES: Mapping[str, Story] = MappingProxyType({
    "plain": Story(plain),
    "partial return": Story(partial_return, shortest=62),
    "learned late": Story(learned_late, shortest=40),
    "end learned late": Story(end_learned_late, room=70),
    "plain again": Story(plain),
    "learned too late": Story(learned_too_late, shortest=70, room=110),
    "last day moved back": Story(last_day_moved_back, shortest=45, room=95),
    "partial return again": Story(partial_return, shortest=75),
    "pay corrected": Story(plain, shortest=66, room=100),
    "withdrawn": Story(withdrawn, room=100),
    "end taken back early": Story(end_taken_back_early, shortest=45, room=60),
    "last day moved on": Story(last_day_moved_on, shortest=38, room=95),
    "learned on the twentieth day": Story(learned_on_the_twentieth_day, shortest=45),
    "end taken back late": Story(end_taken_back_late, shortest=66, room=80),
    "plain once more": Story(plain, shortest=152, room=60),
})
"""Every story, in the order in which they are dealt out; the plain ones come three times."""
