"""NemRefusion's words ↔ the house's words; pure, and what it can't understand it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeVar, cast
from uuid import UUID, uuid5

from refusion.adapters.nemrefusion import forms
from refusion.adapters.nemrefusion.messages import (
    Besked,
    Felt,
    Haendelse,
    Handling,
    Indberetning,
    Indsendelse,
    OpretRetIndberetninger,
    OpretRetIndberetningerSvar,
    Sagsbehandlingsresultat,
)
from refusion.values.period import Period
from refusion.values.said import said
from refusion.workflow.ports.authority import Accepted, Decision, Event, Held, Outcome, Rejected, Standing, Unknown
from refusion.workflow.ports.report import Kind, Report, canonical, content_hash

SICKNESS = "sickness"
# The codes of the forms on sickness are public, those on leave are not: these names are ours (README).
_FORMULARER: dict[tuple[str, str], tuple[str, forms.Form]] = {
    ("notification", SICKNESS): ("DP201", forms.NOTIFICATION),
    ("claim", SICKNESS): ("DP202", forms.CLAIM),
    ("recovery", SICKNESS): ("DP212s", forms.RECOVERY),
    ("notification", "pregnancy"): ("GraviditetAnmeldelse", forms.PREGNANCY_NOTIFICATION),
    ("claim", "pregnancy"): ("GraviditetAnmodning", forms.PREGNANCY_CLAIM),
    ("recovery", "pregnancy"): ("GraviditetRaskmelding", forms.PREGNANCY_RETURN),
    ("notification", "parental"): ("BarselAnmeldelse", forms.PARENTAL_NOTIFICATION),
    ("claim", "parental"): ("BarselAnmodning", forms.PARENTAL_CLAIM),
    ("recovery", "parental"): ("BarselRaskmelding", forms.PARENTAL_RETURN),
    ("notification", "ill_child"): ("SygtBarnAnmeldelse", forms.ILL_CHILD_NOTIFICATION),
    ("claim", "ill_child"): ("SygtBarnAnmodning", forms.ILL_CHILD_CLAIM),
    ("notification", "self_employed"): ("DP200C", forms.SELF_EMPLOYED_NOTIFICATION),
    ("claim", "self_employed"): ("DP200CAnmodning", forms.SELF_EMPLOYED_REQUEST),
}
_KINDS = {formular: (kind, form) for (kind, _), (formular, form) in _FORMULARER.items()}
_TILSTANDE: dict[str, Standing] = {
    "kladde": "draft",
    "venter": "waiting",
    "signeret": "signed",
    "afhentet": "fetched",
    "behandlet": "decided",
    "annulleret": "annulled",
}
_ARTER: dict[str, Literal["fetched", "decided", "annulled"]] = {
    "Afhentet": "fetched",
    "Behandlet": "decided",
    "Annulleret": "annulled",
}
_UDFALD: dict[str, Literal["granted", "reduced", "refused"]] = {
    "Bevilget": "granted",
    "Nedsat": "reduced",
    "Afslag": "refused",
}
ADVARSEL = 3
Word = TypeVar("Word")
_NATIONAL_NUMBER = re.compile(r"\b\d{6}-?\d{4}\b")


class NotUnderstood(ValueError):
    """Well-formed, but with a word that the house has no word for."""


def to_bundle(report: Report) -> OpretRetIndberetninger:
    """Write a report as one bundle. Raises ValueError for answers that the forms have no place for."""
    answers = cast("dict[str, object]", json.loads(report.content))
    return OpretRetIndberetninger(
        message_id=str(uuid5(report.intent, report.content_hash)),
        bundt=report.about,
        indberetninger=_WRITERS[report.kind](report, answers),
    )


def _form_of(kind: str, answers: Mapping[str, object]) -> tuple[str, forms.Form]:
    """Find the form for a kind of report by the absence that it is about; one that names none is about sickness."""
    found = _FORMULARER.get((kind, str(answers.get("absence_kind", SICKNESS))))
    if found is None:
        raise ValueError("there is no such report on that kind of absence")
    return found


def _new(report: Report, kind: str, answers: Mapping[str, object]) -> Indberetning:
    formular, form = _form_of(kind, answers)
    return _indberetning(report.intent, "Opret", formular, {}, forms.to_felter(form, answers))


def _indberetning(
    uuid: UUID, handling: Handling, formular: str, acting: Mapping[str, object], indhold: tuple[Felt, ...] = ()
) -> Indberetning:
    return Indberetning(
        uuid=uuid,
        handling=handling,
        formular=formular,
        identifikator=str(acting.get("of", "")),
        token=str(acting.get("token", "")),
        underskrevet=True,
        indhold=indhold,
    )


def _annulment(report: Report, answers: Mapping[str, object]) -> tuple[Indberetning, ...]:
    _exactly(answers, {"of", "token"})
    return (_indberetning(report.intent, "Annuller", "", answers),)


def _correction(report: Report, answers: Mapping[str, object]) -> tuple[Indberetning, ...]:
    """Update a notification where it stands; replace a claim, which can't be updated, in one bundle."""
    _exactly(answers, {"of", "token", "kind", "content"})
    content = cast("dict[str, object]", answers["content"])
    if answers["kind"] == "notification":
        formular, form = _form_of("notification", content)
        return (_indberetning(report.intent, "Ret", formular, answers, forms.to_felter(form, content)),)
    if answers["kind"] != "claim":
        raise ValueError("only a notification or a claim can be corrected")
    formular, _ = _form_of("claim", content)
    old = _indberetning(uuid5(report.intent, "replaced"), "Annuller", formular, answers)
    return (old, _new(report, "claim", content))


