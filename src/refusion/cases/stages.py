"""Which kinds of refund an institution has switched on, since when and by whom: off, pilot or live, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from refusion.cases.facts import FUNDS, Kind
from refusion.values.said import Refused, said


class Group(StrEnum):
    """The kinds as an institution switches them."""

    LONG_SICKNESS = "long-sickness"
    OTHER_SICKNESS = "other-sickness"
    PARENTAL = "parental"
    ILL_CHILD = "ill-child"
    FLEKSJOB = "fleksjob"
    WAGE_SUBSIDY = "wage-subsidy"
    CLARIFICATION = "clarification"
    PARENTAL_FUND = "parental-fund"
    STATE_FLEKSJOB = "state-fleksjob"


class Stage(StrEnum):
    """How far a kind is switched on.

    Off opens no case. Pilot opens, drafts, computes and compares; nothing is filed and nothing is posted. Live does all.
    """

    OFF = "off"
    PILOT = "pilot"
    LIVE = "live"


GROUP_OF: Mapping[Kind, Group] = MappingProxyType({
    Kind.ORDINARY: Group.LONG_SICKNESS,
    Kind.NEW_HIRE: Group.OTHER_SICKNESS,
    Kind.AGREEMENT_56: Group.OTHER_SICKNESS,
    Kind.FLEKSJOB: Group.OTHER_SICKNESS,
    Kind.PREGNANCY: Group.OTHER_SICKNESS,
    Kind.PARENTAL: Group.PARENTAL,
    Kind.ILL_CHILD: Group.ILL_CHILD,
    Kind.CLARIFICATION: Group.CLARIFICATION,
    Kind.FLEKSJOB_WAGE: Group.FLEKSJOB,
    Kind.WAGE_SUBSIDY: Group.WAGE_SUBSIDY,
    Kind.PARENTAL_FUND: Group.PARENTAL_FUND,
    Kind.STATE_FLEKSJOB: Group.STATE_FLEKSJOB,
})
SICKNESS = frozenset({Group.LONG_SICKNESS, Group.OTHER_SICKNESS})
# Kinds that no absence opens: their claims are on wage or hours, so that they have no codes of their own.
OF_FUNDS = frozenset(GROUP_OF[kind] for kind in FUNDS)
# What an institution has before it says anything.
BY_DEFAULT: Mapping[Group, Stage] = MappingProxyType({
    group: Stage.LIVE if group in SICKNESS else Stage.OFF for group in Group
})
# SLS's event codes as far as the payroll centre's guide names them (absence registration in SLS); it names none for the
# care of a seriously ill child, so an institution says itself which code it uses.
OWN_SICKNESS = ("100", "110", "130", "140", "150", "154", "155")
CODES: Mapping[Group, tuple[str, ...]] = MappingProxyType({
    Group.LONG_SICKNESS: OWN_SICKNESS,
    Group.OTHER_SICKNESS: OWN_SICKNESS,
    Group.PARENTAL: ("400", "405", "420", "440"),
})


@dataclass(frozen=True, slots=True)
class Switch:
    """What was said of a kind: its stage from a day on, with payroll's codes where they are the institution's own."""

    kind: Group
    since: date
    stage: Stage
    codes: tuple[str, ...]
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kind stands on a day; ``said`` None means that it stands as it does by default."""

    kind: Group
    stage: Stage
    codes: tuple[str, ...]
    said: Switch | None = None


@dataclass(frozen=True, slots=True)
class Stages:
    """Every switch of an institution in the order in which they were said; the newest word on a day holds."""

    switches: Sequence[Switch] = ()

    def on(self, kind: Group, day: date) -> Standing:
        """Tell how a kind stands on a day."""
        begun = [switch for switch in self.switches if switch.kind is kind and switch.since <= day]
        if not begun:
            return Standing(kind, BY_DEFAULT[kind], CODES.get(kind, ()))
        newest = max(switch.since for switch in begun)
        last = [switch for switch in begun if switch.since == newest][-1]
        # A code once said stays: cases that it opened run out under it.
        codes = dict.fromkeys((*CODES.get(kind, ()), *(code for switch in begun for code in switch.codes)))
        return Standing(kind, last.stage, tuple(codes), last)

    def all_on(self, day: date) -> tuple[Standing, ...]:
        """Tell how every kind stands on a day."""
        return tuple(self.on(kind, day) for kind in Group)

    def since(self, kind: Kind, day: date) -> date | None:
        """Give the day since which a kind has been on, in pilot or live, without a break; None where it is off."""
        group = GROUP_OF[kind]
        days = sorted({switch.since for switch in self.switches if switch.kind is group and switch.since <= day}, reverse=True)
        found = None
        for begun in days:
            if self.on(group, begun).stage is Stage.OFF:
                break
            found = begun
        return found

    def is_live(self, kind: Kind, day: date) -> bool:
        """Tell whether cases of a kind are filed on a day."""
        return self.on(GROUP_OF[kind], day).stage is Stage.LIVE

    def kind_by_code(self, code: str, day: date) -> Kind | None:
        """Tell what an absence of a code is: a kind of leave, ordinary sickness for any sickness, None for no refund."""
        for kind, found in self.codes_of_kinds(day).items():
            if code in found:
                return kind
        return None

    def codes_of_kinds(self, day: date) -> Mapping[Kind, tuple[str, ...]]:
        """Give payroll's codes for sickness, under its ordinary kind, and for each kind of leave."""
        leave = {kind: self.on(GROUP_OF[kind], day).codes for kind in (Kind.PARENTAL, Kind.ILL_CHILD)}
        return {Kind.ORDINARY: OWN_SICKNESS, **leave}


def proposed(said_before: Stages, switch: Switch, today: date) -> Standing:
    """Give how the kind will stand by a switch; raises Refused for one that cannot be.

    It cannot reach back; codes must be known before a kind that absences open can be on, and a code means one kind only.
    A fund's kind takes no codes.
    """
    if switch.since < today:
        raise Refused(said("cases.stage_reaches_back", since=switch.since, today=today))
    if switch.kind in OF_FUNDS and switch.codes:
        raise Refused(said("cases.stage_takes_no_codes", stage_kind=switch.kind.value))
    after = Stages((*said_before.switches, switch)).on(switch.kind, switch.since)
    if after.stage is not Stage.OFF and not after.codes and switch.kind not in OF_FUNDS:
        raise Refused(said("cases.stage_without_codes", stage_kind=switch.kind.value))
    _refuse_taken(said_before, after, switch.since)
    return after


def _refuse_taken(said_before: Stages, after: Standing, day: date) -> None:
    for other in said_before.all_on(day):
        if {after.kind, other.kind} <= SICKNESS or other.kind is after.kind:
            continue
        taken = sorted(set(after.codes) & set(other.codes))
        if taken:
            raise Refused(said("cases.stage_code_taken", code=taken[0], stage_kind=other.kind.value))
