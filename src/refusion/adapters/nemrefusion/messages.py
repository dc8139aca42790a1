"""NemRefusion's messages in its own words: what each operation sends and what it answers.

Amounts are øre here and kroner with two decimals on the wire. Elements that we do not know are kept in ``ukendt``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from refusion.values.money import Ore, kroner, ore

NAMESPACE = "urn:refusion:nemrefusion:virksomhedsservice:2.9"
Handling = Literal["Opret", "Ret", "Annuller", "Slet"]


@dataclass(frozen=True, slots=True)
class Felt:
    """One element with its text, its attributes and its children; ``tom`` is an answer that is given as empty."""

    navn: str
    tekst: str = ""
    felter: tuple[Felt, ...] = ()
    tom: bool = False
    attributter: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Art:
    """How one kind of value stands as text."""

    skriv: Callable[[Any], str]  # the value's type is the field's own, which the dataclass states
    laes: Callable[[str], object]


def _laes_flag(tekst: str) -> bool:
    if tekst not in {"true", "false"}:
        raise ValueError(f"not true or false: {tekst!r}")
    return tekst == "true"


def _laes_tid(tekst: str) -> datetime:
    tid = datetime.fromisoformat(tekst)
    if tid.tzinfo is None:
        raise ValueError(f"an instant without its offset: {tekst!r}")
    return tid


TEKST = Art(str, str)
ID = Art(str, UUID)
TAL = Art(str, int)
FLAG = Art(lambda flag: "true" if flag else "false", _laes_flag)
DAG = Art(date.isoformat, date.fromisoformat)
TID = Art(datetime.isoformat, _laes_tid)
BELOEB = Art(kroner, ore)


@dataclass(frozen=True, slots=True)
class Et:
    """A field that stands once as an element: a value or a message of its own."""

    navn: str
    art: Art | type


@dataclass(frozen=True, slots=True)
class Mange:
    """A field that stands any number of times, in order; of ``Felt`` it is one element with any children."""

    navn: str
    art: type


@dataclass(frozen=True, slots=True)
class Indberetning:
    """One report: a form with its content, or an action on the report that ``identifikator`` names."""

    uuid: Annotated[UUID, Et("IndberetningUUIDIdentifikator", ID)]
    handling: Annotated[Handling, Et("Handling", TEKST)]
    formular: Annotated[str, Et("Formular", TEKST)]
    identifikator: Annotated[str, Et("IndberetningIdentifikator", TEKST)]
    token: Annotated[str, Et("Opdateringstoken", TEKST)]
    underskrevet: Annotated[bool, Et("Underskrift", FLAG)]
    indhold: Annotated[tuple[Felt, ...], Mange("Indhold", Felt)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class OpretRetIndberetninger:
    """Create, correct, annul or delete reports of one bundle: all of them or none."""

    message_id: Annotated[str, Et("MessageID", TEKST)]
    bundt: Annotated[UUID, Et("BundtUUIDIdentifikator", ID)]
    indberetninger: Annotated[tuple[Indberetning, ...], Mange("Indberetning", Indberetning)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Kvittering:
    """The receipt for one report; ``allerede`` says that it had been received before."""

    uuid: Annotated[UUID, Et("IndberetningUUIDIdentifikator", ID)]
    identifikator: Annotated[str, Et("IndberetningIdentifikator", TEKST)]
    nummer: Annotated[str, Et("Kvitteringsnummer", TEKST)]
    underskrevet: Annotated[datetime, Et("Underskrevet", TID)]
    allerede: Annotated[bool, Et("AlleredeModtaget", FLAG)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Besked:
    """A message code: severity 0 error, 1 validation, 3 warning."""

    kode: Annotated[str, Et("Kode", TEKST)]
    alvor: Annotated[int, Et("Alvor", TAL)]
    tekst: Annotated[str, Et("Tekst", TEKST)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class OpretRetIndberetningerSvar:
    """The answer to a bundle: receipts, or the messages that say why not; ``besvarer`` is its last report."""

    besvarer: Annotated[UUID, Et("BesvarerUUIDIdentifikator", ID)]
    tidspunkt: Annotated[datetime, Et("Tidspunkt", TID)]
    kvitteringer: Annotated[tuple[Kvittering, ...], Mange("Kvittering", Kvittering)] = ()
    beskeder: Annotated[tuple[Besked, ...], Mange("Besked", Besked)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentIndberetninger:
    """Ask for one report by its UUID, or (UUID empty) for all of an employer after a mark."""

    uuid: Annotated[str, Et("IndberetningUUIDIdentifikator", TEKST)]
    cvr: Annotated[str, Et("CVRNummer", TEKST)]
    efter: Annotated[str, Et("Efter", TEKST)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Indsendelse:
    """What was sent in under one UUID, as it was sent, and how it stands now."""

    bundt: Annotated[UUID, Et("BundtUUIDIdentifikator", ID)]
    kvittering: Annotated[Kvittering, Et("Kvittering", Kvittering)]
    tilstand: Annotated[str, Et("Tilstand", TEKST)]
    indberetninger: Annotated[tuple[Indberetning, ...], Mange("Indberetning", Indberetning)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentIndberetningerSvar:
    """Reports held; ``afskaaret`` says that the list is cut and goes on after ``maerke``."""

    tidspunkt: Annotated[datetime, Et("Tidspunkt", TID)]
    afskaaret: Annotated[bool, Et("Afskaaret", FLAG)]
    maerke: Annotated[str, Et("Maerke", TEKST)]
    indsendelser: Annotated[tuple[Indsendelse, ...], Mange("Indsendelse", Indsendelse)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentHaendelser:
    """Ask for events of an employer after a mark."""

    cvr: Annotated[str, Et("CVRNummer", TEKST)]
    efter: Annotated[str, Et("Efter", TEKST)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Haendelse:
    """One event: a report was fetched, decided or annulled."""

    id: Annotated[str, Et("HaendelseIdentifikator", TEKST)]
    art: Annotated[str, Et("Art", TEKST)]
    uuid: Annotated[UUID, Et("IndberetningUUIDIdentifikator", ID)]
    identifikator: Annotated[str, Et("IndberetningIdentifikator", TEKST)]
    tidspunkt: Annotated[datetime, Et("Tidspunkt", TID)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentHaendelserSvar:
    """Events in order."""

    tidspunkt: Annotated[datetime, Et("Tidspunkt", TID)]
    afskaaret: Annotated[bool, Et("Afskaaret", FLAG)]
    maerke: Annotated[str, Et("Maerke", TEKST)]
    haendelser: Annotated[tuple[Haendelse, ...], Mange("Haendelse", Haendelse)] = ()
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentSagsbehandling:
    """Ask for decisions of an employer after a mark."""

    cvr: Annotated[str, Et("CVRNummer", TEKST)]
    efter: Annotated[str, Et("Efter", TEKST)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Udbetalingsspecifikation:
    """What is paid on which day under which reference; negative amounts are collected."""

    beloeb: Annotated[Ore, Et("Beloeb", BELOEB)]
    dato: Annotated[date, Et("Dispositionsdato", DAG)]
    reference: Annotated[str, Et("Betalingsreference", TEKST)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class Sagsbehandlingsresultat:
    """A decision on one request; ``erstatter`` names the decision that it revises, if any."""

    identifikator: Annotated[str, Et("AfgoerelseIdentifikator", TEKST)]
    uuid: Annotated[UUID, Et("IndberetningUUIDIdentifikator", ID)]
    indberetning: Annotated[str, Et("IndberetningIdentifikator", TEKST)]
    udfald: Annotated[str, Et("Udfald", TEKST)]
    fra: Annotated[date, Et("PeriodeFra", DAG)]
    til: Annotated[date, Et("PeriodeTil", DAG)]
    dage: Annotated[int, Et("Dage", TAL)]
    refusion: Annotated[Ore, Et("Refusion", BELOEB)]
    tillaeg: Annotated[Ore, Et("Tillaeg", BELOEB)]
    afgjort: Annotated[date, Et("Afgoerelsesdato", DAG)]
    erstatter: Annotated[str, Et("ErstatterAfgoerelse", TEKST)]
    begrundelse: Annotated[str, Et("Begrundelse", TEKST)]
    udbetaling: Annotated[Udbetalingsspecifikation, Et("Udbetalingsspecifikation", Udbetalingsspecifikation)]
    ukendt: tuple[Felt, ...] = ()


@dataclass(frozen=True, slots=True)
class HentSagsbehandlingSvar:
    """Decisions in order."""

    tidspunkt: Annotated[datetime, Et("Tidspunkt", TID)]
    afskaaret: Annotated[bool, Et("Afskaaret", FLAG)]
    maerke: Annotated[str, Et("Maerke", TEKST)]
    resultater: Annotated[tuple[Sagsbehandlingsresultat, ...], Mange("Sagsbehandlingsresultat", Sagsbehandlingsresultat)] = ()
    ukendt: tuple[Felt, ...] = ()
