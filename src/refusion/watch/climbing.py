"""Who must see a task today: what is late climbs by the day, and what waits for somebody on holiday goes to the next one at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Said, said
from refusion.watch.facts import Task, Turn

LADDER = (Turn.CASEWORKER, Turn.DEPUTY, Turn.LEADER)


@dataclass(frozen=True, slots=True)
class Away:
    """A colleague's days away, both included."""

    person: str
    days: Period


@dataclass(frozen=True, slots=True)
class People:
    """Who stands on which rung, by user name; a rung without a name belongs to all who hold the role."""

    of: Mapping[Turn, str] = field(default_factory=lambda: MappingProxyType({}))
    away: tuple[Away, ...] = ()

    @property
    def rungs(self) -> tuple[Turn, ...]:
        """Give the rungs there are: caseworker and leader are roles, a deputy is only where one is named."""
        return tuple(turn for turn in LADDER if turn is not Turn.DEPUTY or self.named(turn))

    def named(self, turn: Turn) -> str:
        """Give the user name of a rung, empty where none was named."""
        return self.of.get(turn, "")

    def back_on(self, person: str, day: date) -> date:
        """Give the first day from ``day`` on that the person is here; the day itself when the person is."""
        back = day
        while person and (gone := [away for away in self.away if away.person == person and back in away.days]):
            back = max(away.days.last for away in gone) + ONE_DAY
        return back


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a task stands on a day, with whom, how many days past its safe day, and why."""

    turn: Turn
    person: str
    days_late: int
    because: Said


def rung(task: Task, day: date, people: People) -> Rung | None:
    """Say who must see the task on the day; None for a task that no date makes late, or that nobody has to hand on.

    Each day past its safe day takes it one rung up. A rung whose person is away hands it on: always when it is late,
    before that when the person comes back only after the safe day.
    """
    if task.safe_day is None or task.turn not in people.rungs:
        return None
    late, rungs = max((day - task.safe_day).days, 0), people.rungs
    place = min(rungs.index(task.turn) + late, len(rungs) - 1)
    wanted, until = rungs[place], max(task.safe_day, day)
    # Where nobody above is here either, the nearest one below sees it; where nobody at all is, it lies with the leader.
    here = _first_here((*rungs[place:], *reversed(rungs[:place])), people, day, until) or rungs[-1]
    if here is task.turn and not late:
        return None
    return Rung(here, people.named(here), late, _why(wanted, here, people, late))


def _first_here(rungs: Sequence[Turn], people: People, day: date, until: date) -> Turn | None:
    """Find the first rung whose person is back in time; ``until`` is the day itself for what is late."""
    return next((turn for turn in rungs if people.back_on(people.named(turn), day) <= until), None)


def _why(wanted: Turn, here: Turn, people: People, late: int) -> Said:
    if here is not wanted:
        return said("watch.climbed_away", person=people.named(wanted), days=late)
    return said("watch.climbed_late", days=late)


def climbed(tasks: Iterable[Task], day: date, people: People) -> tuple[tuple[Task, Rung], ...]:
    """Give the tasks that somebody else than at first, or above, must see on the day, most kroner first."""
    found = [(task, rung(task, day, people)) for task in tasks]
    standing = [(task, there) for task, there in found if there is not None]
    return tuple(sorted(standing, key=lambda each: (-each[0].at_stake, str(each[0].id))))
