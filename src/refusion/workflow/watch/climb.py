"""Late tasks climb by the day, and what waits for a colleague on holiday goes to the next one; holidays are entered here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.values.ids import derived_id
from refusion.values.period import Period
from refusion.values.said import Refused, said
from refusion.watch.climbing import Away, People, climbed
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.waits import KnownAway
from refusion.workflow.ports.work import Ports, Transaction


def climb_tasks(tx: Transaction) -> int:
    """Note for every open task that is late, or waits for somebody away, who must see it today; give how many are new or back."""
    standing = climbed(tx.tasks.open_tasks(), tx.at.day, people_of(tx))
    moved = tx.waits.rungs.keep(tx.at.day, standing)
    if moved:
        stakes = sum(task.at_stake for task, _ in standing)
        tx.audit.note("climb_tasks", tx.at.day.isoformat(), {"tasks": len(standing), "at_stake_ore": stakes})
    return moved


def people_of(tx: Transaction) -> People:
    """Give who stands on which rung and who is away from today on."""
    away = tuple(known.away for known in tx.waits.colleagues.since(tx.at.day))
    return People(tx.institution.settings.people, away)


def note_away(ports: Ports, actor: Actor, institution: str, person: str, days: tuple[date, date]) -> UUID:
    """Note the first and last day on which a colleague is away; what waits for them is handed on at once.

    Raises Refused for no name, and for days that end before they begin or are over.
    """
    first, last = days
    with ports.work(institution, actor) as tx:
        if not person.strip():
            raise Refused(said("watch.away_nobody"))
        if last < first:
            raise Refused(said("watch.away_backwards", first=first, last=last))
        if last < tx.at.day:
            raise Refused(said("watch.away_over", last=last))
        id = derived_id(tx.institution.namespace, "away", person.strip(), first, last, tx.at.now)
        away = Away(person.strip(), Period(first, last))
        standing = next((known.id for known in tx.waits.colleagues.since(tx.at.day) if known.away == away), None)
        if standing is not None:
            return standing
        tx.waits.colleagues.keep(KnownAway(id, away, actor.name), tx.at.now)
        tx.audit.note("note_away", str(id), {"person": away.person, "first": first, "last": last})
        climb_tasks(tx)
        return id


def withdraw_away(ports: Ports, actor: Actor, institution: str, id: UUID) -> None:
    """Take days away back; what was handed on comes back. Raises Refused when there are none of that id that stand."""
    with ports.work(institution, actor) as tx:
        if not tx.waits.colleagues.withdraw(id, actor.name, tx.at.now):
            raise Refused(said("watch.away_unknown"))
        tx.audit.note("withdraw_away", str(id), {})
        climb_tasks(tx)
