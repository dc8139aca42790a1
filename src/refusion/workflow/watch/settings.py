"""Changes of an institution's settings: what they move is told before, and moved with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from refusion.values.said import Refused, said
from refusion.watch.deadlines import WorkingModel
from refusion.watch.effect import Effect, effect
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.institution import Actor, Settings
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import answer_safe_day
from refusion.workflow.watch.climb import climb_tasks
from refusion.workflow.watch.orders import ASKED, order_due

# The 35th day is the law's own; a margin of three weeks would file before an absence is long.
LAST_FILING_DAY = 35
WIDEST_MARGIN = 20
NO_LIMIT = -1


@dataclass(frozen=True, slots=True)
class Change:
    """What changes; None stays as it is. A person of a rung with an empty name is taken off it.

    ``close_alone_up_to`` is øre, ``NO_LIMIT`` takes the limit away.
    """

    filing_day: int | None = None
    safe_margin_days: int | None = None
    contact: str | None = None
    working_model: WorkingModel | None = None
    people: Mapping[Turn, str] = field(default_factory=dict)
    close_alone_up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Settings before and after a change, the cases whose filing day moves, and how many tasks' safe days move."""

    before: Settings
    after: Settings
    cases: Effect
    tasks: int


def foresee_settings(ports: Ports, actor: Actor, institution: str, change: Change) -> Foreseen:
    """Tell what a change would move; nothing is saved. Raises Refused for a value that cannot be."""
    with ports.work(institution, actor) as tx:
        return _foreseen(tx, change)


def change_settings(ports: Ports, actor: Actor, institution: str, change: Change) -> Foreseen:
    """Change settings and everything that hangs on them in one transaction: filing days, safe days, who sees what.

    Raises Refused for a value that cannot be.
    """
    with ports.work(institution, actor) as tx:
        foreseen = _foreseen(tx, change)
        if foreseen.before == foreseen.after:
            return foreseen
        tx.waits.settings.keep(foreseen.after)
        tx.institution = replace(tx.institution, settings=foreseen.after)
        for moved in foreseen.cases.moved:
            tx.cases.keep(replace(moved.case, file_on=moved.after), "settings", tx.at.now)
        for task in _moved_tasks(tx, foreseen.before, foreseen.after):
            tx.tasks.open(task)
        tx.audit.note("change_settings", institution, _written(foreseen))
        order_due(tx)
        climb_tasks(tx)
        return foreseen


def changed(settings: Settings, change: Change) -> Settings:
    """Give the settings after a change; raises Refused for a value that cannot be."""
    people = {**settings.people, **change.people}
    after = replace(settings, people={turn: person for turn, person in people.items() if person.strip()})
    for name in ("filing_day", "safe_margin_days", "contact", "working_model"):
        value = getattr(change, name)
        after = after if value is None else replace(after, **{name: value})
    if change.close_alone_up_to is not None:
        limit = change.close_alone_up_to
        after = replace(after, close_alone_up_to=None if limit == NO_LIMIT else max(limit, 0))
    if not 1 <= after.filing_day <= LAST_FILING_DAY:
        raise Refused(said("watch.filing_day_cannot_be", day=after.filing_day, most=LAST_FILING_DAY))
    if not 0 <= after.safe_margin_days <= WIDEST_MARGIN:
        raise Refused(said("watch.margin_cannot_be", days=after.safe_margin_days, most=WIDEST_MARGIN))
    return after


def _foreseen(tx: Transaction, change: Change) -> Foreseen:
    before = tx.institution.settings
    after = changed(before, change)
    cases = tx.cases.find_all(tx.waits.settings.not_notified())
    moved = effect(cases, after.filing_day, after.safe_margin_days, tx.at.day)
    if (before.filing_day, before.safe_margin_days) == (after.filing_day, after.safe_margin_days):
        moved = Effect(moved.open_cases, ())
    return Foreseen(before, after, moved, len(_moved_tasks(tx, before, after)))


def _moved_tasks(tx: Transaction, before: Settings, after: Settings) -> list[Task]:
    """Give the open tasks whose safe day another margin or working model moves, with their new one."""
    tasks = tx.tasks.open_tasks()
    # Held at once, and in one order, instead of one by one.
    tx.cases.find_all(list({task.case for task in tasks if task.case is not None and task.kind is Kind.ANSWER_MISSING}))
    moved = ((task, _safe_day(tx, task, before, after)) for task in tasks)
    return [replace(task, safe_day=day) for task, day in moved if day != task.safe_day]


def _safe_day(tx: Transaction, task: Task, before: Settings, after: Settings) -> date | None:
    if task.legal_day is None or task.safe_day is None or task.kind in ASKED:
        return task.safe_day
    if task.kind is Kind.ANSWER_MISSING and task.case is not None:
        return answer_safe_day(after, tx.cases.find(task.case), task.about or "", task.legal_day)
    return min(task.safe_day + timedelta(days=before.safe_margin_days - after.safe_margin_days), task.legal_day)


def _written(foreseen: Foreseen) -> dict[str, object]:
    names = ("filing_day", "safe_margin_days", "contact", "working_model", "people", "close_alone_up_to")
    pairs = ((name, getattr(foreseen.before, name), getattr(foreseen.after, name)) for name in names)
    return {name: [str(before), str(after)] for name, before, after in pairs if before != after}