def _exactly(answers: Mapping[str, object], keys: set[str]) -> None:
    if set(answers) != keys:
        raise ValueError(f"a change names exactly {', '.join(sorted(keys))}")


_WRITERS: dict[Kind, Callable[[Report, Mapping[str, object]], tuple[Indberetning, ...]]] = {
    "notification": lambda report, answers: (_new(report, "notification", answers),),
    "claim": lambda report, answers: (_new(report, "claim", answers),),
    "recovery": lambda report, answers: (_new(report, "recovery", answers),),
    "correction": _correction,
    "annulment": _annulment,
}


def to_content(indberetninger: tuple[Indberetning, ...]) -> tuple[Kind, bytes]:
    """Read what was sent in back into a kind and canonical content. Raises NotUnderstood."""
    try:
        kind, answers = _said(indberetninger)
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotUnderstood("a report that the house could not have sent") from wrong
    return kind, canonical(answers)


def _said(indberetninger: tuple[Indberetning, ...]) -> tuple[Kind, dict[str, object]]:
    *before, last = indberetninger
    if last.handling == "Annuller":
        return "annulment", {"of": last.identifikator, "token": last.token}
    kind, form = _KINDS[last.formular]
    answers = forms.to_answers(form, last.indhold)
    if last.handling == "Ret":
        return "correction", {"of": last.identifikator, "token": last.token, "kind": kind, "content": answers}
    if before:
        old = before[0]
        return "correction", {"of": old.identifikator, "token": old.token, "kind": kind, "content": answers}
    return cast("Kind", kind), answers


def to_outcome(intent: UUID, svar: OpretRetIndberetningerSvar) -> Outcome:
    """Read an answer: a receipt is yes, an error or validation is no, everything else is unknown."""
    if svar.besvarer != intent:
        return Unknown(said("nemrefusion.answer_to_another"))
    stops = [besked for besked in svar.beskeder if besked.alvor < ADVARSEL]
    ours = [kvittering for kvittering in svar.kvitteringer if kvittering.uuid == intent]
    if stops and not ours:
        return Rejected(stops[0].kode, " · ".join(_words(besked) for besked in stops))
    if stops or len(ours) != 1:
        return Unknown(said("nemrefusion.answer_contradicts"))
    if ours[0].allerede:
        # received before: a yes only when the content is the same, which the inquiry compares
        return Unknown(said("nemrefusion.already_received"))
    receipt = ours[0]
    warnings = tuple(_words(besked) for besked in svar.beskeder)
    return Accepted(receipt.nummer, receipt.identifikator, receipt.underskrevet, warnings)


def _words(besked: Besked) -> str:
    return f"{besked.kode} {without_numbers(besked.tekst)}"


def without_numbers(text: str) -> str:
    """Take national numbers out of a text that others wrote, before it is shown or kept in the open."""
    return _NATIONAL_NUMBER.sub("…", text)


def to_held(indsendelse: Indsendelse) -> Held:
    """Read one report on their list. Raises NotUnderstood."""
    kind, content = to_content(indsendelse.indberetninger)
    receipt = indsendelse.kvittering
    return Held(
        intent=receipt.uuid,
        about=indsendelse.bundt,
        kind=kind,
        receipt=receipt.nummer,
        authority_id=receipt.identifikator,
        signed_at=receipt.underskrevet,
        standing=_word(_TILSTANDE, indsendelse.tilstand),
        content_hash=content_hash(kind, content),
    )


def to_event(haendelse: Haendelse) -> Event:
    """Read an event. Raises NotUnderstood."""
    what = _word(_ARTER, haendelse.art)
    return Event(haendelse.id, what, haendelse.uuid, haendelse.identifikator, haendelse.tidspunkt)


def to_decision(resultat: Sagsbehandlingsresultat) -> Decision:
    """Read a decision with its payment specification. Raises NotUnderstood."""
    if resultat.til < resultat.fra:
        raise NotUnderstood("a decided period that ends before it starts")
    return Decision(
        decision_id=resultat.identifikator,
        intent=resultat.uuid,
        authority_id=resultat.indberetning,
        outcome=_word(_UDFALD, resultat.udfald),
        period=Period(resultat.fra, resultat.til),
        days=resultat.dage,
        refund=resultat.refusion,
        supplement=resultat.tillaeg,
        pays=resultat.udbetaling.beloeb,
        decided_on=resultat.afgjort,
        pays_on=resultat.udbetaling.dato,
        reference=resultat.udbetaling.reference,
        revises=resultat.erstatter or None,
        reason=resultat.begrundelse,
    )


def _word(words: Mapping[str, Word], theirs: str) -> Word:
    if theirs not in words:
        raise NotUnderstood("a word that the house has no word for")
    return words[theirs]
