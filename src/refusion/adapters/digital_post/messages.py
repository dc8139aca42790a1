"""The messages of Digital Post and Mit Sygefravær in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HentBeskeder:
    """Ask for letters after a mark."""

    efter: str
    hoejst: int = 100


@dataclass(frozen=True, slots=True)
class Besked:
    """One letter: its id, the case it names, its type, its day, its fields as text; what is not known here stays in ``ukendt``."""

    id: str
    sagsreference: str
    type: str
    dato: str
    felter: Mapping[str, str] = field(default_factory=dict)
    ukendt: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HentBeskederSvar:
    """Letters in order; ``afskaaret`` says that more follow after ``maerke``."""

    maerke: str
    afskaaret: bool
    beskeder: tuple[Besked, ...] = ()


@dataclass(frozen=True, slots=True)
class BesvarSkema:
    """The answer to an information form; ``svar`` is the same for the same answer."""

    svar: str
    sagsreference: str
    forventet_til: str
    paavirker_arbejde: bool
    oensker_standby: bool


@dataclass(frozen=True, slots=True)
class BesvarSkemaSvar:
    """The receipt of an answer, with the day on which it counts as an application."""

    svar: str
    kvittering: str
    modtaget: str
