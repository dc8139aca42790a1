"""Switch a kind of refund off, to pilot or live, say beforehand what that does, and carry it out when its day has come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from refusion.cases.facts import FUNDS, Kind, State
from refusion.cases.stages import GROUP_OF, Group, Stage, Stages, Standing, Switch, proposed
from refusion.cases.states import CLOSED
from refusion.workflow.cases.meet import meet_payroll
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.stages import Tally
from refusion.workflow.ports.work import Ports, Transaction

MARKER = "stages"
Lived = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stage that somebody wants for a kind from a day on; ``codes`` are payroll's own where the house knows none."""

    kind: Group
    stage: Stage
    since: date
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a switch does, by what stands in the house today.

    ``looked_at`` are absences without a case that are looked at again; ``filed`` cases that would be notified now with
    ``filed_ore`` in drafts; ``resting`` those that are notified of no more; ``running_out`` those that the authority knows.
    """

    before: Standing
    after: Standing
    since: date
    looked_at: int
    filed: int
    filed_ore: int
    resting: int
    running_out: int


def stage_effect(tx: Transaction, wanted: Wanted) -> Effect:
    """Say what a switch would do; raises Refused for one that cannot be."""
    said = tx.stages.said()
    before, after = said.on(wanted.kind, tx.at.day), proposed(said, _switch(tx, wanted), tx.at.day)
    tally = [each for each in tx.stages.tally(_kinds(wanted.kind)) if each.state not in CLOSED]
    watching = [each for each in tally if each.state is State.WATCHING or (each.pilot and each.kind in FUNDS)]
    is_live = after.stage is Stage.LIVE
    piloted = [each for each in watching if each.pilot and is_live]
    return Effect(
        before=before,
        after=after,
        since=wanted.since,
        looked_at=tx.stages.unopened(after.codes) if after.stage is not Stage.OFF and before.stage is Stage.OFF else 0,
        filed=_cases(piloted),
        filed_ore=sum(each.unfiled for each in piloted),
        resting=0 if is_live else _cases(each for each in watching if not each.pilot),
        running_out=0 if is_live else _cases(each for each in tally if each not in watching),
    )


def set_stage(ports: Ports, actor: Actor, institution: str, wanted: Wanted) -> Effect:
    """Switch a kind from a day on and give what that does; the day's own work carries it out.

    Raises Refused for a switch that reaches back, of a kind that cannot be on, or without payroll's codes.
    """
    with ports.work(institution, actor) as tx:
        effect = stage_effect(tx, wanted)
        tx.stages.say(_switch(tx, wanted))
        facts = {"stage": wanted.stage.value, "since": wanted.since, "codes": " ".join(wanted.codes)}
        tx.audit.note("set_stage", wanted.kind.value, facts)
    return effect


def begin_stages(tx: Transaction) -> int:
    """Carry out what was switched since the day's work was last done; give the number of absences and cases looked at.

    Absences of a kind that is on now are looked at again, and cases that nobody was notified of begin or cease to be a
    pilot's. What the authority knows is left to run out.
    """
    said = tx.stages.said()
    lived, now = _lived(tx), _today(said, tx.at.day)
    changed = [group for group in Group if now[group.value] != lived[group.value]]
    if not changed:
        return 0
    count = sum(_begin(tx, group, said.on(group, tx.at.day)) for group in changed)
    tx.messages.set_marker(MARKER, json.dumps(now, sort_keys=True))
    tx.audit.note("begin_stages", tx.at.day.isoformat(), {"kinds": " ".join(group.value for group in changed), "looked_at": count})
    return count


def _begin(tx: Transaction, group: Group, standing: Standing) -> int:
    cases = tx.cases.find_all(tx.stages.watching(_kinds(group)))
    for case in cases:
        meet_payroll(tx, case)
    return len(cases) + (tx.stages.touch_unopened(standing.codes) if standing.stage is not Stage.OFF else 0)


def _lived(tx: Transaction) -> Lived:
    written = tx.messages.marker(MARKER)
    by_default = _today(Stages(), tx.at.day)
    return by_default if written is None else {**by_default, **json.loads(written)}


def _today(said: Stages, day: date) -> Lived:
    return {each.kind.value: [each.stage.value, *each.codes] for each in said.all_on(day)}


def _switch(tx: Transaction, wanted: Wanted) -> Switch:
    return Switch(wanted.kind, wanted.since, wanted.stage, wanted.codes, tx.actor.name, tx.at.now)


def _kinds(group: Group) -> tuple[Kind, ...]:
    return tuple(kind for kind in Kind if GROUP_OF[kind] is group)


def _cases(tallies: Iterable[Tally]) -> int:
    return sum(each.cases for each in tallies)
