"""Their words ↔ the house's: rows of a report written from claims, decisions read with every cell checked; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from refusion.adapters.udbetaling_danmark.codec import problem
from refusion.adapters.udbetaling_danmark.messages import ACTIONS, MAY_BE_EMPTY, OUTCOMES, RATES, SCHEMES, Afgoerelse, Anmodning
from refusion.cases.facts import Kind
from refusion.values.money import kroner, ore
from refusion.values.said import BadInput, Problem
from refusion.workflow.ports.funds import Decided, Row
from refusion.workflow.ports.institution import Institution

MOST_PROBLEMS, LONGEST = 100, 200
RATE_FIELDS = ("fleksjob_share", "subsidy_sector", "clarification_group", "pay_grade")
AMOUNT = re.compile(r"-?\d{1,12}(?:[.,]\d{2})?", re.ASCII)
PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f]*")
_KINDS = {written: Kind(kind) for kind, written in SCHEMES.items()}
_OUTCOMES = {written: outcome for outcome, written in OUTCOMES.items()}


def to_row(employer: Institution, kind: Kind, row: Row) -> Anmodning:
    """Write a claim as a row of a report file; amounts in kroner with two decimals, hours likewise, empty where none."""
    told = row.facts
    rate = next((told[field] for field in RATE_FIELDS if told.get(field) is not None), "")
    return Anmodning({
        "ordning": SCHEMES[kind.value],
        "cvr": employer.company_number,
        "p_nummer": employer.unit_number,
        "anmodning": row.claim,
        "handling": ACTIONS[row.action],
        "erstatter": _safe(row.takes_place_of),
        "cpr": row.national_number,
        "ansaettelse": _safe(row.employment),
        "fra": row.period.first.isoformat(),
        "til": row.period.last.isoformat(),
        "ansat": str(told.get("hired_on") or ""),
        "sats": RATES.get(str(rate), str(rate)),
        "loentimer": _amount(told.get("paid_hours")),
        "orlovstimer": _amount(told.get("leave_hours")),
        "loengrundlag": _amount(told.get("gross")),
        "udbetalt_loen": _amount(told.get("wage_paid")),
        "fradrag_i_loen": _amount(told.get("excluded_pay")),
        "anden_refusion": _amount(told.get("other_refunds")),
        "refusion": kroner(row.refund),
        "tillaeg": kroner(row.supplement),
        "i_alt": kroner(row.refund + row.supplement),
    })


def _amount(value: object) -> str:
    """Write øre or hundredths of hours with two decimals."""
    return kroner(value) if isinstance(value, int) else ""


def _safe(text: str) -> str:
    """Keep a table program from taking a text for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def to_decided(name: str, rows: Sequence[Afgoerelse]) -> tuple[Decided, ...]:
    """Read decisions. Raises BadInput with every cell that is wrong, up to 100."""
    problems: list[Problem] = []
    found = [_decided(name, row, problems) for row in rows]
    if problems:
        raise BadInput(*problems[:MOST_PROBLEMS])
    return tuple(one for one in found if one is not None)


def _decided(name: str, row: Afgoerelse, problems: list[Problem]) -> Decided | None:
    read: dict[str, Any] = {}
    for heading, cell in row.celler.items():
        try:
            read[heading] = _cell(heading, cell)
        except (ValueError, KeyError):
            problems.append(problem(f"cell_{_SHAPES[heading]}", name, row.raekke, heading, cell))
    if len(read) < len(row.celler):
        return None
    made = Decided(**{ours: read[theirs] for ours, theirs in _NAMES.items()})
    if not _adds_up(made):
        problems.append(problem("outcome", name, row.raekke, "udfald", row.celler["udfald"]))
    return made


def _adds_up(made: Decided) -> bool:
    """Tell whether a refusal gives nothing and everything else something."""
    return (made.refund + made.supplement == 0) == (made.outcome == "refused")


def _cell(heading: str, cell: str) -> object:
    if not cell:
        if heading not in MAY_BE_EMPTY:
            raise ValueError("an empty cell")
        return "" if heading == "begrundelse" else None
    return _READ[_SHAPES[heading]](cell)


def _money(cell: str) -> int:
    if AMOUNT.fullmatch(cell) is None:
        raise ValueError("no amount")
    return ore(cell.replace(",", ".") if "," in cell or "." in cell else f"{cell}.00")


def _text(cell: str) -> str:
    if len(cell) > LONGEST or PRINTABLE.fullmatch(cell) is None:
        raise ValueError("no plain text")
    return cell


_SHAPES: Mapping[str, str] = MappingProxyType({
    "ordning": "scheme", "afgoerelse": "text", "anmodning": "text", "udfald": "outcome", "refusion": "money", "tillaeg": "money",
    "udbetales": "money", "afgjort": "day", "dispositionsdag": "day", "betalingsreference": "text", "erstatter": "text",
    "begrundelse": "text",
})  # fmt: skip
_READ: Mapping[str, Callable[[str], object]] = MappingProxyType({
    "scheme": lambda cell: _KINDS[cell],
    "outcome": lambda cell: _OUTCOMES[cell],
    "money": _money,
    "day": date.fromisoformat,
    "text": _text,
})
_NAMES: Mapping[str, str] = MappingProxyType({
    "kind": "ordning", "decision": "afgoerelse", "claim": "anmodning", "outcome": "udfald", "refund": "refusion",
    "supplement": "tillaeg", "pays": "udbetales", "decided_on": "afgjort", "pays_on": "dispositionsdag",
    "reference": "betalingsreference", "revises": "erstatter", "reason": "begrundelse",
})  # fmt: skip
