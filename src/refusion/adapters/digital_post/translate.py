"""Their words ↔ the house's words; pure: a type of letter that the house has no word for is left for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from refusion.adapters.digital_post.messages import Besked, BesvarSkema, BesvarSkemaSvar
from refusion.workflow.ports.self_employed.mailbox import FormAnswer, Letter, Received

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "Oplysningsskema": "form_sent",
        "MeddelelseOmForsinkelse": "delay_told",
        "ManglendeOplysninger": "completion_asked",
        "Bevilling": "granted",
        "Afslag": "refused",
        "RevurderingBegyndt": "reassessment_begun",
        "Forlaengelse": "extended",
        "Jobafklaringsforloeb": "clarification_begun",
        "NytJobafklaringsforloeb": "clarification_renewed",
        "Bortfald": "right_lapsed",
        "RetGivetTilbage": "right_restored",
        "VurderetHoejstEnFjerdedel": "assessed_a_quarter",
        "VurderetHoejstDetHalve": "assessed_half",
        "VurderetMereEndDetHalve": "assessed_more",
        "StandbyBevilget": "standby_granted",
        "StandbyAfslaaet": "standby_refused",
        "StandbyOphoert": "standby_ended",
        "LaegeerklaeringBedtOm": "statement_asked",
        "KliniskFunktionForeslaar": "treatment_proposed",
        "KliniskFunktionUdenForslag": "no_other_treatment",
        "AfgoerelseAendret": "decision_changed",
        "AfgoerelseFastholdt": "decision_kept",
        "AnkestyrelsenAendrer": "board_changed",
        "AnkestyrelsenStadfaester": "board_kept",
        "Paragraf58aIndgaaet": "agreement_made",
        "Paragraf58aAfslaaet": "agreement_declined",
        "Dispensation": "dispensation_granted",
        "Tilbagebetaling": "repayment_asked",
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "svarfrist": "answer_by",
        "nyDato": "decision_expected",
        "frist": "completion_by",
        "bevilgetFra": "benefit_from",
        "grund": "ground",
        "forlaengetTil": "extended_until",
        "bortfaldsgrund": "lapse",
        "gaelderFra": "share_from",
        "gensesDen": "standby_review",
        "naesteSamtale": "next_meeting",
        "bedtAf": "statement_side",
        "svarPaaForslag": "proposal_answer_by",
        "aftaleFra": "agreement_from",
        "aftaleTil": "agreement_until",
        "beloeb": "overpaid_ore",
        "betalesSenest": "repay_by",
    }
)


class NotUnderstood(ValueError):
    """Well-formed, but a day that is none."""


def to_letter(besked: Besked) -> Letter:
    """Read a letter; one of an unknown type, or about no case of ours, has no event or no case. Raises NotUnderstood."""
    facts = {FIELDS.get(name, name): value for name, value in besked.felter.items()}
    return Letter(besked.id, _case(besked.sagsreference), TYPES.get(besked.type), _day(besked.dato), facts)


def to_answer(answer: FormAnswer) -> BesvarSkema:
    """Write the answer to a form."""
    until = answer.expected_until.isoformat() if answer.expected_until else ""
    return BesvarSkema(str(answer.intent), str(answer.case), until, answer.affects_work, answer.wishes_standby)


def to_receipt(svar: BesvarSkemaSvar) -> Received:
    """Read a receipt. Raises NotUnderstood."""
    return Received(svar.kvittering, _day(svar.modtaget))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NotUnderstood("not a day") from wrong


def _case(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
